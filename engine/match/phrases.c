/*
 * phrases.c - walking the forest from one token
 *
 * From a token whose form begins some phrase, the walk keeps the list of places reached:
 * (node, token). Each place looks at the next token and at as many behind it as the gap
 * of its tree allows; a token whose form is an atom on an edge gives a new place. The
 * walk ends at the end of the sentence and at a token of the veil, since a name in the
 * middle is no word that a phrase may pass over.
 *
 *   gap 1:  "ont =i magen"   over  ont | riktigt | i | magen
 *           (ont,0) ─ sees riktigt, i ─► (i,2) ─ sees magen ─► (magen,3): a match
 *
 * A place is entered once, so a phrase of n words costs at most n * (n * (gap + 1))
 * places even on text made to hurt ("a a a a ..."). Places are tried in the order in
 * which they were reached; of two ends of one pattern from the same start the first
 * stays.
 */
#include "match/compiled.h"

static bool
phrase_step(struct efti_match_worker *w, uint32_t node, uint32_t token)
{
    for (size_t i = 0; i < w->steps.count; i++) {
        if (w->steps.items[i].node == node && w->steps.items[i].token == token)
            return true;
    }
    if (!EFTI_PUSH(w->mem, &w->steps))
        return false;
    w->steps.items[w->steps.count - 1] = (struct efti_step){node, token};
    return true;
}

/* The node behind an edge, or EFTI_NOT_FOUND. Few nodes have more than some ten edges. */
static uint32_t
phrase_edge(const struct efti_matcher *m, const struct efti_node *node, uint32_t atom)
{
    uint32_t low = node->edges.first, high = low + node->edges.count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (m->edges.items[middle].atom < atom)
            low = middle + 1;
        else
            high = middle;
    }
    return low < node->edges.first + node->edges.count && m->edges.items[low].atom == atom
               ? m->edges.items[low].node
               : EFTI_NOT_FOUND;
}

static bool
phrase_end(struct efti_match_worker *w, const struct efti_token *tokens, size_t from,
           uint32_t pattern, uint32_t first, uint32_t last)
{
    for (size_t i = from; i < w->raw.count; i++) {
        if (w->raw.items[i].pattern == pattern)
            return true;
    }
    if (!EFTI_PUSH(w->mem, &w->raw))
        return false;
    w->raw.items[w->raw.count - 1] = (struct efti_raw_hit){
        .theme = w->matcher->patterns.items[pattern].theme,
        .pattern = pattern,
        .first = first,
        .end = last + 1,
        .size = tokens[last].end - tokens[first].start,
    };
    return true;
}

/* All places that one place leads to. */
static bool
phrase_advance(struct efti_match_worker *w, const struct efti_token *tokens,
               uint32_t first, struct efti_step step, uint32_t end)
{
    const struct efti_matcher *m = w->matcher;
    const struct efti_node *node = &m->nodes.items[step.node];
    uint32_t reach = step.token + 1 + node->gap;

    for (uint32_t t = step.token + 1; t < end && t <= reach; t++) {
        const struct efti_mark *mark = &w->marks.items[t - first];
        if (tokens[t].kind == EFTI_VEIL)
            return true;
        if ((mark->mask & node->mask) == 0)
            continue;
        struct efti_range atoms = w->sets.items[mark->set].atoms;
        for (uint32_t i = 0; i < atoms.count; i++) {
            uint32_t next = phrase_edge(m, node, w->set_atoms.items[atoms.first + i]);
            if (next != EFTI_NOT_FOUND && !phrase_step(w, next, t))
                return false;
        }
    }
    return true;
}

/* May anything go on from this root? Looks past the veil; the walk itself does not. */
static bool
phrase_may_go_on(const struct efti_match_worker *w, const struct efti_root *root,
                 uint32_t from, uint32_t end)
{
    uint32_t reach = from + root->gap < end ? from + root->gap + 1 : end;

    for (uint32_t t = from; t < reach; t++) {
        if ((w->marks.items[t].mask & root->mask) != 0)
            return true;
    }
    return false;
}

bool
efti_phrases_from(struct efti_match_worker *w, const struct efti_token *tokens,
                  uint32_t first, uint32_t at, uint32_t end)
{
    const struct efti_matcher *m = w->matcher;
    struct efti_range roots = w->sets.items[w->marks.items[at - first].set].roots;
    size_t from = w->raw.count;

    w->steps.count = 0;
    for (uint32_t i = roots.first; i < roots.first + roots.count; i++) {
        const struct efti_root *root = &w->set_roots.items[i];
        if (phrase_may_go_on(w, root, at - first + 1, end - first) &&
            !phrase_step(w, root->node, at))
            return false;
    }
    for (size_t i = 0; i < w->steps.count; i++) {
        struct efti_step step = w->steps.items[i];
        const struct efti_node *node = &m->nodes.items[step.node];
        for (uint32_t k = 0; k < node->ends.count; k++) {
            if (!phrase_end(w, tokens, from, m->ends.items[node->ends.first + k], at,
                            step.token))
                return false;
        }
        if (node->edges.count > 0 && !phrase_advance(w, tokens, first, step, end))
            return false;
    }
    return true;
}
