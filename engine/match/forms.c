/*
 * forms.c - what match/ knows of a form, found once: its set, and whether it is closed
 *
 *   form ──► atoms: all that it can be (atoms.c)
 *        ──► set  : singles (the first pattern of each theme), anchors, words of
 *                   phrases, what the word says about polarity (sets.c)
 *
 * The file of the dictionary knows all this of the forms that it holds, where no lexicon
 * is in use but the one that it was made with (lexicons/image/know.c): then a set is
 * taken from there when the first form comes that has it.
 *
 * form->match holds the number of the set and bits for "a single", "the anchor of a
 * phrase" and "a listed phrase may begin here", so that a token that is none of these
 * costs one test.
 *
 * Closed vocabulary (rule 8.4). A form may be shown as a term when
 *
 *   (a) it is a dictionary word written in lower case, or
 *   (b) a compound of dictionary words without name shape, or
 *   (c) it is the own word of a stem or exact pattern, or
 *   (d) the user allows it,
 *   and, whatever of these holds, it stands on no list of names or places.
 *
 * The last line has one exception: names that are also words ("hopp", "björn", "by") stay
 * closed when they are on the reviewed list (also_words.tsv; the mark "word" for places)
 * and are dictionary words. Whether this very token was a name is not asked here: the
 * veil has decided that for each token before a term is counted.
 *
 * What closes nothing, and why:
 *   - a wildcard: "ansvars*" would close "ansvarsandersson". The theme is counted, the
 *     form waits for review;
 *   - a stem entry for other forms with its stem: Snowball brings together what it should
 *     not, so a form that merely meets the stem must be a dictionary word by itself;
 *   - numbers, codes, addresses, emoji: they are no vocabulary, and may be identifiers;
 *   - being allowed, for a form on a name list: one careless line in a file of allowed
 *     words must not print "fatima" beside a workplace.
 */
#include "match/compiled.h"

/* In the mean, over the sets of the file. */
#define ATOMS_OF_SET 6
#define ANCHORS_OF_SET 3

static bool
is_exception(const struct efti_matcher *m, uint32_t pattern)
{
    return (m->patterns.items[pattern].facts & EFTI_FACT_EXCEPT) != 0;
}

/* Of the singles of a theme the first of the lexicon counts, and before it those that
 * have conditions; exceptions all stay. w->picked is ordered by theme and pattern. */
static void
match_drop_later(struct efti_match_worker *w)
{
    const struct efti_matcher *m = w->matcher;
    uint32_t done = UINT32_MAX; /* the theme that has its plain one */
    size_t kept = 0;

    for (size_t i = 0; i < w->picked.count; i++) {
        struct efti_single s = w->picked.items[i];
        if (s.theme == done && !is_exception(m, s.pattern))
            continue;
        if (m->patterns.items[s.pattern].pattern->rules == NULL)
            done = s.theme;
        w->picked.items[kept++] = s;
    }
    w->picked.count = kept;
}

/* The singles of w->found by theme and pattern. */
static bool
match_pick(struct efti_match_worker *w)
{
    const struct efti_matcher *m = w->matcher;

    w->picked.count = 0;
    for (size_t a = 0; a < w->found.count; a++) {
        struct efti_range range = m->atoms.items[w->found.items[a]].singles;
        for (uint32_t i = range.first; i < range.first + range.count; i++) {
            struct efti_single s = m->singles.items[i];
            size_t at = 0; /* patterns of a theme follow one another: ordered by both */
            while (at < w->picked.count && w->picked.items[at].pattern < s.pattern)
                at++;
            if (!EFTI_PUSH(w->mem, &w->picked))
                return false;
            memmove(&w->picked.items[at + 1], &w->picked.items[at],
                    (w->picked.count - 1 - at) * sizeof(s));
            w->picked.items[at] = s;
        }
    }
    match_drop_later(w);
    return true;
}

/* Is there a single of this theme for one of the atoms in w->found? */
static bool
match_names_theme(const struct efti_match_worker *w, uint32_t theme)
{
    const struct efti_matcher *m = w->matcher;

    for (size_t a = 0; a < w->found.count; a++) {
        struct efti_range range = m->atoms.items[w->found.items[a]].singles;
        for (uint32_t i = range.first; i < range.first + range.count; i++) {
            if (m->singles.items[i].theme == theme)
                return true;
        }
    }
    return false;
}

/* "otrygg" is the opposite of a theme that also names "trygg", and is a word of its own
 * in a theme that does not ("oro" lists otrygg because that is what it is about). */
static bool
match_opposites(struct efti_match_worker *w, const struct efti_form *form)
{
    const char *bare = form->folded + 1;
    size_t size = form->folded_size - 1;

    if (form->folded_size < 4 || form->folded[0] != 'o')
        return true;
    eft_text stem = efti_stem(w->stemmer, bare, size);
    if (stem.size == 0 || !efti_match_atoms(w, NULL, bare, size, stem.bytes, stem.size))
        return false;
    for (size_t i = 0; i < w->picked.count; i++)
        w->picked.items[i].opposite = match_names_theme(w, w->picked.items[i].theme);
    return true;
}

/* The bits of form->match beside the number of its set, and those that the lists give. */
static uint32_t
match_set_bits(const struct efti_match_worker *w, uint32_t number)
{
    const uint32_t cue = EFTI_SAYS_NEGATOR | EFTI_SAYS_UNCERTAIN | EFTI_SAYS_IF;
    const struct efti_set *set = &w->sets[number];
    const uint32_t anchors_end = w->wides.items[number].anchors_end;
    uint32_t bits = (w->says.items[number] & cue) != 0 ? EFTI_MATCH_CUE : 0;

    if (set->singles != 0)
        bits |= EFTI_MATCH_STARTS | EFTI_MATCH_SINGLE;
    if (anchors_end > set->anchors)
        bits |= EFTI_MATCH_STARTS | EFTI_MATCH_ANCHOR;
    if (anchors_end > set->behind_end)
        bits |= EFTI_MATCH_FREE;
    for (uint32_t i = set->anchors; i < set->behind_end; i++)
        bits |= w->set_anchors.items[i].gap >= EFTI_NEAR ? EFTI_MATCH_FAR : 0;
    return bits;
}

static uint32_t
match_list_bits(uint32_t lists)
{
    return ((lists & EFTI_LIST_CUE_PHRASE) != 0 ? EFTI_MATCH_LISTED : 0) |
           ((lists & EFTI_LIST_CUE_NEXT) != 0 ? EFTI_MATCH_NEXT : 0);
}

static uint32_t
match_bits(const struct efti_match_worker *w, uint32_t lists, uint32_t number)
{
    return match_set_bits(w, number) | match_list_bits(lists);
}

static bool
match_form(struct efti_match_worker *w, struct efti_form *form)
{
    const struct efti_matcher *m = w->matcher;
    const struct efti_lists *lists =
        (form->lists & EFTI_LIST_STARTS_PHRASE) != 0 ? m->lists : NULL;
    eft_text stem = efti_form_stem(form);
    uint32_t number = 0, says = 0;

    if (!efti_match_atoms(w, form, form->folded, form->folded_size, stem.bytes,
                          stem.size))
        return false;
    if (lists != NULL || efti_wild_has(&m->wholes, w->whole))
        says = efti_grammar_says(m->grammar, lists, form->folded, form->folded_size);
    if (w->found.count > 0 || says != 0) {
        if (!match_pick(w))
            return false;
        if ((says & EFTI_SAYS_PREFIXED) != 0 && w->picked.count > 0 &&
            (!match_opposites(w, form) ||
             !efti_match_atoms(w, form, form->folded, form->folded_size, stem.bytes,
                               stem.size)))
            return false;
        if (!efti_match_set(w, says, &number))
            return false;
    }
    form->match = number | match_bits(w, m->lists == NULL ? 0 : form->lists, number);
    return true;
}

/* A set as the dictionary's file has it, for the first form that has it. `*mark` stays 0
 * where the file does not fit these patterns, which it only does not if it is damaged. */
static bool
match_known_set(struct efti_match_worker *w, uint32_t known, uint32_t *mark)
{
    size_t count;
    const unsigned char *words =
        efti_dictionary_known_set(w->matcher->dictionary, known, &count);
    uint32_t number = 0;

    if (words != NULL && !efti_match_take_set(w, words, count, &number))
        return false;
    *mark = number == 0 ? 0 : number | match_set_bits(w, number);
    return true;
}

/* What is known ahead of a form, if anything is. False: no memory. */
static bool
match_known(struct efti_match_worker *w, struct efti_form *form,
            const struct efti_known *known, bool *done)
{
    *done = false;
    if (known == NULL || known->set >= w->known_sets.count)
        return true;
    uint32_t *mark = &w->known_sets.items[known->set];
    if (EFTI_UNLIKELY(*mark == 0) && known->set != 0 &&
        !match_known_set(w, known->set, mark))
        return false;
    form->match = *mark | match_list_bits(form->lists);
    *done = *mark != 0 || known->set == 0;
    return true;
}

/* Room for all sets of the file at once, so that none is copied as they come: what is
 * not written to costs no page. Arrays have their pages from the start, and so room for
 * half of them: a study of 2 MB meets two in five. */
static bool
match_expect_sets(struct efti_match_worker *w, size_t count)
{
    const size_t half = count / 2;

    return EFTI_ARRAY_RESERVE(w->mem, &w->known_sets, count) &&
           efti_match_set_room(w, count) && EFTI_ARRAY_RESERVE(w->mem, &w->says, half) &&
           EFTI_ARRAY_RESERVE(w->mem, &w->wides, half) &&
           EFTI_ARRAY_RESERVE(w->mem, &w->set_atoms, half * ATOMS_OF_SET) &&
           EFTI_ARRAY_RESERVE(w->mem, &w->set_anchors, half * ANCHORS_OF_SET) &&
           EFTI_ARRAY_RESERVE(w->mem, &w->set_maps, EFTI_MAP_WORDS);
}

bool
efti_match_know(struct efti_match_worker *w)
{
    const struct efti_matcher *m = w->matcher;
    size_t count = efti_dictionary_known_sets(m->dictionary);

    if (!efti_matcher_is_known(m) || m->dictionary != efti_forms_dictionary(w->forms))
        return true;
    if (!match_expect_sets(w, count))
        return false;
    memset(w->known_sets.items, 0, count * sizeof(*w->known_sets.items));
    w->known_sets.count = count;
    return true;
}

bool
efti_match_person(struct efti_match_worker *w)
{
    static const char *const words[] = {"hon",   "han",    "hen", "henne",
                                        "honom", "hennes", "hans"};
    uint32_t number = 0;

    w->found.count = 0;
    w->person = EFTI_MATCH_VEIL;
    for (size_t i = 0; i < EFTI_COUNT(words); i++) {
        if (!efti_match_found(w, EFTI_PATTERN_EXACT, words[i], strlen(words[i])))
            return false;
    }
    if (!efti_match_sets(w))
        return false;
    if (w->found.count == 0)
        return true;
    if (!match_pick(w) || !efti_match_set(w, 0, &number))
        return false;
    w->person |= number | match_bits(w, 0, number);
    return true;
}

eft_status
efti_match_analyse(void *user, uint32_t id, struct efti_form *form,
                   const struct efti_known *known, eft_error *err)
{
    struct efti_match_worker *w = user;
    bool done;

    (void)id;
    if (!match_known(w, form, known, &done))
        return efti_no_memory(err, "the patterns of a form");
    if (done)
        return EFT_OK;
    form->match = 0;
    switch (form->kind) {
    case EFTI_WORD:
    case EFTI_NUMBER:
    case EFTI_CODE:
    case EFTI_ABBREVIATION:
    case EFTI_EMOJI: break;
    default: return EFT_OK; /* addresses and veiled tokens are no words of a theme */
    }
    return match_form(w, form) ? EFT_OK : efti_no_memory(err, "the patterns of a form");
}

/* ------------------------------------------------------------------------ closed */

static bool
closed_by_name_lists(const struct efti_form *form)
{
    const uint32_t reviewed =
        EFTI_LIST_ALSO_MID | EFTI_LIST_ALSO_FRAME | EFTI_LIST_ALSO_NEVER;
    bool word = (form->dict & EFTI_DICT_LOWER) != 0;

    if ((form->lists & EFTI_LIST_ANY_NAME) != 0 &&
        !(word && (form->lists & reviewed) != 0))
        return false;
    return (form->lists & EFTI_LIST_PLACE) == 0 ||
           (word && (form->lists & EFTI_LIST_PLACE_WORD) != 0);
}

static bool
closed_by_vocabulary(const struct efti_matcher *m, const struct efti_form *form)
{
    if ((form->dict & EFTI_DICT_LOWER) != 0)
        return true;
    if ((form->dict & EFTI_DICT_COMPOUND) != 0 && form->shape == EFTI_SHAPE_NONE)
        return true;
    return efti_strings_find(m->literals, form->folded, form->folded_size) !=
               EFTI_NOT_FOUND ||
           (efti_strings_count(m->allowed) > 0 &&
            efti_strings_find(m->allowed, form->folded, form->folded_size) !=
                EFTI_NOT_FOUND);
}

eft_status
efti_closed_analyse(void *user, uint32_t id, struct efti_form *form,
                    const struct efti_known *known, eft_error *err)
{
    const struct efti_match_worker *w = user;

    (void)id;
    (void)err;
    if (known != NULL && w->known_sets.count > 0 &&
        efti_strings_count(w->matcher->allowed) == 0) {
        form->closed = known->closed;
        return EFT_OK;
    }
    form->closed = (form->kind == EFTI_WORD || form->kind == EFTI_ABBREVIATION) &&
                   closed_by_name_lists(form) && closed_by_vocabulary(w->matcher, form);
    return EFT_OK;
}
