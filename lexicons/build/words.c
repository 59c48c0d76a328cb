/*
 * words.c - every form that the lines of a .dic file stand for
 *
 *   abborre/AEGY   ->   abborre, abborres (A), abborren abborrens (E), abborrar ... (G)
 *
 * A line gives its headword and, for each affix class among its flags, each entry whose
 * condition fits. Suffixes may carry flags themselves: classes of a second suffix, or
 * marks such as "only inside compounds" (SFX z: myra -> myr/WXZ).
 *
 * What a form may do follows hunspell(5):
 *   - a headword with NEEDAFFIX or ONLYINCOMPOUND is no word; with ONLYINCOMPOUND its
 *     inflected forms are none either (afrika in Sydafrika);
 *   - inside a compound the bare headword stands by its own flags; an affixed form only
 *     if the suffix has COMPOUNDPERMITFLAG, and then by the flags of the suffix; at the
 *     end any inflected form of a word that may end;
 *   - FORCEUCASE marks ends of names (-gatan, -holmen): those end no ordinary compound.
 */
#include "affix.h"

#include "lexicons/dictionary_format.h"
#include "text/unicode.h"

#include <stdio.h>
#include <stdlib.h>

struct expansion {
    struct affix_file *a;
    form_fn emit;
    void *user;
    uint32_t ends;
    eft_text root;
    struct flag_set flags; /* of the root */
};

/* One element of a condition at `*at`: a character, ".", or a set. */
static bool
element_fits(eft_text condition, size_t *at, uint32_t c)
{
    bool negated = false, found = false;

    if (condition.bytes[*at] != '[') {
        uint32_t want = efti_utf8_next(condition.bytes, condition.size, at);
        return want == '.' || want == c;
    }
    ++*at;
    if (*at < condition.size && condition.bytes[*at] == '^') {
        negated = true;
        ++*at;
    }
    while (*at < condition.size && condition.bytes[*at] != ']') {
        if (efti_utf8_next(condition.bytes, condition.size, at) == c)
            found = true;
    }
    ++*at; /* the closing bracket */
    return found != negated;
}

static size_t
element_count(eft_text condition)
{
    size_t count = 0;

    for (size_t at = 0; at < condition.size; count++)
        (void)element_fits(condition, &at, 0);
    return count;
}

static bool
condition_fits(const struct affix_entry *e, eft_text word)
{
    size_t at = 0, where = 0;

    if (e->condition.size == 0)
        return true;
    if (e->condition.size == 1 && e->condition.bytes[0] == '.')
        return true;
    if (!e->prefix) {
        where = word.size;
        for (size_t n = element_count(e->condition); n > 0; n--) {
            if (where == 0)
                return false;
            while (where > 0 && ((unsigned char)word.bytes[--where] & 0xC0) == 0x80)
                continue;
        }
    }
    while (at < e->condition.size) {
        if (where >= word.size)
            return false;
        uint32_t c = efti_utf8_next(word.bytes, word.size, &where);
        if (!element_fits(e->condition, &at, c))
            return false;
    }
    return true;
}

/* The form, or size 0 when the entry does not fit. */
static eft_text
apply(const struct expansion *x, const struct affix_entry *e, eft_text word,
      char buffer[EFTI_DICT_FORM_MAX])
{
    const eft_text none = {NULL, 0};

    if (e->strip.size > word.size || (e->strip.size == word.size && !x->a->full_strip))
        return none;
    size_t kept = word.size - e->strip.size, size = kept + e->append.size;
    const char *stripped = e->prefix ? word.bytes : word.bytes + kept;
    if (size == 0 || size > EFTI_DICT_FORM_MAX || !condition_fits(e, word) ||
        (e->strip.size > 0 && memcmp(stripped, e->strip.bytes, e->strip.size) != 0))
        return none;
    const char *rest = e->prefix ? word.bytes + e->strip.size : word.bytes;
    char *to = buffer;
    if (e->prefix && e->append.size > 0)
        memcpy(to, e->append.bytes, e->append.size), to += e->append.size;
    if (kept > 0)
        memcpy(to, rest, kept), to += kept;
    if (!e->prefix && e->append.size > 0)
        memcpy(to, e->append.bytes, e->append.size);
    return (eft_text){buffer, size};
}

static bool
give(const struct expansion *x, eft_text form, const struct flag_set *marks, bool is_root)
{
    const struct affix_file *a = x->a;
    struct word_form f = {.form = form, .root = x->root, .is_root = is_root};

    if (flag_in(marks, a->need_affix))
        return true;
    f.forbidden = flag_in(&x->flags, a->forbidden);
    f.word = !f.forbidden && !flag_in(&x->flags, a->only_in_compound) &&
             !flag_in(marks, a->only_in_compound);
    if (is_root)
        f.classes = affix_classes(a, marks);
    else if (flag_in(marks, a->permit))
        f.classes = affix_classes(a, marks);
    else
        f.classes = affix_classes(a, &x->flags) & x->ends;
    if (flag_in(&x->flags, a->force_upper))
        f.classes &= ~x->ends;
    if (f.forbidden || flag_in(marks, a->forbid_in_compound))
        f.classes = 0;
    return x->emit(x->user, &f);
}

static bool each_affix(const struct expansion *x, eft_text word,
                       const struct flag_set *flags, unsigned level, bool prefixes_only);

static bool
one_entry(const struct expansion *x, const struct affix_entry *e, eft_text word,
          unsigned level)
{
    char buffer[EFTI_DICT_FORM_MAX];
    eft_text form = apply(x, e, word, buffer);

    if (form.size == 0)
        return true;
    if (!give(x, form, &e->next, false))
        return false;
    if (level < 2 && e->next.count > 0 &&
        !each_affix(x, form, &e->next, level + 1, false))
        return false;
    /* A cross product: the prefixes of the root on a suffixed form. */
    return e->prefix || !e->cross || each_affix(x, form, &x->flags, 2, true);
}

static size_t
first_entry(const struct affix_file *a, uint32_t flag)
{
    size_t low = 0, high = a->entries.count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (a->entries.items[middle].flag < flag)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool
each_affix(const struct expansion *x, eft_text word, const struct flag_set *flags,
           unsigned level, bool prefixes_only)
{
    const struct affix_file *a = x->a;

    for (uint32_t i = 0; i < flags->count; i++) {
        uint32_t flag = flags->items[i];
        for (size_t k = first_entry(a, flag);
             k < a->entries.count && a->entries.items[k].flag == flag; k++) {
            const struct affix_entry *e = &a->entries.items[k];
            if (prefixes_only && !(e->prefix && e->cross))
                continue;
            if (!one_entry(x, e, word, level))
                return false;
        }
    }
    return true;
}

/* "word/FLAGS<TAB>morphology"; "\/" is a slash of the word itself. */
static eft_text
split_line(eft_text line, char word[EFTI_DICT_FORM_MAX], eft_text *flags)
{
    size_t size = 0, at = 0;

    *flags = (eft_text){NULL, 0};
    for (; at < line.size && line.bytes[at] != '\t' && line.bytes[at] != '/'; at++) {
        if (line.bytes[at] == '\\' && at + 1 < line.size && line.bytes[at + 1] == '/')
            at++;
        if (size < EFTI_DICT_FORM_MAX)
            word[size++] = line.bytes[at];
    }
    if (at < line.size && line.bytes[at] == '/') {
        eft_text rest = {line.bytes + at + 1, line.size - at - 1};
        *flags = next_field(&rest);
    }
    return (eft_text){word, size};
}

bool
words_expand(struct affix_file *a, eft_text dictionary, form_fn emit, void *user)
{
    char word[EFTI_DICT_FORM_MAX];
    eft_text line, flags;
    struct expansion x = {
        .a = a, .emit = emit, .user = user, .ends = affix_end_classes(a)};

    if (efti_utf8_valid_prefix(dictionary.bytes, dictionary.size) != dictionary.size) {
        fprintf(stderr, "expand: the dictionary is not UTF-8\n");
        return false;
    }
    (void)next_line(&dictionary,
                    &line); /* the number of words, which need not be right */
    while (next_line(&dictionary, &line)) {
        x.root = split_line(line, word, &flags);
        if (x.root.size == 0)
            continue;
        if (!affix_flags(a->flag_type, &a->scratch, flags, &x.flags) ||
            !give(&x, x.root, &x.flags, true) ||
            !each_affix(&x, x.root, &x.flags, 1, false))
            return false;
        efti_arena_reset(&a->scratch);
    }
    return true;
}
