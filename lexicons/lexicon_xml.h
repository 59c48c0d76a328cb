/*
 * lexicon_xml.h - a lexicon file as a checked XML tree
 *
 * For lexicon.c and import_qdc.c: libxml2's types go no further than this room.
 */
#ifndef EFTI_LEXICONS_LEXICON_XML_H
#define EFTI_LEXICONS_LEXICON_XML_H

#include "base/base.h"

#include <libxml/tree.h>

/** Errors that libxml2 has no better place for while a tree is made and read: memory ran
 *  short, and what came out may lack something. It would print them. */
struct efti_xml_watch {
    xmlStructuredErrorFunc handler; /* of this thread, before */
    void *user;
    bool short_of_memory;
};
/** EFT_E_NOMEM: there is no room to read `size` bytes of XML. On EFT_OK call the end. */
eft_status efti_xml_watch_begin(struct efti_xml_watch *w, size_t size, eft_error *err);
/** EFT_E_NOMEM when memory ran short since the beginning, else `st` as it is. */
eft_status efti_xml_watch_end(struct efti_xml_watch *w, eft_status st, eft_error *err);
/** Parse alone, watched: any XML without a DOCTYPE. The caller
 *  frees with xmlFreeDoc(). */
eft_status efti_xml_tree(const char *bytes, size_t size, xmlDoc **out, eft_error *err);
/** Parse and validate, watched; the caller frees with xmlFreeDoc(). */
eft_status efti_lexicon_xml(const char *bytes, size_t size, xmlDoc **out, eft_error *err);
/** Why a tree that the schema refused is refused, in our words: fills `err` with the
 *  first fault in document order; `line` is for faults that only the schema sees. */
eft_status efti_lexicon_hint(xmlDoc *doc, uint32_t line, eft_error *err);
uint32_t efti_xml_line(const xmlNode *node);
bool efti_xml_is(const xmlNode *node, const char *element);

#endif
