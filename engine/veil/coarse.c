/*
 * coarse.c - what is left when an identifier is made coarse
 *
 *   AGE       14, fjorton -> 13-17        bands; 80 and above are few everywhere
 *   DATE      den 5 maj 2024 -> maj 2024  2024-05-03 -> 2024-05, 3/5 -> maj
 *   POSTCODE  582 46 -> 58x xx            the first two digits are a region
 *   PLACE     Mjölby -> Östergötlands län municipalities alone (counties.inc)
 *
 * Written from what was read, never by copying: a span that is not wholly one of these
 * becomes a tag, as all other categories do.
 */
#include "veil/replace.h"

static const struct {
    const char *name, *members;
} counties[] = {
#define COUNTY(name, members) {name, members},
#include "veil/counties.inc"
#undef COUNTY
};

/* The county of a folded municipality ("mjölby", "mjölby kommun"), or NULL. */
static const char *
county_of(eft_text folded)
{
    static const char *const seats[] = {" kommun", " stad"};
    char key[40];

    for (size_t i = 0; i < EFTI_COUNT(seats); i++) {
        size_t n = strlen(seats[i]);
        if (folded.size > n && memcmp(folded.bytes + folded.size - n, seats[i], n) == 0)
            folded.size -= n;
    }
    if (folded.size == 0 || folded.size > sizeof(key) - 3 ||
        memchr(folded.bytes, '|', folded.size) != NULL)
        return NULL;
    key[0] = '|';
    memcpy(key + 1, folded.bytes, folded.size);
    key[folded.size + 1] = '|';
    key[folded.size + 2] = '\0';
    for (size_t i = 0; i < EFTI_COUNT(counties); i++)
        if (strstr(counties[i].members, key) != NULL)
            return counties[i].name;
    return NULL;
}

/* The value of a number word up to 99; 0: none. */
static uint32_t
number_word_value(eft_text folded)
{
    static const char *const small[] = {
        "ett",    "två",    "tre",     "fyra",  "fem",   "sex",     "sju",
        "åtta",   "nio",    "tio",     "elva",  "tolv",  "tretton", "fjorton",
        "femton", "sexton", "sjutton", "arton", "nitton"};
    static const char *const tens[] = {"tjugo",  "trettio", "fyrtio", "femtio",
                                       "sextio", "sjuttio", "åttio",  "nittio"};
    uint32_t value = 0;

    for (uint32_t i = 0; i < EFTI_COUNT(tens) && value == 0; i++) {
        size_t n = strlen(tens[i]);
        if (folded.size >= n && memcmp(folded.bytes, tens[i], n) == 0) {
            value = (i + 2) * 10;
            folded.bytes += n;
            folded.size -= n;
        }
    }
    if (folded.size == 0)
        return value;
    for (uint32_t i = 0; i < (value > 0 ? 9 : EFTI_COUNT(small)); i++)
        if (efti_equal(folded.bytes, folded.size, small[i], strlen(small[i])))
            return value + i + 1;
    return 0;
}

/* Years in figures or a word, and nothing else; 0: neither. */
static uint32_t
coarse_years_of(eft_text folded)
{
    uint32_t n = 0;

    for (size_t i = 0; i < folded.size; i++) {
        if (folded.bytes[i] < '0' || folded.bytes[i] > '9' || i > 2)
            return number_word_value(folded);
        n = n * 10 + (uint32_t)(folded.bytes[i] - '0');
    }
    return n;
}

static bool
put_age_band(uint32_t age, struct efti_bytes *out)
{
    /* school years up to 18, then decades; 80 and above are few everywhere */
    static const uint8_t from[] = {1, 6, 13, 18, 25, 35, 45, 55, 65, 80, 200};

    for (size_t i = 0; i + 1 < EFTI_COUNT(from); i++) {
        if (age < from[i] || age >= from[i + 1])
            continue;
        efti_put_u64(out, from[i]);
        if (i + 2 < EFTI_COUNT(from)) {
            efti_put_char(out, '-');
            efti_put_u64(out, from[i + 1] - 1u);
        } else {
            efti_put_char(out, '+');
        }
        return true;
    }
    return false;
}

static bool
put_region(eft_text raw, struct efti_bytes *out)
{
    if (raw.size < 5 || raw.bytes[0] < '1' || raw.bytes[0] > '9' || raw.bytes[1] < '0' ||
        raw.bytes[1] > '9')
        return false;
    efti_put(out, raw.bytes, 2);
    efti_put_text(out, "x xx");
    return true;
}

void
efti_veil_put_coarse(const struct efti_span *s, eft_text raw, eft_text folded,
                     struct efti_bytes *out)
{
    struct veil_day day;
    const char *county;
    bool done = false;

    switch (s->category) {
    case EFTI_AGE: done = put_age_band(coarse_years_of(folded), out); break;
    case EFTI_DATE:
        done = efti_veil_read_day(raw, &day) && efti_veil_put_month(&day, out);
        if (done && raw.bytes[raw.size - 1] == '.') /* 12 okt. at the end of a sentence */
            efti_put_char(out, '.');
        break;
    case EFTI_POSTCODE: done = put_region(raw, out); break;
    case EFTI_PLACE:
        if ((county = county_of(folded)) != NULL) {
            efti_put_text(out, county);
            done = true;
        }
        break;
    default: break;
    }
    if (!done)
        efti_veil_tag(s, out);
}
