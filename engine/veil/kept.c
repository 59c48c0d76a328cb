/*
 * kept.c - words that stay though they look like names
 *
 *   Volvon, Piagetsk          a kept word, inflected
 *   Europadomstolen           a kept word and an ordinary one
 *   Mellansverige             a part of a kept place
 *   Validationsmetoden        a thing by its last part, whatever it is called
 *   Hönökaka, Bohusgrå        goods and colours called after a place
 *
 * The lists are lexicons/data/keep and field; this file knows what is formed from them.
 * When in doubt a word may be a person: then none of this says anything.
 */
#include "veil/piece.h"

/* BO, SAM and KIA are kept as authorities and methods write them: Bo, Sam and Kia are
 * people, and then the lists of what is kept say nothing, of Bos and Sams neither. A
 * second capital inside, as in SoL, no name on those lists has. */
static uint32_t
without_kept_name(const struct piece *p, uint32_t lists)
{
    return p->capitals < 2 && (lists & PIECE_GIVEN) != 0 ? lists & ~(uint32_t)PIECE_KEPT
                                                         : lists;
}

/* What the lists say of `size` bytes of the piece, by the rule above. */
uint32_t
efti_piece_lists(const struct efti_veil *v, const struct piece *p, size_t from,
                 size_t size)
{
    return without_kept_name(p, efti_lists_word(v->lists, p->folded + from, size));
}

/* Labradoodlar, of labradoodle: the vowel that a plural drops. */
static bool
is_kept_with(const struct efti_veil *v, const struct piece *p, size_t size, char vowel)
{
    char base[64];

    if (size + 1 > sizeof(base))
        return false;
    memcpy(base, p->folded, size);
    base[size] = vowel;
    return (efti_lists_word(v->lists, base, size + 1) & PIECE_KEPT) != 0 &&
           (efti_lists_word(v->lists, base, size + 1) & EFTI_LIST_ANY_NAME) == 0;
}

static bool
is_kept_plural(const struct efti_veil *v, const struct piece *p)
{
    static const struct {
        const char *ending;
        char vowel;
    } plurals[] = {{"ar", 'e'}, {"arna", 'e'}, {"or", 'a'}, {"orna", 'a'}};

    for (size_t i = 0; i < EFTI_COUNT(plurals); i++) {
        size_t n = strlen(plurals[i].ending);

        if (p->size > n + 6 &&
            memcmp(p->folded + p->size - n, plurals[i].ending, n) == 0 &&
            is_kept_with(v, p, p->size - n, plurals[i].vowel))
            return true;
    }
    return false;
}

/* Volvon, Instans, Piagetsk: a kept word in the definite form, or made into another. */
bool
efti_piece_is_kept_inflected(const struct efti_veil *v, const struct piece *p)
{
    const struct veil_affixes *endings = &efti_veil_endings[ENDS_OF_KEPT];
    const char last = p->size > 0 ? p->folded[p->size - 1] : '\0';

    for (size_t i = 0; i < endings->count; i++) {
        size_t n = endings->items[i].size;

        if (endings->items[i].outer != last || p->size < n + 4 ||
            memcmp(p->folded + p->size - n, endings->items[i].word, n) != 0)
            continue;
        if ((efti_piece_lists(v, p, 0, p->size - n) & PIECE_KEPT) != 0)
            return true;
    }
    return is_kept_plural(v, p);
}

/* Mellansverige, Östeuropa, Nordirak: a part of what stays. */
static bool
is_part_of_kept(const struct efti_veil *v, const struct piece *p)
{
    const struct veil_affixes *parts = &efti_veil_beginnings[BEGINS_PARTS_OF_WORLD];

    for (size_t i = 0; i < parts->count; i++) {
        size_t n = parts->items[i].size;

        if (parts->items[i].outer == p->folded[0] && p->size > n + 3 &&
            memcmp(p->folded, parts->items[i].word, n) == 0 &&
            (efti_piece_lists(v, p, n, p->size - n) & EFTI_LIST_KEEP) != 0)
            return true;
    }
    return false;
}

/* Facebookgruppen, Teamsgrupp: no workplace, though it ends like one. */
bool
efti_piece_is_chat(const struct piece *p)
{
    return efti_veil_word_ends_in(p->folded, p->size, ENDS_CHATS, 1);
}

/* Europadomstolen, Facebookuppdatering: a kept word and an ordinary one. */
bool
efti_piece_is_kept_compound(const struct efti_veil *v, const struct piece *p)
{
    if (is_part_of_kept(v, p))
        return true;
    for (size_t cut = p->size > 4 ? p->size - 4 : 0; cut >= 4; cut--) {
        uint32_t lists;

        if (((unsigned char)p->folded[cut] & 0xC0) == 0x80)
            continue;
        lists = efti_piece_lists(v, p, 0, cut);
        if ((lists & PIECE_KEPT) == 0 && p->folded[cut - 1] == 's' && cut > 4)
            lists = efti_piece_lists(v, p, 0, cut - 1);
        if ((lists & PIECE_KEPT) != 0 &&
            (efti_dictionary_find(v->dictionary, p->folded + cut, p->size - cut) &
             EFTI_DICT_LOWER) != 0)
            return true;
    }
    return false;
}

/* Tuvaprotokollet, Sagasmetoden, Wijkmanmodellen: whose thing it is. A name that is a
 * word too has no other reading here, or the dictionary would know the whole; a surname's
 * shape counts where the beginning is no word. */
static bool
is_thing_of_somebody(const struct efti_veil *v, const struct piece *p)
{
    for (size_t cut = p->size - 4; cut >= 4; cut--) {
        size_t own = p->folded[cut - 1] == 's' && cut > 4 ? cut - 1 : cut;

        if (((unsigned char)p->folded[cut] & 0xC0) == 0x80 ||
            (efti_dictionary_find(v->dictionary, p->folded + cut, p->size - cut) &
             EFTI_DICT_LOWER) == 0)
            continue;
        if (((efti_lists_word(v->lists, p->folded, cut) |
              efti_lists_word(v->lists, p->folded, own)) &
             (EFTI_LIST_ANY_NAME & ~EFTI_LIST_ALSO_FRAME)) != 0)
            return true;
        if (own >= 6 &&
            efti_lists_shape(v->lists, p->folded, own) == EFTI_SHAPE_SURNAME &&
            efti_dictionary_find(v->dictionary, p->folded, own) == 0 &&
            !efti_dictionary_compound(v->dictionary, p->folded, own, NULL))
            return true;
    }
    return false;
}

/* Validationsmetoden, Fikalista, Roxmodellen: what such a compound names is a thing, and
 * the dictionary need not know what it is called. A name before it, which the lists have,
 * makes it that name's (Karlssonmodellen). */
bool
efti_piece_is_thing(const struct efti_veil *v, const struct piece *p)
{
    if (p->size < 9 || (p->lists & (EFTI_LIST_ANY_NAME | EFTI_LIST_PLACE)) != 0 ||
        (p->shape != EFTI_SHAPE_SETTLEMENT && /* Fikalista */
         (p->dict != 0 || p->shape != EFTI_SHAPE_NONE)))
        return false;
    return efti_lists_thing_end(v->lists, p->folded, p->size) &&
           efti_piece_name_inside(v, p) == 0 && !is_thing_of_somebody(v, p);
}

/* Hönökaka, Hallandssill, Bohusgrå: goods and colours that are called after a town or a
 * province, wherever they are made; nobody's workplace ends so. */
bool
efti_piece_is_goods(const struct efti_veil *v, const struct piece *p)
{
    const struct veil_affixes *goods = &efti_veil_endings[ENDS_GOODS];
    const char last = p->size > 0 ? p->folded[p->size - 1] : '\0';

    if (!p->capital || (p->lists & (EFTI_LIST_ANY_NAME | EFTI_LIST_PLACE)) != 0)
        return false;
    for (size_t i = 0; i < goods->count; i++) {
        size_t n = goods->items[i].size, own = p->size > n ? p->size - n : 0;

        if (goods->items[i].outer != last || own < 4 ||
            memcmp(p->folded + own, goods->items[i].word, n) != 0)
            continue;
        uint32_t lists = efti_lists_word(v->lists, p->folded, own);
        if ((lists & EFTI_LIST_PLACE) == 0 && p->folded[own - 1] == 's' && own > 4)
            lists = efti_lists_word(v->lists, p->folded, own - 1);
        if ((lists & EFTI_LIST_PLACE) != 0 && (lists & EFTI_LIST_ANY_NAME) == 0)
            return true;
    }
    return false;
}

bool
efti_piece_is_kept(struct piece *p)
{
    p->lists = without_kept_name(p, p->lists);
    return (p->lists & PIECE_KEPT) != 0;
}

/* Prader-Willi, Ehlers-Danlos': on the lists as it is, or in the genitive. */
bool
efti_piece_is_kept_whole(const struct efti_veil *v, struct piece *p)
{
    size_t base = efti_veil_without_genitive(p->folded, p->size);

    if (efti_piece_is_kept(p))
        return true;
    return base < p->size && (p->lists & EFTI_LIST_ANY_NAME) == 0 &&
           (efti_piece_lists(v, p, 0, base) & PIECE_KEPT) != 0;
}

/* Did efti_piece_is_kept() take it for a person? */
bool
efti_piece_stopped_keeping(const struct efti_form *form, const struct piece *p)
{
    return (form->lists & ~p->lists & (EFTI_LIST_KEEP | EFTI_LIST_FIELD)) != 0;
}
