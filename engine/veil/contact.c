/*
 * contact.c - e-mail, addresses on the web, user names
 *
 * The tokenizer already knows the regular ones (EFTI_EMAIL, EFTI_URL, EFTI_HANDLE). Here
 * come also: a stray @ inside a run of bytes, example.se/anna without a scheme, an
 * address spelled out to fool robots ("anna punkt x snabel-a example.se",
 * "anna(at)example.se"). User names are in handles.c.
 */
#include "veil/find.h"

static const struct efti_token *
contact_token(const struct efti_veil *v, size_t i)
{
    return &v->segments->tokens.items[i];
}

static bool
is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* Does byte `at` belong to the part of an address before its @? */
static bool
is_of_box(const struct efti_veil *v, size_t at)
{
    char c = v->text.bytes[at];

    return efti_veil_is_alnum(c) || c == '.' || c == '_' || c == '-' || c == '+';
}

/* "anna.x @ example.se": an @ between blanks is one of an address if a domain follows it:
 * a stop between letters. */
static void
at_between_blanks(struct efti_veil *v, size_t here, size_t behind)
{
    const char *bytes = v->text.bytes;
    size_t end = behind + (efti_veil_byte(v, behind) == ' '), start = here, dots = 0;

    while (start > 0 && here - start < 2 && bytes[start - 1] == ' ')
        start--;
    size_t last = start;
    while (start > 0 && is_of_box(v, start - 1))
        start--;
    while (end < v->text.size && is_of_box(v, end)) {
        dots +=
            bytes[end] == '.' && efti_veil_is_ascii_letter(efti_veil_byte(v, end + 1));
        end++;
    }
    if (start < last && dots > 0)
        efti_veil_propose(v, start, end - (bytes[end - 1] == '.'), VEIL_RULE_EMAIL,
                          EFTI_EVIDENCE_SHAPE);
}

/* The next @ from byte `from` on, full-width ones too: U+FF20; the end if there is none.
 * `*plain` keeps where the next ASCII one is, so that no byte is looked for twice. */
static size_t
next_at(const struct efti_veil *v, size_t from, size_t *plain, size_t *behind)
{
    const char *bytes = v->text.bytes;
    size_t size = v->text.size;

    if (*plain < from) {
        const char *at = from < size ? memchr(bytes + from, '@', size - from) : NULL;

        *plain = at != NULL ? (size_t)(at - bytes) : size;
    }
    while (from < *plain) {
        const char *wide = memchr(bytes + from, '\xEF', *plain - from);

        if (wide == NULL)
            break;
        from = (size_t)(wide - bytes) + 1;
        if (from + 2 <= size && memcmp(wide, "\xEF\xBC\xA0", 3) == 0) {
            *behind = from + 2;
            return from - 1;
        }
    }
    *behind = *plain + 1;
    return *plain;
}

/* Any @ with something on both sides: the whole run of bytes between blanks, less
 * brackets and closing marks. */
static void
stray_at(struct efti_veil *v)
{
    const char *bytes = v->text.bytes;
    const char *first = v->text.size > 0 ? memchr(bytes, '@', v->text.size) : NULL;
    size_t plain = first != NULL ? (size_t)(first - bytes) : v->text.size;
    size_t behind, end, here = next_at(v, 0, &plain, &behind);

    for (; here < v->text.size; here = next_at(v, end, &plain, &behind)) {
        size_t start = here;

        end = behind;
        while (start > 0 && is_of_box(v, start - 1))
            start--;
        while (end < v->text.size && !is_blank(bytes[end]) &&
               strchr("()<>[]\",;!?", bytes[end]) == NULL)
            end++;
        while (end > behind && (bytes[end - 1] == '.' || bytes[end - 1] == ':'))
            end--;
        if (efti_veil_byte(v, behind) == ' ')
            at_between_blanks(v, here, behind);
        if (end > behind + 1)
            efti_veil_propose(v, start, end,
                              start < here ? VEIL_RULE_EMAIL : VEIL_RULE_HANDLE,
                              EFTI_EVIDENCE_SHAPE);
    }
}

/* lekstugan.example, solgarden.cloud/filer: endings that no Swedish word is, all in small
 * letters (bra.Online is two sentences); .online, .test, .shop only with a path. */
static bool
is_late_domain(const struct efti_veil *v, size_t i)
{
    const struct efti_form *f = v->words.items[i].form;
    const char *dot = memchr(f->raw, '.', f->raw_size);

    if (dot == NULL || dot + 1 >= f->raw + f->raw_size || dot[1] < 'a' || dot[1] > 'z')
        return false;
    return efti_veil_ends_in(f, ENDS_LATE_DOMAINS, 2) ||
           (efti_veil_byte(v, contact_token(v, i)->end) == '/' &&
            efti_veil_is_alnum(efti_veil_byte(v, contact_token(v, i)->end + 1)) &&
            efti_veil_ends_in(f, ENDS_LATE_DOMAIN_WORDS, 2));
}

/* instagram.com/x, nyanseskolan.se: a known ending after a dot inside one token. A word
 * like "bra.se" is two sentences of somebody in a hurry, unless a path follows. */
static void
contact_domain(struct efti_veil *v, size_t i)
{
    const struct efti_form *f = v->words.items[i].form;
    size_t end = contact_token(v, i)->end, first;
    bool known = efti_veil_ends_in(f, ENDS_DOMAINS, 2);
    bool late = !known && is_late_domain(v, i);
    if (!(known || late) || (v->words.items[i].bits & VEIL_KEEP) != 0) /* Exam.net */
        return;
    first = (size_t)((const char *)memchr(f->folded, '.', f->folded_size) - f->folded);
    bool path = efti_veil_byte(v, end) == '/';
    /* skolverket.se: what stays by its name stays with its ending */
    if (!path && first >= 2 &&
        (efti_lists_word(v->lists, f->folded, first) &
         (EFTI_LIST_KEEP | EFTI_LIST_FIELD)) != 0 &&
        (efti_lists_word(v->lists, f->folded, first) & EFTI_LIST_ANY_NAME) == 0)
        return;
    bool deep = memchr(f->folded + first + 1, '.', f->folded_size - first - 1) != NULL;
    if (!path && !deep && !late && /* bloggen.example.se */
        (efti_dictionary_find(v->dictionary, f->folded, first) & EFTI_DICT_LOWER) != 0)
        return;
    while (path && end < v->text.size && !is_blank(v->text.bytes[end]) &&
           strchr("()<>[]\",;", v->text.bytes[end]) == NULL)
        end++;
    efti_veil_propose(v, contact_token(v, i)->start, end, VEIL_RULE_DOMAIN,
                      EFTI_EVIDENCE_SHAPE);
}

/* Behind a blank, or a bracket: mail[dot]se. */
static bool
is_near(const struct efti_veil *v, size_t i)
{
    return v->words.items[i].glue == VEIL_GLUE_SPACE ||
           v->words.items[i].glue == VEIL_GLUE_MARK;
}

/* Token `i` says "at": one to four words before it, a domain after it. */
static void
contact_spelled(struct efti_veil *v, size_t i)
{
    const struct efti_form *f = v->words.items[i].form;
    size_t first = i, last = i + 1;

    if (i == 0 || last >= v->words.count || f->folded[0] == 'p' || f->folded[0] == 'd')
        return; /* punkt, dot */
    if (v->words.items[i].glue == VEIL_GLUE_FAR ||
        v->words.items[last].glue == VEIL_GLUE_FAR || v->words.items[last].form == NULL)
        return;
    first--;
    while (first >= 2 && i - first < 8 &&
           efti_veil_is(v, first - 1, VEIL_CLASS_SPELLED) &&
           v->words.items[first].glue != VEIL_GLUE_FAR)
        first -= 2;
    const struct efti_form *d = v->words.items[last].form;
    bool dotted = memchr(d->folded, '.', d->folded_size) != NULL;
    while (last + 2 < v->words.count && last - i < 8 &&
           efti_veil_is(v, last + 1, VEIL_CLASS_SPELLED) && is_near(v, last + 1) &&
           is_near(v, last + 2)) {
        dotted = true;
        last += 2;
    }
    if (dotted)
        efti_veil_propose(v, contact_token(v, first)->start, contact_token(v, last)->end,
                          VEIL_RULE_EMAIL_SPELLED, EFTI_EVIDENCE_SHAPE);
}

static void
contact_by_kind(struct efti_veil *v, size_t i)
{
    const struct efti_token *t = contact_token(v, i);

    if (t->kind == EFTI_EMAIL)
        efti_veil_propose(v, t->start, t->end, VEIL_RULE_EMAIL, EFTI_EVIDENCE_SHAPE);
    else if (t->kind == EFTI_URL)
        efti_veil_propose(v, t->start, t->end, VEIL_RULE_URL, EFTI_EVIDENCE_SHAPE);
    else if (t->kind == EFTI_HANDLE)
        efti_veil_propose(v, t->start, t->end, VEIL_RULE_HANDLE, EFTI_EVIDENCE_SHAPE);
    else if (t->kind == EFTI_LONG)
        efti_veil_propose(v, t->start, t->end, VEIL_RULE_LONG, EFTI_EVIDENCE_FORCED);
}

void
efti_veil_contact(struct efti_veil *v)
{
    const uint32_t classes = VEIL_CLASS_BIT(SPELLED) | VEIL_CLASS_BIT(SERVICE) |
                             VEIL_CLASS_BIT(ALIAS) | VEIL_CLASS_BIT(YEARLING) |
                             VEIL_CLASS_BIT(DOMAIN) | VEIL_CLASS_BIT(HANDLE);
    bool any = v->any_special || (v->classes & classes) != 0;

    stray_at(v);
    for (size_t h = 0; any && h < v->terms.count; h++) {
        size_t i = v->terms.items[h];
        const struct veil_word *w = &v->words.items[i];

        if (contact_token(v, i)->kind >= EFTI_EMAIL) {
            contact_by_kind(v, i);
            if (w->form != NULL)
                contact_domain(v, i);
            continue;
        }
        switch (efti_veil_class(w->bits)) {
        case VEIL_CLASS_SPELLED: contact_spelled(v, i); break;
        case VEIL_CLASS_SERVICE:
        case VEIL_CLASS_ALIAS: efti_veil_handle_near(v, i); break;
        case VEIL_CLASS_YEARLING: /* of any ending */
        case VEIL_CLASS_DOMAIN: contact_domain(v, i); break;
        case VEIL_CLASS_HANDLE: efti_veil_handle_alone(v, i); break;
        default: break;
        }
    }
    for (size_t h = 0; h < v->digit_tokens.count; h++) {
        size_t i = v->digit_tokens.items[h];

        if (v->any_sign)
            efti_veil_handle_tag(v, i);
        if ((v->words.items[i].cues & VEIL_CUE_FIGURE) == 0)
            efti_veil_handle_under_name(v, i);
    }
}
