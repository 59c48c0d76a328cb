/*
 * surrogates.c - words and numbers made up, from the key or a seed
 *
 * The same word gives the same surrogate, so that Anna is Maria alone and in Anna
 * Svensson; what a word is (given name, family) is told by the fullest name of the person
 * in the text, and in the fields before it. Casing, genitive, feel of gender and the
 * shape of numbers stay. Nothing of the original does but particles (von, al) and
 * blanks: a number drawn in the same shape has another digit in every place, an age is
 * never the same.
 */
#include "veil/replace.h"

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

/* ---------------------------------------------------------------- surrogates */

/* `word` in the casing of the bytes that it replaces. */
static void
put_like(const char *word, eft_text like, struct efti_bytes *out)
{
    bool wide = like.size > 1 && like.bytes[0] == '\xC3'; /* å ä ö é ... */
    char at_first = like.size > 0 ? like.bytes[0] : '\0';
    bool lower =
        wide ? (unsigned char)like.bytes[1] >= 0xA0 : at_first >= 'a' && at_first <= 'z';
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

/* Names that sound like a woman's: most that end in -a, -e, -ie, -eh; a
 * feel, no claim. */
static bool
sounds_like_woman(eft_text folded)
{
    char last = folded.size > 0 ? folded.bytes[folded.size - 1] : '\0';

    if (last == 'h' && folded.size > 1)
        last = folded.bytes[folded.size - 2];
    return last == 'a' || last == 'e' || last == 'i';
}

/* What a word of a name is. */
struct name_word {
    eft_text raw, folded;
    bool first, last; /* of its span */
    bool family;      /* last of the fullest name of this person */
};

/* A capital that is not the one it stands for (folded). */
static char
other_initial(char folded, uint64_t n)
{
    char c = (char)('A' + n % 20);

    return c == folded - 'a' + 'A' ? (char)(c == 'T' ? 'A' : c + 1) : c;
}

/* One word of a person's name: given, family, initial or particle. A word between the
 * first and the last is a given name when the lists say so (Anna Karin Svensson). */
static void
put_name_word(const struct veil_printing *p, const struct name_word *w,
              struct efti_bytes *out)
{
    const struct efti_lists *all = p->veil->lists;
    uint32_t lists = efti_lists_word(all, w->folded.bytes, w->folded.size);
    uint64_t n = efti_veil_draw(p, EFTI_PERSON, w->folded);
    bool given = (lists & (EFTI_LIST_GIVEN_1 | EFTI_LIST_GIVEN_2)) != 0;
    bool shaped =
        (lists & (EFTI_LIST_SURNAME_1 | EFTI_LIST_SURNAME_2)) != 0 ||
        efti_lists_shape(all, w->folded.bytes, w->folded.size) == EFTI_SHAPE_SURNAME;
    bool family = w->family || (w->first ? shaped && !given : w->last || !given);

    bool particle = (lists & EFTI_LIST_PARTICLE) != 0 && !w->first && !w->last;

    if (particle && (lists & EFTI_LIST_ANY_NAME) == 0)
        efti_put(out, w->raw.bytes, w->raw.size);
    else if (efti_utf8_length(w->folded.bytes, w->folded.size) <= 2)
        efti_put_char(out, other_initial(w->folded.bytes[0], n)); /* K. */
    else if (family)
        put_other(families, EFTI_COUNT(families), n, w->raw, out);
    else if (sounds_like_woman(w->folded))
        put_other(women, EFTI_COUNT(women), n, w->raw, out);
    else
        put_other(men, EFTI_COUNT(men), n, w->raw, out);
}

/* Does the fullest name of this person have several words, the last of them `folded`? */
static eft_status
ends_in_family(const struct veil_printing *p, const struct efti_span *s, eft_text folded,
               bool *family, eft_error *err)
{
    const eft_text full = p->fullest[s - p->veiled->spans.items];
    size_t at = full.size;
    struct efti_bytes word;

    *family = false;
    while (at > 0 && full.bytes[at - 1] != ' ' && full.bytes[at - 1] != '\n')
        at--;
    if (at == 0)
        return EFT_OK;
    efti_bytes_init(&word, p->veil->mem);
    eft_status st =
        efti_fold(p->veil->unicode, full.bytes + at, full.size - at, &word, err);
    if (st == EFT_OK)
        *family = efti_equal(word.data, word.size, folded.bytes, folded.size);
    efti_bytes_free(&word);
    return st;
}

static eft_status
put_person(const struct veil_printing *p, const struct efti_span *s, eft_text raw,
           struct efti_bytes *out, eft_error *err)
{
    struct efti_bytes folded;
    eft_status st = EFT_OK;

    efti_bytes_init(&folded, p->veil->mem);
    for (size_t at = 0, end; at < raw.size && st == EFT_OK; at = end + 1) {
        for (end = at; end < raw.size && raw.bytes[end] != ' ' && raw.bytes[end] != '\n';)
            end++;
        struct name_word w = {
            .raw = {raw.bytes + at, end - at}, .first = at == 0, .last = end == raw.size};
        if (end > at) {
            st = efti_fold(p->veil->unicode, w.raw.bytes, w.raw.size, &folded, err);
            w.folded = (eft_text){folded.data, folded.size};
            /* marks that nobody sees are all that some words are: nothing stands for
             * them */
            if (st == EFT_OK && w.folded.size > 0)
                st = ends_in_family(p, s, w.folded, &w.family, err);
            if (st == EFT_OK && w.folded.size > 0)
                put_name_word(p, &w, out);
        }
        if (end < raw.size)
            efti_put_char(out, raw.bytes[end]);
    }
    efti_bytes_free(&folded);
    return st;
}

/* Another digit or letter in every place of the same shape: AB 12 345 -> KT 90 318. */
static void
surrogate_shape(uint64_t n, eft_text raw, struct efti_bytes *out)
{
    for (size_t i = 0; i < raw.size; i++) {
        unsigned char c = (unsigned char)raw.bytes[i];

        n = n * 6364136223846793005u + 1442695040888963407u;
        if (c >= '0' && c <= '9')
            efti_put_char(out, (char)('0' + (c - '0' + 1u + (n >> 40) % 9) % 10));
        else if (c >= 'A' && c <= 'Z')
            efti_put_char(out, (char)('A' + (c - 'A' + 1u + (n >> 40) % 25) % 26));
        else if (c >= 'a' && c <= 'z')
            efti_put_char(out, (char)('a' + (c - 'a' + 1u + (n >> 40) % 25) % 26));
        else if (c >= 0xC0) /* one letter for each code point */
            efti_put_char(out, (char)('a' + (n >> 40) % 26));
        else if (c >= 0x80)
            continue;
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
        efti_put_text(out, "08-465 004 "); /* not the mobile ones: tests write those */
        put_two(n % 100, out);
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

/* One or two years older or younger. */
static void
put_other_age(uint32_t age, uint64_t n, struct efti_bytes *out)
{
    static const int steps[] = {-2, -1, 1, 2};

    int other = (int)age + steps[n % 4];

    efti_put_u64(out, (uint64_t)other);
}

eft_status
efti_veil_put_surrogate(const struct veil_printing *p, const struct efti_span *s,
                        eft_text raw, eft_text folded, struct efti_bytes *out,
                        eft_error *err)
{
    enum efti_category category = (enum efti_category)s->category;
    uint64_t n = efti_veil_draw(p, category, folded);

    if (surrogate_number(n, category, out))
        return EFT_OK;
    switch (category) {
    case EFTI_PERSON: return put_person(p, s, raw, out, err);
    case EFTI_PLACE: put_other(places, EFTI_COUNT(places), n, raw, out); break;
    case EFTI_ORG: put_other(workplaces, EFTI_COUNT(workplaces), n, raw, out); break;
    case EFTI_AGE:
        if (age_of(raw) > 2)
            put_other_age(age_of(raw), n, out);
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
