/*
 * notes.c - notes that say the same (--notes)
 *
 *     "Mer personal på kvällarna!"      ─┐
 *     "Vi behöver mer personal på kväll" ├─►  kväll mer personal      3 notes
 *     "personal kväll, mer"             ─┘
 *
 * A note is the set of its terms without function words. Negations, words of doubt,
 * numbers and codes stay in it whatever the list says, and so do words of degree that are
 * function words elsewhere ("fler", "få", "lite"); "vi behöver mer tid" and "mer tid"
 * wish the same. A comparative is not its base form. Notes with one set are one; so are
 * those that differ by a term of five (alike.c), where that term is none that turns what
 * is said: "bra stöd" and "dåligt stöd" are two, in however long a note.
 *
 * What the veil took out cannot be compared: "Tack [PERSON_1]" is never joined, nor a
 * note with an address, nor one of function words alone. All notes are compared, whatever
 * they answer; a word that may not be shown (rule 8.4) is compared as it stands and
 * printed as "...".
 * Of a group that is known which all its notes have: one writer can write the commonest
 * wording, so its words are not those of k writers.
 *
 * Cost: the texts are looked at once more. 4 bytes for each different term of a note and
 * about as much for each different set.
 */
#include "pipeline/notes.h"

#include "pipeline/alike.h"
#include "pipeline/review.h"

/* What a form gives: terms * 4, + how. */
enum {
    NOTE_SAYS = 1,  /* makes a note what it is */
    NOTE_COUNTS = 2 /* stands in other tables */
};
struct note_form {
    uint32_t first, count; /* in `of_forms`; first EFTI_NOT_FOUND: not looked into yet */
};
struct noting {
    eft_tally *tally;
    const eft_allocator *mem;
    struct efti_notes *out;
    struct efti_worker worker;
    struct efti_strings *sets;
    EFTI_ARRAY(struct note_form) forms;
    EFTI_ARRAY(uint32_t) of_forms;
    EFTI_ARRAY(uint8_t) no_spare;              /* by term */
    EFTI_ARRAY(uint32_t) set_notes;            /* by set */
    EFTI_ARRAY(struct efti_note_group) of_set; /* marks that all its notes have */
    EFTI_ARRAY(uint32_t) set_marks;
    EFTI_ARRAY(uint32_t) content, marks; /* of the note at hand */
    struct efti_bytes name;
};

/* ------------------------------------------------------------------------ a form */

/* Terms and forms that turn what a note says, or say how much of it: two notes never
 * differ by one of these alone and are one. */
static const char *const turning[] = {
    "andra",  "bara",   "billig", "brist",  "bristande", "bristfällig", "bra",
    "bättre", "dyr",    "dålig",  "enkel",  "fel",       "fler",        "flera",
    "få",     "färre",  "för",    "god",    "hög",       "ingen",       "kort",
    "lite",   "liten",  "litet",  "lugn",   "lång",      "låg",         "lätt",
    "mer",    "mera",   "mindre", "minska", "mycken",    "mycket",      "många",
    "ny",     "nya",    "ofta",   "otrygg", "orolig",    "rätt",        "sakna",
    "sluta",  "slippa", "stor",   "svår",   "sällan",    "sämre",       "trygg",
    "utan",   "värre",  "ökad",   "öka"};

static const char *const comparing[] = {"bättre", "fler",   "flera",  "färre", "mer",
                                        "mera",   "mindre", "större", "sämre", "värre"};

/* Of these and of numbers the list of function words has some: a note says something by
 * them. */
static const char *const degree[] = {
    "båda", "fem", "fler", "flera", "fyra", "få",  "hundra", "lite", "liten", "litet",
    "nio",  "sex", "sju",  "tio",   "tre",  "två", "tusen",  "utan", "åtta",
};

static bool
is_one_of(const char *const *words, size_t count, const char *bytes, size_t size)
{
    bool found = false;

    for (size_t i = 0; i < count && !found; i++)
        found = efti_equal(words[i], strlen(words[i]), bytes, size);
    return found;
}

/* Cues of a wish, which is what a note is for: "vi behöver mer tid" says "mer tid". */
static const char *const wishing[] = {"behöva", "behövde", "behöver", "behövs", "bör",
                                      "borde",  "måste",   "skulle",  "vill",   "vilja",
                                      "ville",  "önska",   "önskan",  "önskar", "önskas"};

static bool
is_cue(const struct noting *n, const struct efti_form *form)
{
    const uint32_t cues = 1u << EFTI_PHRASE_NEGATOR | 1u << EFTI_PHRASE_UNCERTAIN |
                          1u << EFTI_PHRASE_NEGATION_PREFIX;

    return !is_one_of(wishing, EFTI_COUNT(wishing), form->folded, form->folded_size) &&
           (efti_lists_phrase(n->tally->plan->lists, form->folded, form->folded_size) &
            cues) != 0;
}

static bool
is_stop_word(const struct noting *n, const struct efti_form *form, eft_text term)
{
    const struct efti_strings *stop = n->tally->plan->stop;

    if (is_one_of(degree, EFTI_COUNT(degree), form->folded, form->folded_size))
        return false;
    if (stop == NULL &&
        is_one_of(wishing, EFTI_COUNT(wishing), form->folded, form->folded_size))
        return true;
    return stop != NULL ? efti_strings_find(stop, term.bytes, term.size) != EFTI_NOT_FOUND
                        : (form->lists & EFTI_LIST_FUNCTION) != 0;
}

/* 'c': a closed term, 'f': a closed form as it is written, 'o': open. The same letters
 * may be all three, by their casing. */
static eft_status
number_note_term(struct noting *n, char kind, eft_text term, uint32_t *out,
                 eft_error *err)
{
    bool added = false;

    efti_bytes_clear(&n->name);
    efti_put(&n->name, term.bytes, term.size);
    efti_put_char(&n->name, kind);
    *out = n->name.failed
               ? EFTI_NOT_FOUND
               : efti_strings_add(n->out->terms, n->name.data, n->name.size, &added);
    if (*out == EFTI_NOT_FOUND || (added && !EFTI_PUSH(n->mem, &n->no_spare)))
        return efti_no_memory(err, "the terms of notes");
    if (added)
        n->no_spare.items[*out] = 0;
    return EFT_OK;
}

/* Bättre lokaler are no good ones: what compares stays as it is written. */
static bool
compares(const struct efti_form *form, eft_text term)
{
    static const char are[] = {'a', 'r', 'e'};
    bool ends = form->folded_size > 5 &&
                memcmp(form->folded + form->folded_size - 3, are, 3) == 0;

    return is_one_of(comparing, EFTI_COUNT(comparing), form->folded, form->folded_size) ||
           (ends && term.size < form->folded_size &&
            (term.size < 3 || memcmp(term.bytes + term.size - 3, are, 3) != 0));
}

static eft_status
note_term(struct noting *n, char kind, eft_text term, uint32_t how, bool no_spare,
          struct note_form *of, eft_error *err)
{
    uint32_t id;
    eft_status st = number_note_term(n, kind, term, &id, err);

    if (st != EFT_OK)
        return st;
    if (!EFTI_PUSH(n->mem, &n->of_forms))
        return efti_no_memory(err, "the terms of notes");
    n->of_forms.items[n->of_forms.count - 1] = id * 4 + how;
    n->no_spare.items[id] |= no_spare;
    of->count++;
    return EFT_OK;
}

/* A term of the form: what it counts as, and what a note says by it. */
static eft_status
take_term(struct noting *n, uint32_t form_id, bool closed, eft_text term,
          struct note_form *of, eft_error *err)
{
    const struct efti_form *form = efti_forms_get(n->worker.forms, form_id);
    const eft_text folded = {form->folded, form->folded_size};
    bool cue = is_cue(n, form) || form->kind == EFTI_NUMBER || form->kind == EFTI_CODE;
    bool other = compares(form, term);
    bool turns = other || cue ||
                 is_one_of(degree, EFTI_COUNT(degree), folded.bytes, folded.size) ||
                 is_one_of(turning, EFTI_COUNT(turning), term.bytes, term.size) ||
                 is_one_of(turning, EFTI_COUNT(turning), folded.bytes, folded.size);
    uint32_t content = cue || other || !is_stop_word(n, form, term) ? NOTE_SAYS : 0;
    uint32_t mark = closed ? NOTE_COUNTS : 0;

    if (!other)
        return note_term(n, closed ? 'c' : 'o', term, content | mark, turns, of, err);
    eft_status st = note_term(n, closed ? 'f' : 'o', folded, NOTE_SAYS, true, of, err);
    return st == EFT_OK && closed ? note_term(n, 'c', term, mark, false, of, err) : st;
}

static eft_status
look_into_form(struct noting *n, uint32_t form_id, struct note_form *of, eft_error *err)
{
    const struct efti_form *form = efti_forms_get(n->worker.forms, form_id);
    struct efti_form_terms terms;
    eft_text term;
    eft_status st = efti_form_terms(&n->worker, form, &terms, err);

    *of = (struct note_form){.first = (uint32_t)n->of_forms.count};
    for (uint32_t i = 0; st == EFT_OK && i < terms.count; i++)
        st = take_term(n, form_id, true, terms.items[i], of, err);
    if (st != EFT_OK || terms.count > 0)
        return st;
    st = efti_worker_term(&n->worker, efti_forms_get(n->worker.forms, form_id), &term,
                          err);
    return st == EFT_OK ? take_term(n, form_id, false, term, of, err) : st;
}

static eft_status
form_of_note(struct noting *n, uint32_t form, struct note_form *out, eft_error *err)
{
    size_t need = (size_t)form + 1;

    if (need > n->forms.count) {
        if (!EFTI_ARRAY_RESERVE(n->mem, &n->forms, need))
            return efti_no_memory(err, "the forms of notes");
        for (; n->forms.count < n->forms.capacity; n->forms.count++)
            n->forms.items[n->forms.count].first = EFTI_NOT_FOUND;
    }
    *out = n->forms.items[form];
    if (out->first != EFTI_NOT_FOUND)
        return EFT_OK;
    eft_status st = look_into_form(n, form, out, err);
    if (st == EFT_OK)
        n->forms.items[form] = *out;
    return st;
}

/* ------------------------------------------------------------------------ a note */

static int
by_term_number(const void *a, const void *b, void *user)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    (void)user;
    return x < y ? -1 : x > y;
}

/* Rising, each once. */
static size_t
sort_once(uint32_t *items, size_t count)
{
    size_t kept = 0;

    if (count > 0)
        efti_sort(items, count, sizeof(*items), by_term_number, NULL);
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || items[i] != items[i - 1])
            items[kept++] = items[i];
    }
    return kept;
}

static eft_status
take_token(struct noting *n, const struct efti_token *token, bool *whole, eft_error *err)
{
    struct note_form of;

    if (token->form == EFTI_NOT_FOUND || token->kind == EFTI_VEIL ||
        token->kind == EFTI_EMAIL || token->kind == EFTI_URL ||
        token->kind == EFTI_HANDLE || token->kind == EFTI_LONG) {
        *whole = false;
        return EFT_OK;
    }
    eft_status st = form_of_note(n, token->form, &of, err);
    if (st != EFT_OK)
        return st;
    if (!EFTI_ARRAY_RESERVE(n->mem, &n->content, n->content.count + of.count) ||
        !EFTI_ARRAY_RESERVE(n->mem, &n->marks, n->marks.count + of.count))
        return efti_no_memory(err, "a note");
    for (uint32_t i = 0; i < of.count; i++) {
        uint32_t term = n->of_forms.items[of.first + i];
        if ((term & NOTE_SAYS) != 0)
            n->content.items[n->content.count++] = term >> 2;
        if ((term & NOTE_COUNTS) != 0)
            n->marks.items[n->marks.count++] = n->out->theme_count + (term >> 2);
    }
    return EFT_OK;
}

static eft_status
take_themes(struct noting *n, eft_error *err)
{
    const struct efti_hits *h = &n->worker.hits;

    for (size_t i = 0; i < h->hits.count; i++) {
        if (h->hits.items[i].polarity == EFTI_UNCERTAIN)
            continue;
        if (!EFTI_PUSH(n->mem, &n->marks))
            return efti_no_memory(err, "a note");
        n->marks.items[n->marks.count - 1] = h->hits.items[i].theme;
    }
    return EFT_OK;
}

/* Of these those that are among the others too; both rise. */
static size_t
keep_common(uint32_t *items, size_t count, const uint32_t *others, size_t other_count)
{
    size_t kept = 0, k = 0;

    for (size_t i = 0; i < count; i++) {
        while (k < other_count && others[k] < items[i])
            k++;
        if (k < other_count && others[k] == items[i])
            items[kept++] = items[i];
    }
    return kept;
}

static eft_status
count_in_set(struct noting *n, uint32_t *set, eft_error *err)
{
    bool added;

    *set = efti_strings_add(n->sets, (const char *)n->content.items,
                            n->content.count * sizeof(uint32_t), &added);
    if (*set == EFTI_NOT_FOUND ||
        (added && (!EFTI_PUSH(n->mem, &n->set_notes) || !EFTI_PUSH(n->mem, &n->of_set) ||
                   !EFTI_ARRAY_RESERVE(n->mem, &n->set_marks,
                                       n->set_marks.count + n->marks.count))))
        return efti_no_memory(err, "the notes");
    if (added) {
        n->set_notes.items[*set] = 0;
        n->of_set.items[*set] = (struct efti_note_group){.marks = n->set_marks.count,
                                                         .mark_count = n->marks.count};
        for (size_t i = 0; i < n->marks.count; i++)
            n->set_marks.items[n->set_marks.count++] = n->marks.items[i];
    } else {
        struct efti_note_group *of = &n->of_set.items[*set];
        of->mark_count = keep_common(n->set_marks.items + of->marks, of->mark_count,
                                     n->marks.items, n->marks.count);
    }
    n->set_notes.items[*set]++;
    return EFT_OK;
}

static eft_status
keep_note(struct noting *n, const struct efti_note *note, eft_error *err)
{
    struct efti_notes *out = n->out;

    if (!EFTI_PUSH(n->mem, &out->notes))
        return efti_no_memory(err, "the notes");
    out->notes.items[out->notes.count - 1] = *note;
    if (!EFTI_ARRAY_RESERVE(n->mem, &out->marks, out->marks.count + n->marks.count))
        return efti_no_memory(err, "the notes");
    for (size_t i = 0; i < n->marks.count; i++)
        out->marks.items[out->marks.count++] = n->marks.items[i];
    return EFT_OK;
}

static eft_status
note_in_spool(void *user, const struct efti_spooled *r, uint32_t writer, eft_error *err)
{
    struct noting *n = user;
    bool whole = true;
    uint32_t set = EFTI_NOT_FOUND;
    eft_status st = efti_worker_match(&n->worker, r->veiled, err);
    const struct efti_segments *s = &n->worker.veiled.tokens;

    n->content.count = n->marks.count = 0;
    for (size_t i = 0; i < s->tokens.count && st == EFT_OK; i++)
        st = take_token(n, &s->tokens.items[i], &whole, err);
    if (st != EFT_OK || (st = take_themes(n, err)) != EFT_OK)
        return st;
    n->content.count = sort_once(n->content.items, n->content.count);
    n->marks.count = sort_once(n->marks.items, n->marks.count);
    if (whole && n->content.count > 0 && (st = count_in_set(n, &set, err)) != EFT_OK)
        return st;
    if (writer >= n->out->writer_count)
        n->out->writer_count = writer + 1;
    const struct efti_note note = {.writer = writer,
                                   .group = set,
                                   .votes = r->votes,
                                   .marks = n->out->marks.count,
                                   .mark_count = n->marks.count};
    return keep_note(n, &note, err);
}

/* ------------------------------------------------------------------------ groups */

static int
by_rank_of_word(const void *a, const void *b, void *user)
{
    const uint32_t *rank = user;
    uint32_t x = rank[*(const uint32_t *)a], y = rank[*(const uint32_t *)b];

    return x < y ? -1 : x > y;
}

static eft_status
read_set(struct noting *n, uint32_t set, eft_error *err)
{
    const eft_text ids = efti_strings_get(n->sets, set);

    if (!EFTI_ARRAY_RESERVE(n->mem, &n->content, ids.size / sizeof(uint32_t) + 1))
        return efti_no_memory(err, "the notes");
    n->content.count = ids.size / sizeof(uint32_t);
    if (ids.size > 0)
        memcpy(n->content.items, ids.bytes, ids.size);
    return EFT_OK;
}

/* With all that the lead has. */
static eft_status
open_group(struct noting *n, uint32_t lead, eft_error *err)
{
    struct efti_notes *out = n->out;
    struct efti_note_group g = n->of_set.items[lead];
    eft_status st = read_set(n, lead, err);

    if (st != EFT_OK)
        return st;
    if (!EFTI_ARRAY_RESERVE(n->mem, &out->words, out->words.count + n->content.count) ||
        !EFTI_PUSH(n->mem, &out->groups))
        return efti_no_memory(err, "the notes");
    g.words = out->words.count;
    g.word_count = n->content.count;
    for (size_t i = 0; i < n->content.count; i++)
        out->words.items[out->words.count++] = n->content.items[i];
    out->groups.items[out->groups.count - 1] = g;
    return EFT_OK;
}

/* Less what this set of the group has not: else a word of one writer, who wrote the
 * commonest wording alone, would be told on the strength of the others. */
static eft_status
narrow_group(struct noting *n, struct efti_note_group *g, uint32_t set, eft_error *err)
{
    const struct efti_note_group *of = &n->of_set.items[set];
    eft_status st = read_set(n, set, err);

    if (st != EFT_OK)
        return st;
    g->mark_count = keep_common(n->set_marks.items + g->marks, g->mark_count,
                                n->set_marks.items + of->marks, of->mark_count);
    g->word_count = keep_common(n->out->words.items + g->words, g->word_count,
                                n->content.items, n->content.count);
    return EFT_OK;
}

/* Of the words that are left those that may be shown, by bytes. */
static void
close_group(struct noting *n, struct efti_note_group *g, uint32_t *rank)
{
    uint32_t *words = n->out->words.items + g->words;
    size_t kept = 0;

    for (size_t i = 0; i < g->word_count; i++) {
        if (efti_note_word_kind(n->out, words[i]) != 'o')
            words[kept++] = words[i];
    }
    g->open = kept < g->word_count;
    g->word_count = kept;
    if (kept > 0)
        efti_sort(words, kept, sizeof(uint32_t), by_rank_of_word, rank);
}

/* Groups of two notes or more get numbers, in the order of their leads: group_of has the
 * notes of each lead before, its number after. */
static eft_status
open_groups(struct noting *n, const struct efti_alike *a, uint32_t *group_of,
            eft_error *err)
{
    struct efti_notes *out = n->out;
    eft_status st = EFT_OK;

    for (size_t i = 0; i < a->order.count && st == EFT_OK; i++) {
        uint32_t *of = &group_of[a->order.items[i]];
        bool several = *of > 1;
        *of = several ? (uint32_t)out->groups.count : EFTI_NO_GROUP;
        if (several)
            st = open_group(n, a->order.items[i], err);
    }
    for (uint32_t s = 0; s < a->lead.count && st == EFT_OK; s++) {
        uint32_t lead = a->lead.items[s];
        if (lead != s && group_of[lead] != EFTI_NO_GROUP)
            st = narrow_group(n, &out->groups.items[group_of[lead]], s, err);
    }
    for (size_t i = 0; i < out->groups.count && st == EFT_OK; i++)
        close_group(n, &out->groups.items[i], a->rank.items);
    return st;
}

/* Notes know their set until here. */
static eft_status
number_groups(struct noting *n, const struct efti_alike *a, eft_error *err)
{
    struct efti_notes *out = n->out;
    uint32_t sets = efti_strings_count(n->sets);
    uint32_t *group_of = efti_zalloc(n->mem, sets + 1, sizeof(*group_of));

    if (group_of == NULL)
        return efti_no_memory(err, "the notes");
    for (uint32_t s = 0; s < sets; s++)
        group_of[a->lead.items[s]] += n->set_notes.items[s];
    eft_status st = open_groups(n, a, group_of, err);
    for (size_t i = 0; i < out->notes.count && st == EFT_OK; i++) {
        uint32_t *group = &out->notes.items[i].group;
        if (*group != EFTI_NOT_FOUND)
            *group = group_of[a->lead.items[*group]];
    }
    efti_release(n->mem, group_of, ((size_t)sets + 1) * sizeof(*group_of));
    return st;
}

/* Marks of groups stand behind those of notes, in one array. */
static eft_status
move_marks(struct noting *n, eft_error *err)
{
    struct efti_notes *out = n->out;

    for (size_t i = 0; i < out->groups.count; i++) {
        struct efti_note_group *g = &out->groups.items[i];
        size_t from = g->marks;
        if (!EFTI_ARRAY_RESERVE(n->mem, &out->marks, out->marks.count + g->mark_count))
            return efti_no_memory(err, "the notes");
        g->marks = out->marks.count;
        for (size_t k = 0; k < g->mark_count; k++)
            out->marks.items[out->marks.count++] = n->set_marks.items[from + k];
    }
    out->mark_count = out->theme_count + efti_strings_count(out->terms);
    return EFT_OK;
}

static eft_status
join_notes(struct noting *n, eft_error *err)
{
    struct efti_alike a = {.mem = n->mem,
                           .sets = n->sets,
                           .terms = n->out->terms,
                           .notes = n->set_notes.items,
                           .no_spare = n->no_spare.items};
    eft_status st = efti_find_alike(&a, err);

    if (st == EFT_OK)
        st = number_groups(n, &a, err);
    if (st == EFT_OK)
        st = move_marks(n, err);
    efti_alike_free(&a);
    return st;
}

eft_status
efti_count_notes(eft_tally *t, struct efti_notes *out, eft_error *err)
{
    struct noting n = {.tally = t, .mem = t->mem, .out = out};
    eft_status st;

    *out = (struct efti_notes){.mem = t->mem,
                               .theme_count = efti_matcher_theme_count(t->plan->matcher)};
    if (t->spool == NULL || t->from_state)
        return EFT_END;
    efti_bytes_init(&n.name, t->mem);
    if ((st = efti_strings_new(t->mem, &out->terms, err)) == EFT_OK &&
        (st = efti_strings_new(t->mem, &n.sets, err)) == EFT_OK &&
        (st = efti_worker_open(&n.worker, t->plan, err)) == EFT_OK) {
        st = efti_each_spooled(t, note_in_spool, &n, err);
        if (st == EFT_OK)
            st = join_notes(&n, err);
        efti_worker_close(&n.worker);
    }
    efti_strings_free(n.sets);
    efti_bytes_free(&n.name);
    EFTI_ARRAY_FREE(n.mem, &n.forms);
    EFTI_ARRAY_FREE(n.mem, &n.of_forms);
    EFTI_ARRAY_FREE(n.mem, &n.no_spare);
    EFTI_ARRAY_FREE(n.mem, &n.set_notes);
    EFTI_ARRAY_FREE(n.mem, &n.of_set);
    EFTI_ARRAY_FREE(n.mem, &n.set_marks);
    EFTI_ARRAY_FREE(n.mem, &n.content);
    EFTI_ARRAY_FREE(n.mem, &n.marks);
    return st;
}
