/*
 * names_again.c - a name found once is found everywhere in the text
 *
 *   Hevin ... hevin, HEVIN          in any case, unless it is a word as well: then only
 *                                   with a capital
 *   Tjovalda ... Tjovaldas          an -s that hangs on a name of this text
 *   Hevrin ... Hevrin-skivan        inside a longer word, before a hyphen or a word of
 *              Hevrinmodellen       the dictionary
 *
 * The names are remembered folded and bare, sorted once when somebody first asks; what is
 * shorter than three letters is not (single letters: letters.c).
 */
#include "veil/names.h"

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

/* Eldsvådefond: at a start, longer than names are, and only unknown. It goes there, as
 * any capital that nothing explains does, but says nothing of the same word elsewhere. */
static bool
is_long_and_unknown(const struct veil_word *w)
{
    const uint32_t spoken = EFTI_EVIDENCE_LIST_1 | EFTI_EVIDENCE_LIST_2 |
                            EFTI_EVIDENCE_FRAME | EFTI_EVIDENCE_ROLE |
                            EFTI_EVIDENCE_NAME_SHAPE | EFTI_EVIDENCE_NEIGHBOUR |
                            EFTI_EVIDENCE_SIGNATURE;
    const uint32_t longest = 11;

    return w->rule == VEIL_RULE_NAME_START && w->form->code_points > longest &&
           (w->evidence & spoken) == 0 && (w->bits & VEIL_NAME) == 0;
}

/* The bit of two or more bytes by the first two: most words begin as no name does. */
static uint64_t
repeat_bit(const char *bytes, size_t size)
{
    unsigned both =
        (unsigned char)bytes[0] * 7u + (size > 1 ? (unsigned char)bytes[1] : 0);

    return (uint64_t)1 << both % 64;
}

static void
name_remember(struct efti_veil *v)
{
    v->repeats.count = 0;
    v->repeat_starts = 0;
    v->remembered = true;
    for (size_t h = 0; h < v->named.count; h++) {
        const struct veil_word *w = &v->words.items[v->named.items[h]];

        if (w->form == NULL || w->form->code_points < 3 || w->form->kind != EFTI_WORD ||
            (w->bits & VEIL_PARTICLE) != 0 || is_long_and_unknown(w))
            continue;
        if (!EFTI_PUSH(v->mem, &v->repeats)) {
            v->no_memory = true;
            return;
        }
        eft_text name = bare_name(w);
        v->repeats.items[v->repeats.count - 1] = name;
        v->repeat_starts |= repeat_bit(name.bytes, name.size);
    }
    efti_sort(v->repeats.items, v->repeats.count, sizeof(eft_text), compare_text, NULL);
}

static bool
is_remembered(struct efti_veil *v, const char *bytes, size_t size)
{
    if (!v->remembered) /* often nothing is left to ask about */
        name_remember(v);
    if (size > 0 && (v->repeat_starts & repeat_bit(bytes, size)) == 0)
        return false;
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

void
efti_name_find_again(struct efti_veil *v)
{
    v->remembered = false;
    for (size_t h = 0; h < v->named.count && !v->no_memory; h++)
        find_genitive(v, v->named.items[h]);
    for (size_t h = 0; h < v->candidates.count && !v->no_memory; h++) {
        name_repeat(v, v->candidates.items[h]);
        name_repeat_inside(v, v->candidates.items[h]);
    }
    for (size_t h = 0; h < v->capitals.count && !v->no_memory; h++)
        name_repeat_inside(v, v->capitals.items[h]);
}
