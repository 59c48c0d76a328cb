/*
 * lexicon_hint.c - saying what is wrong with a lexicon in words of our own
 *
 * The schema decides whether a lexicon is valid; its validator's messages quote the file
 * and speak of grammar. After a refusal this walk over the same tree finds the first
 * fault in document order and names the element, the line, and what to do. It mirrors
 * lexicon.rng: elements come in one order, the last one may repeat.
 */
#include "lexicons/lexicon_xml.h"

#define LEXICON_NAMESPACE "urn:eftertanke:lexicon:1"

struct content { /* one place in the order of children */
    const char *element, *lang;
};

struct element_rule {
    const char *name, *attributes[4]; /* all needed, but for gap */
    const struct content *order;
    size_t order_count;
};

static const struct content lexicon_order[] = {
    {"title", "sv"}, {"title", "en"}, {"source", NULL}, {"theme", NULL}};
static const struct content theme_order[] = {{"label", "sv"},      {"label", "en"},
                                             {"definition", "sv"}, {"definition", "en"},
                                             {"source", NULL},     {"entry", NULL}};
static const struct element_rule element_rules[] = {
    {"lexicon",
     {"id", "version", "lang", "licence"},
     lexicon_order,
     EFTI_COUNT(lexicon_order)},
    {"theme", {"id"}, theme_order, EFTI_COUNT(theme_order)},
    {"title", {"lang"}, NULL, 0},
    {"label", {"lang"}, NULL, 0},
    {"definition", {"lang"}, NULL, 0},
    {"source", {NULL}, NULL, 0},
    {"entry", {"gap"}, NULL, 0},
};

#define HINT(err, node, ...) hint_at(err, efti_xml_line(node), __VA_ARGS__)

static bool
hint_at(eft_error *err, uint32_t line, const char *before, const char *name,
        const char *after)
{
    (void)efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET, "line %u: %s<%s>%s", line, before,
                    name, after);
    return true;
}

static const struct element_rule *
rule_of(const xmlNode *node)
{
    for (size_t i = 0; i < EFTI_COUNT(element_rules); i++) {
        if (efti_xml_is(node, element_rules[i].name))
            return &element_rules[i];
    }
    return NULL;
}

static bool
value_is_fine(const char *attribute, const xmlChar *value)
{
    const char *s = (const char *)value;

    if (strcmp(attribute, "id") == 0)
        return *s != '\0' &&
               strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(s);
    if (strcmp(attribute, "gap") == 0)
        return strlen(s) == 1 && *s >= '1' && *s <= '5';
    if (strcmp(attribute, "version") == 0)
        return *s != '\0' && strspn(s, "0123456789.") == strlen(s);
    return *s != '\0';
}

static const char *
value_hint(const char *attribute)
{
    if (strcmp(attribute, "id") == 0)
        return " has an id that is not made of a-z, 0-9 and _ (change it)";
    if (strcmp(attribute, "gap") == 0)
        return " has a gap that is not 1 to 5 (leave it out for 0)";
    if (strcmp(attribute, "version") == 0)
        return " has a version that is not like 1.0.0";
    return " has an empty attribute (fill it in)";
}

static bool
attributes_hint(const xmlNode *node, const struct element_rule *rule, eft_error *err)
{
    for (const xmlAttr *a = node->properties; a != NULL; a = a->next) {
        bool known = false;
        for (size_t i = 0; i < EFTI_COUNT(rule->attributes); i++)
            known |= rule->attributes[i] != NULL &&
                     strcmp((const char *)a->name, rule->attributes[i]) == 0;
        if (!known)
            return HINT(err, node, "", rule->name,
                        " has an attribute that does not belong there (remove it)");
    }
    for (size_t i = 0; i < EFTI_COUNT(rule->attributes); i++) {
        const char *name = rule->attributes[i];
        if (name == NULL)
            continue;
        xmlChar *value = xmlGetProp(node, (const xmlChar *)name);
        bool fine = value != NULL && value_is_fine(name, value);
        bool missing = value == NULL;
        xmlFree(value);
        if (missing && strcmp(name, "gap") != 0)
            return HINT(err, node, "", rule->name,
                        " lacks an attribute (see lexicons/lexicon.rng)");
        if (!missing && !fine)
            return HINT(err, node, "", rule->name, value_hint(name));
    }
    return false;
}

static bool
fits_place(const xmlNode *node, const struct content *place)
{
    if (!efti_xml_is(node, place->element))
        return false;
    if (place->lang == NULL)
        return true;
    xmlChar *lang = xmlGetProp(node, (const xmlChar *)"lang");
    bool same = lang != NULL && strcmp((const char *)lang, place->lang) == 0;
    xmlFree(lang);
    return same;
}

static const char *
order_hint(const struct content *place)
{
    if (place->lang == NULL)
        return " is missing here (see the order in lexicons/lexicon.rng)";
    return place->lang[0] == 's'
               ? " with xml:lang=\"sv\" is missing here (Swedish first, then English)"
               : " with xml:lang=\"en\" is missing here (Swedish first, then English)";
}

static bool element_hint(const xmlNode *node, eft_error *err);

/* Children in their order; the last place may be filled again and again. */
static bool
children_hint(const xmlNode *node, const struct element_rule *rule, eft_error *err)
{
    size_t place = 0, last = rule->order_count - 1;
    bool filled = false;

    for (const xmlNode *child = node->children; child != NULL; child = child->next) {
        if (child->type == XML_TEXT_NODE && !xmlIsBlankNode(child))
            return HINT(err, child, "text stands directly in ", rule->name,
                        " (put it into an element)");
        if (child->type != XML_ELEMENT_NODE)
            continue;
        if (rule_of(child) == NULL)
            return HINT(err, child, "an unknown element in ", rule->name, " (remove it)");
        if (!fits_place(child, &rule->order[place]))
            return HINT(err, child, "", rule->order[place].element,
                        order_hint(&rule->order[place]));
        if (element_hint(child, err))
            return true;
        if (place == last)
            filled = true;
        else
            place++;
    }
    if (place < last || !filled)
        return HINT(err, node, "in this element ", rule->order[place].element,
                    order_hint(&rule->order[place]));
    return false;
}

static bool
has_words(const xmlNode *node)
{
    xmlChar *text = xmlNodeGetContent(node);
    bool words = text != NULL &&
                 strspn((const char *)text, " \t\r\n") < strlen((const char *)text);

    xmlFree(text);
    return words;
}

static bool
element_hint(const xmlNode *node, eft_error *err)
{
    const struct element_rule *rule = rule_of(node);

    if (attributes_hint(node, rule, err))
        return true;
    if (rule->order != NULL)
        return children_hint(node, rule, err);
    for (const xmlNode *child = node->children; child != NULL; child = child->next) {
        if (child->type == XML_ELEMENT_NODE)
            return HINT(err, child, "an element inside ", rule->name,
                        " (only text may stand there)");
    }
    if (!has_words(node))
        return HINT(err, node, "", rule->name, " is empty (fill it in or remove it)");
    return false;
}

eft_status
efti_lexicon_hint(xmlDoc *doc, uint32_t line, eft_error *err)
{
    const xmlNode *root = xmlDocGetRootElement(doc);

    if (root == NULL || !efti_xml_is(root, "lexicon") || root->ns == NULL ||
        strcmp((const char *)root->ns->href, LEXICON_NAMESPACE) != 0)
        return efti_fail(
            err, EFT_E_FORMAT, EFT_NO_OFFSET,
            "line %u: this is no lexicon (the root is <lexicon xmlns=\"%s\">)",
            root == NULL ? 1 : efti_xml_line(root), LEXICON_NAMESPACE);
    if (!element_hint(root, err))
        (void)efti_fail(err, EFT_E_FORMAT, EFT_NO_OFFSET,
                        "line %u: the element does not follow the schema "
                        "(see lexicons/lexicon.rng)",
                        line);
    return EFT_E_FORMAT;
}
