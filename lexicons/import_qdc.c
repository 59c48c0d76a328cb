/*
 * import_qdc.c - codebooks of REFI-QDA (NVivo, ATLAS.ti, MAXQDA, QualCoder ...)
 *
 *     <CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>
 *       <Code name="Ont i magen"><Description>...</Description> <Code .../> </Code>
 *
 * A codebook has no words. Each code becomes a theme with its name as the first entry, in
 * any inflection, to build on: "Ont i magen" finds ont i magen, onda i magen. Codes
 * within codes are sub-themes.
 */
#include "lexicons/import.h"
#include "lexicons/lexicon_xml.h"

/* The words of a name that a pattern can say, by stem; none: left out. */
static eft_status
add_name(struct efti_import *im, uint32_t theme, eft_text name, eft_error *err)
{
    struct efti_bytes out;
    size_t words = 0;
    bool in_word = false;
    eft_status st = EFT_OK;

    efti_bytes_init(&out, im->mem);
    for (size_t at = 0; at < name.size;) {
        size_t from = at;
        uint32_t c = efti_utf8_next(name.bytes, name.size, &at);
        bool sign = efti_is_letter(c) || efti_is_digit(c);
        if (sign && !in_word && words++ > 0)
            efti_put_char(&out, ' ');
        if (sign)
            efti_put(&out, name.bytes + from, at - from);
        in_word = sign;
    }
    if (out.failed)
        st = efti_no_memory(err, "the lexicon");
    else if (words == 0 || words > 8)
        im->left_out++;
    else
        st = efti_import_add(im, theme, (eft_text){out.data, out.size}, err);
    efti_bytes_free(&out);
    return st;
}

static eft_status
keep_description(struct efti_import *im, const xmlNode *code, uint32_t theme,
                 eft_error *err)
{
    for (const xmlNode *n = code->children; n != NULL; n = n->next) {
        if (!efti_xml_is(n, "Description"))
            continue;
        xmlChar *text = xmlNodeGetContent(n);
        eft_status st = EFT_OK;
        if (text != NULL && text[0] != '\0')
            st = efti_import_keep(
                im, (eft_text){(const char *)text, strlen((const char *)text)},
                &im->themes.items[theme].definition, err);
        xmlFree(text);
        return st;
    }
    return EFT_OK;
}

static eft_status take_codes(struct efti_import *im, const xmlNode *parent,
                             uint32_t theme, uint32_t depth, eft_error *err);

static eft_status
take_code(struct efti_import *im, const xmlNode *code, uint32_t parent, uint32_t depth,
          eft_error *err)
{
    xmlChar *name = xmlGetProp(code, (const xmlChar *)"name");
    uint32_t theme;
    eft_status st;

    if (name == NULL || name[0] == '\0') {
        xmlFree(name);
        return efti_import_fault(efti_xml_line(code), "a code without a name", err);
    }
    const eft_text text = {(const char *)name, strlen((const char *)name)};
    if ((st = efti_import_theme(im, text, parent, &theme, err)) == EFT_OK &&
        (st = add_name(im, theme, text, err)) == EFT_OK)
        st = keep_description(im, code, theme, err);
    xmlFree(name);
    return st == EFT_OK ? take_codes(im, code, theme, depth + 1, err) : st;
}

static eft_status
take_codes(struct efti_import *im, const xmlNode *parent, uint32_t theme, uint32_t depth,
           eft_error *err) // NOLINT(misc-no-recursion): bounded by depth
{
    eft_status st = EFT_OK;

    if (depth > EFTI_IMPORT_DEPTH)
        return efti_import_fault(efti_xml_line(parent), "codes too deep", err);
    for (const xmlNode *n = parent->children; n != NULL && st == EFT_OK; n = n->next) {
        if (efti_xml_is(n, "Code"))
            st = take_code(im, n, theme, depth, err);
    }
    return st;
}

static eft_status
take_codebook(struct efti_import *im, const xmlDoc *doc, eft_error *err)
{
    const xmlNode *root = xmlDocGetRootElement(doc), *n;

    if (root == NULL || !efti_xml_is(root, "CodeBook"))
        return efti_import_fault(1, "this is no codebook of REFI-QDA", err);
    for (n = root->children; n != NULL && !efti_xml_is(n, "Codes");)
        n = n->next;
    if (n == NULL)
        return efti_import_fault(efti_xml_line(root), "a codebook without codes", err);
    return take_codes(im, n, EFTI_NO_PARENT, 0, err);
}

eft_status
efti_import_qdc(struct efti_import *im, eft_text text, eft_error *err)
{
    struct efti_xml_watch watch;
    xmlDoc *doc = NULL;
    eft_status st = efti_xml_watch_begin(&watch, text.size, err);

    if (st != EFT_OK)
        return st;
    st = efti_xml_tree(text.bytes, text.size, &doc, err);
    if (st == EFT_OK)
        st = take_codebook(im, doc, err);
    xmlFreeDoc(doc);
    return efti_xml_watch_end(&watch, st, err);
}
