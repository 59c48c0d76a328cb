/*
 * words.c - what a form is to the veil, found once per distinct form
 *
 *   Annas       lists know "anna", not "annas"     GIVEN_1 | GENITIVE, a capital
 *   Anna-fallet the first piece is a name          GIVEN_1 | HYPHEN
 *   SIP:en      at most five capitals, no name     ORDINARY
 *   björn       dictionary and list of words that
 *               are also names                     WORD | ALSO_MID
 *   Solgläntan  two dictionary words               ORDINARY
 *   Lindängen   the same, but shaped like a name   nothing: unknown
 *
 * The result is 24 flags and a small class, so that the passes over tokens only compare
 * bits. Names and places come from lexicons/, small words have a class (classes.c)
 * and are in groups that rules ask about (word_groups.h).
 */
#include "veil/piece.h"

/* ------------------------------------------------------------- hyphenated forms */

static size_t
hyphen_at(const char *raw, size_t size, size_t at)
{
    if (raw[at] == '-')
        return 1;
    if (size - at >= 3 && raw[at] == '\xE2' && raw[at + 1] == '\x80' &&
        (raw[at + 2] == '\x90' || raw[at + 2] == '\x91'))
        return 3;
    return 0;
}

/* Wilma-appen, Petter-låten, kim-lek: a name before these is that of a thing; the list of
 * somebody (Anna-listan) and the binder about her are not. */
static bool
is_nobodys(const struct piece *p)
{
    return efti_veil_word_in(p->folded, p->size, GROUP_NOBODYS_THINGS);
}

/* Hevrin-familjen, Hevrin-ärendet: what is somebody's, so that a capital before
 * the hyphen needs no other support. Families and children also where a list keeps
 * the word. */
static bool
is_somebodys(const struct piece *p, uint32_t own)
{
    return efti_veil_word_in(p->folded, p->size, GROUP_SOMEBODYS_KIN) ||
           ((own & VEIL_KEEP) == 0 &&
            efti_veil_word_in(p->folded, p->size, GROUP_SOMEBODYS_CASE));
}

/* May a first piece be somebody: a capital, no acronym, no place, and no word unless it
 * is a name too? */
static bool
may_be_somebody(const struct piece *p, uint32_t own)
{
    return p->capital && !p->upper && p->letters > 2 &&
           (own & (VEIL_PLACE | VEIL_PLACE_WORD | VEIL_ROLE | VEIL_HEAD)) == 0 &&
           (p->lists & (EFTI_LIST_FUNCTION | EFTI_LIST_FIELD)) == 0 &&
           ((own & (VEIL_WORD | VEIL_ORDINARY)) == 0 || (own & VEIL_NAME) != 0 ||
            (own & (VEIL_WORD | VEIL_KEEP)) == VEIL_KEEP);
}

/* al-Zharqabi, El-Sayed, ibn-Rashid: an article before a name. */
static bool
is_article(const struct piece *p)
{
    return !p->upper && efti_veil_word_in(p->folded, p->size, GROUP_ARTICLES_OF_NAMES);
}

/* okafor-lind, mensah-holm: a double surname in small letters. */
static bool
is_small_surname(const struct piece *p, uint32_t own)
{
    return (own & (VEIL_SURNAME | VEIL_ALSO_MID)) != 0 || p->shape == EFTI_SHAPE_SURNAME;
}

/* What the pieces of a hyphenated form have said so far. */
struct hyphened {
    uint32_t bits;  /* VEIL_* of the form */
    uint32_t first; /* of its first piece, if that may be somebody; else 0 */
    bool named;     /* the first piece is a name or place, or shaped like one */
    bool article;   /* the first piece is one that names have: al, ibn */
    bool ordinary;  /* the first piece and all with a capital are ordinary */
    bool known;     /* all are known */
    bool last_head; /* LSS-boendet */
    bool thing;     /* of two pieces the second is a thing: Hilti-borren, Wilma-appen */
    bool somebodys; /* of two pieces the second is what somebody has: Hevrin-familjen */
};

/* The next piece, looked up; `*raw` and `*folded` step behind its hyphen. */
static struct piece
next_piece(const struct efti_veil *v, const struct efti_form *form, size_t *raw,
           size_t *folded)
{
    size_t raw_end = *raw, folded_end = *folded, hyphen = 0;
    struct piece p = {.part = true};

    while (raw_end < form->raw_size &&
           (hyphen = hyphen_at(form->raw, form->raw_size, raw_end)) == 0)
        raw_end++;
    while (folded_end < form->folded_size && form->folded[folded_end] != '-')
        folded_end++;
    p.folded = form->folded + *folded;
    p.size = folded_end - *folded;
    efti_piece_count_capitals(&p, form->raw + *raw, raw_end - *raw);
    efti_piece_look_up(v, &p);
    *raw = raw_end + hyphen;
    *folded = folded_end + 1;
    return p;
}

static void
take_first_piece(struct hyphened *h, const struct piece *p, uint32_t own)
{
    /* the binder about Elina or in Rinkeby is theirs */
    h->named = (own & (VEIL_NAME | VEIL_PLACE | VEIL_PLACE_WORD)) != 0 ||
               p->shape != EFTI_SHAPE_NONE;
    h->article = is_article(p);
    h->first = may_be_somebody(p, own) ? own | VEIL_CAPITAL : 0;
    h->bits = (own & ~(uint32_t)(VEIL_KEEP | VEIL_ROLE | VEIL_HEAD)) |
              (p->capital ? VEIL_CAPITAL : 0);
}

/* The bits of the form with one piece more behind: the first decides, but a later name
 * with a capital may join it or take its place. */
static uint32_t
with_later_piece(const struct hyphened *h, const struct piece *p, uint32_t own,
                 bool second)
{
    const uint32_t bits = h->bits;

    if (second && h->article && p->capital &&
        (own & (VEIL_ORDINARY | VEIL_WORD | VEIL_KEEP)) == 0)
        return own | VEIL_CAPITAL | VEIL_SURNAME; /* al-Zharqabi */
    if (p->capital && (own & VEIL_GIVEN) != 0 &&
        ((bits & VEIL_CAPITAL) == 0 || (!h->named && (own & VEIL_GENITIVE) == 0 &&
                                        (bits & (VEIL_ORDINARY | VEIL_WORD)) != 0)))
        return own | VEIL_CAPITAL; /* dirigent-Uffe, psyk-Lotta, Anhörig-Anki */
    if (p->capital == ((bits & VEIL_CAPITAL) != 0) &&
        (p->capital || (own & VEIL_GIVEN) != 0 ||
         ((bits & VEIL_WORD) == 0 && (bits & VEIL_NAME) != 0 &&
          is_small_surname(p, own))))
        return bits | (own & (VEIL_NAME | VEIL_PLACE)); /* Anna-Karin, anna-karin */
    if ((bits & (VEIL_ORDINARY | VEIL_WORD)) == 0)
        return bits | VEIL_HYPHEN; /* Anna-fallet */
    return bits;
}

/* The pieces one after the other. */
static struct hyphened
read_pieces(const struct efti_veil *v, const struct efti_form *form)
{
    struct hyphened h = {.ordinary = true, .known = true};
    size_t raw = 0, folded = 0;

    for (size_t n = 0; raw < form->raw_size && folded < form->folded_size; n++) {
        struct piece p = next_piece(v, form, &raw, &folded);
        uint32_t own = p.size > 0 ? efti_piece_bits(v, &p) : VEIL_ORDINARY;

        h.thing =
            n == 1 && !p.capital &&
            ((p.size > 1 && !h.named && efti_lists_made(v->lists, p.folded, p.size)) ||
             is_nobodys(&p));
        h.somebodys = n == 1 && h.first != 0 && !p.capital && is_somebodys(&p, h.first);
        if (n == 0)
            take_first_piece(&h, &p, own);
        else
            h.bits = with_later_piece(&h, &p, own, n == 1);
        if ((n == 0 || p.capital) && (own & VEIL_ORDINARY) == 0)
            h.ordinary = false;
        if (n > 0 && (own & VEIL_HEAD) != 0)
            h.last_head = true;
        h.known = h.known && (own & (VEIL_KNOWN | VEIL_ORDINARY)) != 0;
    }
    return h;
}

/* anna al-hamdani, upplands-bro, Mazar-i-Sharif: listed whole, no part hangs on. */
static void
apply_whole(const struct efti_veil *v, const struct efti_form *form, struct hyphened *h)
{
    const uint32_t given = EFTI_LIST_GIVEN_1 | EFTI_LIST_GIVEN_2 |
                           ((h->bits & VEIL_CAPITAL) != 0 ? EFTI_LIST_SURNAME_1 : 0u);
    const uint32_t whole_names = given | EFTI_LIST_SURNAME_1 | EFTI_LIST_PLACE;
    size_t base = efti_veil_without_genitive(form->folded, form->folded_size);
    uint32_t lists = form->lists, hanging = 0;

    if ((lists & whole_names) == 0 && base < form->folded_size) { /* Maj-Britts */
        lists = efti_lists_word(v->lists, form->folded, base);
        hanging = VEIL_GENITIVE;
    }
    if ((lists & EFTI_LIST_SURNAME_1) != 0)
        h->bits = (h->bits & ~(uint32_t)VEIL_HYPHEN) | VEIL_SURNAME | hanging;
    if ((lists & EFTI_LIST_PLACE) != 0) {
        h->bits = (h->bits & ~(uint32_t)VEIL_HYPHEN) | VEIL_PLACE | hanging;
        h->ordinary = false;
    }
    if ((lists & given) != 0) { /* eva-lott, El-Haj */
        h->bits = (h->bits & VEIL_CAPITAL) | efti_piece_name_bits(lists) | hanging;
        h->ordinary = false;
    }
}

static uint32_t
hyphen_bits(const struct efti_veil *v, const struct efti_form *form, struct piece *whole)
{
    struct hyphened h;

    if (efti_piece_is_kept_whole(v, whole))
        return VEIL_ORDINARY | VEIL_KEEP | VEIL_KNOWN;
    h = read_pieces(v, form);
    if (h.somebodys) /* told by what hangs on it, as Karlssonfamiljen is */
        return (h.first & (VEIL_NAME | VEIL_CAPITAL)) | VEIL_GIVEN_2 | VEIL_HYPHEN;
    if (h.thing)
        return VEIL_ORDINARY | VEIL_KEEP | VEIL_KNOWN;
    h.bits &= ~(uint32_t)(VEIL_ORDINARY | VEIL_KNOWN);
    apply_whole(v, form, &h);
    return h.bits | (h.ordinary ? VEIL_ORDINARY : 0) | (h.known ? VEIL_KNOWN : 0) |
           (h.last_head ? VEIL_HEAD : 0);
}

/* ------------------------------------------------------------------ the form */

static uint32_t
phrase_bits(const struct efti_veil *v, const struct efti_form *form)
{
    /* the lists mark every word with a class of its own, and the first of several */
    if ((form->lists & (EFTI_LIST_STARTS_PHRASE | EFTI_LIST_NAME_PHRASE)) == 0)
        return 0;
    uint32_t classes = efti_lists_phrase(v->lists, form->folded, form->folded_size);
    uint32_t bits = efti_veil_frame_bits(classes);

    if ((classes & (1u << EFTI_PHRASE_KEEP)) != 0)
        bits |= VEIL_KEEP | VEIL_ORDINARY;
    if ((form->lists & EFTI_LIST_NAME_PHRASE) != 0)
        bits |= VEIL_PHRASE;
    return bits;
}

/* Endings on the web that are longer than four letters. */
static bool
is_long_ending(const char *bytes, size_t size)
{
    return efti_veil_word_in(bytes, size, GROUP_WEB_ENDINGS);
}

/* .se, .com at the end, and something before: contact.c looks closer. */
static bool
ends_as_domain(const struct efti_form *form)
{
    size_t size = form->folded_size;

    for (size_t n = 3; n <= 8 && n + 1 < size; n++)
        if (form->folded[size - n] == '.') /* .example, but not sjuan.Personal */
            return n <= 5 || is_long_ending(form->folded + size - n, n);
    return false;
}

/* A digit of any width in it? Runs are looked for nowhere else (numbers.c). And a mark
 * that joins, so that a word begins inside? Nearly all forms have neither. */
static void
find_marks(const struct efti_form *form, bool *digit, bool *joined)
{
    unsigned char any = 0;

    *digit = *joined = false;
    for (uint32_t i = 0; i < form->raw_size; i++) {
        unsigned char c = (unsigned char)form->raw[i];

        any |= (unsigned char)((c < 'A') | (c == '_') | (c >= 0xC4));
    }
    for (uint32_t i = 0; any != 0 && i < form->raw_size; i++) {
        unsigned char c = (unsigned char)form->raw[i];

        if ((unsigned char)(c - '0') < 10 || c == 0xEF || c == 0xD9 || c == 0xDB ||
            c == 0xF0)
            *digit = true;
        else if (c < 'A' || c == '_' || c >= 0xC4)
            *joined = true;
    }
}

/* Nothing but what most words are? */
static bool
is_plain(uint32_t bits)
{
    const uint32_t quiet = VEIL_KNOWN | VEIL_ORDINARY | VEIL_WORD | VEIL_GENITIVE;

    return (bits & ~quiet) == 0 && (bits & VEIL_KNOWN) != 0;
}

/* instakontot, facebookprofilen, blocketanvändaren: a user name is near. */
static bool
is_account(const struct efti_form *form)
{
    return efti_veil_word_ends_in(form->folded, form->folded_size, ENDS_ACCOUNTS, 4);
}

/* Michael Whites, Röda Korsets, Lex Sarah-rapport: the second word of a phrase, with the
 * genitive or more on it. */
static bool
is_next_in_genitive(const struct efti_veil *v, const struct efti_form *form)
{
    const char *hyphen;
    size_t base;

    if (form->casing == EFTI_CASING_LOWER)
        return false;
    hyphen = memchr(form->folded, '-', form->folded_size);
    base = hyphen != NULL ? (size_t)(hyphen - form->folded)
                          : efti_veil_without_genitive(form->folded, form->folded_size);
    return base < form->folded_size &&
           (efti_lists_word(v->lists, form->folded, base) & EFTI_LIST_NAME_NEXT) != 0;
}

/* F-a-t-i-m-a: a hyphen behind the first letter, and one before the last. */
static bool
is_spelled_out(const struct efti_form *form)
{
    const size_t size = form->folded_size;

    return size > 4 && (form->folded[1] == '-' || form->folded[2] == '-') &&
           (form->folded[size - 2] == '-' || form->folded[size - 3] == '-') &&
           size >= form->code_points && form->code_points % 2 == 1 && form->raw_size < 48;
}

/* M. berättade, sign: ÅS: a letter or two may be somebody. */
static bool
may_be_letters(const struct efti_form *form)
{
    if (form->raw_size <= 2 && form->raw[0] >= 'A' && form->raw[0] <= 'Z')
        return form->raw[0] != 'I' || form->capitals == 2;
    return form->capitals == 2 && form->code_points == 2;
}

/* The class, the flags that it brings, and whether a pass looks at such a form. */
static uint32_t
with_class(const struct efti_veil *v, const struct efti_form *form, uint32_t bits)
{
    enum veil_class class =
        efti_veil_word_class(&v->number_map, form->folded, form->folded_size);
    bool digit, joined;

    if (class != VEIL_CLASS_NONE) {
        bits |= VEIL_KNOWN;
        if (class != VEIL_CLASS_COMPANY && class != VEIL_CLASS_SERVICE &&
            class != VEIL_CLASS_YEARLING)
            bits |= VEIL_WORD; /* jan, tors, ho: words, in dialect and in short */
    } else if (form->shape != EFTI_SHAPE_NONE) {
        class = VEIL_CLASS_SHAPED;
    }
    find_marks(form, &digit, &joined);
    if (joined && class == VEIL_CLASS_NONE &&
        memchr(form->folded, '_', form->folded_size) != NULL)
        class = VEIL_CLASS_HANDLE;
    if (digit && class == VEIL_CLASS_NONE && (bits & VEIL_UPPER) == 0 &&
        efti_veil_is_login(v, form->folded, form->folded_size))
        class = VEIL_CLASS_HANDLE;
    if (joined && class == VEIL_CLASS_NONE && is_spelled_out(form))
        class = VEIL_CLASS_HANDLE;
    if ((class == VEIL_CLASS_NONE || class == VEIL_CLASS_WITH ||
         class == VEIL_CLASS_AND) &&
        form->kind == EFTI_WORD && may_be_letters(form))
        class = VEIL_CLASS_SHAPED;
    if (class == VEIL_CLASS_NONE && form->raw_size <= 4 && form->capitals == 2 &&
        form->code_points >= 3 && memchr(form->raw, '-', form->raw_size) != NULL &&
        form->kind == EFTI_WORD)
        class = VEIL_CLASS_SHAPED; /* E-M, A.-L. */
    if (class == VEIL_CLASS_NONE && is_account(form))
        class = VEIL_CLASS_ALIAS;
    bool plain = class == VEIL_CLASS_NONE || class == VEIL_CLASS_SHAPED;
    if (plain && joined && form->raw_size > 8 && ends_as_domain(form))
        class = VEIL_CLASS_DOMAIN;
    else if (plain && (class == VEIL_CLASS_SHAPED || !is_plain(bits))) {
        if (ends_as_domain(form))
            class = VEIL_CLASS_DOMAIN;
        else if (form->raw_size > 0 && (unsigned char)form->raw[0] >= 0xCD)
            class = VEIL_CLASS_SCRIPT; /* code points from 0x340 on */
    }
    if ((form->lists & EFTI_LIST_NAME_NEXT) != 0 || is_next_in_genitive(v, form))
        bits |= VEIL_NEXT;
    if (digit)
        bits |= VEIL_DIGITS;
    if (efti_veil_has_keyword(&v->key_chains, form->folded, form->folded_size, joined))
        bits |= VEIL_KEY;
    bits |= (uint32_t) class << VEIL_CLASS_SHIFT;
    return bits | (efti_veil_is_listed(bits) ? VEIL_LISTED : 0);
}

/* A dictionary word of which no list says anything, in lower case or with a capital where
 * it belongs: three new forms in four. For it the long way comes to the same (a test
 * compares them). */
static bool
is_quiet_word(const struct efti_veil *v, const struct efti_form *form)
{
    return form->kind == EFTI_WORD && (form->dict & EFTI_DICT_LOWER) != 0 &&
           form->lists == 0 && form->shape == EFTI_SHAPE_NONE &&
           (form->casing == EFTI_CASING_LOWER ||
            (form->casing == EFTI_CASING_INITIAL && /* Björns, Dahlias: looked at below */
             form->folded[form->folded_size - 1] != 's')) &&
           v->allow == NULL && v->roster == NULL;
}

/* What a file says hangs on a form must hang there: it is taken off without a look. */
static bool
hangs_there(const struct efti_form *form, uint32_t bits)
{
    return (bits & (VEIL_HYPHEN | VEIL_GENITIVE)) == 0 ||
           (((bits & VEIL_HYPHEN) == 0 ||
             memchr(form->folded, '-', form->folded_size) != NULL) &&
            form->folded_size > 1);
}

/* What an unhyphenated word is, by itself and as the beginning of a phrase. */
static uint32_t
word_bits(const struct efti_veil *v, const struct efti_form *form, struct piece *p)
{
    if (p->dict == EFTI_DICT_COMPOUND && efti_piece_is_short_or_home(p, form->last_part))
        p->dict = 0;
    uint32_t bits = efti_piece_bits(v, p);
    uint32_t phrase = phrase_bits(v, form);
    /* a frame may still speak of somebody: ULF, KIA */
    bool open = (bits & (VEIL_KEEP | VEIL_ORDINARY)) == VEIL_KEEP && p->upper;

    if (efti_piece_stopped_keeping(form, p))
        phrase &= ~(uint32_t)(VEIL_KEEP | VEIL_ORDINARY);
    return bits | (open ? phrase & ~(uint32_t)VEIL_ORDINARY : phrase);
}

/* By what the form is made of: no letters, a short form, pieces, or one word. */
static uint32_t
bits_by_make(const struct efti_veil *v, const struct efti_form *form, struct piece *p)
{
    if (p->letters == 0)
        return VEIL_ORDINARY | VEIL_KNOWN;
    if (form->raw_size == 4 && memcmp(form->raw, "A. A", 4) == 0)
        return VEIL_KNOWN; /* perhaps "kallar henne A. A är ny" (letters_told.c) */
    if (form->kind == EFTI_ABBREVIATION)
        return VEIL_ORDINARY | VEIL_KNOWN | phrase_bits(v, form) |
               (form->folded_size >= 3 && memcmp(form->folded, "avd", 3) == 0 ? VEIL_HEAD
                                                                              : 0);
    if (memchr(form->folded, '-', form->folded_size) != NULL &&
        (form->dict & EFTI_DICT_LOWER) == 0)
        return hyphen_bits(v, form, p);
    return word_bits(v, form, p);
}

static uint32_t
quiet_bits(const struct efti_form *form, const struct piece *p)
{
    return VEIL_WORD | VEIL_KNOWN | VEIL_ORDINARY |
           (efti_piece_is_head(p) ? VEIL_HEAD : 0u) |
           (form->casing == EFTI_CASING_INITIAL ? VEIL_CAPITAL : 0u);
}

static uint32_t
form_bits(const struct efti_veil *v, const struct efti_form *form)
{
    struct piece p = {.folded = form->folded,
                      .size = form->folded_size,
                      .dict = form->dict,
                      .lists = form->lists,
                      .shape = (enum efti_shape)form->shape};
    uint32_t bits;

    efti_veil_group_prefetch(form->folded, form->folded_size); /* for with_class() */
    if (is_quiet_word(v, form))
        return with_class(v, form, quiet_bits(form, &p));
    if (form->kind != EFTI_WORD && form->kind != EFTI_CODE &&
        form->kind != EFTI_ABBREVIATION && form->kind != EFTI_NUMBER)
        return 0;

    efti_piece_count_capitals(&p, form->raw, form->raw_size);
    bits = bits_by_make(v, form, &p);
    if (form->kind == EFTI_CODE || efti_veil_is_inflected_acronym(v, form) ||
        efti_veil_is_two_words(v, form))
        bits |= VEIL_ORDINARY | VEIL_KNOWN;
    else if ((bits & (VEIL_NAME | VEIL_PLACE | VEIL_ORDINARY)) == 0 &&
             efti_veil_is_product(v, form))
        bits |= VEIL_ORDINARY;
    if (p.letters > 1 && p.letters <= 3 && p.capitals == p.letters &&
        form->raw_size > p.letters && form->kind == EFTI_WORD &&
        (bits & VEIL_KEEP) == 0 && efti_veil_is_initials(form))
        bits = VEIL_GIVEN_1;
    if (form->kind == EFTI_WORD && efti_veil_is_owned_initials(form))
        bits = VEIL_GIVEN_1 | VEIL_GENITIVE;
    if (p.capital)
        bits |= VEIL_CAPITAL;
    if (p.upper)
        bits |= VEIL_UPPER;
    if ((!p.capital || p.upper) && (form->lists & EFTI_LIST_ORG_NAME) != 0)
        bits |= VEIL_HEAD; /* "lena på lotsen": orgs.c asks what stands before */
    return with_class(v, form, bits);
}

/* Is what the file knows what the long way came to, when the file was built? */
static bool
is_known(const struct efti_veil *v, const struct efti_form *form,
         const struct efti_known *known)
{
    return known != NULL && v->allow == NULL && v->roster == NULL &&
           hangs_there(form, known->veil);
}

eft_status
efti_veil_analyse(void *user, uint32_t id, struct efti_form *form,
                  const struct efti_known *known, eft_error *err)
{
    struct efti_veil *v = user;
    const uint16_t *asks = NULL;

    if (is_known(v, form, known)) {
        form->veil = known->veil;
        if (form->raw_size == form->folded_size) /* no soft hyphen is in a keyword */
            asks = &known->asks;
    } else {
        form->veil = form_bits(v, form);
    }
    return efti_veil_keep_kind(v, id, form, asks) ? EFT_OK
                                                  : efti_no_memory(err, "a form's cues");
}

uint32_t
efti_veil_shouted(const struct efti_veil *v, const struct efti_form *form, uint32_t bits)
{
    size_t base = efti_veil_without_genitive(form->folded, form->folded_size);
    uint32_t lists = form->lists, hanging = 0;
    const uint32_t told = VEIL_KEEP | VEIL_WORD | VEIL_KNOWN | VEIL_NAME;

    /* PILVI: four letters that no one knows are no acronym where all is in capitals */
    if ((bits & (VEIL_UPPER | VEIL_ORDINARY | told)) == (VEIL_UPPER | VEIL_ORDINARY) &&
        form->kind == EFTI_WORD && form->capitals >= 4 &&
        form->capitals == form->code_points)
        return bits & ~(uint32_t)VEIL_ORDINARY;
    if ((bits & (VEIL_KEEP | VEIL_UPPER)) != (VEIL_KEEP | VEIL_UPPER))
        return bits;
    if ((lists & PIECE_GIVEN) == 0 && base < form->folded_size) {
        lists = efti_lists_word(v->lists, form->folded, base);
        hanging = VEIL_GENITIVE;
    }
    if ((lists & PIECE_GIVEN) == 0)
        return bits;
    return (bits & ~(uint32_t)(VEIL_KEEP | VEIL_ORDINARY)) | efti_piece_name_bits(lists) |
           hanging;
}

size_t
efti_veil_name_size(const struct veil_word *word)
{
    const char *raw = word->form->raw;
    size_t size = word->form->raw_size;

    if ((word->bits & VEIL_HYPHEN) != 0) {
        for (size_t at = 1; at < size; at++) {
            size_t next = at, n = hyphen_at(raw, size, at);

            if (n == 0)
                continue;
            next += n;
            if (next < size && !efti_is_upper(efti_utf8_next(raw, size, &next)))
                return at;
        }
    }
    if ((word->bits & VEIL_GENITIVE) == 0 || size < 3 || (raw[size - 1] | 0x20) != 's')
        return size; /* e-IDAS-förordningen: of a piece, and not the last */
    size--;          /* the s, in either case */
    if (raw[size - 1] == '\'' || raw[size - 1] == ':')
        return size - 1;
    if (size >= 4 && memcmp(raw + size - 3, "\xE2\x80\x99", 3) == 0)
        return size - 3;
    return size;
}
