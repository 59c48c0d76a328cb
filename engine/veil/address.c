/*
 * address.c - streets with a number, doors, boxes, postcodes with their town
 *
 *   [Lilla] Nygatan 12 B, lgh 1203, 571 38 Nässjö
 *   words   street  number door     postcode town
 *
 * A word with the ending of a street and a number behind it is an address in any case
 * ("bor på storgatan 12"); without a number only the capital speaks ("på vägen hem" must
 * stay), which is the business of places.c. Words that are only road, place or floor
 * (väg 40, plan 3) need a capital or genitive before them.
 */
#include "veil/find.h"

static const struct veil_word *
address_word(const struct efti_veil *v, size_t i)
{
    return &v->words.items[i];
}

static const struct efti_token *
address_token(const struct efti_veil *v, size_t i)
{
    return &v->segments->tokens.items[i];
}

static bool
is_word(const struct efti_veil *v, size_t i, const char *folded)
{
    const struct efti_form *f = i < v->words.count ? address_word(v, i)->form : NULL;

    return f != NULL && efti_equal(f->folded, f->folded_size, folded, strlen(folded));
}

/* 12, 12B, 12-14: one to four digits, then a letter or a second number. */
static bool
is_house_number(const struct efti_veil *v, size_t i)
{
    const struct efti_form *f = i < v->words.count ? address_word(v, i)->form : NULL;
    size_t digits = 0;

    if (f == NULL || address_word(v, i)->glue != VEIL_GLUE_SPACE)
        return false;
    while (digits < f->folded_size && f->folded[digits] >= '0' &&
           f->folded[digits] <= '9')
        digits++;
    if (digits == 0 || digits > 4)
        return false;
    if (digits == f->folded_size)
        return true;
    if (f->folded_size == digits + 1)
        return f->folded[digits] >= 'a' && f->folded[digits] <= 'z';
    return f->folded[digits] == '-' && f->folded_size <= digits + 6;
}

/* "vägen 5 km", "stigen 3 gånger": the number counts something. */
static bool
counts_something(const struct efti_veil *v, size_t i)
{
    static const char *const units[] = {
        "km",      "mil", "meter",    "m",    "minuter", "min",
        "gånger",  "ggr", "timmar",   "år",   "dagar",   "veckor",
        "månader", "av",  "personer", "barn", "procent"};

    return efti_veil_follows(v, i + 1) &&
           efti_veil_is_one_of(v, i + 1, units, EFTI_COUNT(units));
}

/* Does nothing stand behind that is counted: an end, a small word, a verb? */
static bool
counts_nothing(const struct efti_veil *v, size_t i)
{
    if (i >= v->words.count || !efti_veil_follows(v, i))
        return true;
    const struct veil_word *w = address_word(v, i);
    return w->form != NULL && ((w->form->lists & EFTI_LIST_FUNCTION) != 0 ||
                               (w->bits & (VEIL_AFTER_STRONG | VEIL_AFTER_WEAK)) != 0);
}

/* The letter of a staircase as a word of its own: B, not the words i, å, o, a, e. */
static bool
is_stair_letter(const struct efti_veil *v, size_t i)
{
    const struct efti_form *f = i < v->words.count ? address_word(v, i)->form : NULL;

    if (f == NULL || f->raw_size != 1 ||
        (address_word(v, i)->glue != VEIL_GLUE_SPACE &&
         address_word(v, i)->glue != VEIL_GLUE_STOP))
        return false;
    return (f->raw[0] >= 'A' && f->raw[0] <= 'H') ||
           (f->raw[0] != '\0' && strchr("bcdfgh", f->raw[0]) != NULL);
}

/* ", lgh 1203", ", 2 tr", " uppgång C": up to two of them; the last token. */
static size_t
door_after(const struct efti_veil *v, size_t last)
{
    static const char *const floors[] = {"nb", "n.b.", "n.b", "bv", "b.v.", "ög", "ö.g."};
    static const char *const doors[] = {"plan", "trapp",  "trappa", "hus",
                                        "port", "våning", "vån",    "rum"};
    static const char *const over[] = {"ö", "n", "ö."}, *const yard[] = {"g", "b", "g."};

    for (int n = 0; n < 2; n++) {
        size_t i = last + 1;

        if (i >= v->words.count || (address_word(v, i)->glue != VEIL_GLUE_SPACE &&
                                    address_word(v, i)->glue != VEIL_GLUE_COMMA))
            break;
        bool near =
            efti_veil_follows(v, i + 1) || /* uppg. B */
            (i + 1 < v->words.count && address_word(v, i + 1)->glue == VEIL_GLUE_STOP);
        bool floor = false;
        for (size_t k = 0; k < EFTI_COUNT(floors); k++)
            floor = floor || is_word(v, i, floors[k]);
        if (floor)
            last = i;
        else if (n > 0 && efti_veil_is_one_of(v, i, over, EFTI_COUNT(over)) &&
                 efti_veil_follows(v, i + 1) &&
                 efti_veil_is_one_of(v, i + 1, yard, EFTI_COUNT(yard)))
            last = i + 1; /* 4 tr ö g */
        else if ((efti_veil_is(v, i, VEIL_CLASS_DOOR) ||
                  efti_veil_is_one_of(v, i, doors, EFTI_COUNT(doors))) &&
                 near && (is_house_number(v, i + 1) || is_stair_letter(v, i + 1)))
            last = i + 1;
        else if (efti_veil_is(v, i + 1, VEIL_CLASS_DOOR) && efti_veil_follows(v, i + 1) &&
                 address_word(v, i)->form != NULL &&
                 address_word(v, i)->form->kind == EFTI_NUMBER)
            last = i + 1;
        else
            break;
    }
    return last;
}

/* "N. Esplanaden 77", "V. Vallgatan 3": a quarter of the sky or a size by its letter. */
static bool
is_cut_part(const struct efti_veil *v, size_t i)
{
    static const char *const parts[] = {"n.", "s.", "ö.", "v.", "st.", "l.", "g.",
                                        "n",  "s",  "ö",  "v",  "st",  "l",  "g"};
    const struct efti_token *t = address_token(v, i);

    return efti_veil_is_one_of(v, i, parts, EFTI_COUNT(parts)) &&
           (address_word(v, i)->bits & VEIL_CAPITAL) != 0 &&
           (efti_veil_byte(v, t->end) == '.' || v->text.bytes[t->end - 1] == '.') &&
           t[1].start - t->end <= 2;
}

/* Lilla, Norra, Sankt before a street; or any capital in mid-sentence. */
static size_t
words_before(const struct efti_veil *v, size_t first)
{
    const size_t street = first;
    static const char *const parts[] = {
        "lilla", "stora", "norra", "södra", "östra", "västra", "gamla", "nya",
        "övre",  "nedre", "sankt", "s:t",   "s:ta",  "sankta", "inre",  "yttre"};

    if (first > 0 && is_cut_part(v, first - 1))
        return first - 1;
    for (int n = 0; n < 3 && first > 0 && efti_veil_follows(v, first); n++) {
        bool part = false;

        for (size_t k = 0; k < EFTI_COUNT(parts); k++)
            part = part || is_word(v, first - 1, parts[k]);
        if (!part && !((address_word(v, first - 1)->bits & VEIL_CAPITAL) != 0 &&
                       efti_veil_is_mid(v, first - 1) &&
                       (address_word(v, first - 1)->bits & (VEIL_KEEP | VEIL_ROLE)) == 0))
            break;
        first--;
    }
    /* Drottning Kristinas väg at a start: the capitals of a name in the genitive */
    if (efti_veil_class(address_word(v, street)->bits) == VEIL_CLASS_STREET)
        for (int n = 0;
             n < 2 && first > 0 && efti_veil_follows(v, first) && first < street &&
             address_word(v, first - 1)->form != NULL &&
             (address_word(v, first - 1)->bits & VEIL_CAPITAL) != 0 &&
             (address_word(v, first - 1)->form->lists & EFTI_LIST_FUNCTION) == 0;
             n++)
            first--;
    return first;
}

/* landsvägen, ågatan: too common or too short for the list of shapes, so a capital in
 * mid-sentence or a postcode behind has to speak for it. */
static bool
ends_as_street(const struct efti_form *f)
{
    static const char *const ends[] = {"vägen",   "gatan",   "gränden", "stigen",
                                       "backen",  "torget",  "plan",    "trappan",
                                       "kajen",   "gången",  "liden",   "slingan",
                                       "svängen", "brinken", "allén",   "promenaden"};
    static const char *const others[] = {"ingången",   "omgången",    "tillgången",
                                         "övergången", "genomgången", "framgången",
                                         "uppgången"};

    return efti_veil_ends_in(f, ends, EFTI_COUNT(ends), 1) &&
           !efti_is_among(f->folded, f->folded_size, others, EFTI_COUNT(others));
}

/* bredbyplan 40: in small letters, and no word that anybody knows */
static bool
is_new_street(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = address_word(v, i);

    return w->form != NULL &&
           (w->bits & (VEIL_CAPITAL | VEIL_KNOWN | VEIL_WORD | VEIL_ORDINARY)) == 0 &&
           w->form->code_points > 6 && ends_as_street(w->form);
}

/* på Torget 3, på Gamla Landsvägen 11, Ö. Promenaden 4 */
static bool
is_titled_street(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = address_word(v, i);

    if (i > 0 && (w->bits & VEIL_CAPITAL) != 0 && is_cut_part(v, i - 1))
        return true;
    return w->form != NULL && efti_veil_is_mid(v, i) && (w->bits & VEIL_UPPER) == 0 &&
           (ends_as_street(w->form) || (efti_veil_class(w->bits) == VEIL_CLASS_STREET &&
                                        i > 0 && is_word(v, i - 1, "på")));
}

static bool
is_street(const struct efti_veil *v, size_t i)
{
    static const char *const roads[] = {"riksväg", "länsväg", "europaväg", "rv",
                                        "motorväg"};
    const struct veil_word *w = address_word(v, i);
    const struct veil_word *before = i > 0 ? address_word(v, i - 1) : NULL;

    if (w->form == NULL ||
        (w->form->shape != EFTI_SHAPE_STREET &&
         efti_veil_class(w->bits) != VEIL_CLASS_STREET && !is_titled_street(v, i)))
        return false;
    for (size_t k = 0; k < EFTI_COUNT(roads); k++)
        if (is_word(v, i, roads[k]))
            return false;
    if (is_titled_street(v, i))
        return true;
    if (efti_veil_class(w->bits) == VEIL_CLASS_STREET)
        return before != NULL && before->form != NULL && efti_veil_follows(v, i) &&
               (before->bits & VEIL_CAPITAL) != 0 && (before->bits & VEIL_UPPER) == 0 &&
               (efti_veil_is_mid(v, i - 1) || (before->bits & VEIL_WORD) == 0);
    return w->form->shape == EFTI_SHAPE_STREET;
}

/* "bor i Kvarnbyn 118", "gården Norrby 214": a village and the number of a house, and
 * nothing that is counted. */
static bool
is_village(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = address_word(v, i);
    const struct efti_form *n = i + 1 < v->words.count ? w[1].form : NULL;

    if (i == 0 || w->form == NULL || n == NULL || !efti_veil_is_mid(v, i) ||
        (w->bits & (VEIL_UPPER | VEIL_KEEP | VEIL_ROLE | VEIL_HEAD)) != 0 ||
        !(is_word(v, i - 1, "i") || is_word(v, i - 1, "gården") ||
          is_word(v, i - 1, "bor") ||
          ((is_word(v, i - 1, "vid") || is_word(v, i - 1, "på")) &&
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
static bool
is_said_street(const struct efti_veil *v, size_t i)
{
    static const char *const live[] = {"bor",  "bodde",   "bo",
                                       "bott", "flyttat", "skriven"};
    static const char *const said[] = {"adress", "adressen", "adress:", "hemadress"};
    const struct veil_word *w = address_word(v, i);
    bool lives = i > 1 && is_word(v, i - 1, "på") &&
                 efti_veil_is_one_of(v, i - 2, live, EFTI_COUNT(live));
    bool named = i > 0 && efti_veil_is_one_of(v, i - 1, said, EFTI_COUNT(said)) &&
                 w->glue != VEIL_GLUE_FAR;

    return (lives || named) && w->form != NULL && w->form->code_points > 6 &&
           (w->bits & (VEIL_HEAD | VEIL_ROLE | VEIL_KEEP | VEIL_UPPER)) == 0 &&
           (w->form->lists & EFTI_LIST_FUNCTION) == 0 &&
           efti_veil_class(w->bits) != VEIL_CLASS_DOOR;
}

/* "på Aftonsången 12": no known ending, but a capital nobody explains, and a number. */
static bool
is_odd_street(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = address_word(v, i);

    if (is_village(v, i) || is_said_street(v, i))
        return true;
    if (w->form != NULL && (w->bits & VEIL_CAPITAL) != 0 && /* Lärksången 9, 2 tr */
        efti_veil_class(w->bits) != VEIL_CLASS_DOOR && is_house_number(v, i + 1) &&
        address_word(v, i + 1)->form->kind == EFTI_NUMBER && door_after(v, i + 1) > i + 1)
        return true;
    return i > 0 && w->form != NULL && (w->bits & VEIL_CAPITAL) != 0 &&
           (w->bits & (VEIL_ORDINARY | VEIL_WORD)) == 0 && is_word(v, i - 1, "på") &&
           efti_veil_is_mid(v, i) && w->form->shape != EFTI_SHAPE_SCHOOL;
}

/* Is token `i` a number, one dash and nothing else before it? */
static bool
is_after_dash(const struct efti_veil *v, size_t i)
{
    if (i >= v->words.count || address_word(v, i)->form == NULL ||
        address_word(v, i)->form->kind != EFTI_NUMBER ||
        address_word(v, i)->form->folded_size > 3)
        return false;
    size_t from = address_token(v, i - 1)->end, to = address_token(v, i)->start;
    return to > from && to - from <= 3 &&
           (efti_veil_byte(v, from) == '-' ||
            memcmp(v->text.bytes + from, "\xE2\x80", 2) == 0);
}

/* The staircase behind the number at `i`, and a second number: 11 och 13, 3 till 17. */
static size_t
last_number(const struct efti_veil *v, size_t i)
{
    static const char *const to[] = {"till", "och", "o", "å", "samt", "t.o.m."};

    if (is_stair_letter(v, i + 1))
        i++;
    if (is_after_dash(v, i + 1)) /* 17–19: a dash that the number does not hold */
        return is_stair_letter(v, i + 2) ? i + 2 : i + 1;
    if (efti_veil_follows(v, i + 1) &&
        efti_veil_is_one_of(v, i + 1, to, EFTI_COUNT(to)) && is_house_number(v, i + 2) &&
        !counts_something(v, i + 2) &&
        (!efti_veil_follows(v, i + 3) || counts_nothing(v, i + 3))) {
        i += 2;
        if (is_stair_letter(v, i + 1))
            i++;
    }
    return i;
}

static void
address_street(struct efti_veil *v, size_t i)
{
    size_t last = i + 1;

    if (is_word(v, last, "nr") || is_word(v, last, "nummer"))
        last++;
    if (!is_house_number(v, last) || counts_something(v, last))
        return;
    last = door_after(v, last_number(v, last));
    efti_veil_propose(v, address_token(v, words_before(v, i))->start,
                      address_token(v, last)->end, VEIL_RULE_STREET_NUMBER,
                      EFTI_EVIDENCE_SHAPE);
}

/* "Box 123", "lgh 1203", "lägenhet nr 1203" alone: flats are told by floor and number. */
static void
address_box(struct efti_veil *v, size_t i, bool door)
{
    static const char *const flats[] = {
        "lgh", "lägenhet", "lägenheten", "lägenhetsnummer", "lghnr", "lgh.nr"};
    const struct efti_form *f;
    size_t n = i + 1;

    if (door && (is_word(v, n, "nr") || is_word(v, n, "nummer")))
        n++;
    if (!is_house_number(v, n) || counts_something(v, n))
        return;
    f = address_word(v, n)->form;
    if (door ? f->folded_size != 4 || f->folded[0] > '1' ||
                   (memcmp(f->folded, "19", 2) == 0 && !is_word(v, i, "lgh")) ||
                   !efti_veil_is_one_of(v, i, flats, EFTI_COUNT(flats))
             : (address_word(v, i)->bits & VEIL_CAPITAL) == 0 && f->folded_size < 3)
        return;
    efti_veil_propose(v, address_token(v, i)->start, address_token(v, n)->end,
                      VEIL_RULE_BOX, EFTI_EVIDENCE_SHAPE);
}

/* Björkv. 3, Storg 4: a capital nobody knows, cut short, and a number. */
static bool
is_short_street(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = address_word(v, i);
    const struct efti_form *f = w->form;
    size_t n = f == NULL ? 0 : f->folded_size - (f->folded[f->folded_size - 1] == '.');

    bool said =
        (w->bits & VEIL_CAPITAL) != 0 || ((w->bits & (VEIL_KNOWN | VEIL_ORDINARY)) == 0 &&
                                          n >= 7 && i > 0 && is_word(v, i - 1, "på"));

    return n >= 5 && said && (w->bits & VEIL_WORD) == 0 &&
           (w->bits & (VEIL_GIVEN | VEIL_UPPER)) == 0 &&
           (f->folded[n - 1] == 'v' || f->folded[n - 1] == 'g') &&
           i + 1 < v->words.count && address_word(v, i + 1)->form != NULL &&
           address_word(v, i + 1)->form->folded_size <= 3 &&
           (address_word(v, i + 1)->bits & VEIL_DIGITS) != 0 &&
           (address_word(v, i + 1)->glue == VEIL_GLUE_STOP ||
            efti_veil_follows(v, i + 1) || /* the stop may look like a sentence's */
            (efti_veil_byte(v, address_token(v, i)->end) == '.' &&
             address_token(v, i + 1)->start - address_token(v, i)->end == 2));
}

static void
short_street(struct efti_veil *v, size_t i)
{
    size_t last = door_after(v, last_number(v, i + 1));

    efti_veil_propose(v, address_token(v, words_before(v, i))->start,
                      address_token(v, last)->end, VEIL_RULE_STREET_NUMBER,
                      EFTI_EVIDENCE_SHAPE);
}

/* ------------------------------------------------------------------ postcodes */

/* Does an address end right before byte `at` (", " or a blank between)? `*span` goes
 * along with the text: addresses were found in its order. */
static bool
address_before(const struct efti_veil *v, size_t *span, size_t at)
{
    const struct efti_span *found = v->found.items;

    for (; *span < v->found.count && found[*span].end <= at; ++*span)
        if (found[*span].category == EFTI_ADDRESS && at - found[*span].end <= 3)
            return true;
    return false;
}

static bool
may_be_town(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w;

    if (i >= v->words.count || (w = address_word(v, i))->form == NULL ||
        w->glue != VEIL_GLUE_SPACE)
        return false;
    if ((w->bits & VEIL_PLACE) != 0)
        return true;
    return (w->bits & VEIL_CAPITAL) != 0 &&
           ((w->bits & VEIL_PLACE_WORD) != 0 ||
            (w->bits & (VEIL_ORDINARY | VEIL_KEEP)) == 0);
}

/* 972 41: three figures and two, which no sum is written in. By itself it is a postcode
 * unless the word before it has numbers of its own. */
static bool
stands_as_postcode(const struct efti_veil *v, size_t at, size_t last)
{
    static const char *const others[] = {
        "rum",   "rummet", "nr",    "nummer", "sal",     "artikel",  "felkod",
        "kod",   "koden",  "linje", "buss",   "bussen",  "tåg",      "tåget",
        "sid",   "sida",   "sidan", "kl",     "klockan", "kurs",     "tabell",
        "figur", "modell", "poäng", "kostar", "kostade", "betalade", "betalar"};
    size_t i = efti_veil_token_near(v, v->runs.items[at].token, v->runs.items[at].start);
    size_t next =
        efti_veil_token_near(v, v->runs.items[last].token, v->runs.items[last].end);

    if (last == at || v->runs.items[at].gap != VEIL_GAP_FAR ||
        efti_veil_next_gap(v, last) != VEIL_GAP_FAR ||
        v->runs.items[last].start - v->runs.items[at].end != 1 ||
        efti_veil_key_after(v->text, v->runs.items[last].end) == VEIL_KEY_UNIT)
        return false;
    if (i > 0 && address_word(v, i)->glue != VEIL_GLUE_FAR &&
        (efti_veil_is_one_of(v, i - 1, others, EFTI_COUNT(others)) ||
         (address_word(v, i - 1)->bits & VEIL_DIGITS) != 0))
        return false;
    return counts_nothing(v, next);
}

/* "Postnummer 57138", "postadress: 571 38". */
static bool
says_postcode(const struct efti_veil *v, size_t start)
{
    static const char *const words[] = {"postnummer", "postnr", "postadress", "postkod",
                                        "postnumret"};
    size_t i = efti_veil_token_at(v, start);

    for (size_t k = 0; k < EFTI_COUNT(words); k++) {
        for (size_t n = i; n > 0 && i - n < 6 && n < v->words.count &&
                           address_word(v, n)->glue != VEIL_GLUE_FAR;
             n--) /* postnumret av misstag, 972 41 */
            if (is_word(v, n - 1, words[k]))
                return true;
        for (size_t n = i + 1; n < i + 6; n++) /* 417 22 är mitt postnummer */
            if (is_word(v, n, words[k]) && v->words.items[n].glue == VEIL_GLUE_SPACE)
                return true;
    }
    return false;
}

/* "Lillmyra 45, 824 93 Hudiksvall": before a postcode and its town a word and a number
 * are an address whatever they look like. */
static void
address_by_postcode(struct efti_veil *v, size_t start)
{
    size_t i = efti_veil_token_at(v, start);

    if (i < 2 || i >= v->words.count || address_word(v, i)->glue == VEIL_GLUE_FAR ||
        !is_house_number(v, i - 1) || address_word(v, i - 2)->form == NULL ||
        address_word(v, i - 2)->form->kind != EFTI_WORD ||
        ((address_word(v, i - 2)->bits & VEIL_CAPITAL) == 0 &&
         !ends_as_street(address_word(v, i - 2)->form)))
        return;
    efti_veil_propose(v, address_token(v, words_before(v, i - 2))->start,
                      address_token(v, i - 1)->end, VEIL_RULE_STREET_NUMBER,
                      EFTI_EVIDENCE_SHAPE);
}

static void
postcode(struct efti_veil *v, size_t at, size_t *span)
{
    struct veil_run *run = &v->runs.items[at];
    size_t last = at, start = run->start, town;
    bool prefixed;

    if (run->taken != 0 || efti_veil_digits(v, at)[0] == '0')
        return;
    if (run->count == 3 && at + 1 < v->runs.count && v->runs.items[at + 1].count == 2 &&
        v->runs.items[at + 1].taken == 0 && v->runs.items[at + 1].gap == VEIL_GAP_SPACE)
        last = at + 1;
    else if (run->count != 5)
        return;
    prefixed = start >= 3 && memcmp(v->text.bytes + start - 3, "SE-", 3) == 0;
    size_t prefix = prefixed                                                        ? 3
                    : start >= 2 && memcmp(v->text.bytes + start - 2, "S-", 2) == 0 ? 2
                                                                                    : 0;
    town = efti_veil_token_near(v, v->runs.items[last].token, v->runs.items[last].end);
    bool lives = start > 2 && memcmp(v->text.bytes + start - 3, " i ", 3) == 0 &&
                 (last > at || (memcmp(efti_veil_digits(v, at) + 3, "00", 2) != 0 &&
                                counts_nothing(v, town))) &&
                 efti_veil_key_after(v->text, v->runs.items[last].end) != VEIL_KEY_UNIT;
    if (!prefixed && !lives && !address_before(v, span, start) && !may_be_town(v, town) &&
        !says_postcode(v, start) && !stands_as_postcode(v, at, last))
        return;
    run->taken = v->runs.items[last].taken = 1;
    address_by_postcode(v, start);
    efti_veil_propose(v, start - prefix, v->runs.items[last].end, VEIL_RULE_POSTCODE,
                      EFTI_EVIDENCE_SHAPE | EFTI_EVIDENCE_CONTEXT);
    if (efti_veil_follows(v, town) && address_word(v, town)->form != NULL &&
        (may_be_town(v, town) || (address_word(v, town)->bits & VEIL_CAPITAL) != 0))
        efti_veil_propose(v, address_token(v, town)->start, address_token(v, town)->end,
                          VEIL_RULE_PLACE_FRAME,
                          EFTI_EVIDENCE_CONTEXT | EFTI_EVIDENCE_FRAME);
}

static int
by_start(const void *a, const void *b, void *user)
{
    const struct efti_span *x = a, *y = b;

    (void)user;
    return (x->start > y->start) - (x->start < y->start);
}

/* Does a figure, which may be the number of a house, stand behind token `i` or the "nr"
 * there? Without one no street is an address. */
static bool
figure_behind(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = address_word(v, i);

    return ((w[1].cues | w[2].cues) & VEIL_CUE_FIGURE) != 0 ||
           (w[1].bits & VEIL_DIGITS) != 0;
}

/* Streets of a shape that no list knows; true if there is one. */
/* "Brinken 14, 2 tr", "Leverans: Solrosgången 7", "Adressen är Torget 3": an ordinary
 * word with a capital that its place does not tell, before a number. */
static bool
is_told_street(const struct efti_veil *v, size_t i)
{
    static const char *const stairs[] = {"tr", "tr.", "trappor", "trappa"};
    static const char *const labels[] = {"adress",       "adressen", "leverans",
                                         "besöksadress", "hembesök", "gatuadress",
                                         "bostadsadress"};
    const struct veil_word *w = address_word(v, i);
    size_t label = i - 1;

    if (w->form == NULL || (w->bits & (VEIL_CAPITAL | VEIL_UPPER)) != VEIL_CAPITAL ||
        w->form->kind != EFTI_WORD || w->form->code_points < 4 ||
        efti_veil_class(w->bits) == VEIL_CLASS_DOOR || !is_house_number(v, i + 1))
        return false;
    if (i + 3 < v->words.count && w[2].glue == VEIL_GLUE_COMMA && w[2].form != NULL &&
        w[2].form->kind == EFTI_NUMBER && w[2].form->folded_size <= 2 &&
        efti_veil_follows(v, i + 3) &&
        efti_veil_is_one_of(v, i + 3, stairs, EFTI_COUNT(stairs)))
        return true;
    if (i == 0)
        return false;
    if (label > 0 && efti_veil_is(v, label, VEIL_CLASS_BE) && efti_veil_follows(v, label))
        label--;
    return w->glue != VEIL_GLUE_FAR &&
           efti_veil_is_one_of(v, label, labels, EFTI_COUNT(labels));
}

static bool
odd_streets(struct efti_veil *v)
{
    size_t before = v->found.count;

    for (size_t h = 0; h < v->candidates.count; h++) {
        size_t i = v->candidates.items[h];

        if (!figure_behind(v, i) || efti_veil_is_term(address_word(v, i)->bits))
            continue;
        if (is_short_street(v, i))
            short_street(v, i);
        else if (is_odd_street(v, i) || is_new_street(v, i))
            address_street(v, i);
    }
    for (size_t h = 0; h < v->capitals.count; h++) {
        size_t i = v->capitals.items[h];

        if (figure_behind(v, i) && !efti_veil_is_term(address_word(v, i)->bits) &&
            (is_titled_street(v, i) || is_village(v, i) || is_said_street(v, i)))
            address_street(v, i);
    }
    for (size_t h = 0; h < v->digit_tokens.count; h++) {
        size_t i = v->digit_tokens.items[h];

        if (i > 0 && efti_veil_follows(v, i) &&
            (!efti_veil_is_term(address_word(v, i - 1)->bits) ||
             efti_veil_is(v, i - 1, VEIL_CLASS_STREET)) &&
            is_told_street(v, i - 1))
            address_street(v, i - 1);
    }
    return v->found.count > before;
}

void
efti_veil_address(struct efti_veil *v)
{
    size_t span = v->found.count; /* of the addresses, all found here */

    if ((v->present & VEIL_CUE_FIGURE) == 0 && v->runs.count == 0)
        return;
    for (size_t h = 0; h < v->terms.count; h++) {
        size_t i = v->terms.items[h];
        enum veil_class class = efti_veil_class(address_word(v, i)->bits);

        if (!figure_behind(v, i))
            continue;
        if (class == VEIL_CLASS_SHAPED && is_short_street(v, i))
            short_street(v, i);
        else if (is_street(v, i) || is_odd_street(v, i))
            address_street(v, i);
        else if (class == VEIL_CLASS_BOX)
            address_box(v, i, false);
        else if (class == VEIL_CLASS_DOOR)
            address_box(v, i, true);
    }
    if (odd_streets(v) && !v->no_memory)
        efti_sort(v->found.items + span, v->found.count - span, sizeof(struct efti_span),
                  by_start, NULL);
    for (size_t at = 0; at < v->runs.count; at++)
        postcode(v, at, &span);
}
