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
 * What a name names (person, place, firm) is told apart in groups.c; a wrong label hides
 * just as well.
 */
#include "veil/find.h"

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

static bool
is_name(const struct efti_veil *v, size_t i)
{
    return i < v->words.count && (v->words.items[i].state & VEIL_STATE_NAME) != 0;
}

/* hälso- och sjukvård: the first part of a compound is no name, unless listed. */
static bool
is_suspended(const struct efti_veil *v, size_t i)
{
    return (v->segments->tokens.items[i].flags & EFTI_TOKEN_SUSPENDED) != 0 &&
           (v->words.items[i].bits & VEIL_NAME) == 0;
}

static bool
name_stays(const struct veil_word *w)
{
    return w->form == NULL || (w->state & VEIL_STATE_KEEP) != 0 ||
           (w->bits & VEIL_KEEP) != 0;
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
    return (w->bits & VEIL_KNOWN) != 0 || efti_veil_is_slip(v, i);
}

static void
name_alone(struct efti_veil *v, size_t i)
{
    struct veil_word *w = &v->words.items[i];
    uint16_t rule;

    if (w->form != NULL && efti_veil_is_person_letter(v, i)) {
        w->evidence |= EFTI_EVIDENCE_FRAME;
        efti_veil_mark(v, i, VEIL_RULE_NAME_FRAME, EFTI_PERSON);
        efti_veil_remember_letter(v, i);
        return;
    }
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

/* ---------------------------------------------------------------- given + surname */

/* al-Khatib, el-Sayed, ash-Shami: a short word, a hyphen and a capital. */
static bool
has_article(const struct efti_form *f)
{
    const char *hyphen = memchr(f->raw, '-', f->raw_size < 4 ? f->raw_size : 4);

    return hyphen != NULL && f->raw[0] >= 'a' && f->raw[0] <= 'z' &&
           hyphen + 1 < f->raw + f->raw_size && efti_veil_is_capital(hyphen[1]);
}

/* Anna Liljefors, Omar Bandura: who stays by a surname alone is not who bears it. */
static bool
is_kept_surname(const struct veil_word *w)
{
    return w->glue == VEIL_GLUE_SPACE && (w->state & VEIL_STATE_KEEP) == 0 &&
           (w->bits & (VEIL_KEEP | VEIL_CAPITAL | VEIL_WORD | VEIL_HEAD | VEIL_ROLE)) ==
               (VEIL_KEEP | VEIL_CAPITAL) &&
           w->form != NULL && w->form->kind == EFTI_WORD &&
           w->form->casing == EFTI_CASING_INITIAL && w[-1].category == EFTI_PERSON &&
           (w[-1].bits & VEIL_GIVEN) != 0 && /* Ragnvald Åkerö, but not Björn Alvedon */
           (w[-1].bits & (VEIL_GENITIVE | VEIL_CAPITAL)) == VEIL_CAPITAL &&
           ((w[-1].bits & VEIL_GIVEN_1) != 0 || (w[-1].bits & VEIL_WORD) == 0);
}

/* glad, frisk: surnames too, but behind a name in small letters what somebody is */
static bool
is_quality(const struct efti_form *f)
{
    static const char *const words[] = {"glad",  "frisk", "lång",   "stark", "rask",
                                        "modig", "blid",  "sträng", "trygg", "rapp",
                                        "klar",  "hård",  "stor",   "ny",    "svensk"};

    return efti_is_among(f->folded, f->folded_size, words, EFTI_COUNT(words));
}

/* "träffade läkaren leif ström": a word too, behind a given name that a role has. */
static bool
is_surname_in_small(const struct veil_word *w)
{
    return (w[-1].evidence & (EFTI_EVIDENCE_ROLE | VEIL_SEES_CALLED)) != 0 &&
           (w[-1].bits & VEIL_GIVEN) != 0 && (w[-1].bits & VEIL_GENITIVE) == 0 &&
           (w->bits & (VEIL_AFTER_STRONG | VEIL_AFTER_WEAK)) == 0 &&
           (w->form->lists & (EFTI_LIST_FUNCTION | EFTI_LIST_ROLE)) == 0 &&
           !is_quality(w->form);
}

/* "det här är lennart falk", "eva lund ringde": a surname that is a word too, behind a
 * given name that is none, and nothing behind that it could belong to. */
static bool
is_small_pair(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    if ((w[-1].bits & (VEIL_CAPITAL | VEIL_GENITIVE | VEIL_WORD)) != 0 ||
        (w[-1].bits & VEIL_GIVEN) == 0 ||
        (w->bits & (VEIL_SURNAME | VEIL_ALSO_MID)) == 0 ||
        (w->bits & (VEIL_AFTER_STRONG | VEIL_AFTER_WEAK)) != 0 ||
        (w->form->lists & (EFTI_LIST_FUNCTION | EFTI_LIST_ROLE)) != 0 ||
        is_quality(w->form))
        return false;
    return !efti_veil_follows(v, i + 1) || w[1].form == NULL ||
           (w[1].form->lists & EFTI_LIST_FUNCTION) != 0 ||
           (w[1].bits & (VEIL_AFTER_STRONG | VEIL_AFTER_WEAK)) != 0 ||
           efti_veil_is(v, i + 1, VEIL_CLASS_IN) ||
           efti_veil_is(v, i + 1, VEIL_CLASS_AND);
}

/* VIGGO STENMARCK, RAGNHILD BRUN: both shouted, and the second is no word, or a surname
 * too. What a genitive owns (ANNIKAS MATLÅDA) is none. */
static bool
is_shouted_surname(const struct veil_word *w)
{
    const struct efti_form *f = w->form;

    if ((w[-1].bits & (VEIL_UPPER | VEIL_GENITIVE)) != VEIL_UPPER ||
        w[-1].category != EFTI_PERSON || w->glue != VEIL_GLUE_SPACE ||
        f->casing != EFTI_CASING_UPPER || f->code_points < 3)
        return false;
    if ((w->bits & (VEIL_WORD | VEIL_KNOWN)) == 0)
        return f->code_points > 5 || (w->bits & VEIL_SURNAME) != 0;
    if ((w->bits & VEIL_WORD) == 0)
        return f->shape == EFTI_SHAPE_SURNAME || f->shape == EFTI_SHAPE_SETTLEMENT;
    return (w[-1].bits & VEIL_GIVEN_1) != 0 &&
           (w->bits & (VEIL_SURNAME | VEIL_ALSO_MID)) != 0 &&
           (w->bits & (VEIL_AFTER_STRONG | VEIL_AFTER_WEAK)) == 0 &&
           (f->lists & EFTI_LIST_FUNCTION) == 0 && !is_quality(f);
}

/* A capital right after a name; acronyms and roles are no part of it. */
static bool
may_follow(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w;

    if (i >= v->words.count)
        return false;
    w = &v->words.items[i];
    if (i > 0 && v->casing == VEIL_CASING_USUAL && is_kept_surname(w))
        return true;
    if (name_stays(w) || (w->bits & (VEIL_ROLE | VEIL_HEAD)) != 0)
        return false;
    /* Kött & Vilt: the ampersand joins inside a name of several words only */
    if (w->glue != VEIL_GLUE_SPACE &&
        !(w->glue == VEIL_GLUE_STOP && efti_veil_is_initial(w - 1)) &&
        !(w->glue == VEIL_GLUE_AMP && w[-1].rule == VEIL_RULE_NAME_FULL))
        return false;
    if (efti_veil_is_initial(w))
        return w->glue == VEIL_GLUE_SPACE &&
               (!efti_veil_is_bare_letter(w) || efti_veil_is_odd_initial(v, i));
    if (w->form->kind != EFTI_WORD)
        return false;
    if (has_article(w->form)) /* Mohammed al-Khatib */
        return true;
    if ((w->bits & VEIL_UPPER) != 0 && is_shouted_surname(w))
        return true;
    if (v->casing == VEIL_CASING_HIGH || (w->bits & VEIL_CAPITAL) == 0)
        return (w->bits & (VEIL_SURNAME | VEIL_WORD)) == VEIL_SURNAME ||
               ((w->bits & (VEIL_SURNAME | VEIL_ALSO_MID)) != 0 &&
                is_surname_in_small(w)) ||
               (v->casing != VEIL_CASING_HIGH && is_small_pair(v, i));
    return (w->bits & VEIL_UPPER) == 0 || (w->bits & VEIL_ORDINARY) == 0;
}

/* Sören "Kubben" Åslund, Anna-Lena (Nettan) Grip: a capital in quotes or brackets between
 * a given name and what may be a surname. */
static bool
is_nickname_between(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];
    const struct efti_token *t = &v->segments->tokens.items[i];

    if (i + 2 >= v->words.count || w[1].glue != VEIL_GLUE_MARK ||
        w[2].glue != VEIL_GLUE_MARK || v->casing != VEIL_CASING_USUAL ||
        (w->bits & (VEIL_GIVEN | VEIL_ALSO_MID)) == 0 || (w->bits & VEIL_GENITIVE) != 0 ||
        w[1].form == NULL || w[2].form == NULL)
        return false;
    /* a mark touches the nickname on either side, a blank the names */
    return efti_veil_byte(v, t->end) == ' ' && v->text.bytes[t[1].start - 1] != ' ' &&
           efti_veil_byte(v, t[1].end) != ' ' && v->text.bytes[t[2].start - 1] == ' ' &&
           strchr(":;/", v->text.bytes[t[1].start - 1]) == NULL &&
           strchr(":;/.!?", efti_veil_byte(v, t[1].end)) == NULL &&
           w[1].form->casing == EFTI_CASING_INITIAL &&
           w[2].form->casing == EFTI_CASING_INITIAL &&
           (w[2].form->lists & (EFTI_LIST_FUNCTION | EFTI_LIST_ROLE)) == 0 &&
           !name_stays(&w[2]);
}

/* "Zam<zero width space>qorra": what nobody sees between two tokens joins them. */
static bool
is_joined_unseen(const struct efti_veil *v, size_t i)
{
    const struct efti_token *t = &v->segments->tokens.items[i];
    size_t from = i + 1 < v->words.count ? t->end : 0, to = from > 0 ? t[1].start : 0;

    if (from == to || (to - from) % 3 != 0 || v->words.items[i + 1].form == NULL)
        return false;
    for (; from < to; from += 3) /* U+200B to U+200F */
        if (memcmp(v->text.bytes + from, "\xE2\x80", 2) != 0 ||
            (unsigned char)v->text.bytes[from + 2] < 0x8B ||
            (unsigned char)v->text.bytes[from + 2] > 0x8F)
            return false;
    return true;
}

/* One step to the right of name `i`; the last word that joined, or `i`. */
static size_t
join_step(struct efti_veil *v, size_t i)
{
    enum efti_category category = (enum efti_category)v->words.items[i].category;

    if ((v->words.items[i].bits & VEIL_HYPHEN) != 0)
        return i;
    size_t n = i + 1;
    while (n <= i + 3 && efti_veil_follows(v, n) && /* Jan van der Hoeven, van den Berg */
           ((v->words.items[n].bits & VEIL_PARTICLE) != 0 ||
            (n > i + 1 && efti_veil_is(v, n, VEIL_CLASS_DEN))))
        n++;
    if (n > i + 1 && may_follow(v, n) && (v->words.items[n].bits & VEIL_CAPITAL) != 0) {
        for (size_t k = i + 1; k <= n; k++)
            efti_veil_mark(v, k, VEIL_RULE_NAME_FULL, category);
        return n;
    }
    if (is_nickname_between(v, i)) {
        efti_veil_mark(v, i + 1, VEIL_RULE_NAME_FULL, category);
        efti_veil_mark(v, i + 2, VEIL_RULE_NAME_FULL, category);
        return i + 2;
    }
    if (efti_veil_is_small_initial(v, i + 1) || is_joined_unseen(v, i)) {
        efti_veil_mark(v, i + 1, VEIL_RULE_NAME_FULL, category);
        return i + 1;
    }
    if (is_name(v, i + 1) || !may_follow(v, i + 1))
        return i;
    efti_veil_mark(v, i + 1, VEIL_RULE_NAME_FULL, category);
    return i + 1;
}

/* A row of names is walked once: what an earlier one came through has been joined. */
static void
join_right(struct efti_veil *v, size_t i)
{
    size_t next;

    while (!v->no_memory && (v->words.items[i].evidence & VEIL_SEES_JOINED) == 0 &&
           (next = join_step(v, i)) != i) {
        v->words.items[i].evidence |= VEIL_SEES_JOINED;
        i = next;
    }
}

/* What stands before a name and got nothing of its own: Tsegay B at a start, I. Ek. */
static bool
join_left(struct efti_veil *v, size_t i)
{
    struct veil_word *w = &v->words.items[i], *before = w - 1;

    if (i == 0 || name_stays(before) || (before->state & VEIL_STATE_NAME) != 0 ||
        (before->bits & VEIL_CAPITAL) == 0 || v->casing == VEIL_CASING_HIGH)
        return false;
    if (w->glue == VEIL_GLUE_STOP
            ? !efti_veil_is_initial(before) || efti_veil_is_label(v, i - 1)
            : w->glue != VEIL_GLUE_SPACE)
        return false;
    if (efti_veil_is_initial(before)
            ? w->glue == VEIL_GLUE_SPACE && efti_veil_is_bare_letter(before)
            : before->form->kind != EFTI_WORD)
        return false;
    if ((before->bits & (VEIL_ROLE | VEIL_HEAD)) != 0)
        return false;
    /* Ebba De Geer */
    if ((before->bits & VEIL_PARTICLE) != 0 && i > 1 && efti_veil_follows(v, i - 1) &&
        (before[-1].bits & (VEIL_GIVEN | VEIL_ALSO)) != 0 &&
        (before[-1].bits & VEIL_CAPITAL) != 0) {
        efti_veil_mark(v, i - 1, VEIL_RULE_NAME_FULL, EFTI_PERSON);
        return true;
    }
    bool named = (before->bits & (VEIL_GIVEN | VEIL_ALSO)) != 0 &&
                 (w->bits & (VEIL_SURNAME | VEIL_WORD)) != 0;
    /* Le Thi Mai, Ström Isabelle: the surname first, as lists have it */
    named = named || ((before->bits & (VEIL_SURNAME | VEIL_ALSO)) != 0 &&
                      (w->bits & VEIL_GIVEN_1) != 0 &&
                      (before->form->lists & EFTI_LIST_FUNCTION) == 0);
    /* Pa Nhia, Ba Lan: short words with a capital of their own */
    named = named || (before->form->code_points <= 3 && efti_veil_is_mid(v, i - 1) &&
                      (before->bits & VEIL_UPPER) == 0 && w->category == EFTI_PERSON &&
                      (before->form->lists & EFTI_LIST_FUNCTION) == 0);
    if (!efti_veil_is_initial(before) &&
        (before->bits & (VEIL_ORDINARY | VEIL_WORD)) != 0 && !named)
        return false;
    efti_veil_mark(v, i - 1, VEIL_RULE_NAME_FULL, EFTI_PERSON);
    return true;
}

/* "ordförande von Essen", "Hos de la Gardie": particle and capital behind a role. */
static void
after_particle(struct efti_veil *v, size_t i)
{
    static const char *const loose[] = {"von", "af", "van", "bin", "al", "el", "ben"};
    const struct veil_word *w = &v->words.items[i];
    const struct efti_form *f = i > 0 ? w[-1].form : NULL;

    if (f == NULL || !efti_veil_follows(v, i) || (w->bits & VEIL_CAPITAL) == 0 ||
        (w->state & VEIL_STATE_NAME) == 0 || (w[-1].bits & VEIL_PARTICLE) == 0 ||
        (w[-1].state & VEIL_STATE_NAME) != 0)
        return;
    for (size_t k = 0; k < EFTI_COUNT(loose); k++)
        if (efti_equal(f->folded, f->folded_size, loose[k], strlen(loose[k])))
            efti_veil_mark(v, i - 1, VEIL_RULE_NAME_FULL, EFTI_PERSON);
}

/* von Essen, af Klint: no other word stands so before a capital. */
static void
noble_particle(struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];
    const struct efti_form *f = w[-1].form;

    if (f == NULL || !efti_veil_follows(v, i) || name_stays(w) ||
        (w->bits & VEIL_CAPITAL) == 0 || (w->state & VEIL_STATE_NAME) != 0 ||
        !(efti_equal(f->folded, f->folded_size, "von", 3) ||
          efti_equal(f->folded, f->folded_size, "af", 2)))
        return;
    efti_veil_mark(v, i - 1, VEIL_RULE_NAME_FULL, EFTI_PERSON);
    efti_veil_mark(v, i, VEIL_RULE_NAME_FULL, EFTI_PERSON);
}

/* Sanna S, Klara M: a name that is a word too, and none that has letters for numbers. */
static bool
has_own_letter(const struct veil_word *w)
{
    static const char *const numbered[] = {"ruta", "ring", "set",  "dag",  "delta",
                                           "sak",  "trim", "kort", "rand", "klass"};

    return (w->bits & (VEIL_ALSO_MID | VEIL_GENITIVE)) == VEIL_ALSO_MID &&
           w->form->casing == EFTI_CASING_INITIAL &&
           (w->form->lists & EFTI_LIST_FUNCTION) == 0 &&
           !efti_is_among(w->form->folded, w->form->folded_size, numbered,
                          EFTI_COUNT(numbered));
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

/* -------------------------------------------------------------------- och, komma */

/* Lower case joined to a name: a listed name, or a word that nobody knows. */
static void
join_other(struct efti_veil *v, size_t i)
{
    struct veil_word *w;

    if (i >= v->words.count || is_name(v, i))
        return;
    w = &v->words.items[i];
    efti_veil_look(v, i);
    if (name_stays(w) || w->form->kind != EFTI_WORD ||
        (w->bits & (VEIL_ORDINARY | VEIL_WORD)) != 0) {
        if (w->form == NULL || name_stays(w) ||
            (w->bits & (VEIL_ALSO_MID | VEIL_GIVEN)) == 0 ||
            (w->evidence & VEIL_SEES_NEVER) != 0)
            return;
    } else if ((w->evidence & EFTI_EVIDENCE_UNKNOWN) == 0 || efti_veil_is_slip(v, i)) {
        return;
    }
    efti_veil_mark(v, i, VEIL_RULE_NAME_AND, EFTI_PERSON);
}

static void
name_joined(struct efti_veil *v, size_t i)
{
    if (v->words.items[i].category != EFTI_PERSON)
        return;
    if (efti_veil_follows(v, i + 1) && efti_veil_is(v, i + 1, VEIL_CLASS_AND) &&
        efti_veil_follows(v, i + 2))
        join_other(v, i + 2);
    if (i >= 2 && efti_veil_follows(v, i) && efti_veil_is(v, i - 1, VEIL_CLASS_AND) &&
        efti_veil_follows(v, i - 1))
        join_other(v, i - 2);
    if (i >= 1 && v->words.items[i].glue == VEIL_GLUE_COMMA && !is_name(v, i - 1) &&
        (v->words.items[i - 1].bits & VEIL_GIVEN) != 0)
        join_other(v, i - 1);
}

/* ----------------------------------------------------------------------- repeats */

static int
compare_text(const void *a, const void *b, void *user)
{
    const eft_text *x = a, *y = b;

    (void)user;
    return efti_compare(x->bytes, x->size, y->bytes, y->size);
}

/* The folded name without what hangs on it. */
static eft_text
bare_name(const struct veil_word *w)
{
    eft_text t = {w->form->folded, w->form->folded_size};

    if ((w->bits & VEIL_HYPHEN) != 0)
        t.size = (size_t)((const char *)memchr(t.bytes, '-', t.size) - t.bytes);
    else if ((w->bits & VEIL_GENITIVE) != 0)
        t.size--;
    while (t.size > 1 && (t.bytes[t.size - 1] == '\'' || t.bytes[t.size - 1] == ':'))
        t.size--;
    return t;
}

static void
name_remember(struct efti_veil *v)
{
    v->repeats.count = 0;
    v->remembered = true;
    for (size_t h = 0; h < v->named.count; h++) {
        const struct veil_word *w = &v->words.items[v->named.items[h]];

        if (w->form == NULL || w->form->code_points < 3 || w->form->kind != EFTI_WORD ||
            (w->bits & VEIL_PARTICLE) != 0)
            continue;
        if (!EFTI_PUSH(v->mem, &v->repeats)) {
            v->no_memory = true;
            return;
        }
        v->repeats.items[v->repeats.count - 1] = bare_name(w);
    }
    efti_sort(v->repeats.items, v->repeats.count, sizeof(eft_text), compare_text, NULL);
}

static bool
is_remembered(struct efti_veil *v, const char *bytes, size_t size)
{
    if (!v->remembered) /* often nothing is left to ask about */
        name_remember(v);
    size_t low = 0, high = v->repeats.count;

    while (low < high) {
        size_t mid = low + (high - low) / 2;
        int order = efti_compare(bytes, size, v->repeats.items[mid].bytes,
                                 v->repeats.items[mid].size);

        if (order == 0)
            return true;
        if (order < 0)
            high = mid;
        else
            low = mid + 1;
    }
    return false;
}

/* Tjovaldas beside Tjovalda: the list could not tell that the -s hangs on. */
static void
find_genitive(struct efti_veil *v, size_t i)
{
    struct veil_word *w = &v->words.items[i];
    eft_text t;

    if (w->form == NULL || (w->bits & (VEIL_GENITIVE | VEIL_HYPHEN)) != 0)
        return;
    t = bare_name(w);
    if (t.size > 3 && t.bytes[t.size - 1] == 's' && is_remembered(v, t.bytes, t.size - 1))
        w->bits |= VEIL_GENITIVE;
}

/* A word that is also ordinary repeats only with a capital. */
static void
name_repeat(struct efti_veil *v, size_t i)
{
    struct veil_word *w = &v->words.items[i];
    eft_text t;

    if (name_stays(w) || (w->state & VEIL_STATE_NAME) != 0 || w->form->kind != EFTI_WORD)
        return;
    if ((w->bits & (VEIL_WORD | VEIL_ORDINARY)) != 0 &&
        ((w->bits & VEIL_CAPITAL) == 0 || (w->bits & VEIL_NAME) == 0))
        return;
    t = bare_name(w);
    if (is_remembered(v, t.bytes, t.size)) {
        w->evidence |= EFTI_EVIDENCE_REPEAT;
    } else if (t.size > 3 && t.bytes[t.size - 1] == 's' &&
               is_remembered(v, t.bytes, t.size - 1)) {
        w->evidence |= EFTI_EVIDENCE_REPEAT;
        w->bits |= VEIL_GENITIVE;
    } else {
        return;
    }
    efti_veil_mark(v, i, VEIL_RULE_NAME_REPEAT, efti_veil_kind_of_name(v, i));
}

/* "Hevrin ringde. ... Hevrin-skivan, Hevrinmodellen": what is called after a make or a
 * method stays by itself, but not after somebody whom the text names. */
static void
name_repeat_inside(struct efti_veil *v, size_t i)
{
    struct veil_word *w = &v->words.items[i];
    const struct efti_form *f = w->form;
    const char *hyphen;

    if (f == NULL || f->kind != EFTI_WORD || (w->bits & VEIL_WORD) != 0 ||
        (w->state & (VEIL_STATE_NAME | VEIL_STATE_KEEP)) != 0 || f->folded_size < 7)
        return;
    hyphen = memchr(f->folded, '-', f->folded_size);
    if (hyphen != NULL) {
        size_t size = (size_t)(hyphen - f->folded);

        if (size < 3 || !is_remembered(v, f->folded, size))
            return;
        w->bits |= VEIL_HYPHEN;
    } else {
        size_t cut = f->dict != 0 ? 0 : f->folded_size - 4;

        while (cut >= 4 && !(is_remembered(v, f->folded, cut) &&
                             (efti_dictionary_find(v->dictionary, f->folded + cut,
                                                   f->folded_size - cut) &
                              EFTI_DICT_LOWER) != 0))
            cut--;
        if (cut < 4)
            return;
    }
    w->evidence |= EFTI_EVIDENCE_REPEAT;
    efti_veil_mark(v, i, VEIL_RULE_NAME_REPEAT, EFTI_PERSON);
}

/* Every name in the order of the text, those that join meanwhile too. */
static void
join_all(struct efti_veil *v)
{
    size_t n = v->named.count;

    efti_veil_sort_named(v);
    for (size_t h = 0; h < n; h++)
        join_right(v, v->named.items[h]);
    efti_veil_sort_named(v);
    for (size_t h = v->named.count; h-- > 0;)
        for (size_t i = v->named.items[h]; join_left(v, i) && !v->no_memory;)
            i--;
    efti_veil_sort_named(v);
    n = v->named.count;
    for (size_t h = 0; h < n; h++) {
        after_particle(v, v->named.items[h]);
        name_joined(v, v->named.items[h]);
    }
}

/* "familjen Bäckmark", "fru Hedmark": whatever capital stands there is a surname, though
 * the dictionary makes a word of it. */
static bool
is_family(const struct efti_veil *v, size_t i)
{
    static const char *const families[] = {
        "familjen", "paret", "makarna", "syskonen", "bröderna", "systrarna",
        "släkten",  "herr",  "fru",     "fröken",   "familj",   "makarnas"};
    const struct veil_word *w = &v->words.items[i];

    return efti_veil_follows(v, i) &&
           efti_veil_is_one_of(v, i - 1, families, EFTI_COUNT(families)) &&
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

/* "Fatemeh Daneshvar (F.D.)": the letters of the name that ends with token `i`, in
 * brackets behind it. */
static void
letters_in_brackets(struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];
    size_t first = i, at = 0;

    if (i + 1 >= v->words.count || w[1].glue != VEIL_GLUE_MARK || w[1].form == NULL ||
        w[1].form->code_points > 5 || w[1].form->capitals > 3 ||
        (w[1].bits & VEIL_CAPITAL) == 0 ||
        v->text.bytes[v->segments->tokens.items[i + 1].start - 1] != '(' ||
        w->category != EFTI_PERSON)
        return;
    while (first > 0 && i - first < 4 && efti_veil_follows(v, first) &&
           is_name(v, first - 1) && (v->words.items[first - 1].bits & VEIL_CAPITAL) != 0)
        first--;
    const struct efti_form *letters = w[1].form;
    for (size_t k = first; first < i && k <= i; k++) {
        const struct efti_form *f = v->words.items[k].form;
        size_t size = f != NULL && (f->folded[0] & '\x80') != 0 ? 2 : 1;

        while (at < letters->folded_size &&
               (letters->folded[at] == '.' || letters->folded[at] == '-'))
            at++;
        if (f == NULL || at + size > letters->folded_size ||
            memcmp(letters->folded + at, f->folded, size) != 0)
            return;
        at += size;
    }
    if (at > 1 && (at == letters->folded_size || letters->folded[at] == '.'))
        efti_veil_mark(v, i + 1, VEIL_RULE_NAME_FULL, EFTI_PERSON);
}

void
efti_veil_names(struct efti_veil *v)
{
    v->letters = 0;
    efti_veil_kept_met(v);
    for (size_t h = 0; h < v->capitals.count && !v->no_memory; h++)
        nickname(v, v->capitals.items[h]);
    for (size_t h = 0; h < v->candidates.count && !v->no_memory; h++) {
        size_t i = v->candidates.items[h];

        name_alone(v, i);
        efti_veil_place(v, i);
        before_initial(v, i);
        if (v->words.items[i].form != NULL && v->words.items[i].form->code_points == 1)
            efti_veil_initials_apart(v, i);
        if (i > 0 && (v->words.items[i - 1].bits & VEIL_PARTICLE) != 0)
            noble_particle(v, i);
    }
    if (v->named.count == 0 || v->no_memory)
        return;
    join_all(v);
    for (size_t h = 0, n = v->named.count; h < n && !v->no_memory; h++)
        letters_in_brackets(v, v->named.items[h]);
    efti_veil_sort_named(v);
    v->remembered = false;
    for (size_t h = 0; h < v->named.count && !v->no_memory; h++)
        find_genitive(v, v->named.items[h]);
    for (size_t h = 0; h < v->candidates.count && !v->no_memory; h++) {
        name_repeat(v, v->candidates.items[h]);
        name_repeat_inside(v, v->candidates.items[h]);
    }
    for (size_t h = 0; h < v->capitals.count && !v->no_memory; h++)
        name_repeat_inside(v, v->capitals.items[h]);
    for (size_t h = 0; v->letters != 0 && h < v->candidates.count; h++)
        efti_veil_repeat_letter(v, v->candidates.items[h]);
}
