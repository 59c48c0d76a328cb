/*
 * versions.c - what this build stands on, as loaded and not as compiled against
 *
 * libstemmer has no version call; its fingerprint is among the plan's. igraph is a module
 * that is loaded when a network is divided: its version is the one it was built with.
 */
#include "pipeline/pipeline.h"

#include "discover/discover.h"
#include "stats/gsl.h"
#include "store/store.h"

#include <sodium.h>

const char *
eft_library(size_t index, const char **version)
{
    static const char *const names[] = {"icu", "sqlite",    "libxml2", "jansson",
                                        "gsl", "libsodium", "igraph"};

    const char *ignored;

    if (version == NULL)
        version = &ignored;
    switch (index) {
    case 0: *version = efti_icu_version(); break;
    case 1: *version = efti_sqlite_version(); break;
    case 2: *version = efti_xml_version(); break;
    case 3: *version = efti_jansson_version(); break;
    case 4: *version = efti_gsl_version(); break;
    case 5: *version = sodium_version_string(); break;
    case 6: *version = efti_igraph_version(); break;
    default: *version = NULL; return NULL;
    }
    return names[index];
}
