/*
 * denial.c - is a theme that weights found in a text said to be missing?
 *
 * A text that misses something says so around it as much as at it: "Rektorn har aldrig
 * varit på ett elevhälsomöte. Inget uppdrag, ingen prioritering." And one that has it may
 * deny a detail ("inte mer än hej"). The rules (match/polarity.c) tell of each hit what
 * its clause says. Here one score tells of each theme what the text says, and where the
 * two differ it turns the hits:
 *
 *     score = bias + theme                      how often this one is denied
 *           + negated and affirmed hits         the first, second and third of each
 *           + a hit in doubt, no entry at all
 *           + cues in sentences of its hits     ingen, aldrig, saknas, en enda ...
 *           + words of the text / a root        as for the theme itself (model.h)
 *
 *     below least    negated hits are affirmed
 *     else           if none is negated, all affirmed hits are (also one put at a word)
 *
 * So a theme is denied in the tables where it is in its hits, and each hit still names
 * the entry or the word it stands for. Uncertain hits stay: they claim nothing. A theme
 * that no weights decide keeps what the rules say, and so do texts that are too short for
 * them (decide.c).
 */
#include "pipeline/model_features.h"

/* The cues of the sentence that was looked at last. Hits come in the order of their
 * sentences: each of these is looked at once. */
struct cues_beside {
    uint32_t sentence; /* EFTI_NOT_FOUND: none yet */
    uint64_t cues;
};

static uint64_t
cues_beside(const struct efti_worker *w, uint32_t sentence, struct cues_beside *last)
{
    const struct efti_sentence *s = &w->veiled.tokens.sentences.items[sentence];

    if (last->sentence != sentence)
        *last = (struct cues_beside){
            sentence, efti_features_cues(w->features, w->plan->weights->denial.cue_of,
                                         s->first_token, s->end_token)};
    return last->cues;
}

static void
note_hits(struct efti_worker *w)
{
    struct cues_beside last = {.sentence = EFTI_NOT_FOUND};

    memset(w->denials.items, 0, w->denials.count * sizeof(*w->denials.items));
    for (size_t i = 0; i < w->hits.hits.count; i++) {
        const struct efti_hit *hit = &w->hits.hits.items[i];
        uint32_t theme = w->plan->model_of[hit->theme];
        if (theme == EFTI_NOT_FOUND)
            continue;
        struct efti_theme_denial *d = &w->denials.items[theme];
        if (hit->polarity == EFTI_UNCERTAIN) {
            d->uncertain = true;
            continue;
        }
        d->cues |= cues_beside(w, hit->sentence, &last);
        if ((hit->pattern & EFTI_LEARNT) != 0)
            d->learnt++;
        else if (hit->polarity == EFTI_NEGATED)
            d->negated++;
        else
            d->affirmed++;
    }
}

static bool
is_theme_denied(const struct efti_worker *w, size_t theme,
                const struct efti_theme_denial *of)
{
    const struct eft_model *m = w->plan->weights;
    const struct efti_model_denial *d = &m->denial;
    int64_t score =
        d->bias + w->scores.items[m->themes.count] + m->themes.items[theme].denied[0];

    for (size_t i = 0; i < EFTI_MODEL_HITS; i++) {
        score += i < of->negated ? d->negated[i] : 0;
        score += i < of->affirmed ? d->affirmed[i] : 0;
    }
    score += of->negated > 0 ? m->themes.items[theme].denied[1] : 0;
    score += of->uncertain ? d->uncertain : 0;
    score += of->negated + of->affirmed == 0 ? d->none : 0;
    const int64_t *cue = d->cues;
    for (uint64_t cues = of->cues; cues != 0; cues >>= 1, cue++)
        score += (cues & 1) != 0 ? *cue : 0;
    return score >= d->least;
}

/* Which themes have hits to turn? */
static bool
choose_turns(struct efti_worker *w)
{
    bool any = false;

    for (size_t i = 0; i < w->denials.count; i++) {
        struct efti_theme_denial *d = &w->denials.items[i];
        bool turns = w->plan->weights->themes.items[i].used &&
                     d->negated + d->affirmed + d->learnt > 0 &&
                     is_theme_denied(w, i, d) != (d->negated > 0);
        d->turn = !turns            ? EFTI_POLARITY_COUNT
                  : d->negated == 0 ? EFTI_NEGATED
                                    : EFTI_AFFIRMED;
        any |= turns;
    }
    return any;
}

void
efti_worker_deny(struct efti_worker *w)
{
    if (!w->plan->weights->denial.learnt || w->hits.hits.count == 0)
        return;
    note_hits(w);
    if (!choose_turns(w))
        return;
    for (size_t i = 0; i < w->hits.hits.count; i++) {
        struct efti_hit *hit = &w->hits.hits.items[i];
        uint32_t theme = w->plan->model_of[hit->theme];
        if (theme != EFTI_NOT_FOUND && hit->polarity != EFTI_UNCERTAIN &&
            w->denials.items[theme].turn != EFTI_POLARITY_COUNT)
            hit->polarity = w->denials.items[theme].turn;
    }
}
