/*
 * categories.c - the names of the categories, and the end of what efti_veil_find() makes
 *
 * The order is that of enum efti_category, which the bit set in a state counts on.
 */
#include "veil/veil.h"

static const char *const category_names[EFTI_CATEGORY_COUNT] = {
    [EFTI_PERSON] = "PERSON",
    [EFTI_PERSONNUMMER] = "PERSONNUMMER",
    [EFTI_ORGNR] = "ORGNR",
    [EFTI_PHONE] = "PHONE",
    [EFTI_EMAIL_ADDRESS] = "EMAIL",
    [EFTI_URL_ADDRESS] = "URL",
    [EFTI_HANDLE_NAME] = "HANDLE",
    [EFTI_ADDRESS] = "ADDRESS",
    [EFTI_POSTCODE] = "POSTCODE",
    [EFTI_PLACE] = "PLACE",
    [EFTI_ORG] = "ORG",
    [EFTI_DATE] = "DATE",
    [EFTI_AGE] = "AGE",
    [EFTI_CASE_ID] = "CASE_ID",
    [EFTI_VEHICLE] = "VEHICLE",
    [EFTI_BANK] = "BANK",
    [EFTI_PROPERTY] = "PROPERTY",
    [EFTI_IP] = "IP",
    [EFTI_LANGUAGE] = "LANGUAGE",
    [EFTI_OTHER_LONG] = "LONG",
};

const char *
efti_category_name(enum efti_category category)
{
    return (unsigned)category < EFTI_CATEGORY_COUNT ? category_names[category] : "";
}

enum efti_category
efti_category_of(const char *name, size_t size)
{
    for (int c = 0; c < EFTI_CATEGORY_COUNT; c++)
        if (efti_equal(name, size, category_names[c], strlen(category_names[c])))
            return (enum efti_category)c;
    return EFTI_CATEGORY_COUNT;
}

void
efti_veiled_free(const eft_allocator *mem, struct efti_veiled *v)
{
    if (v == NULL)
        return;
    EFTI_ARRAY_FREE(mem, &v->spans);
    efti_segments_free(mem, &v->tokens);
    v->categories = 0;
    v->withheld = false;
}
