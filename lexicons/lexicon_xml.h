/*
 * lexicon_xml.h - a lexicon file as a checked XML tree
 *
 * For lexicon.c alone: libxml2's types go no further than this room.
 */
#ifndef EFTI_LEXICONS_LEXICON_XML_H
#define EFTI_LEXICONS_LEXICON_XML_H

#include "base/base.h"

#include <libxml/tree.h>

/** Parse and validate; the caller frees with xmlFreeDoc(). */
eft_status efti_lexicon_xml(const char *bytes, size_t size, xmlDoc **out, eft_error *err);
/** Why a tree that the schema refused is refused, in our words: fills `err` with the
 *  first fault in document order; `line` is for faults that only the schema sees. */
eft_status efti_lexicon_hint(xmlDoc *doc, uint32_t line, eft_error *err);
uint32_t efti_xml_line(const xmlNode *node);
bool efti_xml_is(const xmlNode *node, const char *element);

#endif
