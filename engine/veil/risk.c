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
} risks[] = {{"occupation", 40}, {"origin", 40}, {"children", 40}, {"class", 40},
             {"event", 40},      {"age", 20},    {"illness", 40},  {"own-term", 20}};

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
efti_veil_risk(struct efti_veil *v, eft_text text, const struct efti_segments *segments,
               uint32_t categories, uint32_t *reasons)
{
    const struct efti_form *before = NULL;
    bool people = false, event = false;

    *reasons = 0;
    for (size_t i = 0; i < segments->tokens.count; i++) {
        const struct efti_token *t = &segments->tokens.items[i];
        enum efti_category tag = tag_category(text, t);

        if (tag != EFTI_CATEGORY_COUNT)
            categories |= 1u << tag;
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
    bool place = (categories & (1u << EFTI_PLACE | 1u << EFTI_ORG)) != 0;
    bool day = (categories & 1u << EFTI_DATE) != 0;
    if (people && place)
        *reasons |= EFTI_RISK_ORIGIN;
    if (event && (day || place))
        *reasons |= EFTI_RISK_EVENT;
    if (place && (categories & 1u << EFTI_AGE) != 0)
        *reasons |= EFTI_RISK_AGE;
    return efti_risk_score(*reasons);
}
