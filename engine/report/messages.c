/*
 * messages.c - the two catalogues, and headings of columns
 */
#include "report/messages.h"

static const char *const messages_sv[EFTI_MSG_COUNT] = {
#define MESSAGE(name, text) [EFTI_MSG_##name] = text,
#include "report/messages_sv.inc"
#undef MESSAGE
};
static const char *const messages_en[EFTI_MSG_COUNT] = {
#define MESSAGE(name, text) [EFTI_MSG_##name] = text,
#include "report/messages_en.inc"
#undef MESSAGE
};

const char *
efti_message(enum efti_language language, enum efti_message message)
{
    const char *text =
        language == EFTI_ENGLISH ? messages_en[message] : messages_sv[message];

    return text == NULL ? "" : text;
}

static const struct {
    const char *column, *sv, *en;
} headings[] = {
#define COLUMN(column, sv, en) {column, sv, en},
#include "report/columns.inc"
#undef COLUMN
};

const char *
efti_column_heading(enum efti_language language, const char *column)
{
    for (size_t i = 0; i < EFTI_COUNT(headings); i++) {
        if (strcmp(headings[i].column, column) == 0)
            return language == EFTI_ENGLISH ? headings[i].en : headings[i].sv;
    }
    return NULL;
}
