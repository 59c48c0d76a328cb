/*
 * messages.h - every word that the report and the summary say, in both languages
 *
 * messages_sv.inc and messages_en.inc are the catalogues: MESSAGE(NAME, "text"). {0}, {1}
 * ... are places for numbers and names. A name that is in one language only does not
 * compile; a test compares the places.
 */
#ifndef EFTI_REPORT_MESSAGES_H
#define EFTI_REPORT_MESSAGES_H

#include "report/report.h"

enum efti_message {
#define MESSAGE(name, text) EFTI_MSG_##name,
#include "report/messages_sv.inc"
#undef MESSAGE
    EFTI_MSG_COUNT
};

/** Never NULL. */
const char *efti_message(enum efti_language language, enum efti_message message);
/** Heading of a column of a table; NULL: a column that has none. */
const char *efti_column_heading(enum efti_language language, const char *column);

#endif
