/*
 * veil.c - one text through all recognisers
 *
 * The order of the passes is the order in which they lean on each other: digits before
 * dates, streets before postcodes, frames before names, names before ages. A pass visits
 * the tokens on the list of hot ones: those whose form carries any bit that may start
 * something. In ordinary Swedish that is one token in three, so most cost one test.
 */
#include "veil/find.h"

#include "text/unicode.h"

/* ---------------------------------------------------------------------- set-up */

static eft_status
take_options(struct efti_veil *v, const struct efti_veil_options *options, eft_error *err)
{
    eft_status st;

    if (options == NULL)
        return EFT_OK;
    v->flags = options->flags;
    if (options->allow_count == 0)
        return EFT_OK;
    if ((st = efti_strings_new(v->mem, &v->allow, err)) != EFT_OK)
        return st;
    for (size_t i = 0; i < options->allow_count; i++)
        if (efti_strings_add(v->allow, options->allow[i].bytes, options->allow[i].size,
                             NULL) == EFTI_NOT_FOUND)
            return efti_no_memory(err, "no memory for the allow list");
    return EFT_OK;
}

eft_status
efti_veil_new(const eft_allocator *mem, const struct efti_lists *lists,
              const struct efti_dictionary *dictionary, struct efti_forms *forms,
              const struct efti_veil_options *options, struct efti_veil **out,
              eft_error *err)
{
    struct efti_veil *v = efti_zalloc(mem, 1, sizeof(*v));
    eft_status st;

    *out = NULL;
    if (v == NULL)
        return efti_no_memory(err, "no memory for a veil");
    v->mem = mem;
    v->lists = lists;
    v->dictionary = dictionary;
    v->forms = forms;
    v->unicode = efti_forms_unicode(forms);
    efti_veil_chain_keywords(&v->key_chains);
    efti_bytes_init(&v->digits, mem);
    efti_bytes_init(&v->phrase, mem);
    efti_arena_init(&v->arena, mem);
    st = take_options(v, options, err);
    if (st == EFT_OK)
        st = efti_forms_register(forms, efti_veil_analyse, v, err);
    if (st != EFT_OK) {
        efti_veil_free(v);
        return st;
    }
    *out = v;
    return EFT_OK;
}

void
efti_veil_free(struct efti_veil *v)
{
    if (v == NULL)
        return;
    const eft_allocator *mem = v->mem;

    efti_strings_free(v->allow);
    EFTI_ARRAY_FREE(mem, &v->words);
    EFTI_ARRAY_FREE(mem, &v->hot);
    EFTI_ARRAY_FREE(mem, &v->runs);
    EFTI_ARRAY_FREE(mem, &v->found);
    EFTI_ARRAY_FREE(mem, &v->repeats);
    efti_bytes_free(&v->digits);
    efti_bytes_free(&v->phrase);
    efti_arena_free(&v->arena);
    efti_segments_free(mem, &v->own);
    efti_release(mem, v, sizeof(*v));
}

/* ------------------------------------------------------------ words of a text */

/* What stands between two tokens. Nearly always one blank. */
static enum veil_glue
glue_of(const char *bytes, size_t from, size_t to)
{
    bool blank = false;
    char mark = 0;
    size_t marks = 0;

    if (to == from + 1 && bytes[from] == ' ')
        return VEIL_GLUE_SPACE;
    if (to == from)
        return VEIL_GLUE_NONE;
    if (to - from > 8)
        return VEIL_GLUE_FAR;
    for (size_t i = from; i < to; i++) {
        char c = bytes[i];

        if (c == '\n' || c == '\r')
            return VEIL_GLUE_FAR;
        if (c == '\xC2' && i + 1 < to && bytes[i + 1] == '\xA0') { /* no-break space */
            blank = true;
            i++;
        } else if (c == ' ' || c == '\t') {
            blank = true;
        } else if (((unsigned char)c & 0xC0) != 0x80) {
            mark = c;
            marks++;
        }
    }
    if (marks == 0)
        return blank ? VEIL_GLUE_SPACE : VEIL_GLUE_NONE;
    if (marks == 2 && mark == ',' && bytes[from] == '.')
        return VEIL_GLUE_COMMA; /* "Shirin K., 34 år" */
    if (marks > 1 || mark == ';' || mark == '!' || mark == '?')
        return VEIL_GLUE_FAR;
    switch (mark) {
    case ',': return VEIL_GLUE_COMMA;
    case '.': return VEIL_GLUE_STOP;
    case '&':
    case '+': return VEIL_GLUE_AMP;
    default: return VEIL_GLUE_MARK;
    }
}

static bool
is_hot(const struct efti_form *form)
{
    return (form->veil & ~(VEIL_QUIET | VEIL_SLIP_ASKED | VEIL_SLIP)) != 0 ||
           (form->veil & VEIL_KNOWN) == 0;
}

/* Fill v->words and v->hot. */
static bool
read_words(struct efti_veil *v)
{
    size_t count = v->segments->tokens.count;

    v->words.count = v->hot.count = 0;
    if (!EFTI_ARRAY_RESERVE(v->mem, &v->words, count + 1) ||
        !EFTI_ARRAY_RESERVE(v->mem, &v->hot, count + 1))
        return false;
    for (size_t i = 0; i < count; i++) {
        const struct efti_token *t = &v->segments->tokens.items[i];
        struct veil_word *w = &v->words.items[v->words.count++];

        *w = (struct veil_word){.category = EFTI_CATEGORY_COUNT};
        w->glue = (uint8_t)(i == 0 ? VEIL_GLUE_FAR
                                   : glue_of(v->text.bytes, t[-1].end, t->start));
        if (t->kind == EFTI_VEIL) {
            w->state = VEIL_STATE_TAG;
            continue;
        }
        if (t->kind != EFTI_EMOJI && t->form < efti_forms_count(v->forms)) {
            w->form = efti_forms_get(v->forms, t->form);
            w->bits = w->form->veil;
        }
        if (t->kind >= EFTI_EMAIL ? t->kind != EFTI_EMOJI
                                  : w->form != NULL && is_hot(w->form))
            v->hot.items[v->hot.count++] = (uint32_t)i;
    }
    return true;
}

/* A writer who never uses capitals, and one who uses nothing else, are read otherwise. */
static enum veil_casing
casing_of(const struct efti_veil *v)
{
    size_t lower = 0, initial = 0, upper = 0;

    for (size_t i = 0; i < v->words.count; i++) {
        const struct efti_form *f = v->words.items[i].form;

        if ((v->words.items[i].state & VEIL_STATE_TAG) != 0)
            initial++; /* so that a second veiling is not bolder than the first */
        if (f == NULL || f->kind != EFTI_WORD || f->code_points < 2)
            continue;
        lower += f->casing == EFTI_CASING_LOWER;
        initial += f->casing == EFTI_CASING_INITIAL;
        upper += f->casing == EFTI_CASING_UPPER;
    }
    if (upper >= 4 && upper * 10 >= (lower + initial + upper) * 7)
        return VEIL_CASING_HIGH;
    return initial == 0 && lower >= 4 ? VEIL_CASING_LOW : VEIL_CASING_USUAL;
}

size_t
efti_veil_token_at(const struct efti_veil *v, size_t at)
{
    size_t low = 0, high = v->segments->tokens.count;

    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (v->segments->tokens.items[mid].end <= at)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* ------------------------------------------------------------------- find */

static void
veil_clear(struct efti_veiled *out)
{
    out->spans.count = 0;
    out->tokens.tokens.count = 0;
    out->tokens.sentences.count = 0;
    out->categories = 0;
    out->withheld = false;
}

eft_status
efti_veil_find(struct efti_veil *v, eft_text text, const struct efti_segments *segments,
               struct efti_veiled *out, eft_error *err)
{
    static void (*const passes[])(struct efti_veil *) = {
        efti_veil_contact, efti_veil_runs,   efti_veil_numbers,
        efti_veil_dates,   efti_veil_frames, efti_veil_address,
        efti_veil_names,   efti_veil_ages,   efti_veil_groups,
    };
    eft_status st;

    veil_clear(out);
    v->text = text;
    v->segments = segments;
    v->no_memory = v->foreign_all = v->any_name = false;
    v->found.count = 0;
    v->phrase.failed = v->digits.failed = false;
    if (!read_words(v))
        return efti_no_memory(err, "no memory for the words of a text");
    v->casing = casing_of(v);
    for (size_t i = 0; i < EFTI_COUNT(passes) && !v->no_memory; i++)
        passes[i](v);
    if (!v->no_memory && (v->flags & EFTI_VEIL_ACCEPT_LANGUAGE) == 0)
        efti_veil_language(v);
    if (v->no_memory)
        st = efti_no_memory(err, "no memory for the spans of a text");
    else
        st = efti_veil_decide(v, out, err);
    if (st != EFT_OK)
        veil_clear(out);
    v->segments = NULL;
    v->text = (eft_text){NULL, 0};
    return st;
}
