/*
 * plan.c - compile lists, dictionary, lexicons and settings into one immutable object
 *
 * The plan also writes down what the figures depend on (fingerprints): a state carries
 * these lines, and two states merge only when they are the same.
 */
#include "pipeline/pipeline.h"

#include "base/context.h"

#include <dlfcn.h>
#include <sodium.h>
#include <stdio.h>
#include <unistd.h>

EFTI_PIN_SIZE(eft_plan_options, 248);

#define MAX_LEXICONS 32

const unsigned char *
efti_plan_key(const eft_plan *plan)
{
    return plan->has_key ? plan->key : NULL;
}

/* The path of the dictionary: beside the library in a build tree
 * (build/engine/libeftertanke.so -> build/lexicons/image/), else where it was installed;
 * NULL: none. No environment is read. */
static const char *
dictionary_path(char *buffer, size_t size)
{
    static const char here = 0; /* lies in the library, wherever that was loaded from */
    Dl_info info;

    /* A name without a slash is a program found by PATH: that says nothing of a place,
     * and the working folder is nobody's to trust. */
    if (dladdr(&here, &info) != 0 && info.dli_fname != NULL &&
        strchr(info.dli_fname, '/') != NULL) {
        const char *slash = strrchr(info.dli_fname, '/');
        int folder = (int)(slash - info.dli_fname + 1);
        static const char *const beside[] = {"../lexicons/image/ordbok.efd",
                                             "../share/eftertanke/ordbok.efd",
                                             "../../share/eftertanke/ordbok.efd"};
        for (size_t i = 0; i < EFTI_COUNT(beside); i++) {
            int n = snprintf(buffer, size, "%.*s%s", folder, info.dli_fname, beside[i]);
            if (n > 0 && (size_t)n < size && access(buffer, R_OK) == 0)
                return buffer;
        }
    }
    int n = snprintf(buffer, size, "%s", EFTI_DATADIR "/eftertanke/ordbok.efd");
    return n > 0 && (size_t)n < size && access(buffer, R_OK) == 0 ? buffer : NULL;
}

struct efti_replacer
efti_plan_replacer(const eft_plan *plan)
{
    return (struct efti_replacer){.mode = (enum efti_replace)plan->replace,
                                  .key = efti_plan_key(plan),
                                  .seed = plan->seed};
}

const char *const efti_terms_names[] = {"base", "stem"};
const char *const efti_compounds_names[] = {"whole", "head", "parts"};

/* A list has items, or is NULL and has none. */
static bool
lists_are_whole(const eft_plan_options *o)
{
    return (o->lexicons != NULL || o->lexicon_count == 0) &&
           (o->allow != NULL || o->allow_count == 0) &&
           (o->facets != NULL || o->facet_count == 0) &&
           (o->stop != NULL || o->stop_count == 0) &&
           (o->roster != NULL || o->roster_count == 0) &&
           (o->units != NULL || o->unit_count == 0) &&
           (o->deny != NULL || o->deny_count == 0) &&
           (o->allow_spans != NULL || o->allow_span_count == 0) &&
           (o->categories_off != NULL || o->category_off_count == 0);
}

static eft_status
check_plan_options(const eft_plan_options *o, eft_error *err)
{
    const uint32_t known = EFT_PLAN_ACCEPT_LANGUAGE | EFT_PLAN_NO_WRITERS |
                           EFT_PLAN_SPOOL | EFT_PLAN_NO_DICTIONARY |
                           EFT_PLAN_LEAVE_PEOPLE | EFT_PLAN_KEEP_HITS;

    if ((o->flags & ~known) != 0 || o->reserved != 0 || o->reserved2 != 0)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "unknown flag in the plan options");
    if (!lists_are_whole(o))
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "a list of the plan options is NULL and has a count");
    if (o->terms > EFT_TERMS_STEM || o->compounds > EFT_COMPOUNDS_PARTS ||
        o->decide > EFT_DECIDE_CORE || (o->decide != 0 && o->weights != NULL))
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "unknown kind of terms, way to count compounds, or weights");
    if (o->window == 1 || o->window > EFT_WINDOW_MAX)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "a window has from 2 to %u words", (unsigned)EFT_WINDOW_MAX);
    if (o->replace > EFT_REPLACE_KEY || (o->replace == EFT_REPLACE_KEY && o->key == NULL))
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         o->replace > EFT_REPLACE_KEY ? "unknown kind of replacement"
                                                      : "keyed replacement needs a key");
    if (o->shift_days > EFTI_MOST_SHIFT || (o->shift_days > 0 && o->shift_days < 7) ||
        (o->shift_days > 0 && o->key == NULL && o->seed == 0))
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "days are moved by 7 to %u, and need a key or a seed",
                         EFTI_MOST_SHIFT);
    if (o->facet_count > EFTI_MAX_FACETS)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET, "at most %d facets",
                         EFTI_MAX_FACETS);
    if (o->lexicon_count > MAX_LEXICONS)
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET, "at most %d lexicons",
                         MAX_LEXICONS);
    if (!(o->feeling_low == 0 && o->feeling_high == 0) &&
        !(o->feeling_low < o->feeling_high && o->feeling_high - o->feeling_low <= 1000))
        return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                         "the scale of feelings must rise and span at most 1000");
    return EFT_OK;
}

/* Lexicon `j` against the earlier `i`: ids name entries, and tables their themes. Two
 * themes with one id would be counted as one, which neither file says. */
static eft_status
check_ids(const eft_plan *plan, size_t i, size_t j, eft_error *err)
{
    const eft_lexicon *a = plan->lexicons[i], *b = plan->lexicons[j];

    if (efti_equal(a->id.bytes, a->id.size, b->id.bytes, b->id.size))
        return efti_fail(
            err, EFT_E_CONFLICT, EFT_NO_OFFSET,
            "lexicons %zu and %zu have the same id, %.*s: give one another (in XML "
            "id=\"...\" of <lexicon>; to a file that has none on the command line "
            "ID=FILE)",
            i + 1, j + 1, (int)a->id.size, a->id.bytes);
    for (uint32_t x = 0; x < a->theme_count; x++)
        for (uint32_t y = 0; y < b->theme_count; y++) {
            const eft_text one = a->themes[x].id, other = b->themes[y].id;
            if (efti_equal(one.bytes, one.size, other.bytes, other.size))
                return efti_fail(err, EFT_E_CONFLICT, EFT_NO_OFFSET,
                                 "lexicons %zu and %zu both have a theme with the id "
                                 "%.*s: call one otherwise, or put their entries into "
                                 "one file",
                                 i + 1, j + 1, (int)one.size, one.bytes);
        }
    return EFT_OK;
}

static eft_status
plan_lexicons(eft_plan *plan, const eft_plan_options *o, eft_error *err)
{
    size_t count = o->lexicon_count == 0 ? 1 : o->lexicon_count;
    eft_status st;

    plan->lexicons = efti_zalloc(&plan->allocator, count, sizeof(eft_lexicon *));
    if (plan->lexicons == NULL)
        return efti_no_memory(err, "a plan");
    plan->lexicon_count = count;
    if (o->lexicon_count == 0) {
        eft_text core = efti_core_lexicon();
        st = efti_lexicon_parse(&plan->allocator, core.bytes, core.size,
                                &plan->lexicons[0], err);
        if (st != EFT_OK)
            return st;
    }
    for (size_t i = 0; i < o->lexicon_count; i++) {
        if (o->lexicons[i] == NULL)
            return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET, "lexicon %zu is NULL",
                             i + 1);
        plan->lexicons[i] = eft_lexicon_ref(o->lexicons[i]);
        for (size_t j = 0; j < i; j++)
            if ((st = check_ids(plan, j, i, err)) != EFT_OK)
                return st;
    }
    return EFT_OK;
}

static int
by_text(const void *a, const void *b, void *user)
{
    const eft_text *x = a, *y = b;

    (void)user;
    return efti_compare(x->bytes, x->size, y->bytes, y->size);
}

/* Facets stand beside these names in lines and tables. */
static bool
is_role_name(const char *name)
{
    bool found = false;

    for (int role = EFTI_ROLE_NONE + 1; role < EFTI_ROLE_COUNT && !found; role++)
        found = strcmp(name, efti_role_name((enum efti_role)role)) == 0;
    return found;
}

static eft_status
plan_facets(eft_plan *plan, const eft_plan_options *o, eft_error *err)
{
    struct efti_tally_settings *s = &plan->settings;

    s->facet_count = (uint32_t)o->facet_count;
    for (size_t i = 0; i < o->facet_count; i++) {
        size_t size = o->facets[i] == NULL ? 0 : strlen(o->facets[i]);
        if (size == 0 || size > 64 || efti_utf8_valid_prefix(o->facets[i], size) != size)
            return efti_fail(err, EFT_E_RANGE, EFT_NO_OFFSET,
                             "facet %zu needs a name of 1 to 64 bytes of UTF-8", i + 1);
        if (is_role_name(o->facets[i]))
            return efti_fail(err, EFT_E_CONFLICT, EFT_NO_OFFSET,
                             "facet %zu has the name of a role: choose another", i + 1);
        char *copy = efti_arena_copy(&plan->arena, o->facets[i], size);
        if (copy == NULL)
            return efti_no_memory(err, "the facets");
        s->facet_names[i] = (eft_text){copy, size};
    }
    efti_sort(s->facet_names, o->facet_count, sizeof(eft_text), by_text, NULL);
    for (size_t i = 0; i < o->facet_count; i++) {
        for (uint32_t j = 0; j < s->facet_count; j++) {
            if (efti_equal(s->facet_names[j].bytes, s->facet_names[j].size, o->facets[i],
                           strlen(o->facets[i])))
                plan->facet_slot[i] = j;
        }
    }
    for (uint32_t j = 1; j < s->facet_count; j++) {
        if (by_text(&s->facet_names[j - 1], &s->facet_names[j], NULL) == 0)
            return efti_fail(err, EFT_E_CONFLICT, EFT_NO_OFFSET,
                             "two facets have the same name");
    }
    return EFT_OK;
}

static eft_status
stemmer_line(eft_plan *plan, struct efti_bytes *out, eft_error *err)
{
    struct efti_stemmer *stemmer;
    eft_status st = efti_stemmer_new(&plan->allocator, &stemmer, err);

    if (st != EFT_OK)
        return st;
    const char *fingerprint = efti_stemmer_fingerprint(stemmer);
    if (fingerprint[0] == '\0')
        st = efti_no_memory(err, "the fingerprints");
    efti_put_text(out, "stemmer snowball-swedish ");
    efti_put_text(out, fingerprint);
    efti_put_char(out, '\n');
    efti_stemmer_free(stemmer);
    return st;
}

static void
put_line(struct efti_bytes *out, const char *name, const char *value)
{
    efti_put_text(out, name);
    efti_put_char(out, ' ');
    efti_put_text(out, value);
    efti_put_char(out, '\n');
}

/* How many words; with a key their hash, which without one would let anybody test a guess
 * at the whole list. */
static void
words_line(const eft_plan *plan, const char *name, const struct efti_words *words,
           struct efti_bytes *out)
{
    char hex[2 * 8 + 1], line[48];

    efti_words_hash(words, hex);
    efti_words_line(plan, words->count, name, (eft_text){hex, strlen(hex)}, line);
    put_line(out, name, line);
}

/* Categories that are left alone: "categories -DATE,-AGE". */
static void
off_line(const eft_plan *plan, struct efti_bytes *out)
{
    bool first = true;

    if (plan->off == 0)
        return;
    efti_put_text(out, "categories ");
    for (int c = 0; c < EFTI_CATEGORY_COUNT; c++) {
        if ((plan->off >> c & 1) == 0)
            continue;
        efti_put_text(out, first ? "-" : ",-");
        efti_put_text(out, efti_category_name((enum efti_category)c));
        first = false;
    }
    efti_put_char(out, '\n');
}

/* By id, whatever the order they were given in: figures do not depend on it. */
static void
lexicon_lines(const eft_plan *plan, struct efti_bytes *out)
{
    const struct eft_lexicon *last = NULL;

    for (size_t n = 0; n < plan->lexicon_count; n++) {
        const struct eft_lexicon *next = NULL;
        for (size_t i = 0; i < plan->lexicon_count; i++) {
            const struct eft_lexicon *lex = plan->lexicons[i];
            if (lex != NULL && (last == NULL || by_text(&lex->id, &last->id, NULL) > 0) &&
                (next == NULL || by_text(&lex->id, &next->id, NULL) < 0))
                next = lex;
        }
        if (next == NULL) /* all are said */
            break;
        efti_put_text(out, "lexicon ");
        efti_put(out, next->id.bytes, next->id.size);
        efti_put_char(out, ' ');
        efti_put(out, next->version.bytes, next->version.size);
        efti_put_char(out, ' ');
        efti_put_text(out, next->hash);
        efti_put_char(out, '\n');
        last = next;
    }
}

/* What a model must share: how its features are made. */
static eft_status
plan_decide(eft_plan *plan, const eft_plan_options *o, eft_error *err)
{
    struct efti_bytes lines;

    efti_bytes_init(&lines, &plan->allocator);
    put_line(&lines, "compounds", efti_compounds_names[plan->compounds]);
    lexicon_lines(plan, &lines);
    put_line(&lines, "terms", efti_terms_names[plan->terms]);
    eft_status st =
        lines.failed
            ? efti_no_memory(err, "a plan")
            : efti_plan_weights(plan, o, (eft_text){lines.data, lines.size}, err);
    efti_bytes_free(&lines);
    return st;
}

/* Sorted by name: allow, allow-spans, categories, compounds, decide, deny, dictionary,
 * engine, icu, key, lexicon, lists, model, roster, stemmer, terms, unicode, units, veil,
 * window; a model, windows and lists of the user's own only if there are any. */
static eft_status
plan_fingerprints(eft_plan *plan, eft_error *err)
{
    struct efti_bytes *out = &plan->fingerprints;
    char hex[2 * 8 + 1] = "none";
    eft_status st;

    if (plan->allow.count == 0)
        put_line(out, "allow", "none");
    else
        words_line(plan, "allow", &plan->allow, out);
    if (plan->allow_line[0] != '\0')
        put_line(out, "allow-spans", plan->allow_line);
    off_line(plan, out);
    put_line(out, "compounds", efti_compounds_names[plan->compounds]);
    put_line(out, "decide",
             plan->weights == NULL ? "none" : eft_model_hash(plan->weights));
    if (plan->deny_line[0] != '\0')
        put_line(out, "deny", plan->deny_line);
    put_line(out, "dictionary",
             plan->dictionary == NULL ? "none" : efti_dictionary_hash(plan->dictionary));
    put_line(out, "engine", eft_version());
    put_line(out, "icu", efti_icu_version());
    if (plan->has_key) {
        struct efti_id id = efti_identity(plan->key, "key-id", "", 0);
        efti_hex(id.b, 8, hex);
    }
    put_line(out, "key", hex);
    lexicon_lines(plan, out);
    put_line(out, "lists", efti_lists_hash(plan->lists));
    if (plan->model != NULL)
        put_line(out, "model", eft_model_hash(plan->model));
    if (plan->roster.count > 0)
        words_line(plan, "roster", &plan->roster, out);
    if ((st = stemmer_line(plan, out, err)) != EFT_OK)
        return st;
    put_line(out, "terms", efti_terms_names[plan->terms]);
    put_line(out, "unicode", efti_unicode_version());
    if (plan->units_line[0] != '\0')
        put_line(out, "units", plan->units_line);
    put_line(out, "veil",
             (plan->flags & EFT_PLAN_ACCEPT_LANGUAGE) != 0 ? "accept-language"
                                                           : "swedish");
    if (plan->window > 0) { /* nothing for none: states of others stay as they are */
        efti_put_text(out, "window ");
        efti_put_u64(out, plan->window);
        efti_put_char(out, '\n');
    }
    if (out->failed)
        return efti_no_memory(err, "the fingerprints");
    plan->settings.fingerprints = (eft_text){out->data, out->size};
    return EFT_OK;
}

static eft_status
plan_dictionary(eft_plan *plan, const eft_plan_options *o, eft_error *err)
{
    char buffer[4096];
    const char *path = o->dictionary;

    if ((o->flags & EFT_PLAN_NO_DICTIONARY) != 0)
        return EFT_OK;
    if (path == NULL)
        path = dictionary_path(buffer, sizeof(buffer));
    if (path == NULL)
        return EFT_OK;
    return efti_dictionary_open(&plan->allocator, path, &plan->dictionary, err);
}

static void
plan_free(eft_plan *plan)
{
    eft_allocator mem = plan->allocator;

    efti_matcher_free(plan->matcher);
    eft_model_unref(plan->model);
    eft_model_unref(plan->weights);
    for (size_t i = 0; i < plan->lexicon_count; i++)
        eft_lexicon_unref(plan->lexicons[i]);
    efti_release(&mem, plan->lexicons, plan->lexicon_count * sizeof(eft_lexicon *));
    efti_dictionary_free(plan->dictionary);
    efti_lists_free(plan->lists);
    efti_strings_free(plan->stop);
    efti_bytes_free(&plan->fingerprints);
    efti_arena_free(&plan->arena);
    sodium_memzero(plan->key, sizeof(plan->key));
    efti_release(&mem, plan, sizeof(*plan));
}

static eft_status
plan_fill(eft_plan *plan, const eft_plan_options *o, eft_error *err)
{
    eft_status st;

    plan->flags = o->flags;
    plan->terms = o->terms;
    plan->compounds = o->compounds;
    plan->window = o->window;
    plan->replace = o->replace;
    plan->explain = o->explain != 0;
    plan->seed = o->seed;
    plan->shift_days = o->shift_days;
    plan->model = eft_model_ref(o->model);
    if (o->key != NULL) {
        plan->has_key = true;
        memcpy(plan->key, o->key, sizeof(plan->key));
    }
    bool scale = o->feeling_low != 0 || o->feeling_high != 0;
    plan->settings.version = EFTI_STATE_VERSION;
    plan->settings.writer_column = (o->flags & EFT_PLAN_NO_WRITERS) == 0;
    plan->settings.feeling_low = scale ? o->feeling_low : 1;
    plan->settings.feeling_high = scale ? o->feeling_high : 5;
    if ((st = efti_lists_new(&plan->allocator, &plan->lists, err)) != EFT_OK ||
        (st = plan_dictionary(plan, o, err)) != EFT_OK ||
        (st = plan_lexicons(plan, o, err)) != EFT_OK ||
        (st = efti_plan_single_words(plan, "allowed", o->allow, o->allow_count,
                                     &plan->allow, err)) != EFT_OK ||
        (st = efti_plan_words(plan, "roster", o->roster, o->roster_count, &plan->roster,
                              err)) != EFT_OK ||
        (st = efti_plan_own(plan, o, err)) != EFT_OK ||
        (st = efti_plan_stop(plan, o->stop, o->stop_count, err)) != EFT_OK ||
        (st = plan_facets(plan, o, err)) != EFT_OK)
        return st;
    const struct efti_matcher_parts parts = {.lexicons = plan->lexicons,
                                             .lexicon_count = plan->lexicon_count,
                                             .lists = plan->lists,
                                             .dictionary = plan->dictionary,
                                             .allow = plan->allow.items,
                                             .allow_count = plan->allow.count};
    st = efti_matcher_new(&plan->allocator, &parts, &plan->matcher, err);
    if (st == EFT_OK)
        st = plan_decide(plan, o, err);
    if (st == EFT_OK)
        st = plan_fingerprints(plan, err);
    return st == EFT_OK ? efti_plan_model(plan, err) : st;
}

eft_status
eft_plan_new(eft_context *ctx, const eft_plan_options *opts, eft_plan **out,
             eft_error *err)
{
    eft_plan_options own;
    const eft_plan_options *o = &own;
    const eft_allocator *mem = efti_context_allocator(ctx);
    eft_status st;

    if (out == NULL)
        return efti_left_out(err);
    *out = NULL;
    if (ctx == NULL)
        return efti_left_out(err);
    if ((st = efti_options_take(&own, sizeof(own), opts, "eft_plan_options", err)) !=
            EFT_OK ||
        (st = check_plan_options(o, err)) != EFT_OK)
        return st;
    eft_plan *plan = efti_zalloc(mem, 1, sizeof(*plan));
    if (plan == NULL)
        return efti_no_memory(err, "a plan");
    plan->allocator = *mem;
    atomic_init(&plan->references, 1);
    efti_arena_init(&plan->arena, &plan->allocator);
    efti_bytes_init(&plan->fingerprints, &plan->allocator);
    if ((st = plan_fill(plan, o, err)) != EFT_OK) {
        plan_free(plan);
        return st;
    }
    *out = plan;
    return EFT_OK;
}

eft_plan *
eft_plan_ref(eft_plan *plan)
{
    if (plan != NULL)
        atomic_fetch_add(&plan->references, 1);
    return plan;
}

void
eft_plan_unref(eft_plan *plan)
{
    if (plan != NULL && atomic_fetch_sub(&plan->references, 1) == 1)
        plan_free(plan);
}

bool
eft_plan_has_dictionary(const eft_plan *plan)
{
    return plan != NULL && plan->dictionary != NULL;
}

eft_text
eft_plan_fingerprints(const eft_plan *plan)
{
    return plan == NULL ? (eft_text){"", 0} : plan->settings.fingerprints;
}
