/*
 * initials.c - two or three capitals that are somebody
 *
 *   Sign: | JK |, antecknat av | MB |   behind what one signs with, whatever they are
 *   Lugnt i natt. / | AL |              behind a slash at the end
 *   utredare | PW |, träffade | EP |    where somebody stands
 *   | JK | ringde, enl | JK |           who does or says something
 *
 * "IT ringde", "rapport till FK": most pairs of capitals are a thing, an office or a
 * trade. So only those that are not known as one (GROUP_SHORT_FORMS) are somebody by the
 * words around them, and none that stands beside a figure or in a shout. A pair in
 * brackets says what letters mean (kollegialt lärande (KL)) and stays.
 */
#include "veil/frames.h"

/* JK, MB, ÅS; `most` letters. */
static bool
is_capitals(const struct efti_form *f, uint32_t most)
{
    return f->kind == EFTI_WORD && f->casing == EFTI_CASING_UPPER && f->code_points > 1 &&
           f->code_points <= most && f->capitals == f->code_points;
}

/* "25 MB", "GT 500": measured or numbered; what a tag of ours stands for may have been a
 * figure. A telephone behind somebody is longer. */
static bool
is_beside_figure(const struct efti_veil *v, size_t i)
{
    const struct efti_token *t = &v->segments->tokens.items[i];
    const struct veil_word *w = &v->words.items[i];
    const bool last = i + 1 >= v->words.count || w[1].glue != VEIL_GLUE_SPACE;

    if (i > 0 && (w->glue == VEIL_GLUE_SPACE || w->glue == VEIL_GLUE_COMMA) &&
        ((w[-1].bits & VEIL_DIGITS) != 0 || (w[-1].state & VEIL_STATE_TAG) != 0))
        return true;
    return !last && ((w[1].state & VEIL_STATE_TAG) != 0 ||
                     ((w[1].bits & VEIL_DIGITS) != 0 && t[1].end - t[1].start <= 3));
}

/* "VI SA NEJ": is a word beside it all in capitals, and no pair itself? */
static bool
is_in_shout(const struct efti_veil *v, size_t i)
{
    for (size_t k = i > 0 ? i - 1 : 0; k <= i + 1 && k < v->words.count; k++) {
        const struct veil_word *w = &v->words.items[k];

        if (k != i && w->form != NULL && w->form->code_points > 2 &&
            (w->bits & (VEIL_UPPER | VEIL_WORD)) == (VEIL_UPPER | VEIL_WORD))
            return true;
    }
    return false;
}

/* May the pair be somebody, for all that one knows of it? */
static bool
is_unknown_pair(const struct efti_veil *v, size_t i)
{
    return is_capitals(v->words.items[i].form, 2) &&
           !efti_veil_in(v, i, GROUP_SHORT_FORMS) && !is_beside_figure(v, i) &&
           !is_in_shout(v, i) && !efti_veil_is_label(v, i);
}

static int
by_form(const void *a, const void *b, void *user)
{
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    (void)user;
    return (x > y) - (x < y);
}

static void
remember_form(struct efti_veil *v, size_t i)
{
    if (EFTI_PUSH(v->mem, &v->initials))
        v->initials.items[v->initials.count - 1] = v->segments->tokens.items[i].form;
    else
        v->no_memory = true;
}

/* Is the form of token `i` among those that are remembered, and sorted since? */
static bool
is_form_remembered(const struct efti_veil *v, size_t i)
{
    const uint32_t form = v->segments->tokens.items[i].form;
    size_t low = 0, high = v->initials.count;

    while (low < high) {
        const size_t mid = low + (high - low) / 2;
        if (v->initials.items[mid] < form)
            low = mid + 1;
        else
            high = mid;
    }
    return low < v->initials.count && v->initials.items[low] == form;
}

/* Is the pair explained in brackets somewhere, or what a bracket explains? All that are
 * are gathered when the first is asked about. */
static bool
has_explanation(struct efti_veil *v, size_t i)
{
    const struct efti_token *t = v->segments->tokens.items;

    if (!v->initials_explained) {
        v->initials_explained = true;
        v->initials.count = 0;
        for (size_t k = 0; k < v->candidates.count && !v->no_memory; k++) {
            const size_t c = v->candidates.items[k];

            if (v->words.items[c].form != NULL &&
                is_capitals(v->words.items[c].form, 2) &&
                (efti_veil_byte(v, t[c].end) == ')' ||
                 (efti_veil_byte(v, t[c].end) == ' ' &&
                  efti_veil_byte(v, t[c].end + 1) == '(')))
                remember_form(v, c);
        }
        efti_sort(v->initials.items, v->initials.count, sizeof(uint32_t), by_form, NULL);
    }
    return is_form_remembered(v, i);
}

/* Do only blanks, a stop or a colon stand between token `i` and the one before? */
static bool
is_close_behind(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    if (i == 0)
        return false;
    return w->glue == VEIL_GLUE_SPACE || w->glue == VEIL_GLUE_STOP ||
           (w->glue == VEIL_GLUE_MARK &&
            efti_veil_byte(v, v->segments->tokens.items[i - 1].end) == ':');
}

/* "antecknat av MB", "uppdaterad 12 mars av MB": written or led by the pair. */
static bool
is_written_by(const struct efti_veil *v, size_t i)
{
    if (!efti_veil_follows(v, i) || !efti_veil_is_word(v, i - 1, "av"))
        return false;
    for (size_t k = i - 1, n = 0; k > 0 && n < 4 && efti_veil_follows(v, k); n++)
        if (efti_veil_in(v, --k, GROUP_WRITTEN_BY))
            return true;
    return false;
}

/* Sign: JK, handl. JK, vid pennan: BT */
static bool
signs_behind_word(const struct efti_veil *v, size_t i)
{
    return is_close_behind(v, i) && efti_veil_in(v, i - 1, GROUP_SIGNS_BY_LETTERS) &&
           !is_beside_figure(v, i) &&
           (v->words.items[i].glue != VEIL_GLUE_SPACE ||
            efti_veil_in(v, i - 1, GROUP_SIGNS));
}

/* "rapport till SN", "sa till MB", "enligt PW", "sekr KL", "ssk GN", "bad PJ" */
static bool
is_told_or_tells(const struct efti_veil *v, size_t i)
{
    if (!efti_veil_follows(v, i))
        return false;
    return efti_veil_in(v, i - 1, GROUP_BEFORE_INITIALS) ||
           efti_veil_in(v, i - 1, GROUP_MEETS_PERSON) ||
           efti_veil_in(v, i - 1, GROUP_ASKS_LETTER) ||
           efti_veil_in(v, i - 1, GROUP_SIGNS_BY_LETTERS) ||
           (efti_veil_is_word(v, i - 1, "till") && efti_veil_follows(v, i - 1) &&
            efti_veil_in(v, i - 2, GROUP_HANDED_OVER));
}

/* jobbar med KL, planering med KL: as often a way of working. */
static bool
is_worked_with(const struct efti_veil *v, size_t i)
{
    return efti_veil_follows(v, i) && efti_veil_is_word(v, i - 1, "med") &&
           efti_veil_follows(v, i - 1) && efti_veil_in(v, i - 2, GROUP_WORKS_WITH);
}

/* Does somebody do what token `i` says? */
static bool
is_done_by_letters(const struct efti_veil *v, size_t i)
{
    return efti_veil_follows(v, i) && (v->words.items[i].bits & VEIL_CAPITAL) == 0 &&
           ((v->words.items[i].bits & VEIL_AFTER_STRONG) != 0 ||
            efti_veil_in(v, i, GROUP_DONE_BY_LETTERS));
}

/* JK och MB, JK & MB: a second pair beside the first, which nobody knows either. */
static bool
is_one_of_two(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];
    size_t other = i + 1;

    if (i + 1 < v->words.count && w[1].glue == VEIL_GLUE_SPACE &&
        efti_veil_is(v, i + 1, VEIL_CLASS_AND))
        other++;
    else if (i + 1 >= v->words.count || w[1].glue != VEIL_GLUE_AMP)
        return false;
    return other < v->words.count && v->words.items[other].form != NULL &&
           (other == i + 1 || efti_veil_follows(v, other)) && is_unknown_pair(v, other) &&
           (is_done_by_letters(v, other + 1) ||
            (efti_veil_follows(v, other + 1) &&
             (efti_frame_is_past(&v->words.items[other + 1]) ||
              (v->words.items[other + 1].bits & VEIL_AFTER_WEAK) != 0 ||
              efti_veil_in(v, other + 1, GROUP_COMMON_VERBS_OF_DOER))));
}

/* The second of them, behind the first that is marked. */
static bool
is_other_of_two(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];
    size_t first = i - 1;

    if (i > 1 && efti_veil_follows(v, i) && efti_veil_is(v, i - 1, VEIL_CLASS_AND) &&
        efti_veil_follows(v, i - 1))
        first--;
    else if (i == 0 || w->glue != VEIL_GLUE_AMP)
        return false;
    return (v->words.items[first].state & VEIL_STATE_NAME) != 0 &&
           v->words.items[first].category == EFTI_PERSON;
}

bool
efti_veil_is_initials_told(struct efti_veil *v, size_t i)
{
    const uint32_t people = EFTI_EVIDENCE_FRAME | EFTI_EVIDENCE_ROLE | VEIL_SEES_CALLED;
    const struct veil_word *w = &v->words.items[i];

    if (!is_capitals(w->form, 3) || v->casing == VEIL_CASING_HIGH)
        return false;
    if (signs_behind_word(v, i) || (w->evidence & EFTI_EVIDENCE_SIGNATURE) != 0)
        return true;
    if (!is_unknown_pair(v, i))
        return false;
    bool somebody = ((w->evidence & people) != 0 && w->glue != VEIL_GLUE_COMMA &&
                     !is_worked_with(v, i)) ||
                    is_written_by(v, i) || is_told_or_tells(v, i) ||
                    is_done_by_letters(v, i + 1) || is_one_of_two(v, i) ||
                    is_other_of_two(v, i);
    return somebody && !has_explanation(v, i);
}

/* "JK ringde. ... bad JK komma": letters that are somebody are so in all of the text. */
void
efti_veil_repeat_initials(struct efti_veil *v)
{
    v->initials.count = 0;
    for (size_t k = 0; k < v->named.count && !v->no_memory; k++) {
        const struct veil_word *w = &v->words.items[v->named.items[k]];

        if (w->form != NULL && is_capitals(w->form, 3))
            remember_form(v, v->named.items[k]);
    }
    efti_sort(v->initials.items, v->initials.count, sizeof(uint32_t), by_form, NULL);
    for (size_t h = 0; h < v->candidates.count && !v->no_memory; h++) {
        const size_t i = v->candidates.items[h];
        const struct veil_word *w = &v->words.items[i];

        if (w->form == NULL || (w->state & VEIL_STATE_NAME) != 0 ||
            !is_capitals(w->form, 3) || is_beside_figure(v, i) ||
            efti_veil_is_label(v, i))
            continue;
        if (is_form_remembered(v, i))
            efti_veil_mark(v, i, VEIL_RULE_NAME_REPEAT, EFTI_PERSON);
    }
}
