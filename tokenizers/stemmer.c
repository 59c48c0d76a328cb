/*
 * stemmer.c - Snowball Swedish over folded forms
 *
 * libstemmer has no version call, and versions differ (facts/swedish.md, section 2), so a
 * manifest names the stemmer by what it does: the SHA-256 of the stems of 200 probe
 * words, each followed by a line feed. The words below were chosen by hand to touch the
 * rules: plural, definite and genitive of each declension, verb endings, -lig -ig -els
 * -fullt -löst -öst, -et after short stems, undoubling (gd dd gt dt tt), and short words
 * that must stay. Changing a word changes every fingerprint, so they are never changed.
 *
 * Where the installed libstemmer gives the probes the stems that our own version of the
 * rules does (swedish_stem.c), that one is used for all words, as it is five times as
 * fast; else libstemmer itself.
 */
#include "tokenizers/internal.h"

#include <assert.h>
#include <libstemmer.h>
#include <limits.h>

struct efti_stemmer {
    const eft_allocator *mem;
    struct sb_stemmer *snowball;
    bool own; /* swedish_stem.c does as it does */
    char fingerprint[65];
};

static const char *const probes[] = {
    "och",
    "att",
    "inte",
    "vi",
    "som",
    "barn",
    "barnet",
    "barnen",
    "barnens",
    "barns",
    "möte",
    "mötet",
    "möten",
    "mötena",
    "mötenas",
    "mötets",
    "skola",
    "skolan",
    "skolor",
    "skolorna",
    "skolornas",
    "skolans",
    "elev",
    "eleven",
    "elever",
    "eleverna",
    "elevernas",
    "elevens",
    "lärare",
    "läraren",
    "lärarna",
    "lärarnas",
    "lärares",
    "brukare",
    "brukaren",
    "brukarna",
    "bruk",
    "bruket",
    "handledning",
    "handledningen",
    "handledningar",
    "handledningarna",
    "handledare",
    "handledaren",
    "nätverk",
    "nätverket",
    "nätverken",
    "nätverkens",
    "uppdrag",
    "uppdraget",
    "uppdragen",
    "uppdragets",
    "insats",
    "insatsen",
    "insatser",
    "insatserna",
    "ansvar",
    "ansvaret",
    "ansvaren",
    "förälder",
    "föräldrar",
    "föräldrarna",
    "föräldrarnas",
    "familj",
    "familjen",
    "familjer",
    "familjernas",
    "man",
    "mannen",
    "män",
    "männen",
    "kvinna",
    "kvinnan",
    "kvinnor",
    "kvinnorna",
    "fråga",
    "frågan",
    "frågor",
    "frågade",
    "frågat",
    "frågar",
    "känsla",
    "känslan",
    "känslor",
    "känslorna",
    "trygg",
    "tryggt",
    "trygga",
    "tryggare",
    "tryggast",
    "trygghet",
    "tryggheten",
    "stor",
    "stort",
    "stora",
    "större",
    "störst",
    "möjlig",
    "möjligt",
    "möjliga",
    "möjlighet",
    "möjligheter",
    "möjligheterna",
    "möjligheternas",
    "kvinnlig",
    "kvinnliga",
    "kvinnligt",
    "tidig",
    "tidigt",
    "tidiga",
    "tidigare",
    "rastlös",
    "rastlöst",
    "rastlösa",
    "rastlöshet",
    "hoppfull",
    "hoppfullt",
    "hoppfulla",
    "nervöst",
    "generöst",
    "seriöst",
    "stress",
    "stressen",
    "stressad",
    "stressade",
    "stressat",
    "arbeta",
    "arbetar",
    "arbetade",
    "arbetat",
    "arbetande",
    "arbetet",
    "arbeten",
    "arbetsbelastning",
    "arbetsbelastningen",
    "samverka",
    "samverkar",
    "samverkan",
    "samverkade",
    "stödja",
    "stödjer",
    "stödde",
    "stöd",
    "stödet",
    "stöden",
    "reflektera",
    "reflekterar",
    "reflekterade",
    "reflekterat",
    "reflektion",
    "reflektionen",
    "reflektioner",
    "reflektionerna",
    "byggd",
    "byggda",
    "byggt",
    "gladde",
    "sedd",
    "sett",
    "vigt",
    "hämtning",
    "återhämtning",
    "återhämtningen",
    "delaktig",
    "delaktiga",
    "delaktighet",
    "delaktigheten",
    "kollega",
    "kollegan",
    "kollegor",
    "kollegorna",
    "människa",
    "människan",
    "människor",
    "människornas",
    "händelse",
    "händelsen",
    "händelser",
    "händelserna",
    "rörelse",
    "rörelser",
    "kunskap",
    "kunskapen",
    "kunskaper",
    "kunskaperna",
    "hus",
    "huset",
    "husen",
    "hjälps",
    "hjälpas",
    "hoppas",
    "hoppades",
    "lyckats",
    "minnas",
    "hast",
    "hastigt",
    "jord",
    "jordens",
    "år",
    "åren",
};

static_assert(EFTI_COUNT(probes) == 200, "the fingerprint is over 200 words");

static bool
is_listed(const char *language)
{
    const char **names = sb_stemmer_list();

    while (*names != NULL && strcmp(*names, language) != 0)
        names++;
    return *names != NULL;
}

static eft_text
stem_by_library(struct efti_stemmer *s, const char *folded, size_t size)
{
    const sb_symbol *stem =
        sb_stemmer_stem(s->snowball, (const sb_symbol *)folded, (int)size);

    return stem == NULL
               ? (eft_text){NULL, 0}
               : (eft_text){(const char *)stem, (size_t)sb_stemmer_length(s->snowball)};
}

static bool
is_ours(struct efti_stemmer *s)
{
    for (size_t i = 0; i < EFTI_COUNT(probes); i++) {
        size_t size = strlen(probes[i]);
        eft_text stem = stem_by_library(s, probes[i], size);
        if (!efti_equal(stem.bytes, stem.size, probes[i],
                        efti_swedish_stem(probes[i], size)))
            return false;
    }
    return true;
}

eft_status
efti_stemmer_new(const eft_allocator *mem, struct efti_stemmer **out, eft_error *err)
{
    *out = NULL;
    struct efti_stemmer *s = efti_zalloc(mem, 1, sizeof(*s));
    if (s == NULL)
        return efti_no_memory(err, "a stemmer");
    s->mem = mem;
    s->snowball = sb_stemmer_new("swedish", "UTF_8");
    if (s->snowball == NULL) {
        efti_release(mem, s, sizeof(*s));
        if (is_listed("swedish")) /* it is there, so memory was short */
            return efti_no_memory(err, "a stemmer");
        return efti_fail(err, EFT_E_MISSING, EFT_NO_OFFSET,
                         "libstemmer gives no Swedish stemmer");
    }
    s->own = is_ours(s);
    *out = s;
    return EFT_OK;
}

void
efti_stemmer_free(struct efti_stemmer *s)
{
    if (s == NULL)
        return;
    sb_stemmer_delete(s->snowball);
    efti_release(s->mem, s, sizeof(*s));
}

eft_text
efti_stem(struct efti_stemmer *s, const char *folded, size_t size)
{
    if (size == 0 || size > INT_MAX)
        return (eft_text){NULL, 0};
    eft_text stem = s->own ? (eft_text){folded, efti_swedish_stem(folded, size)}
                           : stem_by_library(s, folded, size);
    /* never empty: a word that is all ending is its own stem */
    return stem.bytes != NULL && stem.size == 0 ? (eft_text){folded, size} : stem;
}

const char *
efti_stemmer_fingerprint(struct efti_stemmer *s)
{
    /* Fixed room instead of a growing buffer: a Swedish stem is never longer than its
     * word; no probe is longer than 30 bytes. */
    char all[200 * 32];
    size_t size = 0;
    unsigned char digest[32];

    for (size_t i = 0; i < EFTI_COUNT(probes); i++) {
        eft_text stem = efti_stem(s, probes[i], strlen(probes[i]));
        if (stem.size == 0)
            return ""; /* the stems would pass for those of another Snowball */
        if (stem.size > 31)
            stem.size = 31;
        memcpy(all + size, stem.bytes, stem.size);
        size += stem.size;
        all[size++] = '\n';
    }
    efti_sha256(all, size, digest);
    efti_hex(digest, sizeof(digest), s->fingerprint);
    return s->fingerprint;
}
