/*
 * checks.c - check digits, calendar days, and keywords around a number
 *
 * Luhn (modulus 10): weights 1, 2, 1, 2 ... from the right, digits of products summed,
 * total divisible by ten. Alone it lets one random string in ten through, so it is
 * evidence and never a condition for hiding a shape that looks like a personnummer.
 */
#include "veil/find.h"

bool
efti_veil_luhn(const char *digits, size_t count)
{
    uint32_t sum = 0;

    for (size_t i = 0; i < count; i++) {
        uint32_t d = (uint32_t)(digits[count - 1 - i] - '0');

        if (i % 2 == 1)
            d = d > 4 ? d * 2 - 9 : d * 2;
        sum += d;
    }
    return count > 0 && sum % 10 == 0;
}

uint32_t
efti_veil_number(const char *digits, size_t count)
{
    uint32_t n = 0;

    for (size_t i = 0; i < count; i++) {
        if (n > 99999999u)
            return 999999999u;
        n = n * 10 + (uint32_t)(digits[i] - '0');
    }
    return n;
}

bool
efti_veil_day_month(uint32_t day, uint32_t month)
{
    static const uint8_t days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    return month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1];
}

bool
efti_veil_day(const char *digits, size_t count, bool coordination)
{
    uint32_t year = efti_veil_number(digits, count - 4);
    uint32_t month = efti_veil_number(digits + count - 4, 2);
    uint32_t day = efti_veil_number(digits + count - 2, 2);

    if (count != 6 && count != 8)
        return false;
    if (count == 8 && (year < 1800 || year > 2099))
        return false;
    if (coordination && day > 60)
        day -= 60;
    if (month == 2 && day == 29 && year % 4 != 0) /* 1900 is let through: harmless */
        return false;
    return efti_veil_day_month(day, month);
}

/* ---------------------------------------------------------------- keywords */

#define REACH 40

/* Lower case for ASCII and the two-byte capitals of Latin-1; the length stays. */
static void
lower_bytes(char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)bytes[i];

        if (c >= 'A' && c <= 'Z')
            bytes[i] = (char)(c + 32);
        else if (c == 0xC3 && i + 1 < size && (unsigned char)bytes[i + 1] >= 0x80 &&
                 (unsigned char)bytes[i + 1] <= 0x9E) {
            i++;
            bytes[i] = (char)((unsigned char)bytes[i] + 0x20);
        }
    }
}

/* Does `word` stand at `at`, where a word begins? Gives its end, or 0. */
static size_t
keyword_end(const char *window, size_t size, size_t at, const char *word)
{
    size_t end = at + 1; /* the chains have compared the first byte */

    for (word++; *word != '\0' && *word != '*'; word++, end++)
        if (end >= size || window[end] != *word)
            return 0;
    while (*word == '*' && end < size && efti_veil_is_alnum(window[end]))
        end++;
    if (end < size && efti_veil_is_alnum(window[end]) &&
        !(window[end] >= '0' && window[end] <= '9'))
        return 0;
    return end;
}

_Static_assert(VEIL_KEYWORDS < 256, "chains have numbers of one byte");

static inline size_t
chain_of(char first, char second)
{
    return ((unsigned char)first * 37u + (unsigned char)second) % VEIL_KEY_CHAINS;
}

/* Chains of keywords by their first two bytes, each in the order of the table; those of
 * one first byte are chained too, for tokens of one byte. */
void
efti_veil_chain_keywords(struct veil_key_chains *chains)
{
    memset(chains, 0, sizeof(*chains));
    for (size_t i = VEIL_KEYWORDS; i-- > 0;) {
        unsigned char c = (unsigned char)efti_veil_keywords[i].word[0];
        size_t pair =
            chain_of(efti_veil_keywords[i].word[0], efti_veil_keywords[i].word[1]);
        chains->next[i] = chains->first[c];
        chains->first[c] = (uint8_t)(i + 1);
        chains->second[c] |= 1u << ((unsigned char)efti_veil_keywords[i].word[1] & 31);
        chains->mark[c] |= !efti_veil_is_alnum(efti_veil_keywords[i].word[1]);
        chains->next_pair[i] = chains->first_pair[pair];
        chains->first_pair[pair] = (uint8_t)(i + 1);
    }
}

/* Does a keyword begin at `at` of the bytes? Only where a word does. */
static bool
may_begin_key(const char *bytes, size_t at)
{
    return efti_veil_is_alnum(bytes[at]) && !(bytes[at] >= '0' && bytes[at] <= '9') &&
           (at == 0 || !efti_veil_is_alnum(bytes[at - 1]));
}

/* Can a keyword begin with these two bytes? Nine in ten words are turned away here. */
static bool
may_chain(const struct veil_key_chains *chains, char first, char second)
{
    return (chains->second[(unsigned char)first] >> ((unsigned char)second & 31) & 1) !=
           0;
}

/* Does a keyword, as far as this form tells, begin it? */
static bool
is_key_start(const char *word, const char *folded, size_t size)
{
    size_t n = 1;

    while (n < size && word[n] == folded[n])
        n++;
    /* the rest may stand in the next token: "nås på", "f." */
    return word[0] == folded[0] && !efti_veil_is_alnum(word[n]);
}

static bool
keyword_from(const struct veil_key_chains *chains, const char *folded, size_t size)
{
    const unsigned char c = (unsigned char)folded[0];

    if (size > 1 && !may_chain(chains, folded[0], folded[1]))
        return false;
    if (size == 1 || chains->mark[c]) {
        for (unsigned i = chains->first[c]; i != 0; i = chains->next[i - 1])
            if (is_key_start(efti_veil_keywords[i - 1].word, folded, size))
                return true;
        return false;
    }
    for (unsigned i = chains->first_pair[chain_of(folded[0], folded[1])]; i != 0;
         i = chains->next_pair[i - 1])
        if (is_key_start(efti_veil_keywords[i - 1].word, folded, size))
            return true;
    return false;
}

bool
efti_veil_has_keyword(const struct veil_key_chains *chains, const char *folded,
                      size_t size, bool joined)
{
    if (size > 0 && keyword_from(chains, folded, size))
        return true;
    for (size_t at = 1; joined && at < size; at++)
        if (may_begin_key(folded, at) && keyword_from(chains, folded + at, size - at))
            return true;
    return false;
}

/* The keywords in a window whose first `word` bytes are the token's. */
#define KEY_WINDOW 96
#define KEY_LONGEST 20 /* bytes of the longest keyword of several tokens, and more */
_Static_assert(VEIL_KEYWORD_LONGEST <= KEY_LONGEST, "a keyword is cut");
static enum veil_keyword
window_keyword(const struct veil_key_chains *chains, const char *window, size_t size,
               size_t word, size_t *best)
{
    enum veil_keyword key = VEIL_KEY_NONE;

    for (size_t from = 0; from < word; from++) {
        if (from + 1 >= size || !may_begin_key(window, from))
            continue; /* no keyword is a single letter */
        for (unsigned i = chains->first_pair[chain_of(window[from], window[from + 1])];
             i != 0; i = chains->next_pair[i - 1]) {
            size_t end =
                window[from] != efti_veil_keywords[i - 1].word[0]
                    ? 0
                    : keyword_end(window, size, from, efti_veil_keywords[i - 1].word);

            if (end > *best) {
                *best = end;
                key = (enum veil_keyword)efti_veil_keywords[i - 1].key;
            }
        }
    }
    return key;
}

/* The keyword that begins in one token and ends behind `*best`, in a window from there to
 * the number. */
static enum veil_keyword
token_keyword(const struct veil_key_chains *chains, eft_text text, size_t start,
              size_t token_end, size_t at, size_t *best)
{
    char window[KEY_WINDOW];
    size_t size =
        token_end + KEY_LONGEST < at ? token_end + KEY_LONGEST - start : at - start;
    size_t word = token_end - start, end = *best > start ? *best - start : 0;
    enum veil_keyword key;

    size = size < KEY_WINDOW ? size : KEY_WINDOW;
    word = word < size ? word : size;
    memcpy(window, text.bytes + start, size);
    lower_bytes(window, size);
    key = window_keyword(chains, window, size, word, &end);
    if (key != VEIL_KEY_NONE)
        *best = start + end;
    return key;
}

/* Do the bytes end before the keyword does? */
static bool
key_goes_on(const char *window, size_t size, size_t from, const char *word)
{
    while (from < size && *word != '\0' && *word != '*' && window[from] == *word) {
        from++;
        word++;
    }
    return from == size && *word != '\0' && *word != '*';
}

/* The keywords that begin at `from` of the bytes of a form. */
static void
keywords_at(const struct veil_key_chains *chains, const char *bytes, size_t size,
            size_t from, struct veil_key_memo *memo)
{
    const bool one = from + 1 == size;
    const uint8_t *next = one ? chains->next : chains->next_pair;
    unsigned i = one ? chains->first[(unsigned char)bytes[from]]
                     : chains->first_pair[chain_of(bytes[from], bytes[from + 1])];

    for (; i != 0; i = next[i - 1]) {
        const char *word = efti_veil_keywords[i - 1].word;

        if (word[0] != bytes[from])
            continue;
        size_t end = one ? 0 : keyword_end(bytes, size, from, word);
        if (end > memo->end) {
            memo->end = (uint8_t)end;
            memo->key = efti_veil_keywords[i - 1].key;
        }
        if (key_goes_on(bytes, size, from, word))
            memo->open = 1;
    }
}

/* The keyword of a form by itself, and whether one may begin in it and go on behind. */
static void
form_keyword(const struct veil_key_chains *chains, const struct efti_form *form,
             struct veil_key_memo *memo)
{
    char window[KEY_WINDOW];
    const char *bytes = form->raw;
    size_t size = form->raw_size;

    memo->open = size > KEY_WINDOW;
    memo->key = VEIL_KEY_NONE;
    memo->end = 0;
    if (memo->open != 0)
        return;
    if (form->casing != EFTI_CASING_LOWER) {
        memcpy(window, bytes, size);
        lower_bytes(window, size);
        bytes = window;
    }
    for (size_t from = 0; from < size; from++) {
        if (may_begin_key(bytes, from))
            keywords_at(chains, bytes, size, from, memo);
        while (from < size && efti_veil_is_alnum(bytes[from]))
            from++; /* none begins inside a word */
    }
}

bool
efti_veil_holds_keyword(const struct efti_veil *v, const struct efti_form *form)
{
    struct veil_key_memo memo;

    form_keyword(&v->key_chains, form, &memo);
    return memo.open != 0 || memo.key != VEIL_KEY_NONE;
}

/* What form_keyword() says of token `i`, asked again when another form took its place. */
static const struct veil_key_memo *
keyword_memo(struct efti_veil *v, size_t i)
{
    uint32_t form = v->segments->tokens.items[i].form;
    struct veil_key_memo *memo = &v->key_memos[form & (VEIL_KEY_MEMOS - 1)];

    if (memo->form != form + 1) {
        form_keyword(&v->key_chains, v->words.items[i].form, memo);
        memo->form = form + 1;
    }
    return memo;
}

/* The keyword in token `i` before byte `at`, if it ends behind `*best`. The same form
 * tells the same again, but where bytes behind it may belong to the keyword. */
static enum veil_keyword
keyword_in(struct efti_veil *v, size_t i, size_t at, size_t *best)
{
    const struct efti_token *t = &v->segments->tokens.items[i];
    const struct veil_key_memo *memo = keyword_memo(v, i);

    if (memo->open != 0 || t->end > at ||
        (t->end < at && efti_veil_is_alnum(v->text.bytes[t->end])))
        return token_keyword(&v->key_chains, v->text, t->start, t->end, at, best);
    if (memo->key == VEIL_KEY_NONE || t->start + memo->end <= *best)
        return VEIL_KEY_NONE;
    *best = t->start + memo->end;
    return (enum veil_keyword)memo->key;
}

/* Are there more than `most` characters in these bytes? Eight at a time, and no further
 * than it takes. */
static bool
has_more_points(const char *bytes, size_t size, size_t most)
{
    const uint64_t ones = 0x0101010101010101u;
    size_t points = 0, at = 0;

    for (; at + 8 <= size && points <= most; at += 8) {
        uint64_t eight;

        memcpy(&eight, bytes + at, 8);
        points += 8 - ((eight >> 7 & ~(eight >> 6) & ones) * ones >> 56);
    }
    for (; at < size && points <= most; at++)
        points += ((unsigned char)bytes[at] & 0xC0) != 0x80;
    return points > most;
}

/* Is byte `from` at most REACH characters before `at`? */
static bool
in_reach(eft_text text, size_t from, size_t at)
{
    return at - from <= REACH || /* no more characters than bytes */
           (at - from <= 4 * REACH &&
            !has_more_points(text.bytes + from, at - from, REACH));
}

/* Tokens that hold a keyword are listed: mostly there is none near, and nothing to do. */
static enum veil_keyword
find_key_before(struct efti_veil *v, size_t at, size_t *end)
{
    const struct efti_token *tokens = v->segments->tokens.items;
    const uint32_t *keys = v->keys.items;
    enum veil_keyword key = VEIL_KEY_NONE;
    size_t k = v->key_next, clear = at; /* no tag of ours from there on */

    *end = 0;
    if (v->segments->tokens.count == 0) /* an id: bytes are all there is */
        return token_keyword(&v->key_chains, v->text, at > REACH ? at - REACH : 0, at, at,
                             end);
    while (k > 0 && tokens[keys[k - 1]].start >= at)
        k--;
    while (k < v->keys.count && tokens[keys[k]].start < at)
        k++;
    v->key_next = k;
    for (; k > 0 && tokens[keys[k - 1]].end > *end; k--) {
        size_t start = tokens[keys[k - 1]].start;

        if (!in_reach(v->text, start, at) ||
            memchr(v->text.bytes + start, ']', clear - start) != NULL)
            break;
        clear = start;
        enum veil_keyword found = keyword_in(v, keys[k - 1], at, end);
        if (found != VEIL_KEY_NONE)
            key = found;
    }
    return key;
}

/* Several kinds ask about the same run one after the other: the last answer is kept. */
enum veil_keyword
efti_veil_key_before(struct efti_veil *v, size_t at, size_t *end)
{
    if (v->keys.count == 0 && v->segments->tokens.count > 0) {
        if (end != NULL)
            *end = 0;
        return VEIL_KEY_NONE;
    }
    if (v->key_at != at + 1) {
        v->key_found = find_key_before(v, at, &v->key_end);
        v->key_at = at + 1;
    }
    if (end != NULL)
        *end = v->key_end;
    return v->key_found;
}

enum veil_keyword
efti_veil_key_after(eft_text text, size_t at)
{
    char window[16];
    size_t size;

    if (at < text.size && text.bytes[at] == ' ')
        at++;
    else if (at + 1 < text.size && memcmp(text.bytes + at, "\xC2\xA0", 2) == 0)
        at += 2;
    size = text.size - at < sizeof(window) ? text.size - at : sizeof(window);
    memcpy(window, text.bytes + at, size);
    lower_bytes(window, size);
    const struct veil_affixes *units = &efti_veil_beginnings[BEGINS_UNITS];
    const unsigned low = size > 0 ? (unsigned char)window[0] & 31 : 0;
    const struct word_end *u = units->items + units->from[low],
                          *end = units->items + units->from[low + 1];
    for (; u < end; u++) {
        if (size < u->size || memcmp(window, u->word, u->size) != 0)
            continue;
        if (!efti_veil_is_alnum(u->word[u->size - 1]) ||
            (unsigned char)u->word[0] == 0xC2 || size == u->size ||
            !efti_veil_is_alnum(window[u->size]))
            return VEIL_KEY_UNIT;
    }
    return VEIL_KEY_NONE;
}
