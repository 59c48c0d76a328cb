/*
 * replace.c - what stands where an identifier stood
 *
 *   tag         [PERSON_1]        class and number; the same person keeps the number
 *   mask        [PERSON_0]        class alone
 *   key         [PERSON_73920184] a pseudonym: HMAC of the folded surface, the user's key
 *   surrogate   Maria             made up, from a seed: class, feel of gender, casing and
 *                                 genitive stay; the same word gives the same surrogate
 *   generalise  14 -> 13-17       ages become bands, days months, postcodes regions
 *
 * Tag, mask and key all print the grammar of tags, which the tokenizer reads back as one
 * token: veiling the result again changes nothing. Surrogates and generalised values are
 * ordinary words and may be veiled again. What an operator has no rule for gets a tag:
 * nothing is ever passed on for want of one.
 *
 * A surrogate hides a name that was missed among invented ones, and is therefore no help
 * to a reader who has to judge what was found; the seed must stay secret, or the words
 * can be guessed and compared.
 */
#include "veil/find.h"

/* Surrogates are plain ASCII, so that their casing is changed byte by byte. */
static const char *const women[] = {
    "Maria", "Eva",   "Karin", "Lena", "Sara",  "Emma",   "Ingrid",  "Johanna",
    "Malin", "Sofia", "Ida",   "Elin", "Ellen", "Lovisa", "Camilla", "Helena"};
static const char *const men[] = {
    "Mikael", "Anders", "Johan",  "Erik",   "Fredrik", "Daniel", "Peter",  "Jonas",
    "Magnus", "Henrik", "Martin", "Viktor", "Simon",   "Filip",  "Stefan", "Patrik"};
static const char *const families[] = {"Andersson", "Johansson",  "Karlsson", "Nilsson",
                                       "Eriksson",  "Larsson",    "Olsson",   "Persson",
                                       "Svensson",  "Pettersson", "Jonsson",  "Hansson",
                                       "Lindberg",  "Lindgren",   "Berglund", "Sandberg"};
static const char *const places[] = {"Ekvik",   "Granhult", "Sandvik", "Lindhult",
                                     "Norrvik", "Almhult",  "Bergvik", "Aspvik"};
static const char *const workplaces[] = {"Ekgruppen",   "Almgruppen",  "Lindgruppen",
                                         "Aspgruppen",  "Bokgruppen",  "Grangruppen",
                                         "Tallgruppen", "Rosengruppen"};

/* A number from the key (or seed), the category and some bytes. */
static uint64_t
draw(const struct efti_replacer *r, enum efti_category category, eft_text folded,
     struct efti_bytes *scratch)
{
    struct efti_id id;
    uint64_t n = 0;

    efti_bytes_clear(scratch);
    efti_put_u64(scratch, r->seed);
    efti_put_char(scratch, ' ');
    efti_put_text(scratch, efti_category_name(category));
    efti_put_char(scratch, ' ');
    efti_put(scratch, folded.bytes, folded.size);
    if (scratch->failed)
        return 0;
    id = efti_identity(r->key, "replacement", scratch->data, scratch->size);
    for (size_t i = 0; i < 8; i++)
        n = n << 8 | id.b[i];
    return n;
}

static void
put_tag(enum efti_category category, uint64_t number, struct efti_bytes *out)
{
    efti_put_char(out, '[');
    efti_put_text(out, efti_category_name(category));
    efti_put_char(out, '_');
    efti_put_u64(out, number);
    efti_put_char(out, ']');
}

/* ---------------------------------------------------------------- surrogates */

/* `word` in the casing of the bytes that it replaces. */
static void
put_like(const char *word, eft_text like, struct efti_bytes *out)
{
    bool lower = like.size > 0 && like.bytes[0] >= 'a' && like.bytes[0] <= 'z';
    bool upper = like.size > 1 && !lower;

    for (size_t i = 0; i < like.size && upper; i++)
        upper = !(like.bytes[i] >= 'a' && like.bytes[i] <= 'z');
    for (size_t i = 0; word[i] != '\0'; i++) {
        char c = word[i];

        if (lower && c >= 'A' && c <= 'Z')
            c = (char)(c + 32);
        else if (upper && c >= 'a' && c <= 'z')
            c = (char)(c - 32);
        efti_put_char(out, c);
    }
}

/* The list's word of that number, or the next if it is the one to be replaced. */
static void
put_other(const char *const *list, size_t count, uint64_t n, eft_text like,
          struct efti_bytes *out)
{
    const char *word = list[n % count];

    if (like.size == strlen(word) &&
        strncmp(word + 1, like.bytes + 1, like.size - 1) == 0)
        word = list[(n + 1) % count];
    put_like(word, like, out);
}

/* Names that sound like a woman's: most that end in -a, -e, -ie, -eh; a feel, no claim.
 */
static bool
sounds_like_woman(eft_text folded)
{
    char last = folded.size > 0 ? folded.bytes[folded.size - 1] : '\0';

    if (last == 'h' && folded.size > 1)
        last = folded.bytes[folded.size - 2];
    return last == 'a' || last == 'e' || last == 'i';
}

/* One word of a person's name: given, family, initial or particle. */
static void
surrogate_name(struct efti_veil *v, const struct efti_replacer *r, eft_text raw,
               eft_text folded, bool first, struct efti_bytes *out)
{
    uint32_t lists = efti_lists_word(v->lists, folded.bytes, folded.size);
    uint64_t n = draw(r, EFTI_PERSON, folded, &v->phrase);
    bool given = (lists & (EFTI_LIST_GIVEN_1 | EFTI_LIST_GIVEN_2)) != 0;
    bool family =
        (lists & (EFTI_LIST_SURNAME_1 | EFTI_LIST_SURNAME_2)) != 0 ||
        efti_lists_shape(v->lists, folded.bytes, folded.size) == EFTI_SHAPE_SURNAME;

    if ((lists & EFTI_LIST_PARTICLE) != 0 && !first)
        efti_put(out, raw.bytes, raw.size);
    else if (efti_utf8_length(folded.bytes, folded.size) <= 2)
        efti_put_char(out, (char)('A' + n % 20)); /* K. */
    else if (first ? family && !given : true)
        put_other(families, EFTI_COUNT(families), n, raw, out);
    else if (sounds_like_woman(folded))
        put_other(women, EFTI_COUNT(women), n, raw, out);
    else
        put_other(men, EFTI_COUNT(men), n, raw, out);
}

static eft_status
surrogate_person(struct efti_veil *v, const struct efti_replacer *r, eft_text raw,
                 struct efti_bytes *out, eft_error *err)
{
    struct efti_bytes folded;
    eft_status st = EFT_OK;

    efti_bytes_init(&folded, v->mem);
    for (size_t at = 0; at < raw.size && st == EFT_OK;) {
        size_t end = at;

        while (end < raw.size && raw.bytes[end] != ' ' && raw.bytes[end] != '\n')
            end++;
        st = efti_fold(v->unicode, raw.bytes + at, end - at, &folded, err);
        if (st == EFT_OK && end > at)
            surrogate_name(v, r, (eft_text){raw.bytes + at, end - at},
                           (eft_text){folded.data, folded.size}, at == 0, out);
        if (end < raw.size)
            efti_put_char(out, raw.bytes[end]);
        at = end + 1;
    }
    efti_bytes_free(&folded);
    return st;
}

/* Other digits and letters in the same shape: AB 12 345 -> KT 90 318. */
static void
surrogate_shape(uint64_t n, eft_text raw, struct efti_bytes *out)
{
    for (size_t i = 0; i < raw.size; i++) {
        unsigned char c = (unsigned char)raw.bytes[i];

        n = n * 6364136223846793005u + 1442695040888963407u;
        if (c >= '0' && c <= '9')
            efti_put_char(out, (char)('0' + (n >> 40) % 10));
        else if (c >= 'A' && c <= 'Z')
            efti_put_char(out, (char)('A' + (n >> 40) % 26));
        else if ((c >= 'a' && c <= 'z') || c >= 0x80)
            efti_put_char(out, (char)('a' + (n >> 40) % 26));
        else
            efti_put_char(out, (char)c);
    }
}

static void
put_two(uint64_t n, struct efti_bytes *out)
{
    efti_put_char(out, (char)('0' + n / 10 % 10));
    efti_put_char(out, (char)('0' + n % 10));
}

/* Birth number 980-999, as all made-up ones; telephones of the series for fiction. */
static bool
surrogate_number(uint64_t n, enum efti_category category, struct efti_bytes *out)
{
    switch (category) {
    case EFTI_PERSONNUMMER:
        put_two(n % 100, out);
        put_two(1 + (n >> 8) % 12, out);
        put_two(1 + (n >> 16) % 28, out);
        efti_put_text(out, "-98");
        put_two((n >> 24) % 100, out);
        return true;
    case EFTI_PHONE:
        efti_put_text(out, "070-17406");
        put_two(5 + n % 95, out);
        return true;
    case EFTI_EMAIL_ADDRESS:
        efti_put_text(out, "namn");
        efti_put_u64(out, n % 1000);
        efti_put_text(out, "@example.se");
        return true;
    case EFTI_URL_ADDRESS: efti_put_text(out, "https://www.example.se/"); return true;
    case EFTI_HANDLE_NAME:
        efti_put_text(out, "@namn");
        efti_put_u64(out, n % 1000);
        return true;
    case EFTI_ADDRESS:
        efti_put_text(out, "Exempelgatan ");
        efti_put_u64(out, 1 + n % 98);
        return true;
    case EFTI_IP: efti_put_text(out, "192.0.2.1"); return true;
    default: return false;
    }
}

/* An age in figures, or 0. */
static uint32_t
age_of(eft_text raw)
{
    uint32_t n = 0;

    for (size_t i = 0; i < raw.size; i++) {
        if (raw.bytes[i] < '0' || raw.bytes[i] > '9' || i > 2)
            return 0;
        n = n * 10 + (uint32_t)(raw.bytes[i] - '0');
    }
    return n;
}

static eft_status
put_surrogate(struct efti_veil *v, const struct efti_replacer *r,
              const struct efti_span *s, eft_text raw, eft_text folded,
              struct efti_bytes *out, eft_error *err)
{
    enum efti_category category = (enum efti_category)s->category;
    uint64_t n = draw(r, category, folded, &v->phrase);

    if (surrogate_number(n, category, out))
        return EFT_OK;
    switch (category) {
    case EFTI_PERSON: return surrogate_person(v, r, raw, out, err);
    case EFTI_PLACE: put_other(places, EFTI_COUNT(places), n, raw, out); break;
    case EFTI_ORG: put_other(workplaces, EFTI_COUNT(workplaces), n, raw, out); break;
    case EFTI_AGE:
        if (age_of(raw) > 2)
            efti_put_u64(out, age_of(raw) + 2 - n % 5);
        else
            efti_veil_tag(s, out);
        break;
    case EFTI_ORGNR:
    case EFTI_POSTCODE:
    case EFTI_CASE_ID:
    case EFTI_VEHICLE:
    case EFTI_BANK:
    case EFTI_PROPERTY: surrogate_shape(n, raw, out); break;
    default: efti_veil_tag(s, out); break; /* days, withheld text, long tokens */
    }
    return EFT_OK;
}

/* -------------------------------------------------------------- generalisation */

static void
put_age_band(const struct efti_span *s, uint32_t age, struct efti_bytes *out)
{
    /* school years up to 18, then decades; 80 and above are few everywhere */
    static const uint8_t from[] = {0, 1, 6, 13, 18, 25, 35, 45, 55, 65, 80, 200};

    for (size_t i = 1; i + 1 < EFTI_COUNT(from); i++) {
        if (age < from[i] || age >= from[i + 1])
            continue;
        efti_put_u64(out, from[i]);
        if (i + 2 < EFTI_COUNT(from)) {
            efti_put_char(out, '-');
            efti_put_u64(out, from[i + 1] - 1u);
        } else {
            efti_put_char(out, '+');
        }
        return;
    }
    efti_veil_tag(s, out); /* no figure */
}

/* "5 maj 2024" -> "maj 2024", "2024-05-03" -> "2024-05"; else a tag. */
static void
put_month(const struct efti_span *s, eft_text raw, struct efti_bytes *out)
{
    size_t at = 0;

    if (raw.size == 10 && raw.bytes[4] == '-' && raw.bytes[7] == '-') {
        efti_put(out, raw.bytes, 7);
        return;
    }
    while (at < raw.size && raw.bytes[at] != ' ')
        at++;
    while (at < raw.size && raw.bytes[at] == ' ')
        at++;
    bool word = at < raw.size && (raw.bytes[at] < '0' || raw.bytes[at] > '9');
    if (word)
        efti_put(out, raw.bytes + at, raw.size - at);
    else
        efti_veil_tag(s, out);
}

static void
put_general(const struct efti_span *s, eft_text raw, struct efti_bytes *out)
{
    switch (s->category) {
    case EFTI_AGE: put_age_band(s, age_of(raw), out); break;
    case EFTI_DATE: put_month(s, raw, out); break;
    case EFTI_POSTCODE: /* the first two digits are a region */
        if (raw.size >= 2 && raw.bytes[0] >= '1' && raw.bytes[0] <= '9') {
            efti_put(out, raw.bytes, 2);
            efti_put_text(out, "x xx");
            break;
        }
        efti_veil_tag(s, out);
        break;
    default: efti_veil_tag(s, out); break;
    }
}

/* ------------------------------------------------------------------- one span */

eft_status
efti_veil_replace(struct efti_veil *v, const struct efti_replacer *r, eft_text text,
                  const struct efti_span *s, struct efti_bytes *out, eft_error *err)
{
    enum efti_category category = (enum efti_category)s->category;
    eft_text raw = {text.bytes + s->start, s->end - s->start};
    bool whole = category == EFTI_LANGUAGE || category == EFTI_OTHER_LONG;
    struct efti_bytes folded;

    if (whole || r->mode == EFTI_REPLACE_TAG) {
        efti_veil_tag(s, out);
    } else if (r->mode == EFTI_REPLACE_MASK) {
        put_tag(category, 0, out);
    } else if (r->mode == EFTI_REPLACE_GENERALISE) {
        put_general(s, raw, out);
    } else {
        efti_bytes_init(&folded, v->mem);
        eft_status st = efti_fold(v->unicode, raw.bytes, raw.size, &folded, err);
        eft_text key = {folded.data, folded.size};

        if (st == EFT_OK && r->mode == EFTI_REPLACE_KEY)
            put_tag(category, 1 + draw(r, category, key, &v->phrase) % 999999999u, out);
        else if (st == EFT_OK)
            st = put_surrogate(v, r, s, raw, key, out, err);
        bool failed = v->phrase.failed;
        v->phrase.failed = false;
        efti_bytes_free(&folded);
        if (st != EFT_OK)
            return st;
        if (failed)
            return efti_no_memory(err, "no memory for a replacement");
    }
    return out->failed ? efti_no_memory(err, "no memory for a replacement") : EFT_OK;
}

eft_status
efti_veil_print_as(struct efti_veil *v, const struct efti_replacer *r, eft_text text,
                   const struct efti_veiled *veiled, struct efti_bytes *out,
                   eft_error *err)
{
    size_t at = 0;

    for (size_t i = 0; i < veiled->spans.count; i++) {
        const struct efti_span *s = &veiled->spans.items[i];

        if (s->start < at || s->end < s->start || s->end > text.size)
            return efti_fail(err, EFT_E_INTERNAL, s->start,
                             "a span lies outside its text");
        efti_put(out, text.bytes + at, s->start - at);
        eft_status st = efti_veil_replace(v, r, text, s, out, err);
        if (st != EFT_OK)
            return st;
        at = s->end;
    }
    if (at < text.size)
        efti_put(out, text.bytes + at, text.size - at);
    return out->failed ? efti_no_memory(err, "no memory for a veiled text") : EFT_OK;
}
