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
    bool optional, many;
    const char *also; /* another element that may fill the place */
};
struct attribute {
    const char *name;
    bool needed;
};

struct element_rule {
    const char *name;
    struct attribute attributes[12];
    const struct content *order;
    size_t order_count;
};

static const struct content lexicon_order[] = {
    {"title", "sv", false, false, NULL},  {"title", "en", false, false, NULL},
    {"source", NULL, false, false, NULL}, {"words", NULL, true, true, NULL},
    {"theme", NULL, false, true, NULL},
};
static const struct content theme_order[] = {
    {"label", "sv", false, false, NULL},      {"label", "en", false, false, NULL},
    {"definition", "sv", false, false, NULL}, {"definition", "en", false, false, NULL},
    {"source", NULL, false, false, NULL},     {"example", NULL, true, true, NULL},
    {"entry", NULL, false, true, "except"},
};
/* clang-format off */
#define ENTRY_ATTRIBUTES                                                                 \
    {{"gap", false}, {"order", false}, {"within", false}, {"near", false},               \
     {"without", false}, {"reach", false}, {"polarity", false}, {"negated", false},      \
     {"case", false}, {"weight", false}, {"veil", false}}
static const struct element_rule element_rules[] = {
    {"lexicon",
     {{"id", true}, {"version", true}, {"lang", true}, {"licence", true}},
     lexicon_order, EFTI_COUNT(lexicon_order)},
    {"theme", {{"id", true}, {"role", false}, {"parent", false}},
     theme_order, EFTI_COUNT(theme_order)},
    {"words", {{"id", true}}, NULL, 0},
    {"title", {{"lang", true}}, NULL, 0},
    {"label", {{"lang", true}}, NULL, 0},
    {"definition", {{"lang", true}}, NULL, 0},
    {"source", {{NULL, false}}, NULL, 0},
    {"example", {{"counts", true}}, NULL, 0},
    {"entry", ENTRY_ATTRIBUTES, NULL, 0},
    {"except", ENTRY_ATTRIBUTES, NULL, 0},
};
/* Attributes of a few values: which, and what to say of others. */
static const struct {
    const char *name, *values, *hint;
} attribute_values[] = {
    {"gap", "1 2 3 4 5", " has a gap that is not 1 to 5 (leave it out for 0)"},
    {"order", "free",
     " has an order that is not free (leave it out for the order written)"},
    {"negated", "yes no never",
     " has a negated that is not yes, no or never (change it)"},
    {"veil", "yes no", " has a veil that is not yes or no (change it)"},
    {"counts", "yes no", " has a counts that is not yes or no (change it)"},
    {"case", "lower initial upper",
     " has a case that is not lower, initial or upper (change it)"},
    {"role", "context action effect",
     " has a role that is not context, action or effect (change it)"},
};
/* clang-format on */

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

/* Is `value` one of the words of `words`, parted by blanks? */
static bool
is_one_of(const char *value, size_t size, const char *words)
{
    for (const char *at = words; *at != '\0';) {
        size_t word = strcspn(at, " ");
        if (efti_equal(at, word, value, size))
            return true;
        at += word + (at[word] == ' ');
    }
    return false;
}

/* One or more of the three, parted by blanks. */
static bool
are_polarities(const char *s)
{
    bool any = false;

    while (*s != '\0') {
        size_t size = strcspn(s, " ");
        if (!is_one_of(s, size, "affirmed negated uncertain"))
            return false;
        any = true;
        s += size + (s[size] == ' ');
    }
    return any;
}

/* A number from 1 to `most`, without zeroes before it. */
static bool
is_number_to(const char *s, uint32_t most)
{
    uint32_t number = 0;

    if (*s < '1' || *s > '9')
        return false;
    for (; *s >= '0' && *s <= '9' && number <= most; s++)
        number = number * 10 + (uint32_t)(*s - '0');
    return *s == '\0' && number <= most;
}

/* Three numbers with stops between: 1.0 is what people write first. */
static bool
is_version(const char *s)
{
    for (int part = 0; part < 3; part++) {
        size_t digits = strspn(s, "0123456789");
        if (digits == 0 || s[digits] != (part < 2 ? '.' : '\0'))
            return false;
        s += digits + 1;
    }
    return true;
}

/* NULL: fine; else what is wrong with the value of an attribute. */
static const char *
value_hint(const char *name, const char *s)
{
    for (size_t i = 0; i < EFTI_COUNT(attribute_values); i++) {
        if (strcmp(name, attribute_values[i].name) == 0)
            return is_one_of(s, strlen(s), attribute_values[i].values)
                       ? NULL
                       : attribute_values[i].hint;
    }
    if (strcmp(name, "id") == 0 || strcmp(name, "parent") == 0)
        return *s != '\0' &&
                       strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(s)
                   ? NULL
                   : " has an id that is not made of a-z, 0-9 and _ (change it)";
    if (strcmp(name, "version") == 0)
        return is_version(s) ? NULL
                             : " has a version that is not three numbers (as in 1.0.0)";
    if (strcmp(name, "within") == 0 || strcmp(name, "reach") == 0)
        return strcmp(s, "sentence") == 0 || is_number_to(s, 30)
                   ? NULL
                   : " has a within or reach that is not 1 to 30 or sentence (change it)";
    if (strcmp(name, "polarity") == 0)
        return are_polarities(s) ? NULL
                                 : " has a polarity that is not affirmed, negated or "
                                   "uncertain (change it)";
    if (strcmp(name, "weight") == 0)
        return (strlen(s) == 3 || strlen(s) == 4) && s[0] == '0' && s[1] == '.' &&
                       strspn(s + 2, "0123456789") == strlen(s + 2)
                   ? NULL
                   : " has a weight that is not like 0.5 (leave it out for 1)";
    return *s != '\0' ? NULL : " has an empty attribute (fill it in)";
}

static bool
attributes_hint(const xmlNode *node, const struct element_rule *rule, eft_error *err)
{
    for (const xmlAttr *a = node->properties; a != NULL; a = a->next) {
        bool known = false;
        for (size_t i = 0; i < EFTI_COUNT(rule->attributes); i++)
            known |= rule->attributes[i].name != NULL &&
                     strcmp((const char *)a->name, rule->attributes[i].name) == 0;
        if (!known)
            return HINT(err, node, "", rule->name,
                        " has an attribute that does not belong there (remove it)");
    }
    for (size_t i = 0; i < EFTI_COUNT(rule->attributes); i++) {
        const char *name = rule->attributes[i].name;
        if (name == NULL)
            break;
        xmlChar *value = xmlGetProp(node, (const xmlChar *)name);
        const char *hint = value == NULL ? NULL : value_hint(name, (const char *)value);
        bool missing = value == NULL;
        xmlFree(value);
        if (missing && rule->attributes[i].needed)
            return HINT(err, node, "", rule->name,
                        " lacks an attribute (see lexicons/lexicon.rng)");
        if (hint != NULL)
            return HINT(err, node, "", rule->name, hint);
    }
    return false;
}

static bool
fits_place(const xmlNode *node, const struct content *place)
{
    if (place->also != NULL && efti_xml_is(node, place->also))
        return true;
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

/* Children in their order. `filled`: something stands in the place already. */
static bool
children_hint(const xmlNode *node, const struct element_rule *rule, eft_error *err)
{
    const struct content *place = rule->order, *end = place + rule->order_count;
    bool filled = false;

    for (const xmlNode *child = node->children; child != NULL; child = child->next) {
        if (child->type == XML_TEXT_NODE && !xmlIsBlankNode(child))
            return HINT(err, child, "text stands directly in ", rule->name,
                        " (put it into an element)");
        if (child->type != XML_ELEMENT_NODE)
            continue;
        if (rule_of(child) == NULL)
            return HINT(err, child, "an unknown element in ", rule->name, " (remove it)");
        while (place + 1 < end && !fits_place(child, place) &&
               (filled || place->optional)) {
            place++;
            filled = false;
        }
        if (!fits_place(child, place))
            return HINT(err, child, "", place->element, order_hint(place));
        if (element_hint(child, err))
            return true;
        filled = true;
        if (!place->many) {
            place++;
            filled = false;
        }
    }
    if (!filled || place + 1 != end) {
        while (place + 1 < end && (filled || place->optional)) {
            place++;
            filled = false;
        }
        return HINT(err, node, "in this element ", place->element, order_hint(place));
    }
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
