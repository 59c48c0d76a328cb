/*
 * eftertanke.h - the whole public API, in reading order
 *
 * Reflections go in; themes, tables and veiled text come out. Start with plan.h and
 * tally.h; tests/examples/ has two complete programs.
 */
#ifndef EFTERTANKE_H
#define EFTERTANKE_H

/* Not the alphabet's order: */
/* clang-format off */
#include <eftertanke/api.h>
#include <eftertanke/error.h>
#include <eftertanke/context.h>
#include <eftertanke/text.h>
#include <eftertanke/lexicon.h>
#include <eftertanke/model.h>
#include <eftertanke/plan.h>
#include <eftertanke/worker.h>
#include <eftertanke/tally.h>
#include <eftertanke/table.h>
#include <eftertanke/run.h>
#include <eftertanke/report.h>
#include <eftertanke/sealed.h>
#include <eftertanke/evaluate.h>
#include <eftertanke/train.h>
/* clang-format on */

#endif
