/*
 * names_together.c - names that stand together become one span, and get their category
 *
 *   Behrouz Tavakoli              PERSON  words with name lists, or nothing says more
 *   i Sorsele, Lindängen          PLACE   lists, shape of a settlement, "i" before
 *   Familjecentralen Lönnen       ORG     a head before a capital
 *   Rönneholms IF, Svets AB       ORG     the end of a firm or club
 *   Hagaviks gymnasium            ORG     a name in the genitive before a head
 *   Solgläntsskolan               ORG     shape of a school, home or workplace
 *
 * Authorities, countries and methods never come here: the lists keep them (words.c).
 */
#include "veil/find.h"
#include "veil/small.h"

static const struct veil_word *
group_word(const struct efti_veil *v, size_t i)
{
    return &v->words.items[i];
}

enum efti_category
efti_veil_kind_of_name(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = group_word(v, i);
    bool inside = efti_veil_follows(v, i) && efti_veil_in(v, i - 1, GROUP_INTO_PLACE);
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

/* "bor kvar i rosengård", "flyttat till lund": a place that is a word too, where somebody
 * lives or moves; and a word of the shape of one that nobody knows. */
static bool
is_place_in_small(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = group_word(v, i);
    bool lives = false;

    if (w->form->shape == EFTI_SHAPE_SETTLEMENT &&
        (w->bits & (VEIL_WORD | VEIL_ROLE)) == 0)
        return (w->bits & VEIL_KNOWN) == 0 ||
               (w->bits & (VEIL_PLACE | VEIL_PLACE_WORD)) != 0;
    if ((w->bits & (VEIL_PLACE | VEIL_PLACE_WORD)) == 0 || !efti_small_is_bare(v, i))
        return false;
    /* kom in i hallen: what every house has is a place only where one lives */
    enum veil_group where = efti_veil_ends_in(w->form, ENDS_DEFINITE, 0)
                                ? GROUP_SMALL_LIVES_IN
                                : GROUP_SMALL_GOES_TO;
    if (i > 1 && efti_veil_is_word(v, i - 1, "i") && efti_veil_follows(v, i - 1) &&
        (group_word(v, i - 2)->bits & VEIL_KEEP) != 0 &&
        group_word(v, i - 2)->form != NULL)
        return true; /* bup i lund, willys i boden */
    for (size_t k = i - 1; k > 0 && i - k < 5 && efti_veil_follows(v, k) && !lives; k--)
        lives = efti_veil_in(v, k - 1, where);
    return lives;
}

/* skövde, skövdes: no stockholmspojkar */
static bool
is_all_of_place(const struct veil_word *w)
{
    return (w->form->lists & EFTI_LIST_PLACE) != 0 || (w->bits & VEIL_GENITIVE) != 0;
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
    bool low = v->casing == VEIL_CASING_LOW; /* there no capital could speak */
    if ((w->bits & VEIL_PLACE) != 0 && (w->bits & VEIL_WORD) == 0 &&
        (capital || after || (low && is_all_of_place(w)) ||
         (v->casing == VEIL_CASING_HIGH && w->form->code_points >= 4 &&
          (w->form->lists & EFTI_LIST_PLACE) != 0))) /* ELLY BORG, KÖPING */
        efti_veil_mark(v, i, VEIL_RULE_PLACE_LISTED, EFTI_PLACE);
    else if (low && after && is_place_in_small(v, i))
        efti_veil_mark(v, i, VEIL_RULE_PLACE_FRAME, EFTI_PLACE);
    else if (((w->bits & (VEIL_PLACE | VEIL_PLACE_WORD)) != 0 ||
              (w->form->shape == EFTI_SHAPE_SETTLEMENT && (w->bits & VEIL_ROLE) == 0)) &&
             after && capital && efti_veil_is_mid(v, i))
        efti_veil_mark(v, i, VEIL_RULE_PLACE_FRAME, EFTI_PLACE);
}

void
efti_veil_place(struct efti_veil *v, size_t i)
{
    const struct veil_word *w = group_word(v, i);

    if ((w->bits & (VEIL_PLACE | VEIL_PLACE_WORD)) != 0 ||
        (w->form != NULL && w->form->shape == EFTI_SHAPE_SETTLEMENT))
        group_place(v, i);
}

/* "Köpings kommun", "Mora kommun", "Kils församling": a listed place, also one that is a
 * word, before what is governed from there. */
void
efti_veil_seat(struct efti_veil *v, size_t i)
{
    struct veil_word *w = &v->words.items[i];
    const struct efti_form *f = w->form;
    const uint32_t places = EFTI_LIST_PLACE | EFTI_LIST_PLACE_WORD;

    if (f == NULL || (w->bits & VEIL_CAPITAL) == 0 || !efti_veil_follows(v, i + 1) ||
        !efti_veil_in(v, i + 1, GROUP_GOVERNED) || has_name(v, i) || f->folded_size < 2)
        return;
    if ((f->lists & places) == 0) {
        if (f->folded[f->folded_size - 1] != 's' ||
            (efti_lists_word(v->lists, f->folded, f->folded_size - 1) & places) == 0)
            return;
        w->bits |= VEIL_GENITIVE;
    }
    efti_veil_mark(v, i, VEIL_RULE_PLACE_FRAME, EFTI_PLACE);
}

/* -------------------------------------------------------------------------- spans */

static bool
same_group(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w;

    if (!has_name(v, i))
        return false;
    w = group_word(v, i);
    if (w->glue == VEIL_GLUE_MARK && w->category == EFTI_ORG &&
        w[-1].category == EFTI_ORG &&
        (v->segments->tokens.items[i - 1].flags & EFTI_TOKEN_SUSPENDED) != 0)
        return true; /* Barn- och familjeenheten i Norrviken */
    if (w->glue != VEIL_GLUE_SPACE && w->glue != VEIL_GLUE_AMP &&
        !(w->glue == VEIL_GLUE_STOP && w[-1].form != NULL &&
          w[-1].form->code_points <= 1))
        return false;
    if (w->glue == VEIL_GLUE_AMP && w->rule != VEIL_RULE_NAME_FULL &&
        w->category != EFTI_ORG)
        return false; /* Anna & Björn are two */
    /* surnames look like places: Katarina Wernhult */
    return w->category == w[-1].category || w->rule == VEIL_RULE_NAME_FULL ||
           (w[-1].category == EFTI_PERSON && /* Gunnel Ydrefors, Friskis Rönneholm */
            ((w->bits & VEIL_PLACE) == 0 ||
             (w->bits & w[-1].bits & VEIL_CAPITAL) != 0)); /* Gunnel Ydrefors */
}

/* Does the sentence go on behind a letter and its stop? M. berättade; om
 * T., som slutat */
static bool
goes_on_behind(const struct efti_veil *v, size_t i)
{
    const struct efti_token *t = &v->segments->tokens.items[i];

    return efti_veil_byte(v, t->end + 1) == ',' ||
           (i + 1 < v->words.count && group_word(v, i + 1)->glue == VEIL_GLUE_STOP &&
            (group_word(v, i + 1)->bits & VEIL_CAPITAL) == 0);
}

static size_t
end_of(const struct efti_veil *v, size_t i, bool several)
{
    const struct efti_token *t = &v->segments->tokens.items[i];
    const struct veil_word *w = group_word(v, i);
    size_t end = t->start + efti_veil_name_size(w);

    if (w->category == EFTI_ORG)
        return t->end;
    bool initials = w->form->code_points == 1
                        ? several || goes_on_behind(v, i)
                        : w->form->code_points <= 5 &&
                              w->form->casing == EFTI_CASING_UPPER &&
                              memchr(w->form->raw, '.', w->form->raw_size) != NULL;
    if (initials && efti_veil_byte(v, end) == '.')
        end++; /* Shirin K., A.K. */
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
            (group_word(v, first)->bits & (VEIL_GIVEN | VEIL_ALSO | VEIL_PARTICLE)) == 0)
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
    /* the recogniser of a place or workplace marks by what it saw: that is the rule's */
    if (category == EFTI_PLACE || category == EFTI_ORG)
        evidence |= efti_veil_rule(rule)->all;
    efti_veil_propose_as(v, v->segments->tokens.items[first].start,
                         end_of(v, last, last > first), rule,
                         evidence & VEIL_PUBLIC_EVIDENCE, category);
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
efti_veil_names_together(struct efti_veil *v)
{
    efti_veil_orgs(v);
    if (!v->no_memory)
        emit_groups(v);
    efti_veil_org_whole(v);
    efti_veil_org_told(v);
}
