/*
 * notes.c - notes that several wrote: the table `notes`
 *
 *     words                  reflections  writers  writers_min  votes
 *     kväll, mer, personal        14         9                    31      counted
 *     fika                                              5                 bounded
 *
 * A group of notes (pipeline/notes.c) is a cell with one condition: it is a row if it and
 * all other notes pass the gate (rule 8.6). What it says is known by its words, so more
 * can follow from its number than the row tells:
 *
 *     terms        personal           15 reflections
 *     notes        ..., personal      14          one note, of one writer, has the word
 *                                                 and says something else
 *
 * So a row has numbers only where what is left over is nothing, or passes by itself: all
 * notes less the counted rows; and of each mark of the row (a word, a theme), and of each
 * two of them, as `terms`, `themes` and the tables of pairs tell them, the notes that
 * have it less the counted rows that do. Where that is not so the row with fewest writers
 * among those that have the mark loses its numbers: it is told that k writers say this.
 * So does a row of which not all words may be shown. The words and marks of a row are
 * those that all its notes have.
 *
 * Votes are told where the row has numbers, the writers of the notes hold the votes as in
 * votes.c, and what is left over of all votes and of those of its themes is nothing or
 * passes too.
 *
 * Against earlier releases the table stands or falls as one (hold.c).
 */
#include "release/notes.h"

#include "release/internal.h"

struct note_row {
    const struct efti_note_group *group;
    struct efti_cell cell;
    size_t at, end; /* in by_group */
    uint64_t votes;
    bool exact, counted, votes_told;
};
struct note_table {
    struct release_job *j;
    const struct efti_notes *n;
    uint32_t all;                   /* the mark that every note has */
    EFTI_ARRAY(uint32_t) by_writer; /* notes */
    EFTI_ARRAY(uint32_t) by_group;  /* notes in groups: by group, writer */
    EFTI_ARRAY(uint32_t) written;   /* notes of each writer */
    EFTI_ARRAY(uint32_t) part;      /* of these, in the group at hand */
    EFTI_ARRAY(uint64_t) voted;     /* votes on the notes of each writer */
    EFTI_ARRAY(size_t) first;       /* of each mark in postings */
    EFTI_ARRAY(uint32_t) postings;  /* notes of a mark, by writer */
    EFTI_ARRAY(struct note_row) rows;
    EFTI_ARRAY(uint32_t) row_of; /* of each group; EFTI_NO_ID: none */
    struct efti_bytes words, label;
    uint64_t hidden;
};

void
efti_notes_free(struct efti_notes *n)
{
    if (n->mem == NULL)
        return;
    efti_strings_free(n->terms);
    EFTI_ARRAY_FREE(n->mem, &n->notes);
    EFTI_ARRAY_FREE(n->mem, &n->groups);
    EFTI_ARRAY_FREE(n->mem, &n->marks);
    EFTI_ARRAY_FREE(n->mem, &n->words);
    *n = (struct efti_notes){0};
}

/* ---------------------------------------------------------------------- the notes */

static int
by_note_writer(const void *a, const void *b, void *user)
{
    const struct efti_note *notes = user;
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    if (notes[x].writer != notes[y].writer)
        return notes[x].writer < notes[y].writer ? -1 : 1;
    return x < y ? -1 : x > y;
}

static int
by_note_group(const void *a, const void *b, void *user)
{
    const struct efti_note *notes = user;
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    if (notes[x].group != notes[y].group)
        return notes[x].group < notes[y].group ? -1 : 1;
    return by_note_writer(a, b, user);
}

static eft_status
index_notes(struct note_table *x, eft_error *err)
{
    const eft_allocator *mem = x->j->mem;
    const struct efti_notes *n = x->n;
    size_t count = n->notes.count, marks = n->mark_count, all = 0;

    for (size_t i = 0; i < count; i++)
        all += n->notes.items[i].mark_count;
    if (!RELEASE_ARRAY_MAKE(mem, &x->by_writer, count) ||
        !RELEASE_ARRAY_MAKE(mem, &x->by_group, count) ||
        !RELEASE_ARRAY_MAKE(mem, &x->written, (size_t)n->writer_count + 1) ||
        !RELEASE_ARRAY_MAKE(mem, &x->part, (size_t)n->writer_count + 1) ||
        !RELEASE_ARRAY_MAKE(mem, &x->voted, (size_t)n->writer_count + 1) ||
        !RELEASE_ARRAY_MAKE(mem, &x->first, marks + 2) ||
        !RELEASE_ARRAY_MAKE(mem, &x->postings, all + 1) ||
        !RELEASE_ARRAY_MAKE(mem, &x->row_of, n->groups.count + 1))
        return efti_no_memory(err, "the groups of notes");
    memset(x->written.items, 0, x->written.count * sizeof(uint32_t));
    memset(x->part.items, 0, x->part.count * sizeof(uint32_t));
    memset(x->voted.items, 0, x->voted.count * sizeof(uint64_t));
    memset(x->first.items, 0, x->first.count * sizeof(size_t));
    for (uint32_t i = 0; i < count; i++) {
        const struct efti_note *note = &n->notes.items[i];
        x->by_writer.items[i] = x->by_group.items[i] = i;
        x->written.items[note->writer]++;
        x->voted.items[note->writer] += note->votes;
        for (size_t k = 0; k < note->mark_count; k++)
            x->first.items[n->marks.items[note->marks + k] + 2]++;
    }
    for (size_t m = 2; m < marks + 2; m++)
        x->first.items[m] += x->first.items[m - 1];
    if (count > 0) {
        efti_sort(x->by_writer.items, count, sizeof(uint32_t), by_note_writer,
                  n->notes.items);
        efti_sort(x->by_group.items, count, sizeof(uint32_t), by_note_group,
                  n->notes.items);
    }
    for (size_t i = 0; i < count; i++) {
        const struct efti_note *note = &n->notes.items[x->by_writer.items[i]];
        for (size_t k = 0; k < note->mark_count; k++) {
            size_t *at = &x->first.items[n->marks.items[note->marks + k] + 1];
            x->postings.items[(*at)++] = x->by_writer.items[i];
        }
    }
    return EFT_OK;
}

static bool
has_mark(const struct note_table *x, size_t from, size_t count, uint32_t mark)
{
    const uint32_t *items = x->n->marks.items + from;
    size_t low = 0, high = count;

    if (mark == x->all)
        return true;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (items[mid] == mark)
            return true;
        if (items[mid] < mark)
            low = mid + 1;
        else
            high = mid;
    }
    return false;
}

/* --------------------------------------------------------------------- the gate */

static struct efti_cell
rest_of_group(const struct note_table *x)
{
    struct efti_cell rest = {0};

    for (uint32_t w = 0; w < x->n->writer_count; w++)
        efti_cell_add(&rest, x->written.items[w] - x->part.items[w]);
    return rest;
}

/* Notes of one group, from `at` to `end` in by_group. */
static eft_status
judge_group(struct note_table *x, size_t at, size_t end, eft_error *err)
{
    const struct efti_note *notes = x->n->notes.items;
    uint32_t group = notes[x->by_group.items[at]].group;
    struct note_row row = {.group = &x->n->groups.items[group], .at = at, .end = end};
    struct efti_cell rest = {0};

    for (size_t i = at; i < end; i++) {
        const struct efti_note *note = &notes[x->by_group.items[i]];
        x->part.items[note->writer]++;
        row.votes += note->votes;
        if (i + 1 == end || notes[x->by_group.items[i + 1]].writer != note->writer)
            efti_cell_add(&row.cell, x->part.items[note->writer]);
    }
    bool passes = efti_gate_passes(&x->j->gate, &row.cell);
    if (passes) /* so few that all writers may be looked at */
        rest = rest_of_group(x);
    for (size_t i = at; i < end; i++)
        x->part.items[notes[x->by_group.items[i]].writer] = 0;
    if (!passes || row.group->word_count == 0 ||
        !efti_job_shows(x->j, &row.cell, &rest, 1)) {
        x->hidden++;
        return EFT_OK;
    }
    row.exact = efti_writers_exact(x->j, &row.cell, &rest, 1);
    row.counted = !row.group->open;
    if (!EFTI_PUSH(x->j->mem, &x->rows))
        return efti_no_memory(err, "the groups of notes");
    x->rows.items[x->rows.count - 1] = row;
    return EFT_OK;
}

static int
by_words(const struct note_table *x, const struct efti_note_group *a,
         const struct efti_note_group *b)
{
    const uint32_t *words = x->n->words.items;
    size_t n = a->word_count < b->word_count ? a->word_count : b->word_count;

    for (size_t i = 0; i < n; i++) {
        const eft_text s = efti_note_word(x->n, words[a->words + i]);
        const eft_text t = efti_note_word(x->n, words[b->words + i]);
        int c = efti_compare(s.bytes, s.size, t.bytes, t.size);
        if (c != 0)
            return c;
    }
    if (a->word_count != b->word_count)
        return a->word_count < b->word_count ? -1 : 1;
    return a->open - b->open;
}

/* Those with numbers first. The others by words alone: a rank would tell of
 * numbers. Two groups can have the same words; groups come in an order of their
 * own, not the notes'. */
static int
by_note_rank(const void *a, const void *b, void *user)
{
    const struct note_row *r = a, *s = b;
    const struct note_table *x = user;

    if (r->counted != s->counted)
        return r->counted ? -1 : 1;
    if (r->counted && r->cell.writers != s->cell.writers)
        return r->cell.writers > s->cell.writers ? -1 : 1;
    if (r->counted && r->cell.count != s->cell.count)
        return r->cell.count > s->cell.count ? -1 : 1;
    int c = by_words(x, r->group, s->group);
    return c != 0 ? c : r->group < s->group ? -1 : r->group > s->group;
}

static void
sort_rows(struct note_table *x)
{
    efti_sort(x->rows.items, x->rows.count, sizeof(struct note_row), by_note_rank, x);
    for (size_t g = 0; g < x->row_of.count; g++)
        x->row_of.items[g] = EFTI_NO_ID;
    for (size_t i = 0; i < x->rows.count; i++)
        x->row_of.items[x->rows.items[i].group - x->n->groups.items] = (uint32_t)i;
}

static eft_status
judge_groups(struct note_table *x, eft_error *err)
{
    const struct efti_note *notes = x->n->notes.items;
    eft_status st = EFT_OK;

    for (size_t at = 0, end; at < x->by_group.count && st == EFT_OK; at = end) {
        uint32_t group = notes[x->by_group.items[at]].group;
        if (group == EFTI_NO_GROUP)
            break; /* they come last */
        for (end = at;
             end < x->by_group.count && notes[x->by_group.items[end]].group == group;)
            end++;
        st = judge_group(x, at, end, err);
    }
    if (st == EFT_OK)
        sort_rows(x);
    return st;
}

/* ---------------------------------------------------------------- what is left over */

struct leaving { /* notes with both marks, less the rows that tell of them */
    uint32_t a, b;
    bool votes;
};

static bool
row_tells(const struct note_table *x, const struct note_row *row, struct leaving l)
{
    return (l.votes ? row->votes_told : row->counted) &&
           has_mark(x, row->group->marks, row->group->mark_count, l.a) &&
           has_mark(x, row->group->marks, row->group->mark_count, l.b);
}

static bool
note_is_left(const struct note_table *x, const struct efti_note *note, struct leaving l)
{
    uint32_t row =
        note->group == EFTI_NO_GROUP ? EFTI_NO_ID : x->row_of.items[note->group];

    return has_mark(x, note->marks, note->mark_count, l.b) &&
           (row == EFTI_NO_ID || !row_tells(x, &x->rows.items[row], l));
}

static struct efti_cell
left_over(const struct note_table *x, struct leaving l)
{
    const uint32_t *items = x->by_writer.items;
    size_t count = x->by_writer.count;
    struct efti_cell cell = {0};
    uint64_t of_writer = 0;

    if (l.a != x->all) {
        items = x->postings.items + x->first.items[l.a];
        count = x->first.items[l.a + 1] - x->first.items[l.a];
    }
    for (size_t i = 0; i < count; i++) {
        const struct efti_note *note = &x->n->notes.items[items[i]];
        if (note_is_left(x, note, l))
            of_writer += l.votes ? note->votes : 1;
        if (i + 1 == count || x->n->notes.items[items[i + 1]].writer != note->writer) {
            efti_cell_add(&cell, of_writer);
            of_writer = 0;
        }
    }
    return cell;
}

/* Take numbers from rows until nothing is left over, or what passes. */
static bool
settle_notes(struct note_table *x, struct leaving l)
{
    bool changed = false;

    for (size_t last = x->rows.count; last > 0;) {
        struct efti_cell cell = left_over(x, l);
        if (cell.count == 0 || efti_gate_passes(&x->j->gate, &cell))
            break;
        while (last > 0 && !row_tells(x, &x->rows.items[last - 1], l))
            last--;
        if (last == 0)
            break;
        x->rows.items[--last].votes_told = false;
        if (!l.votes)
            x->rows.items[last].counted = false;
        changed = true;
    }
    return changed;
}

static size_t
posting_size(const struct note_table *x, uint32_t mark)
{
    return mark == x->all ? SIZE_MAX : x->first.items[mark + 1] - x->first.items[mark];
}

/* Each two marks once in a turn, the rarer first. */
static eft_status
settle_two(struct note_table *x, struct efti_strings *seen, uint32_t a, uint32_t b,
           bool *changed, eft_error *err)
{
    bool swap = posting_size(x, b) < posting_size(x, a) ||
                (posting_size(x, b) == posting_size(x, a) && b < a);
    const uint32_t key[2] = {swap ? b : a, swap ? a : b};
    bool added = false;

    if (efti_strings_add(seen, (const char *)key, sizeof(key), &added) == EFTI_NOT_FOUND)
        return efti_no_memory(err, "the groups of notes");
    if (added)
        *changed |= settle_notes(x, (struct leaving){key[0], key[1], false});
    return EFT_OK;
}

static eft_status
settle_row(struct note_table *x, struct efti_strings *seen, size_t row, bool *changed,
           eft_error *err)
{
    const struct efti_note_group *g = x->rows.items[row].group;
    const uint32_t *marks = x->n->marks.items + g->marks;
    eft_status st = EFT_OK;

    for (size_t i = 0; i < g->mark_count && x->rows.items[row].counted; i++) {
        st = settle_two(x, seen, marks[i], x->all, changed, err);
        for (size_t k = 0; k < i && st == EFT_OK && x->rows.items[row].counted; k++)
            st = settle_two(x, seen, marks[i], marks[k], changed, err);
        if (st != EFT_OK)
            break;
    }
    return st;
}

/* A row that loses its numbers adds to what is left over elsewhere, where there was
 * nothing before: again until none does. Each turn takes one row at least. */
static eft_status
settle_counts(struct note_table *x, eft_error *err)
{
    eft_status st = EFT_OK;

    for (bool changed = true; changed && st == EFT_OK;) {
        struct efti_strings *seen = NULL;
        changed = settle_notes(x, (struct leaving){x->all, x->all, false});
        st = efti_strings_new(x->j->mem, &seen, err);
        for (size_t row = 0; row < x->rows.count && st == EFT_OK; row++)
            st = settle_row(x, seen, row, &changed, err);
        efti_strings_free(seen);
    }
    return st;
}

/* The votes on one group, and on all other notes. */
static bool
votes_pass(struct note_table *x, const struct note_row *row)
{
    const struct efti_note *notes = x->n->notes.items;
    struct efti_cell cell = {0}, rest = {0};
    uint64_t of_writer = 0;

    for (size_t i = row->at; i < row->end; i++) {
        const struct efti_note *note = &notes[x->by_group.items[i]];
        of_writer += note->votes;
        if (i + 1 < row->end && notes[x->by_group.items[i + 1]].writer == note->writer)
            continue;
        efti_cell_add(&cell, of_writer);
        x->voted.items[note->writer] -= of_writer;
        of_writer = 0;
    }
    for (uint32_t w = 0; w < x->n->writer_count; w++)
        efti_cell_add(&rest, x->voted.items[w]);
    for (size_t i = row->at; i < row->end; i++)
        x->voted.items[notes[x->by_group.items[i]].writer] +=
            notes[x->by_group.items[i]].votes;
    return efti_job_shows(x->j, &cell, &rest, 1);
}

static void
settle_votes(struct note_table *x)
{
    for (size_t i = 0; i < x->rows.count; i++)
        x->rows.items[i].votes_told = x->rows.items[i].counted &&
                                      x->rows.items[i].votes > 0 &&
                                      votes_pass(x, &x->rows.items[i]);
    for (bool changed = true; changed;) {
        changed = settle_notes(x, (struct leaving){x->all, x->all, true});
        for (uint32_t theme = 0; theme < x->n->theme_count; theme++)
            changed |= settle_notes(x, (struct leaving){theme, x->all, true});
    }
}

/* ------------------------------------------------------------------------- telling */

static eft_status
say_words(struct note_table *x, const struct efti_note_group *g, eft_error *err)
{
    efti_bytes_clear(&x->words);
    for (size_t i = 0; i < g->word_count; i++) {
        const eft_text word = efti_note_word(x->n, x->n->words.items[g->words + i]);
        const eft_text label =
            efti_note_word_kind(x->n, x->n->words.items[g->words + i]) == 'c'
                ? efti_word_label(x->j, word, &x->label)
                : word;
        if (x->label.failed) /* the next label would clear it */
            return efti_no_memory(err, "the words of a note");
        efti_put_text(&x->words, i == 0 ? "" : ", ");
        efti_put(&x->words, label.bytes, label.size);
    }
    if (g->open)
        efti_put_text(&x->words, ", ...");
    return x->words.failed ? efti_no_memory(err, "the words of a note") : EFT_OK;
}

static eft_status
note_rows(struct note_table *x, struct eft_table *t, eft_error *err)
{
    struct release_job *j = x->j;

    for (size_t i = 0; i < x->rows.count; i++) {
        const struct note_row *r = &x->rows.items[i];
        eft_status st = efti_table_row(t, err);
        if (st != EFT_OK || (st = say_words(x, r->group, err)) != EFT_OK)
            return st;
        efti_table_set_integer(t, "rank", (int64_t)i + 1);
        efti_table_set_text(t, "words", (eft_text){x->words.data, x->words.size});
        if (r->counted) {
            efti_table_set_integer(t, "reflections", (int64_t)r->cell.count);
            efti_row_share(t, "share", r->cell.count, j->population.count);
        }
        if (r->counted && r->exact)
            efti_table_set_integer(t, "writers", r->cell.writers);
        else
            efti_table_set_integer(t, "writers_min", j->gate.k);
        if (r->votes_told)
            efti_table_set_integer(t, "votes", (int64_t)r->votes);
    }
    return EFT_OK;
}

eft_status
efti_release_notes(struct release_job *j, eft_error *err)
{
    struct note_table x = {.j = j, .n = j->o->joined};
    struct eft_table *t;

    if (x.n == NULL)
        return efti_table_missing(j, efti_schema[EFTI_TABLE_NOTES].name, err);
    x.all = x.n->mark_count;
    efti_bytes_init(&x.words, j->mem);
    efti_bytes_init(&x.label, j->mem);
    eft_status st = efti_results_add(j->results, EFTI_TABLE_NOTES, NULL, &t, err);
    if (st == EFT_OK && (st = index_notes(&x, err)) == EFT_OK &&
        (st = judge_groups(&x, err)) == EFT_OK &&
        (st = settle_counts(&x, err)) == EFT_OK) {
        settle_votes(&x);
        sort_rows(&x);
        efti_table_add_hidden(t, x.hidden);
        st = note_rows(&x, t, err);
    }
    EFTI_ARRAY_FREE(j->mem, &x.by_writer);
    EFTI_ARRAY_FREE(j->mem, &x.by_group);
    EFTI_ARRAY_FREE(j->mem, &x.written);
    EFTI_ARRAY_FREE(j->mem, &x.part);
    EFTI_ARRAY_FREE(j->mem, &x.voted);
    EFTI_ARRAY_FREE(j->mem, &x.first);
    EFTI_ARRAY_FREE(j->mem, &x.postings);
    EFTI_ARRAY_FREE(j->mem, &x.rows);
    EFTI_ARRAY_FREE(j->mem, &x.row_of);
    efti_bytes_free(&x.words);
    efti_bytes_free(&x.label);
    return st == EFT_OK ? efti_table_end(j, t, err) : st;
}
