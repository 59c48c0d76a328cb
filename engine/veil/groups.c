/*
 * groups.c - names that stand together become one span, and get their category
 *
 *   Behrouz Tavakoli              PERSON  words with name lists, or nothing that says
 * more i Sorsele, Lindängen          PLACE   lists, shape of a settlement, "i" before
 *   Familjecentralen Lönnen       ORG     a head before a capital
 *   Rönneholms IF, Svets AB       ORG     the end of a firm or club
 *   Hagaviks gymnasium            ORG     a name in the genitive before a head
 *   Solgläntsskolan               ORG     shape of a school, home or workplace
 *
 * Authorities, countries and methods never come here: the lists keep them (words.c).
 */
#include "veil/find.h"

static const struct veil_word *
group_word(const struct efti_veil *v, size_t i)
{
    return &v->words.items[i];
}

static bool
before_is(const struct efti_veil *v, size_t i, const char *const *words, size_t count)
{
    const struct efti_form *f =
        efti_veil_follows(v, i) ? group_word(v, i - 1)->form : NULL;

    for (size_t k = 0; f != NULL && k < count; k++)
        if (efti_equal(f->folded, f->folded_size, words[k], strlen(words[k])))
            return true;
    return false;
}

enum efti_category
efti_veil_kind_of_name(const struct efti_veil *v, size_t i)
{
    static const char *const into[] = {"i",     "från", "utanför", "nära",
                                       "ifrån", "ur",   "kring"};
    const struct veil_word *w = group_word(v, i);
    bool inside = before_is(v, i, into, EFTI_COUNT(into));
    bool listed = (w->bits & VEIL_NAME) != 0;

    if ((w->bits & VEIL_GIVEN_1) != 0 && !(inside && (w->bits & VEIL_PLACE) != 0))
        return EFTI_PERSON;
    if ((w->bits & VEIL_PLACE) != 0 && (inside || !listed))
        return EFTI_PLACE;
    if ((w->evidence &
         (EFTI_EVIDENCE_FRAME | EFTI_EVIDENCE_ROLE | EFTI_EVIDENCE_SIGNATURE)) != 0 &&
        listed)
        return EFTI_PERSON;
    switch (w->form->shape) {
    case EFTI_SHAPE_STREET: return EFTI_ADDRESS;
    case EFTI_SHAPE_HOME:
    case EFTI_SHAPE_SCHOOL:
    case EFTI_SHAPE_ORG: return listed ? EFTI_PERSON : EFTI_ORG;
    case EFTI_SHAPE_SETTLEMENT: return listed && !inside ? EFTI_PERSON : EFTI_PLACE;
    default: break;
    }
    return inside && !listed ? EFTI_PLACE : EFTI_PERSON;
}

static bool
has_name(const struct efti_veil *v, size_t i)
{
    return i < v->words.count && (group_word(v, i)->state & VEIL_STATE_NAME) != 0;
}

static bool
group_kept(const struct veil_word *w)
{
    return w->form == NULL || (w->state & VEIL_STATE_KEEP) != 0 ||
           (w->bits & VEIL_KEEP) != 0;
}

/* A capital means a place at a start too; lower case only after i, från, till. */
static void
group_place(struct efti_veil *v, size_t i)
{
    const struct veil_word *w = group_word(v, i);
    bool capital = (w->bits & VEIL_CAPITAL) != 0 && v->casing != VEIL_CASING_HIGH;
    bool after =
        i > 0 && w->glue == VEIL_GLUE_SPACE && efti_veil_is(v, i - 1, VEIL_CLASS_IN);

    if (has_name(v, i) || group_kept(w))
        return;
    if ((w->bits & VEIL_PLACE) != 0 && (w->bits & VEIL_WORD) == 0 && (capital || after))
        efti_veil_mark(v, i, VEIL_RULE_PLACE_LISTED, EFTI_PLACE);
    else if ((w->bits & (VEIL_PLACE | VEIL_PLACE_WORD)) != 0 && after && capital &&
             efti_veil_is_mid(v, i))
        efti_veil_mark(v, i, VEIL_RULE_PLACE_FRAME, EFTI_PLACE);
}

void
efti_veil_place(struct efti_veil *v, size_t i)
{
    if ((group_word(v, i)->bits & (VEIL_PLACE | VEIL_PLACE_WORD)) != 0)
        group_place(v, i);
}

/* ------------------------------------------------------------------ organisations */

/* May token `i` be a word of a firm's name, seen from its end? */
static bool
firm_word(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = group_word(v, i);

    if (group_kept(w) || (w->bits & VEIL_CAPITAL) == 0 || w->form->kind != EFTI_WORD)
        return false;
    return efti_veil_is_mid(v, i) || (w->bits & (VEIL_ORDINARY | VEIL_WORD)) == 0;
}

static void
mark_firm(struct efti_veil *v, size_t first, size_t last, uint16_t rule)
{
    for (size_t i = first; i <= last; i++)
        efti_veil_mark(v, i, rule, EFTI_ORG);
}

/* "Sandells Plåt & Svets AB": back over capitals, & and och between them. */
static void
group_company(struct efti_veil *v, size_t i)
{
    size_t first = i;

    if ((group_word(v, i)->bits & VEIL_UPPER) == 0)
        return;
    while (first > 0 && i - first < 6 &&
           (group_word(v, first)->glue == VEIL_GLUE_SPACE ||
            group_word(v, first)->glue == VEIL_GLUE_AMP)) {
        if (firm_word(v, first - 1))
            first--;
        else if (first > 1 && efti_veil_is(v, first - 1, VEIL_CLASS_AND) &&
                 firm_word(v, first - 2) && firm_word(v, first))
            first -= 2;
        else
            break;
    }
    if (first < i)
        mark_firm(v, first, i, VEIL_RULE_ORG_COMPANY);
}

/* Familjecentralen Lönnen, hunddagiset Glada Tassen, förskolan ”Solrosen”. */
static void
group_head(struct efti_veil *v, size_t i)
{
    size_t first = i + 1, last = i;
    bool own = (group_word(v, i)->bits & VEIL_CAPITAL) != 0;

    while (last + 1 < v->words.count && last - i < 4) {
        const struct veil_word *w = group_word(v, last + 1);
        bool near = w->glue == VEIL_GLUE_SPACE ||
                    (w->glue == VEIL_GLUE_AMP && last > i) ||
                    (w->glue == VEIL_GLUE_MARK && last == i);

        if (!near || group_kept(w) || (w->bits & VEIL_CAPITAL) == 0 ||
            w->form->kind != EFTI_WORD || (w->bits & VEIL_ROLE) != 0 ||
            v->casing == VEIL_CASING_HIGH)
            break;
        if ((w->bits & VEIL_UPPER) != 0 && (w->bits & VEIL_ORDINARY) != 0)
            break;
        if (w->glue == VEIL_GLUE_MARK &&
            (v->text.bytes[v->segments->tokens.items[last + 1].start - 1] & '\x80') ==
                0 &&
            v->text.bytes[v->segments->tokens.items[last + 1].start - 1] != '"')
            break; /* a colon or slash, not a quote */
        last++;
    }
    if (last == i)
        return;
    mark_firm(v, own ? i : first, last, VEIL_RULE_ORG_HEAD);
}

/* Hagaviks gymnasium, Hemstigens Konsulentstöd: the head takes its name along. */
static void
genitive_before(struct efti_veil *v, size_t i)
{
    const struct veil_word *before = i > 0 ? group_word(v, i - 1) : NULL;

    if (before == NULL || before->form == NULL || !efti_veil_follows(v, i) ||
        !has_name(v, i - 1) ||
        before->form->folded[before->form->folded_size - 1] != 's' ||
        (before->bits & VEIL_GIVEN) != 0)
        return;
    mark_firm(v, i - 1, i, VEIL_RULE_ORG_HEAD);
}

/* skola, gymnasium: heads in the form that stands behind a genitive. */
static bool
is_house(const struct efti_veil *v, size_t i)
{
    static const char *const houses[] = {
        "skola",        "gymnasium",  "förskola", "friskola",
        "vårdcentral",  "församling", "förening", "gruppboende",
        "äldreboende",  "trädgård",   "gård",     "konsulentstöd",
        "folkhögskola", "kyrka",      "boende",   "behandlingshem"};
    const struct efti_form *f = group_word(v, i)->form;

    for (size_t k = 0; f != NULL && k < EFTI_COUNT(houses); k++)
        if (efti_equal(f->folded, f->folded_size, houses[k], strlen(houses[k])))
            return true;
    return false;
}

static bool
plain_capital(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w;

    if (i >= v->words.count)
        return false;
    w = group_word(v, i);
    return !group_kept(w) && w->form->kind == EFTI_WORD && w->form->code_points > 1 &&
           w->form->casing == EFTI_CASING_INITIAL &&
           (w->bits & (VEIL_CAPITAL | VEIL_UPPER | VEIL_ROLE)) == VEIL_CAPITAL &&
           efti_veil_is_mid(v, i);
}

/* Glada Tassen, Arbetscentrum Kvarnen, Linjen i Väst: two capitals in mid-sentence that
 * only a name explains, ordinary as the words are. */
static void
group_title(struct efti_veil *v, size_t i)
{
    size_t last = i;

    if (has_name(v, i) || !plain_capital(v, i) ||
        (i > 0 && efti_veil_follows(v, i) &&
         (group_word(v, i - 1)->bits & VEIL_CAPITAL) != 0))
        return;
    if (efti_veil_follows(v, i + 1) && plain_capital(v, i + 1))
        last = i + 1;
    else if (efti_veil_follows(v, i + 1) && efti_veil_is(v, i + 1, VEIL_CLASS_IN) &&
             efti_veil_follows(v, i + 2) && plain_capital(v, i + 2) &&
             !has_name(v, i + 2))
        last = i + 2;
    if (last > i)
        mark_firm(v, i, last, VEIL_RULE_ORG_TITLE);
}

/* -------------------------------------------------------------------------- spans */

static bool
same_group(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w;

    if (!has_name(v, i))
        return false;
    w = group_word(v, i);
    if (w->glue != VEIL_GLUE_SPACE && w->glue != VEIL_GLUE_AMP &&
        !(w->glue == VEIL_GLUE_STOP && w[-1].form != NULL &&
          w[-1].form->code_points <= 1))
        return false;
    if (w->glue == VEIL_GLUE_AMP && w->rule != VEIL_RULE_NAME_FULL &&
        w->category != EFTI_ORG)
        return false; /* Anna & Björn are two */
    /* surnames look like places: Katarina Wernhult */
    return w->category == w[-1].category || w->rule == VEIL_RULE_NAME_FULL ||
           (w[-1].category == EFTI_PERSON && (w->bits & VEIL_PLACE) == 0);
}

static size_t
end_of(const struct efti_veil *v, size_t i, bool several)
{
    const struct efti_token *t = &v->segments->tokens.items[i];
    const struct veil_word *w = group_word(v, i);
    size_t end = t->start + efti_veil_name_size(w);

    if (w->category == EFTI_ORG)
        return t->end;
    if (several && w->form->code_points == 1 && efti_veil_byte(v, end) == '.')
        end++; /* Shirin K. */
    return end;
}

static void
group_emit(struct efti_veil *v, size_t first, size_t last)
{
    uint32_t evidence = 0;
    uint16_t rule = group_word(v, first)->rule;
    enum efti_category category = (enum efti_category)group_word(v, first)->category;

    for (size_t i = first; i <= last; i++) {
        evidence |= group_word(v, i)->evidence;
        if (group_word(v, i)->category == EFTI_ORG)
            category = EFTI_ORG;
        /* Horseed Kultur: an ordinary last word is no surname */
        if (i == last && i > first && (group_word(v, i)->bits & VEIL_WORD) != 0 &&
            (group_word(v, i)->bits & VEIL_NAME) == 0 &&
            (group_word(v, first)->bits & (VEIL_GIVEN | VEIL_ALSO)) == 0)
            category = EFTI_ORG;
    }
    if (last > first) {
        evidence |= EFTI_EVIDENCE_NEIGHBOUR;
        if (category == EFTI_PERSON)
            rule = VEIL_RULE_NAME_FULL;
    } else if (category == EFTI_PLACE && rule >= VEIL_RULE_NAME_SIGNATURE &&
               rule < VEIL_RULE_PLACE_LISTED) {
        rule = (group_word(v, first)->bits & VEIL_PLACE) != 0 ? VEIL_RULE_PLACE_LISTED
               : group_word(v, first)->form->shape != EFTI_SHAPE_NONE
                   ? VEIL_RULE_PLACE_SHAPE
                   : VEIL_RULE_PLACE_FRAME;
    } else if (category == EFTI_ORG && rule < VEIL_RULE_ORG_HEAD) {
        rule = VEIL_RULE_ORG_SHAPE;
    } else if (category == EFTI_ADDRESS) {
        rule = VEIL_RULE_STREET;
        evidence |= EFTI_EVIDENCE_NAME_SHAPE;
    }
    efti_veil_propose_as(v, v->segments->tokens.items[first].start,
                         end_of(v, last, last > first), rule,
                         evidence & VEIL_PUBLIC_EVIDENCE, category);
}

/* Heads and firms, with what belongs to them. */
static void
group_around(struct efti_veil *v, size_t i)
{
    if (efti_veil_class(group_word(v, i)->bits) == VEIL_CLASS_COMPANY)
        group_company(v, i);
    else if (group_word(v, i)->form != NULL) {
        group_head(v, i);
        genitive_before(v, i);
    }
}

static void
emit_groups(struct efti_veil *v)
{
    size_t done = 0;

    efti_veil_sort_named(v);
    for (size_t h = 0; h < v->named.count; h++) {
        size_t i = v->named.items[h], last = i;

        if (i < done)
            continue;
        while (same_group(v, last + 1))
            last++;
        group_emit(v, i, last);
        done = last + 1;
    }
}

void
efti_veil_groups(struct efti_veil *v)
{
    size_t names;

    for (size_t h = 0; h < v->heads.count; h++)
        group_around(v, v->heads.items[h]);
    names = v->named.count;
    for (size_t h = 0; h < names; h++) {
        size_t i = v->named.items[h];

        if (efti_veil_follows(v, i + 1) && is_house(v, i + 1))
            genitive_before(v, i + 1);
    }
    for (size_t h = 0; h < v->capitals.count; h++)
        group_title(v, v->capitals.items[h]);
    for (size_t h = 0; h < v->candidates.count; h++)
        group_title(v, v->candidates.items[h]);
    if (!v->no_memory)
        emit_groups(v);
}
