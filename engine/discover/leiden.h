/*
 * leiden.h - the door to igraph, which is a module of its own
 *
 * igraph brings BLAS and a dozen other libraries along, some of which start threads when
 * they are loaded. So it is not linked: leiden.c is built into a module that is opened
 * when a network has to be divided, and only then. A program without that file has
 * everything else (and no GPL code of igraph's).
 */
#ifndef EFTI_DISCOVER_LEIDEN_H
#define EFTI_DISCOVER_LEIDEN_H

#include "discover/discover.h"

/** `member` gets g->nodes numbers. EFT_OK, EFT_E_NOMEM or EFT_E_INTERNAL. */
typedef eft_status (*efti_leiden_fn)(const struct efti_graph *g, uint32_t seed,
                                     uint32_t *member);
/** The one symbol of the module. */
struct efti_leiden {
    uint32_t abi; /* EFTI_LEIDEN_ABI */
    efti_leiden_fn run;
};
#define EFTI_LEIDEN_ABI 2u
#define EFTI_LEIDEN_SYMBOL "efti_leiden_module"

/** NULL: the module is not there, or `*failed`: it could not be loaded. */
const struct efti_leiden *efti_leiden_open(bool *failed);

#endif
