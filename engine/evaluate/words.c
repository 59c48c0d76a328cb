/*
 * words.c - compounds against their gold split, forms of a lemma against one term
 *
 * A compound is right when every border stands where the gold has it; links may be judged
 * apart (the piece they belong to is fixed, so borders tell). Terms: a lemma is united
 * when all its forms get one term. A term that serves forms of two lemmas is shared; both
 * are needed, for one term for all words would unite everything (Paice's under- and
 * over-stemming, as counts of lemmas).
 */
#include "evaluate/evaluate.h"

#include "tokenizers/compounds.h"

/* ------------------------------------------------------------------ compounds */

struct compound_sums {
    uint64_t words, right;         /* all */
    uint64_t splits, splits_right; /* that the gold splits */
    uint64_t wholes, wholes_right; /* that it keeps whole */
    uint64_t missed, elsewhere;    /* of splits: left whole, or split at other places */
    uint64_t border_tp, border_fp, border_fn;
};

/* Bit i: a border stands before byte i of the word (i below 64). */
static uint64_t
gold_borders(eft_text split)
{
    uint64_t bits = 0;
    size_t at = 0;

    for (size_t i = 0; i < split.size; i++) {
        if (split.bytes[i] == '|' && at < 64)
            bits |= (uint64_t)1 << at;
        at += split.bytes[i] != '|' && split.bytes[i] != '+';
    }
    return bits;
}

static uint64_t
found_borders(const struct efti_evaluation *e, eft_text folded)
{
    const struct efti_compounds compounds =
        efti_compounds_of(e->plan->dictionary, e->plan->lists, efti_forms_engine());
    struct efti_compound_parts parts = {0};
    uint64_t bits = 0;

    (void)efti_compound_split(&compounds, folded.bytes, folded.size, &parts);
    for (unsigned i = 0; i + 1 < parts.count; i++)
        bits |= (uint64_t)1 << parts.ends[i];
    return bits;
}

static uint64_t
bits_in(uint64_t bits)
{
    uint64_t n = 0;

    for (; bits != 0; bits &= bits - 1)
        n++;
    return n;
}

static eft_status
tell_word(struct efti_evaluation *e, const struct efti_gold_word *w, const char *kind,
          eft_error *err)
{
    const struct efti_gold_doc doc = {.text = w->word, .line = w->line};
    const struct efti_disagreement d = {.kind = kind, .end = w->word.size};

    return efti_mistake_at(e, &doc, &d, err);
}

static eft_status
add_compound(struct efti_evaluation *e, struct compound_sums *s,
             const struct efti_gold_word *w, struct efti_bytes *folded, eft_error *err)
{
    eft_status st = efti_fold(efti_forms_unicode(e->core.forms), w->word.bytes,
                              w->word.size, folded, err);

    if (st != EFT_OK)
        return st;
    uint64_t gold = gold_borders(w->rest);
    uint64_t found = found_borders(e, (eft_text){folded->data, folded->size});
    s->words++;
    s->right += gold == found;
    s->splits += gold != 0;
    s->splits_right += gold != 0 && gold == found;
    s->missed += gold != 0 && found == 0;
    s->elsewhere += gold != 0 && found != 0 && gold != found;
    s->wholes += gold == 0;
    s->wholes_right += gold == 0 && found == 0;
    s->border_tp += bits_in(gold & found);
    s->border_fp += bits_in(found & ~gold);
    s->border_fn += bits_in(gold & ~found);
    return gold == found ? EFT_OK
                         : tell_word(e, w,
                                     found == 0  ? "not split"
                                     : gold == 0 ? "split"
                                                 : "split elsewhere",
                                     err);
}

static eft_status
evaluate_compounds(struct efti_evaluation *e, eft_error *err)
{
    struct compound_sums s = {0};
    struct efti_bytes folded;
    eft_status st = EFT_OK;

    efti_bytes_init(&folded, e->mem);
    for (size_t i = 0; i < e->gold.words.count && st == EFT_OK; i++)
        st = add_compound(e, &s, &e->gold.words.items[i], &folded, err);
    efti_bytes_free(&folded);
    const struct {
        const char *measure;
        uint64_t part, whole;
    } rows[] = {{"compounds right", s.right, s.words},
                {"split right", s.splits_right, s.splits},
                {"not split", s.missed, s.splits},
                {"split elsewhere", s.elsewhere, s.splits},
                {"kept whole", s.wholes_right, s.wholes},
                {"border precision", s.border_tp, s.border_tp + s.border_fp},
                {"border recall", s.border_tp, s.border_tp + s.border_fn}};
    for (size_t i = 0; i < EFTI_COUNT(rows) && st == EFT_OK; i++)
        st = efti_figure_share(e, "all", EFTI_ALL, rows[i].measure, rows[i].part,
                               rows[i].whole, err);
    return st;
}

/* ---------------------------------------------------------------------- terms */

struct term_of_form {
    uint32_t lemma, term, form;
    uint32_t line;
};
struct terms {
    struct efti_strings *lemmas, *terms, *forms;
    EFTI_ARRAY(struct term_of_form) pairs;
    struct efti_bytes folded; /* scratch */
};

/* Terms are asked as a text would ask: the first token of the form standing alone. */
static eft_status
term_of(struct efti_evaluation *e, eft_text form, eft_text *out, eft_error *err)
{
    eft_tokens t;
    eft_status st = eft_worker_tokenise(e->worker, form, &t, err);

    *out = st == EFT_OK && t.count > 0 ? t.terms[0] : form;
    return st;
}

static eft_status
add_form(struct efti_evaluation *e, struct terms *t, eft_text lemma, eft_text raw,
         uint32_t line, eft_error *err)
{
    eft_text term;
    eft_status st = EFT_OK;

    if (raw.size == 0)
        return EFT_OK;
    /* Barn and barn are one form: what is judged is inflection, not casing */
    if ((st = efti_fold(efti_forms_unicode(e->core.forms), raw.bytes, raw.size,
                        &t->folded, err)) != EFT_OK)
        return st;
    const eft_text form = {t->folded.data, t->folded.size};
    if ((st = term_of(e, form, &term, err)) != EFT_OK)
        return st;
    struct term_of_form p = {
        .lemma = efti_strings_add(t->lemmas, lemma.bytes, lemma.size, NULL),
        .term = efti_strings_add(t->terms, term.bytes, term.size, NULL),
        .form = efti_strings_add(t->forms, form.bytes, form.size, NULL),
        .line = line};
    if (p.lemma == EFTI_NOT_FOUND || p.term == EFTI_NOT_FOUND ||
        p.form == EFTI_NOT_FOUND || !EFTI_PUSH(e->mem, &t->pairs))
        return efti_no_memory(err, "the terms");
    t->pairs.items[t->pairs.count - 1] = p;
    return EFT_OK;
}

/* "form form form" of one line, or the one form of a token. */
static eft_status
add_forms(struct efti_evaluation *e, struct terms *t, const struct efti_gold_word *w,
          eft_error *err)
{
    size_t at = 0;
    eft_status st = EFT_OK;

    while (at < w->rest.size && st == EFT_OK) {
        size_t from = at;
        while (at < w->rest.size && w->rest.bytes[at] != ' ' && w->rest.bytes[at] != ',')
            at++;
        st = add_form(e, t, w->word, (eft_text){w->rest.bytes + from, at - from}, w->line,
                      err);
        at++;
    }
    return st;
}

static int
by_lemma(const void *a, const void *b, void *user)
{
    const struct term_of_form *x = a, *y = b;

    (void)user;
    if (x->lemma != y->lemma)
        return x->lemma < y->lemma ? -1 : 1;
    if (x->form != y->form)
        return x->form < y->form ? -1 : 1;
    return x->line < y->line ? -1 : x->line > y->line;
}

static int
by_term(const void *a, const void *b, void *user)
{
    const struct term_of_form *x = a, *y = b;

    (void)user;
    if (x->term != y->term)
        return x->term < y->term ? -1 : 1;
    return x->lemma < y->lemma ? -1 : x->lemma > y->lemma;
}

struct term_sums {
    uint64_t lemmas, united;      /* with two forms or more */
    uint64_t pairs, pairs_united; /* of forms of one lemma: 1 - Paice's UI */
    uint64_t terms, shared;       /* by two lemmas or more */
};

/* pairs[from .. to) are the forms of one lemma. */
static eft_status
judge_lemma(struct efti_evaluation *e, const struct terms *t, size_t from, size_t to,
            struct term_sums *s, eft_error *err)
{
    size_t kept = 0;
    bool one = true;
    uint64_t pairs = 0, same = 0;

    for (size_t i = from; i < to; i++) {
        if (i > from && t->pairs.items[i].form == t->pairs.items[i - 1].form)
            continue;
        kept++;
        one = one && t->pairs.items[i].term == t->pairs.items[from].term;
        for (size_t j = i + 1; j < to; j++) {
            if (t->pairs.items[j].form == t->pairs.items[j - 1].form)
                continue;
            pairs++;
            same += t->pairs.items[j].term == t->pairs.items[i].term;
        }
    }
    if (kept < 2)
        return EFT_OK;
    s->lemmas++;
    s->united += one;
    s->pairs += pairs;
    s->pairs_united += same;
    const struct efti_gold_word w = {
        .word = efti_strings_get(t->lemmas, t->pairs.items[from].lemma),
        .line = t->pairs.items[from].line};
    return one ? EFT_OK : tell_word(e, &w, "not united", err);
}

static eft_status
judge_terms(struct efti_evaluation *e, struct terms *t, struct term_sums *s,
            eft_error *err)
{
    struct term_of_form *p = t->pairs.items;
    size_t n = t->pairs.count;
    eft_status st = EFT_OK;

    efti_sort(p, n, sizeof(*p), by_lemma, NULL);
    for (size_t from = 0, to; from < n && st == EFT_OK; from = to) {
        for (to = from + 1; to < n && p[to].lemma == p[from].lemma;)
            to++;
        st = judge_lemma(e, t, from, to, s, err);
    }
    efti_sort(p, n, sizeof(*p), by_term, NULL);
    for (size_t from = 0, to; from < n && st == EFT_OK; from = to) {
        size_t other = from;
        for (to = from + 1; to < n && p[to].term == p[from].term; to++) {
            if (p[to].lemma != p[from].lemma && other == from)
                other = to;
        }
        s->terms++;
        s->shared += other > from;
        const struct efti_gold_word w = {
            .word = efti_strings_get(t->lemmas, p[other].lemma), .line = p[other].line};
        if (other > from)
            st = tell_word(e, &w, "shares a term", err);
    }
    return st;
}

static eft_status
evaluate_terms(struct efti_evaluation *e, struct terms *t, eft_error *err)
{
    struct term_sums s = {0};
    eft_status st;

    if ((st = efti_strings_new(e->mem, &t->lemmas, err)) != EFT_OK ||
        (st = efti_strings_new(e->mem, &t->terms, err)) != EFT_OK ||
        (st = efti_strings_new(e->mem, &t->forms, err)) != EFT_OK)
        return st;
    for (size_t i = 0; i < e->gold.words.count && st == EFT_OK; i++)
        st = add_forms(e, t, &e->gold.words.items[i], err);
    if (st == EFT_OK)
        st = judge_terms(e, t, &s, err);
    if (st == EFT_OK)
        st = efti_figure_share(e, "all", EFTI_ALL, "lemmas united", s.united, s.lemmas,
                               err);
    if (st == EFT_OK)
        st = efti_figure_share(e, "all", EFTI_ALL, "pairs of forms united",
                               s.pairs_united, s.pairs, err);
    if (st == EFT_OK)
        st = efti_figure_share(e, "all", EFTI_ALL, "terms shared by lemmas", s.shared,
                               s.terms, err);
    return st;
}

eft_status
efti_evaluate_words(struct efti_evaluation *e, eft_error *err)
{
    struct terms t = {0};

    if (e->gold.form == EFTI_GOLD_COMPOUNDS)
        return evaluate_compounds(e, err);
    efti_bytes_init(&t.folded, e->mem);
    eft_status st = evaluate_terms(e, &t, err);
    efti_bytes_free(&t.folded);
    efti_strings_free(t.lemmas);
    efti_strings_free(t.terms);
    efti_strings_free(t.forms);
    EFTI_ARRAY_FREE(e->mem, &t.pairs);
    return st;
}
