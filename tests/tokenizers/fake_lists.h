/*
 * fake_lists.h - the few answers of lists that tokens and forms need
 */
#ifndef TESTS_FAKE_LISTS_H
#define TESTS_FAKE_LISTS_H

struct efti_lists;
const struct efti_lists *fake_lists(void);

#endif
