/*
 * windows.c - themes that stand near each other, whatever the sentences
 *
 * A window of N words slides over the text, and each of its places is a small text of its
 * own (Roder, Both and Hinneburg 2015, boolean sliding window):
 *
 *     word         0  1  2  3  4  5  6        N = 3: windows begin at 0 .. 4
 *     oro             x                       windows with it: 0 1
 *     ledning                  x              2 3 4        both: none
 *     tillit                x                 1 2 3        with oro: 1
 *
 * A hit stands where its first word does. Which windows have a theme are the places from
 * N - 1 before each of its hits, put together: a few spans, so that pairs need no walk
 * over the windows. A text of fewer than N words is one window. Windows do not end with
 * sentences, and overlap: their number says how near, not how many.
 */
#include "pipeline/pipeline.h"

static int
by_theme_and_place(const void *a, const void *b, void *user)
{
    const struct efti_window_span *x = a, *y = b;

    (void)user;
    if (x->theme != y->theme)
        return x->theme < y->theme ? -1 : 1;
    return x->first < y->first ? -1 : x->first > y->first;
}

/* Windows of each hit, by theme; spans of one theme that touch become one. */
static eft_status
window_spans(eft_tally *t, uint32_t windows, eft_error *err)
{
    const struct efti_hits *h = &t->worker->hits;
    uint32_t reach = t->plan->window - 1;
    size_t kept = 0;

    t->spans.count = 0;
    if (!EFTI_ARRAY_RESERVE(t->mem, &t->spans, h->hits.count))
        return efti_no_memory(err, "the windows of a reflection");
    for (size_t i = 0; i < h->hits.count; i++) {
        const struct efti_hit *hit = &h->hits.items[i];
        uint32_t at = hit->first_token;
        if (hit->polarity == EFTI_UNCERTAIN)
            continue;
        t->spans.items[t->spans.count++] =
            (struct efti_window_span){.theme = t->theme_ids.items[hit->theme],
                                      .first = at > reach ? at - reach : 0,
                                      .last = at < windows ? at : windows - 1};
    }
    efti_sort(t->spans.items, t->spans.count, sizeof(*t->spans.items), by_theme_and_place,
              NULL);
    for (size_t i = 0; i < t->spans.count; i++) {
        struct efti_window_span *s = &t->spans.items[i], *last = &t->spans.items[kept];
        if (kept > 0 && last[-1].theme == s->theme && last[-1].last + 1 >= s->first)
            last[-1].last = s->last > last[-1].last ? s->last : last[-1].last;
        else
            t->spans.items[kept++] = *s;
    }
    t->spans.count = kept;
    return EFT_OK;
}

/* Windows in both of two lists of spans; [a, a_end) and [b, b_end). */
static uint32_t
windows_in_both(const struct efti_window_span *s, size_t a, size_t a_end, size_t b,
                size_t b_end)
{
    uint32_t count = 0;

    while (a < a_end && b < b_end) {
        uint32_t first = s[a].first > s[b].first ? s[a].first : s[b].first;
        uint32_t last = s[a].last < s[b].last ? s[a].last : s[b].last;
        if (first <= last)
            count += last - first + 1;
        if (s[a].last < s[b].last)
            a++;
        else
            b++;
    }
    return count;
}

static size_t
end_of_theme(const eft_tally *t, size_t from)
{
    size_t to = from;

    while (to < t->spans.count && t->spans.items[to].theme == t->spans.items[from].theme)
        to++;
    return to;
}

eft_status
efti_observe_windows(eft_tally *t, struct efti_observation *o, eft_error *err)
{
    uint32_t windows = efti_windows_of(o->tokens, t->plan->window);

    t->window_pairs.count = 0;
    if (t->plan->window == 0 || windows == 0)
        return EFT_OK;
    eft_status st = window_spans(t, windows, err);
    if (st != EFT_OK)
        return st;
    for (size_t a = 0, a_end; a < t->spans.count; a = a_end) {
        a_end = end_of_theme(t, a);
        for (size_t b = a, b_end; b < t->spans.count; b = b_end) {
            b_end = end_of_theme(t, b);
            uint32_t both = windows_in_both(t->spans.items, a, a_end, b, b_end);
            if (both == 0)
                continue;
            if (!EFTI_PUSH(t->mem, &t->window_pairs))
                return efti_no_memory(err, "the windows of a reflection");
            t->window_pairs.items[t->window_pairs.count - 1] = (struct efti_theme_pair){
                t->spans.items[a].theme, t->spans.items[b].theme, both};
        }
    }
    o->windows = t->window_pairs.items;
    o->window_count = (uint32_t)t->window_pairs.count;
    return EFT_OK;
}
