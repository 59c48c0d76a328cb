/*
 * lexicon_xml.c - parsing and validating a lexicon with libxml2
 *
 * Foreign bytes, so: no network, no entities (a DOCTYPE stops the parser at once, which
 * also ends every kind of entity bomb), at most 16 MiB, libxml2's own limits on depth.
 * Only UTF-8, checked before: where libxml2 converts from another encoding it prints
 * bytes of the file on its own, past every handler. The file's own declaration is
 * ignored.
 *
 * libxml2 is used in a way that several threads can: it is initialised once; each parse
 * has its own contexts with its own handlers, which keep a line and a code and drop the
 * message (messages of libxml2 quote the file). The types of RELAX NG are registered in a
 * table that is not guarded, so they are registered within that same once.
 */
#include "lexicons/lexicon_xml.h"

#include "lexicons/lexicon.h"

#include "lexicons/embedded.h"
#include "text/unicode.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/relaxng.h>
#include <pthread.h>

#define LEXICON_MAX ((size_t)16 << 20)
#define SCHEMA_NAME "lexicon.rng"

#if LIBXML_VERSION >= 21200
typedef const xmlError xml_error;
#else
typedef xmlError xml_error;
#endif

struct xml_fault { /* the first one */
    uint32_t line;
    int code;
    bool doctype;
};

static void
keep_first_fault(void *user, xml_error *error)
{
    struct xml_fault *fault = user;

    if (fault->code != 0 || error == NULL || error->level < XML_ERR_ERROR)
        return;
    fault->code = error->code;
    fault->line = error->node != NULL ? efti_xml_line(error->node)
                  : error->line > 0   ? (uint32_t)error->line
                                      : 0;
}

/* In the parser the user pointer of handlers is the parser itself. */
static void
keep_parser_fault(void *parser, xml_error *error)
{
    xmlParserCtxt *ctxt = parser;
    keep_first_fault(ctxt->_private, error);
}

static void
refuse_doctype(void *parser, const xmlChar *name, const xmlChar *external,
               const xmlChar *system)
{
    xmlParserCtxt *ctxt = parser;
    struct xml_fault *fault = ctxt->_private;

    (void)name;
    (void)external;
    (void)system;
    fault->doctype = true;
    if (fault->line == 0 && ctxt->input != NULL)
        fault->line = (uint32_t)ctxt->input->line;
    xmlStopParser(ctxt);
}

static void
start_libxml(void)
{
    static const char tiny[] =
        "<element name='a' xmlns='http://relaxng.org/ns/structure/1.0'"
        " datatypeLibrary='http://www.w3.org/2001/XMLSchema-datatypes'>"
        "<data type='string'/></element>";

    xmlInitParser();
    xmlRelaxNGParserCtxt *ctxt = xmlRelaxNGNewMemParserCtxt(tiny, sizeof(tiny) - 1);
    if (ctxt == NULL)
        return;
    struct xml_fault fault = {0};
    xmlRelaxNGSetParserStructuredErrors(ctxt, keep_first_fault, &fault);
    xmlRelaxNGFree(xmlRelaxNGParse(ctxt));
    xmlRelaxNGFreeParserCtxt(ctxt);
}

static pthread_once_t libxml_once = PTHREAD_ONCE_INIT;

static void
note_short_memory(void *user, xml_error *error)
{
    struct efti_xml_watch *w = user;

    w->short_of_memory |= error != NULL && error->code == XML_ERR_NO_MEMORY;
}

/* libxml2 2.9 (2.14 too, in places) follows null pointers in RELAX NG and in its regular
 * expressions when malloc fails. So that it seldom has to: what it can need at most is
 * taken and given back before. A schema takes some 200 KiB, a tree some 50 times its
 * bytes where elements are short. */
static bool
has_room(size_t size)
{
    size_t need = (size + ((size_t)16 << 10)) * 64; /* size is at most LEXICON_MAX */
    void *block = efti_alloc(&efti_malloc, need);

    efti_release(&efti_malloc, block, need);
    return block != NULL;
}

/* The handler is the thread's own, and is put back. */
eft_status
efti_xml_watch_begin(struct efti_xml_watch *w, size_t size, eft_error *err)
{
    if (size > LEXICON_MAX)
        return efti_fail(err, EFT_E_LIMIT, EFT_NO_OFFSET,
                         "the lexicon is larger than 16 MiB (split it)");
    if (!has_room(size))
        return efti_no_memory(err, "the lexicon");
    (void)pthread_once(&libxml_once, start_libxml);
    *w = (struct efti_xml_watch){xmlStructuredError, xmlStructuredErrorContext, false};
    xmlSetStructuredErrorFunc(w, note_short_memory);
    return EFT_OK;
}

eft_status
efti_xml_watch_end(struct efti_xml_watch *w, eft_status st, eft_error *err)
{
    xmlSetStructuredErrorFunc(w->user, w->handler);
    return w->short_of_memory ? efti_no_memory(err, "the lexicon") : st;
}

uint32_t
efti_xml_line(const xmlNode *node)
{
    long line = xmlGetLineNo(node);
    return line > 0 && line < INT32_MAX ? (uint32_t)line : 0;
}

bool
efti_xml_is(const xmlNode *node, const char *element)
{
    return node->type == XML_ELEMENT_NODE &&
           strcmp((const char *)node->name, element) == 0;
}

static const char *
parse_hint(int code)
{
    switch (code) {
    case XML_ERR_TAG_NAME_MISMATCH:
    case XML_ERR_TAG_NOT_FINISHED:
    case XML_ERR_LTSLASH_REQUIRED:
        return "a tag is not closed, or closed by another name (compare the tags before "
               "it)";
    case XML_ERR_INVALID_CHAR: return "a control character (remove it)";
    case XML_ERR_UNDECLARED_ENTITY:
    case XML_ERR_NAME_REQUIRED:
    case XML_ERR_ENTITYREF_SEMICOL_MISSING:
        return "an unknown entity or a bare & (write &amp;)";
    case XML_ERR_ATTRIBUTE_NOT_STARTED:
    case XML_ERR_ATTRIBUTE_NOT_FINISHED:
    case XML_ERR_ATTRIBUTE_WITHOUT_VALUE:
        return "an attribute without quotes (write gap=\"2\")";
    case XML_ERR_DOCUMENT_EMPTY:
    case XML_ERR_DOCUMENT_END: return "no whole XML document (is the file cut short?)";
    default: return "the XML is not well-formed (check the tags and quotes here)";
    }
}

/* All of it UTF-8 without NUL bytes, which would look like UTF-16. */
static eft_status
check_encoding(const char *bytes, size_t size, eft_error *err)
{
    size_t fine = efti_utf8_valid_prefix(bytes, size);
    const char *nul = memchr(bytes, '\0', fine);
    uint32_t line = 1;

    if (nul != NULL)
        fine = (size_t)(nul - bytes);
    if (fine == size)
        return EFT_OK;
    for (size_t i = 0; i < fine; i++)
        line += bytes[i] == '\n';
    return efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET,
                     "line %u: a byte that is not UTF-8 (save the file as UTF-8)", line);
}

static eft_status
parse_tree(xmlParserCtxt *ctxt, const char *bytes, size_t size, xmlDoc **out,
           eft_error *err)
{
    struct xml_fault fault = {0};

    ctxt->_private = &fault;
    ctxt->sax->serror = keep_parser_fault;
    ctxt->sax->internalSubset = refuse_doctype;
    ctxt->sax->externalSubset = refuse_doctype;
    xmlDoc *doc = xmlCtxtReadMemory(ctxt, bytes, (int)size, NULL, NULL,
                                    XML_PARSE_NONET | XML_PARSE_NOERROR |
                                        XML_PARSE_IGNORE_ENC | XML_PARSE_NOWARNING |
                                        XML_PARSE_NOCDATA | XML_PARSE_BIG_LINES);
    if (doc != NULL && !fault.doctype) {
        *out = doc;
        return EFT_OK;
    }
    xmlFreeDoc(doc);
    if (fault.doctype)
        return efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET,
                         "line %u: a DOCTYPE is not allowed (remove it)", fault.line);
    if (fault.code == XML_ERR_NO_MEMORY)
        return efti_no_memory(err, "the lexicon");
    return efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET, "line %u: %s",
                     fault.line == 0 ? 1 : fault.line, parse_hint(fault.code));
}

static xmlRelaxNG *
load_schema(void)
{
    struct xml_fault fault = {0};
    eft_text schema = efti_embedded(SCHEMA_NAME);
    xmlRelaxNGParserCtxt *ctxt =
        xmlRelaxNGNewMemParserCtxt(schema.bytes, (int)schema.size);

    if (ctxt == NULL)
        return NULL;
    xmlRelaxNGSetParserStructuredErrors(ctxt, keep_first_fault, &fault);
    xmlRelaxNG *rng = xmlRelaxNGParse(ctxt);
    xmlRelaxNGFreeParserCtxt(ctxt);
    return rng;
}

static eft_status
validate_tree(xmlDoc *doc, eft_error *err)
{
    struct xml_fault fault = {0};
    int answer = -1;
    xmlRelaxNG *rng = load_schema();
    xmlRelaxNGValidCtxt *ctxt = rng == NULL ? NULL : xmlRelaxNGNewValidCtxt(rng);

    if (ctxt != NULL) {
        xmlRelaxNGSetValidStructuredErrors(ctxt, keep_first_fault, &fault);
        answer = xmlRelaxNGValidateDoc(ctxt, doc);
    }
    xmlRelaxNGFreeValidCtxt(ctxt);
    xmlRelaxNGFree(rng);
    if (answer < 0 || fault.code == XML_ERR_NO_MEMORY)
        return efti_no_memory(err, "the schema of lexicons");
    return answer == 0 ? EFT_OK : efti_lexicon_hint(doc, fault.line, err);
}

eft_status
efti_xml_tree(const char *bytes, size_t size, xmlDoc **out, eft_error *err)
{
    *out = NULL;
    if (size == 0)
        return efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET,
                         "line 1: the lexicon is empty (is it the right file?)");
    eft_status st = check_encoding(bytes, size, err);
    if (st != EFT_OK)
        return st;
    xmlParserCtxt *ctxt = xmlNewParserCtxt();
    if (ctxt == NULL)
        return efti_no_memory(err, "the lexicon");
    st = parse_tree(ctxt, bytes, size, out, err);
    xmlFreeParserCtxt(ctxt);
    return st;
}

eft_status
efti_lexicon_xml(const char *bytes, size_t size, xmlDoc **out, eft_error *err)
{
    eft_status st = efti_xml_tree(bytes, size, out, err);

    if (st == EFT_OK)
        st = validate_tree(*out, err);
    if (st != EFT_OK) {
        xmlFreeDoc(*out);
        *out = NULL;
    }
    return st;
}

const char *
efti_xml_version(void)
{
    return xmlParserVersion;
}
