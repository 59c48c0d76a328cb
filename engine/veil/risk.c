/*
 * risk.c - what still points at somebody when the names are gone
 *
 * One look at the tokens of a text, veiled or not, for what few people share:
 *
 *   occupation   brandchef, kyrkoherde ...: one or a few in a municipality
 *   origin       a nationality in a text with a place
 *   children     four or more, twins, triplets
 *   class        8B, åk 7, klass 3
 *   event        a day, or a place, together with a fire, an accident, a crime
 *   age          an age in a text with a place
 *   illness      rare ones by name
 *   own-term     a rare term of one writer in the whole run (pipeline/risks.c)
 *   only-one     an occupation that one place has one of: the only one (kommunens enda
 *                logoped), or beside a small place (skolsköterskan på den lilla ön)
 *   own-occupation   an occupation that one writer alone tells of in the whole run; with
 *                a place or a workplace it is one of few
 *
 * Each gives points; at EFTI_RISK_FLAG and above a text is never quoted and is shown to a
 * person instead. The points are a judgement, not a probability: one strong reason or two
 * weak ones. Run on demand for texts that may be quoted, so it compares words and needs
 * no bits of the forms.
 */
#include "veil/find.h"

static const struct {
    const char *name;
    uint8_t points;
} risks[] = {{"occupation", 40},    {"origin", 40},   {"children", 40},
             {"class", 40},         {"event", 40},    {"age", 20},
             {"illness", 40},       {"own-term", 20}, {"only-one", 40},
             {"own-occupation", 20}};

uint32_t
efti_risk_score(uint32_t reasons)
{
    uint32_t score = 0;

    for (unsigned bit = 0; bit < EFTI_COUNT(risks); bit++)
        score += (reasons >> bit & 1) != 0 ? risks[bit].points : 0u;
    return score > 100 ? 100 : score;
}

const char *
efti_risk_name(unsigned bit)
{
    return bit < EFTI_COUNT(risks) ? risks[bit].name : NULL;
}

/* somaliska, syrier: kept by the lists in small letters, so no country or authority. */
static bool
is_people(const struct efti_form *f)
{
    if ((f->lists & EFTI_LIST_KEEP) == 0 || f->casing != EFTI_CASING_LOWER ||
        efti_equal(f->folded, f->folded_size, "svenska", 7) ||
        efti_equal(f->folded, f->folded_size, "svensk", 6))
        return false;
    return efti_veil_ends_in(f, ENDS_PEOPLES, 3);
}

/* 8B, 7a: a code of one digit and a letter from A to F. */
static bool
is_class(const struct efti_form *f)
{
    return f->folded_size == 2 && f->folded[0] >= '1' && f->folded[0] <= '9' &&
           f->folded[1] >= 'a' && f->folded[1] <= 'f';
}

static bool
is_small_number(const struct efti_form *f)
{
    return f != NULL && f->folded_size <= 2 && f->folded[0] >= '1' && f->folded[0] <= '9';
}

/* What the token and the one before it say. */
static uint32_t
risk_of_words(const struct efti_form *f, const struct efti_form *before)
{
    uint32_t reasons = 0;

    if (efti_veil_begins_with(f, BEGINS_OCCUPATIONS, 0))
        reasons |= EFTI_RISK_OCCUPATION;
    if (efti_veil_begins_with(f, BEGINS_ILLNESSES, 0))
        reasons |= EFTI_RISK_ILLNESS;
    if (is_class(f) || (is_small_number(f) && efti_veil_form_in(before, GROUP_GRADES)))
        reasons |= EFTI_RISK_CLASS;
    if ((f->folded_size >= 8 && memcmp(f->folded, "tvilling", 8) == 0) ||
        (f->folded_size >= 8 && memcmp(f->folded, "trilling", 8) == 0))
        reasons |= EFTI_RISK_CHILDREN;
    if (efti_veil_form_in(f, GROUP_SIBLINGS_AND_CHILDREN) && before != NULL &&
        (efti_veil_form_in(before, GROUP_FOUR_TO_TWELVE) ||
         (before->folded_size == 1 && before->folded[0] >= '4' &&
          before->folded[0] <= '9')))
        reasons |= EFTI_RISK_CHILDREN;
    return reasons;
}

bool
efti_veil_is_occupation(const struct efti_form *f)
{
    return efti_veil_ends_in(f, ENDS_OCCUPATIONS_DEFINITE, 0) ||
           efti_veil_ends_in(f, ENDS_OCCUPATIONS_BARE, 0);
}

/* Where few live: ön, byn, den lilla orten. */
static bool
is_small_place(const struct efti_form *f, const struct efti_form *before)
{
    return efti_veil_form_in(f, GROUP_SMALL_PLACES) ||
           (efti_veil_form_in(f, GROUP_PLACES_IF_SMALL) && before != NULL &&
            efti_veil_form_in(before, GROUP_SMALL));
}

/* "Det enda läraren gjorde" is what, not who. */
static bool
is_it(const struct efti_form *f)
{
    return f != NULL && efti_equal(f->folded, f->folded_size, "det", 3);
}

/* Does a sentence tell of who has an occupation alone? "den enda manliga logopeden": a
 * word may stand between. */
static bool
tells_of_an_only_one(const struct efti_veil *v, const struct efti_segments *segments,
                     const struct efti_sentence *s)
{
    const struct efti_form *before = NULL;
    bool works = false, small = false;
    uint32_t only = 0; /* tokens that "enda" still reaches over */

    for (uint32_t i = s->first_token; i < s->end_token; i++) {
        const struct efti_token *t = &segments->tokens.items[i];

        only -= only > 0;
        if (t->kind > EFTI_ABBREVIATION || t->form >= efti_forms_count(v->forms)) {
            before = NULL;
            continue;
        }
        const struct efti_form *f = efti_forms_get(v->forms, t->form);
        if (only > 0 && efti_veil_is_occupation(f))
            return true;
        if (efti_veil_form_in(f, GROUP_ONLY_ONES) && !is_it(before))
            only = 3;
        works = works || efti_veil_ends_in(f, ENDS_OCCUPATIONS_DEFINITE, 0);
        small = small || is_small_place(f, before);
        before = f;
    }
    return works && small;
}

/* The category of a tag of ours, or EFTI_CATEGORY_COUNT. */
static enum efti_category
tag_category(eft_text text, const struct efti_token *t)
{
    const char *bytes = text.bytes + t->start + 1;
    const char *line;
    size_t size = t->end - t->start;

    if (t->kind != EFTI_VEIL || size < 4 || bytes[-1] != '[')
        return EFTI_CATEGORY_COUNT;
    for (line = bytes + size - 2; line > bytes && *line != '_';)
        line--;
    return efti_category_of(bytes, (size_t)(line - bytes));
}

uint32_t
efti_veil_tags_in(eft_text text, const struct efti_segments *segments)
{
    uint32_t categories = 0;

    for (size_t i = 0; i < segments->tokens.count; i++) {
        enum efti_category tag = tag_category(text, &segments->tokens.items[i]);
        if (tag != EFTI_CATEGORY_COUNT)
            categories |= 1u << tag;
    }
    return categories;
}

uint32_t
efti_veil_risk(struct efti_veil *v, eft_text text, const struct efti_segments *segments,
               uint32_t categories, uint32_t *reasons)
{
    const struct efti_form *before = NULL;
    bool people = false, event = false;

    *reasons = 0;
    categories |= efti_veil_tags_in(text, segments);
    for (size_t i = 0; i < segments->tokens.count; i++) {
        const struct efti_token *t = &segments->tokens.items[i];

        if (t->kind > EFTI_ABBREVIATION || t->form >= efti_forms_count(v->forms)) {
            before = NULL;
            continue;
        }
        const struct efti_form *f = efti_forms_get(v->forms, t->form);

        *reasons |= risk_of_words(f, before);
        people = people || is_people(f);
        event = event || efti_veil_begins_with(f, BEGINS_CRIMES, 0);
        before = f;
    }
    for (size_t i = 0; i < segments->sentences.count; i++)
        if (tells_of_an_only_one(v, segments, &segments->sentences.items[i]))
            *reasons |= EFTI_RISK_ONLY_ONE;
    bool place = (categories & EFTI_RISK_PLACES) != 0;
    bool day = (categories & 1u << EFTI_DATE) != 0;
    if (people && place)
        *reasons |= EFTI_RISK_ORIGIN;
    if (event && (day || place))
        *reasons |= EFTI_RISK_EVENT;
    if (place && (categories & 1u << EFTI_AGE) != 0)
        *reasons |= EFTI_RISK_AGE;
    return efti_risk_score(*reasons);
}
