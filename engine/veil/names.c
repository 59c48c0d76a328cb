/*
 * names.c - which words are names
 *
 * First every word by itself: its evidence (frames.c) against the table of rules.c. Then
 * the company it keeps, in this order:
 *
 *   given + surname   a capital right after a name belongs to it, a dictionary word too
 *                     (Mikael Öst), particles between (Ebba von Essen), initials
 *   lists             sanna o mirre: what is joined to a name and is no word is one
 *   repeats           a name found once is found everywhere in the text, in any case
 *
 * Here are the words by themselves and the order of the steps; names_joined.c asks
 * names_follow.c what may stand right of a name, and names_again.c finds the repeats.
 *
 * What a name names (person, place, firm) is told apart in names_together.c; a wrong
 * label hides just as well.
 */
#include "veil/names.h"
#include "veil/address.h"
#include "veil/small.h"

#include "tokenizers/compounds.h"

void
efti_veil_mark(struct efti_veil *v, size_t i, uint16_t rule, enum efti_category category)
{
    struct veil_word *w = &v->words.items[i];

    if ((w->state & VEIL_STATE_NAME) == 0) {
        if (!EFTI_PUSH(v->mem, &v->named)) {
            v->no_memory = true;
            return;
        }
        v->named.items[v->named.count - 1] = (uint32_t)i;
        v->named_sorted = v->named_sorted &&
                          (v->named.count < 2 || v->named.items[v->named.count - 2] < i);
    }
    w->state |= VEIL_STATE_NAME;
    w->rule = (uint8_t)rule;
    w->category = (uint8_t)category;
}

static int
by_number(const void *a, const void *b, void *user)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    (void)user;
    return (x > y) - (x < y);
}

/* Many names are read off the words again, which takes one pass; few are sorted. */
void
efti_veil_sort_named(struct efti_veil *v)
{
    size_t n = 0;

    if (v->named_sorted)
        return;
    v->named_sorted = true;
    if (v->named.count * 16 < v->words.count) {
        efti_sort(v->named.items, v->named.count, sizeof(uint32_t), by_number, NULL);
        return;
    }
    for (size_t i = 0; i < v->words.count; i++)
        if ((v->words.items[i].state & VEIL_STATE_NAME) != 0)
            v->named.items[n++] = (uint32_t)i;
}

/* hälso- och sjukvård: the first part of a compound is no name, unless listed. */
static bool
is_suspended(const struct efti_veil *v, size_t i)
{
    return (v->segments->tokens.items[i].flags & EFTI_TOKEN_SUSPENDED) != 0 &&
           (v->words.items[i].bits & VEIL_NAME) == 0;
}

/* A word in letters of another script has no case to tell by: fail closed. */
static bool
is_foreign_script(const struct efti_form *f)
{
    size_t at = 0;

    if (f->casing != EFTI_CASING_NONE && (unsigned char)f->raw[0] < 0xCD)
        return false;
    if (f->raw_size == 0 || (unsigned char)f->raw[0] < 0xCD)
        return false;
    uint32_t c = efti_utf8_next(f->raw, f->raw_size, &at);
    return efti_is_letter(c) && c >= 0x370 && !(c >= 0x1E00 && c <= 0x1EFF);
}

/* A capital at a start, in a word too long to be near another by chance; behind a strong
 * frame (Kurratorn sa) only a longer one. */
static bool
may_be_slip(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];
    uint32_t least = (w->evidence & VEIL_SEES_AFTER) != 0 ? 8 : 5;

    return !efti_veil_is_mid(v, i) && w->form->code_points >= least;
}

/* The rule for some evidence; that of most words comes again and again. */
static uint16_t
rule_for(struct efti_veil *v, uint32_t evidence)
{
    uint64_t *kept = &v->name_rules[evidence * 0x9E3779B1u >> 16 & (VEIL_NAME_RULES - 1)];

    if (EFTI_UNLIKELY(*kept >> 16 != evidence || (*kept & 0xFFFF) == 0))
        *kept = (uint64_t)evidence << 16 | (efti_veil_name_rule(evidence) + 1u);
    return (uint16_t)((*kept & 0xFFFF) - 1);
}

/* Fortsättningsblad, Förväntansdokument: what is done or how something is, with the s
 * that joins it to a thing. No surname, nickname or house begins so, and the dictionary
 * need not know what it is. */
static bool
begins_with_deed(const struct efti_veil *v, const struct efti_form *f)
{
    for (size_t cut = f->folded_size > 4 ? f->folded_size - 4 : 0; cut >= 8; cut--)
        if (f->folded[cut - 1] == 's' &&
            efti_veil_word_ends_in(f->folded, cut, ENDS_DEEDS, 4) &&
            (efti_dictionary_find(v->dictionary, f->folded + cut, f->folded_size - cut) &
             (EFTI_DICT_LOWER | EFTI_DICT_END)) != 0)
            return (efti_lists_word(v->lists, f->folded, cut - 1) & EFTI_LIST_ANY_NAME) ==
                   0;
    return false;
}

/* Words of the dictionary put together: two, of which the second is long, or more? */
static bool
is_of_two_words(const struct efti_veil *v, const struct efti_form *f, size_t least)
{
    const struct efti_compounds compounds =
        efti_compounds_of(v->dictionary, v->lists, NULL);
    struct efti_compound_parts parts;

    if (!efti_compound_split(&compounds, f->folded, f->folded_size, &parts))
        return false;
    size_t last = parts.ends[parts.count - 2];
    return (parts.ends[0] >= 3 || parts.count > 2) && f->folded_size - last >= least &&
           (efti_dictionary_find(v->dictionary, f->folded + last, f->folded_size - last) &
            (EFTI_DICT_LOWER | EFTI_DICT_END)) != 0;
}

/* Lekrådet, Julstressen: two words of the dictionary put together, the last of them with
 * an ending of nouns. The veil's own test of compounds knows fewer (compound.c), as it
 * also speaks for capitals in mid-sentence. */
bool
efti_veil_is_joined_noun(const struct efti_veil *v, const struct efti_form *f)
{
    return f->code_points >= 8 && f->casing == EFTI_CASING_INITIAL &&
           ((efti_veil_ends_in(f, ENDS_NOUNS, 5) && is_of_two_words(v, f, 5)) ||
            begins_with_deed(v, f));
}

/* mätvecka, apparatdel: the same in small letters, where no ending is asked for. */
static bool
is_joined_small(const struct efti_veil *v, const struct efti_form *f)
{
    return f->code_points >= 7 && f->casing == EFTI_CASING_LOWER &&
           f->shape == EFTI_SHAPE_NONE && is_of_two_words(v, f, 4);
}

/* Lexplågan, Planeringsdagsfikat: the same with an ending that houses and nicknames have
 * too (Silverkullan), so not where somebody does something ("kom hit"). */
static bool
is_joined_thing(const struct efti_veil *v, const struct veil_word *w)
{
    const struct efti_form *f = w->form;

    return (w->evidence & (EFTI_EVIDENCE_FRAME | VEIL_SEES_AFTER)) == 0 &&
           f->code_points >= 8 && f->casing == EFTI_CASING_INITIAL &&
           f->shape == EFTI_SHAPE_NONE && efti_veil_ends_in(f, ENDS_OTHER_NOUNS, 5) &&
           is_of_two_words(v, f, 5);
}

/* Would the rule not hold for a misspelt word, and is this one? The look-ups of a slip
 * cost thousands of instructions, so they come last. */
static bool
speaks_for_slip(struct efti_veil *v, size_t i, uint16_t rule)
{
    struct veil_word *w = &v->words.items[i];

    bool listed = (w->bits & VEIL_NAME) != 0 && (w->evidence & EFTI_EVIDENCE_LIST_2) == 0;

    if ((w->evidence & EFTI_EVIDENCE_UNKNOWN) == 0 || listed ||
        ((w->bits & VEIL_CAPITAL) != 0 && !may_be_slip(v, i)) ||
        rule_for(v, w->evidence | VEIL_SEES_SLIP) == rule)
        return false;
    return (w->bits & VEIL_KNOWN) != 0 || efti_veil_is_joined_noun(v, w->form) ||
           is_joined_thing(v, w) || is_joined_small(v, w->form) ||
           efti_veil_is_slip(v, i);
}

/* A letter for somebody (letters.c, letters_told.c), which the text is asked for
 * again. */
static bool
name_by_letter(struct efti_veil *v, size_t i)
{
    struct veil_word *w = &v->words.items[i];

    if (w->form == NULL || w->form->code_points > 4 || w->form->capitals == 0)
        return false;
    if (efti_veil_is_owning_letter(v, i)) { /* K:s mamma */
        w->bits |= VEIL_GENITIVE;
        v->letters |= 1u << (w->form->raw[0] - 'A');
    } else if (efti_veil_is_person_letter(v, i) || efti_veil_is_told_letter(v, i)) {
        efti_veil_remember_letter(v, i);
        v->any_initials = v->any_initials || w->form->capitals > 1;
    } else if (w->form->capitals > 1 && efti_veil_is_initials_told(v, i)) {
        v->any_initials = true;
    } else {
        return false;
    }
    w->evidence |= EFTI_EVIDENCE_FRAME;
    efti_veil_mark(v, i, VEIL_RULE_NAME_FRAME, EFTI_PERSON);
    return true;
}

static void
name_alone(struct efti_veil *v, size_t i)
{
    struct veil_word *w = &v->words.items[i];
    uint16_t rule;

    if (name_by_letter(v, i))
        return;
    /* what is ordinary and on no list of names, as most capitals at a start are */
    if ((w->evidence & VEIL_NEEDED_EVIDENCE) == 0 && w->bits != 0 &&
        efti_veil_class(w->bits) != VEIL_CLASS_SCRIPT &&
        efti_veil_class(w->bits) != VEIL_CLASS_DOMAIN)
        return;
    if (name_stays(w) || (w->state & VEIL_STATE_NAME) != 0 ||
        w->form->kind == EFTI_NUMBER || is_suspended(v, i))
        return;
    if (is_foreign_script(w->form)) {
        efti_veil_mark(v, i, VEIL_RULE_NAME_SCRIPT, EFTI_PERSON);
        return;
    }
    if (w->form->kind == EFTI_ABBREVIATION ||
        (w->form->kind == EFTI_CODE && (w->bits & VEIL_GIVEN_1) == 0))
        return;
    rule = rule_for(v, w->evidence);
    if (rule == VEIL_RULE_NONE || speaks_for_slip(v, i, rule))
        return;
    if ((w->evidence & (VEIL_SEES_AFTER | VEIL_SEES_CALLED)) != 0)
        w->evidence |= EFTI_EVIDENCE_FRAME; /* what leaves knows one kind of frame */
    efti_veil_mark(v, i, rule, efti_veil_kind_of_name(v, i));
}

/* ------------------------------------------------- with the word right beside it */

/* von Essen, af Klint, van der Brink, de la Lund: no other words stand so before a
 * capital. The first of them, or `i`. */
static size_t
first_particle(const struct efti_veil *v, size_t i)
{
    if (!efti_veil_follows(v, i))
        return i;
    if (efti_veil_is_word(v, i - 1, "von") || efti_veil_is_word(v, i - 1, "af"))
        return i - 1;
    if (i < 2 || !efti_veil_follows(v, i - 1) ||
        !efti_veil_in(v, i - 1, GROUP_SECOND_PARTICLES) ||
        !efti_veil_in(v, i - 2, GROUP_FIRST_PARTICLES) ||
        efti_veil_is_word(v, i - 2, "de") !=
            (v->words.items[i - 1].form->folded[0] == 'l')) /* de la, but "De den" */
        return i;
    return i - 2;
}

static inline bool
is_behind_particle(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    if (i == 0)
        return false;
    return (w[-1].bits & VEIL_PARTICLE) != 0 ||
           (efti_veil_class(w[-1].bits) == VEIL_CLASS_DEN && i > 1 && /* van den Berg */
            (w[-2].bits & VEIL_PARTICLE) != 0);
}

static void
noble_particle(struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];
    size_t first;

    if (name_stays(w) || (w->bits & VEIL_CAPITAL) == 0 ||
        (w->bits & VEIL_PARTICLE) != 0 || w->form->kind == EFTI_ABBREVIATION ||
        (w->form->lists & EFTI_LIST_FUNCTION) != 0 ||
        (first = first_particle(v, i)) == i || (w[-1].state & VEIL_STATE_NAME) != 0)
        return;
    for (; first <= i; first++)
        efti_veil_mark(v, first, VEIL_RULE_NAME_FULL, EFTI_PERSON);
}

/* Sanna S, Klara M: a name that is a word too, and none that has letters for numbers. */
static bool
has_own_letter(const struct veil_word *w)
{
    return (w->bits & (VEIL_ALSO_MID | VEIL_GENITIVE)) == VEIL_ALSO_MID &&
           w->form->casing == EFTI_CASING_INITIAL &&
           (w->form->lists & EFTI_LIST_FUNCTION) == 0 &&
           !efti_veil_form_in(w->form, GROUP_NUMBERED_BY_LETTER);
}

/* Two capitals nobody knows, at a start: the second decides for the first; and the single
 * unknown word before an initial ("Ny: Tsegay B, mejl ..."). */
static void
before_initial(struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    bool given = (w->bits & VEIL_CAPITAL) != 0 && /* Tindra L tål inte, Sanna S */
                 ((w->bits & VEIL_GIVEN) != 0 || has_own_letter(w));

    if (((w->bits & (VEIL_CAPITAL | VEIL_ORDINARY | VEIL_WORD)) != VEIL_CAPITAL &&
         !given) ||
        (w->state & VEIL_STATE_NAME) != 0 || name_stays(w))
        return;
    if (efti_veil_follows(v, i + 1) && efti_veil_is_initial(&v->words.items[i + 1]) &&
        !efti_veil_is_bare_letter(&v->words.items[i + 1]))
        efti_veil_mark(v, i, VEIL_RULE_NAME_FULL, EFTI_PERSON);
}

/* "familjen Bäckmark", "fru Hedmark": whatever capital stands there is a surname, though
 * the dictionary makes a word of it. */
static bool
is_family(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    return efti_veil_follows(v, i) && efti_veil_in(v, i - 1, GROUP_FAMILIES) &&
           (w->form->lists & (EFTI_LIST_FUNCTION | EFTI_LIST_ROLE)) == 0 &&
           !(efti_veil_follows(v, i + 1) && (w[1].bits & VEIL_CAPITAL) != 0);
}

/* "kallar mig Träskallen": an ordinary word with a capital, and no name but there. */
static void
nickname(struct efti_veil *v, size_t i)
{
    if (efti_veil_has_pages(v, i)) {
        v->words.items[i].state |= VEIL_STATE_KEEP;
        return;
    }
    if (!name_stays(&v->words.items[i]) &&
        (efti_veil_is_nicknamed(v, i) || is_family(v, i)))
        efti_veil_mark(v, i, VEIL_RULE_NAME_FRAME, EFTI_PERSON);
}

/* "fru Hedmark": a word of the dictionary with the shape of a surname is no capital that
 * nickname() sees. */
static void
surname_of_family(struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    if (w->form != NULL && (w->bits & VEIL_CAPITAL) != 0 &&
        (w->state & VEIL_STATE_NAME) == 0 && !name_stays(w) && is_family(v, i))
        efti_veil_mark(v, i, VEIL_RULE_NAME_FRAME, EFTI_PERSON);
}

void
efti_veil_names(struct efti_veil *v)
{
    v->letters = 0;
    v->any_initials = v->initials_explained = false;
    efti_veil_kept_met(v);
    efti_veil_kept_beside(v);
    for (size_t h = 0; h < v->capitals.count && !v->no_memory; h++) {
        nickname(v, v->capitals.items[h]);
        efti_veil_seat(v, v->capitals.items[h]);
        if (is_behind_particle(v, v->capitals.items[h]))
            noble_particle(v, v->capitals.items[h]);
        if (efti_veil_is_bare_letter(&v->words.items[v->capitals.items[h]]))
            name_by_letter(v, v->capitals.items[h]); /* som jag kallar E */
    }
    for (size_t h = 0; h < v->candidates.count && !v->no_memory; h++) {
        size_t i = v->candidates.items[h];

        name_alone(v, i);
        surname_of_family(v, i);
        if (efti_address_is_small(v, i)) {
            v->words.items[i].evidence |= EFTI_EVIDENCE_NAME_SHAPE;
            efti_veil_mark(v, i, VEIL_RULE_STREET, EFTI_ADDRESS);
        }
        efti_veil_place(v, i);
        if ((v->words.items[i].bits & VEIL_CAPITAL) != 0) {
            efti_veil_seat(v, i);
            before_initial(v, i);
        }
        if (v->words.items[i].form != NULL && v->words.items[i].form->code_points == 1)
            efti_veil_initials_apart(v, i);
        if (is_behind_particle(v, i))
            noble_particle(v, i);
    }
    efti_name_nicknames(v);
    if (v->named.count == 0 || v->no_memory)
        return;
    if (v->casing == VEIL_CASING_LOW && v->dictionary != NULL)
        efti_small_look_again(v);
    efti_name_beside_small(v);
    efti_name_join_all(v);
    efti_name_listed(v);
    for (size_t h = 0, n = v->named.count; h < n && !v->no_memory; h++)
        efti_name_letters_in_brackets(v, v->named.items[h]);
    efti_veil_sort_named(v);
    efti_name_find_again(v);
    if (v->any_initials)
        efti_veil_repeat_initials(v);
    for (size_t h = 0; v->letters != 0 && h < v->candidates.count; h++)
        efti_veil_repeat_letter(v, v->candidates.items[h]);
    for (size_t h = 0; v->letters != 0 && h < v->capitals.count; h++)
        if (efti_veil_is_bare_letter(&v->words.items[v->capitals.items[h]]))
            efti_veil_repeat_letter(v, v->capitals.items[h]);
}
