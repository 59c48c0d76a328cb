/*
 * streets.c - is a word before the number of a house a street?
 *
 *   Nygatan 12, storgatan 12        the ending of one, in any case     is_street
 *   Kristinas väg 3                 road, place: a capital before it   is_street
 *   på Torget 3                     a capital in mid-sentence          is_titled
 *   bredbyplan 40                   small letters, no word             is_new
 *   Björkv. 3, Storg 4              cut short                          is_short_street
 *   bor i Kvarnbyn 118              a village                          is_village
 *   bor på solhöjden 8              somebody lives there               is_said
 *   på Aftonsången 12               a capital that nobody explains     is_odd
 *   Leverans: Solrosgången 7        a label, or stairs behind it       is_told
 *   flyttade till kyrkogatan        small letters, no number           is_small
 *
 * On the right is the question that asks for it, without its efti_address_.
 *
 * What stays: riksväg 40, i Fas 3, plan 3. Whether the number counts something (stigen 3
 * gånger) is asked in street_parts.c.
 */
#include "veil/address.h"

/* bredbyplan 40: in small letters, and no word that anybody knows */
bool
efti_address_is_new(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = address_word(v, i);

    return w->form != NULL &&
           (w->bits & (VEIL_CAPITAL | VEIL_KNOWN | VEIL_WORD | VEIL_ORDINARY)) == 0 &&
           w->form->code_points > 6 && efti_address_ends_as_street(w->form);
}

/* på Torget 3, på Gamla Landsvägen 11, Ö. Promenaden 4 */
bool
efti_address_is_titled(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = address_word(v, i);

    if (i > 0 && (w->bits & VEIL_CAPITAL) != 0 && efti_address_is_cut_part(v, i - 1))
        return true;
    return w->form != NULL && efti_veil_is_mid(v, i) && (w->bits & VEIL_UPPER) == 0 &&
           (efti_address_ends_as_street(w->form) ||
            (efti_veil_class(w->bits) == VEIL_CLASS_STREET && i > 0 &&
             efti_veil_is_word(v, i - 1, "på")));
}

bool
efti_address_is_street(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = address_word(v, i);
    const struct veil_word *before = i > 0 ? address_word(v, i - 1) : NULL;

    if (w->form == NULL ||
        (w->form->shape != EFTI_SHAPE_STREET &&
         efti_veil_class(w->bits) != VEIL_CLASS_STREET && !efti_address_is_titled(v, i)))
        return false;
    if (efti_veil_in(v, i, GROUP_ROADS))
        return false;
    if (efti_address_is_titled(v, i))
        return true;
    if (efti_veil_class(w->bits) == VEIL_CLASS_STREET)
        return before != NULL && before->form != NULL && efti_veil_follows(v, i) &&
               (before->bits & VEIL_CAPITAL) != 0 && (before->bits & VEIL_UPPER) == 0 &&
               (efti_veil_is_mid(v, i - 1) || (before->bits & VEIL_WORD) == 0);
    return w->form->shape == EFTI_SHAPE_STREET;
}

/* "bor i Kvarnbyn 118", "gården Norrby 214": a village and the number of a house, and
 * nothing that is counted. */
bool
efti_address_is_village(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = address_word(v, i);
    const struct efti_form *n = i + 1 < v->words.count ? w[1].form : NULL;

    if (i == 0 || w->form == NULL || n == NULL || !efti_veil_is_mid(v, i) ||
        (w->bits & (VEIL_UPPER | VEIL_KEEP | VEIL_ROLE | VEIL_HEAD)) != 0 ||
        !(efti_veil_is_word(v, i - 1, "i") || efti_veil_is_word(v, i - 1, "gården") ||
          efti_veil_is_word(v, i - 1, "bor") ||
          ((efti_veil_is_word(v, i - 1, "vid") || efti_veil_is_word(v, i - 1, "på")) &&
           (w->bits & VEIL_WORD) == 0)))
        return false;
    if ((w->bits & VEIL_WORD) != 0 && (w->bits & (VEIL_PLACE | VEIL_PLACE_WORD)) == 0)
        return false; /* i Fas 3 */
    if (n->folded_size > 3 || (n->folded_size < 2 && n->folded[0] != '1'))
        return false;
    return i + 2 >= v->words.count || w[2].glue != VEIL_GLUE_SPACE ||
           (w[2].form != NULL && (w[2].form->lists & EFTI_LIST_FUNCTION) != 0);
}

/* "bor på solhöjden 8", "adress Solhöjden 8": what else may stand there? */
bool
efti_address_is_said(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = address_word(v, i);
    bool lives =
        i > 1 && efti_veil_is_word(v, i - 1, "på") && efti_veil_in(v, i - 2, GROUP_LIVES);
    bool named =
        i > 0 && efti_veil_in(v, i - 1, GROUP_SAYS_ADDRESS) && w->glue != VEIL_GLUE_FAR;

    return (lives || named) && w->form != NULL && w->form->code_points > 6 &&
           (w->bits & (VEIL_HEAD | VEIL_ROLE | VEIL_KEEP | VEIL_UPPER)) == 0 &&
           (w->form->lists & EFTI_LIST_FUNCTION) == 0 &&
           efti_veil_class(w->bits) != VEIL_CLASS_DOOR;
}

/* "på Aftonsången 12": no known ending, but a capital nobody explains, and a number. */
bool
efti_address_is_odd(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = address_word(v, i);

    if (efti_address_is_village(v, i) || efti_address_is_said(v, i))
        return true;
    if (w->form != NULL && (w->bits & VEIL_CAPITAL) != 0 && /* Lärksången 9, 2 tr */
        efti_veil_class(w->bits) != VEIL_CLASS_DOOR &&
        efti_address_is_house_number(v, i + 1) &&
        address_word(v, i + 1)->form->kind == EFTI_NUMBER &&
        efti_address_door_after(v, i + 1) > i + 1)
        return true;
    return i > 0 && w->form != NULL && (w->bits & VEIL_CAPITAL) != 0 &&
           (w->bits & (VEIL_ORDINARY | VEIL_WORD)) == 0 &&
           efti_veil_is_word(v, i - 1, "på") && efti_veil_is_mid(v, i) &&
           w->form->shape != EFTI_SHAPE_SCHOOL;
}

/* skolv, hagv, storg: the first letter of väg or gata behind a word that ends already. */
static bool
is_cut_road(const char *folded, size_t size)
{
    return strchr("bdfgklmnprst", folded[size - 2]) != NULL &&
           !(folded[size - 1] == 'g' && folded[size - 2] == 'n');
}

/* Björkv. 3, Storg 4: a capital nobody knows, cut short, and a number. */
bool
efti_address_is_short_street(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = address_word(v, i);
    const struct efti_form *f = w->form;
    size_t n = f == NULL ? 0 : f->folded_size - (f->folded[f->folded_size - 1] == '.');

    bool said = (w->bits & VEIL_CAPITAL) != 0 ||
                ((w->bits & (VEIL_KNOWN | VEIL_ORDINARY)) == 0 && i > 0 &&
                 (n >= 7 || (n >= 4 && is_cut_road(f->folded, n))) &&
                 efti_veil_is_word(v, i - 1, "på"));

    return n >= ((w->bits & VEIL_CAPITAL) != 0 ? 5u : 4u) && said &&
           (w->bits & VEIL_WORD) == 0 && (w->bits & (VEIL_GIVEN | VEIL_UPPER)) == 0 &&
           (f->folded[n - 1] == 'v' || f->folded[n - 1] == 'g') &&
           i + 1 < v->words.count && address_word(v, i + 1)->form != NULL &&
           address_word(v, i + 1)->form->folded_size <= 3 &&
           (address_word(v, i + 1)->bits & VEIL_DIGITS) != 0 &&
           (address_word(v, i + 1)->glue == VEIL_GLUE_STOP ||
            efti_veil_follows(v, i + 1) || /* the stop may look like a sentence's */
            (efti_veil_byte(v, address_token(v, i)->end) == '.' &&
             address_token(v, i + 1)->start - address_token(v, i)->end == 2));
}

/* "är hans nya hem", "är min adress": token `i` begins what one says of an address. */
static bool
is_said_of_home(const struct efti_veil *v, size_t i)
{
    static const char *const homes[] = {"hem", "adress", "bostad", "hemadress"};

    if (!efti_veil_is(v, i, VEIL_CLASS_BE) || !efti_veil_follows(v, i))
        return false;
    for (size_t k = i + 2; k < i + 5 && efti_veil_follows(v, k); k++)
        for (size_t h = 0; h < EFTI_COUNT(homes); h++)
            if (efti_veil_is_word(v, k, homes[h]))
                return true;
    return false;
}

/* "Brinken 14, 2 tr", "Leverans: Solrosgången 7", "Adressen är Torget 3": an ordinary
 * word with a capital that its place does not tell, before a number. */
bool
efti_address_is_told(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = address_word(v, i);
    size_t label = i - 1;

    if (w->form == NULL || (w->bits & (VEIL_CAPITAL | VEIL_UPPER)) != VEIL_CAPITAL ||
        w->form->kind != EFTI_WORD || w->form->code_points < 4 ||
        efti_veil_class(w->bits) == VEIL_CLASS_DOOR ||
        !efti_address_is_house_number(v, i + 1))
        return false;
    if (i + 3 < v->words.count && w[2].glue == VEIL_GLUE_COMMA && w[2].form != NULL &&
        w[2].form->kind == EFTI_NUMBER && w[2].form->folded_size <= 2 &&
        efti_veil_follows(v, i + 3) && efti_veil_in(v, i + 3, GROUP_STAIRS))
        return true;
    if (is_said_of_home(v, i + 2))
        return true; /* Brinken 14 är hans nya hem */
    if (i == 0)
        return false;
    if (label > 0 && efti_veil_is(v, label, VEIL_CLASS_BE) && efti_veil_follows(v, label))
        label--;
    return w->glue != VEIL_GLUE_FAR && efti_veil_in(v, label, GROUP_ADDRESS_LABELS);
}

/* "flyttade till kyrkogatan", "hela björkvägen", "i hörnet av skolgatan": in small
 * letters and without a number, where one is or goes. What leads to something
 * (skogsvägen) and every town has (gågatan) is in the lists of ordinary compounds and
 * here. */
bool
efti_address_is_small(const struct efti_veil *v, size_t i)
{
    const struct efti_form *f = v->words.items[i].form;

    if (i == 0 || f == NULL || f->shape != EFTI_SHAPE_STREET || f->code_points < 7 ||
        (v->words.items[i].bits & (VEIL_CAPITAL | VEIL_KEEP | VEIL_ROLE)) != 0 ||
        !efti_veil_follows(v, i))
        return false;
    if (efti_veil_ends_in(f, ENDS_SMALL_ROADS, 3)
            ? efti_veil_begins_with(f, BEGINS_ANY_WAY, 0)
            : !efti_veil_ends_in(f, ENDS_SMALL_STREETS, 3) ||
                  efti_veil_begins_with(f, BEGINS_ANY_STREET, 0))
        return false;
    return efti_veil_is(v, i - 1, VEIL_CLASS_IN) ||
           efti_veil_in(v, i - 1, GROUP_ALONG_STREETS);
}

/* "på ringvägen 14", "till landsvägen 3": what every town has is a street with a number
 * behind that counts nothing, where one is or goes. */
bool
efti_address_is_numbered_road(const struct efti_veil *v, size_t i)
{
    const struct efti_form *f = v->words.items[i].form;

    return i > 0 && f != NULL && efti_veil_is(v, i - 1, VEIL_CLASS_IN) &&
           efti_veil_follows(v, i) && f->code_points >= 7 &&
           (efti_veil_ends_in(f, ENDS_SMALL_ROADS, 3) ||
            efti_veil_ends_in(f, ENDS_SMALL_STREETS, 3)) &&
           efti_address_is_house_number(v, i + 1) &&
           !efti_address_counts_something(v, i + 1) &&
           efti_address_counts_nothing(v, i + 2);
}
