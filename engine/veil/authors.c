/*
 * authors.c - people who are read, not met: theorists and authors stay
 *
 *   Jean Watson har tio faktorer      a full name of the lists (a phrase that stays)
 *   ... Watsons modell säger          its surname, elsewhere in the same text
 *   enligt Nilholm; Nilholm menar     a rare surname where it is cited
 *   (Eriksson & Berg, 1994)           a common one only with a year and a second sign
 *   klienten Adam Grant, Mvh Karpman  none of these: somebody who is met
 *   Argyris och Schön                 joined to one that stays
 *
 * "Theorists are not identifying" (facts/conventions.md), but their surnames are those of
 * clients and colleagues too. So a surname beside a given name, an initial or a role
 * ("Karin Nilholm", "handläggare Watson") is never one of these, whatever else speaks
 * for it; and a surname that no list of authors has is nothing here. Which surname needs
 * what is said by lexicons/data/keep/authors.tsv.
 */
#include "veil/find.h"

#define AUTHOR_FLAGS (EFTI_LIST_AUTHOR | EFTI_LIST_CITED)
#define MOST_CITED 16 /* different surnames remembered in a text */

/* The surnames that the text has cited so far, folded, without the genitive. */
struct cited {
    eft_text names[MOST_CITED];
    size_t count;
};

static eft_text
bare_surname(const struct efti_form *f, bool genitive)
{
    return (eft_text){f->folded, f->folded_size - (genitive ? 1 : 0)};
}

/* What the list of authors says of a word with a capital; `*surname` is its bare form. */
static uint32_t
listed_author(const struct efti_veil *v, const struct efti_form *f, eft_text *surname)
{
    uint32_t flags = f->lists & AUTHOR_FLAGS;

    *surname = bare_surname(f, false);
    if (flags == 0 && f->folded_size >= 4 && f->folded[f->folded_size - 1] == 's') {
        flags = efti_lists_word(v->lists, f->folded, f->folded_size - 1) & AUTHOR_FLAGS;
        *surname = bare_surname(f, true);
    }
    return flags;
}

/* The same of word `i`: nearly all words have no such cue. */
static uint32_t
author_flags(const struct efti_veil *v, size_t i, eft_text *surname)
{
    const struct veil_word *w = &v->words.items[i];

    return (w->cues & VEIL_CUE_AUTHOR) == 0 ? 0 : listed_author(v, w->form, surname);
}

static bool
is_initial(const struct efti_form *f)
{
    return f->code_points == 1 ||
           (f->code_points == 2 && f->folded[f->folded_size - 1] == '.');
}

static bool
stays(const struct veil_word *w)
{
    return (w->state & VEIL_STATE_KEEP) != 0 || (w->bits & VEIL_KEEP) != 0;
}

static bool
is_remembered(const struct cited *c, eft_text surname)
{
    for (size_t k = 0; k < c->count; k++)
        if (efti_equal(c->names[k].bytes, c->names[k].size, surname.bytes, surname.size))
            return true;
    return false;
}

static void
remember(struct cited *c, eft_text surname)
{
    if (c->count < MOST_CITED && !is_remembered(c, surname))
        c->names[c->count++] = surname;
}

/* ----------------------------------------------------------------------- who is met */

#define MET                                                                              \
    (EFTI_EVIDENCE_ROLE | EFTI_EVIDENCE_SIGNATURE | VEIL_SEES_CALLED | VEIL_SEES_ROLL)

/* författaren, artisten: a role, but of somebody who is read or heard */
static bool
is_public_word(const struct efti_form *f)
{
    static const char *const words[] = {
        "forskaren",    "forskare",      "forskarna",   "författaren",  "författare",
        "sociologen",   "filosofen",     "filosof",     "teoretikern",  "teoretiker",
        "poeten",       "artisten",      "sångaren",    "sångerskan",   "skådespelaren",
        "konstnären",   "komikern",      "regissören",  "kompositören", "professor",
        "professorn",   "psykiatern",    "presidenten", "pedagogen",    "debattören",
        "journalisten", "statsministern"};

    return efti_is_among(f->folded, f->folded_size, words, EFTI_COUNT(words));
}

static bool
is_public_role(const struct efti_veil *v, size_t i)
{
    return efti_veil_ask(v, i, VEIL_ASK_PUBLIC, is_public_word);
}

/* Mvh Karpman, /Karpman, the name on the line below a sign-off. */
static bool
is_signed(const struct efti_veil *v, size_t i)
{
    size_t at = v->segments->tokens.items[i].start;

    for (size_t back = 1; back <= 2 && back <= i; back++)
        if (efti_veil_is(v, i - back, VEIL_CLASS_SIGN_OFF))
            return true;
    while (at > 0 && v->text.bytes[at - 1] == ' ')
        at--;
    return at > 0 && v->text.bytes[at - 1] == '/' &&
           (at == 1 || !efti_veil_is_alnum(v->text.bytes[at - 2]));
}

/* Kontaktperson: Karpman */
static bool
is_labelled(const struct efti_veil *v, size_t i)
{
    return i > 0 && v->words.items[i].glue == VEIL_GLUE_MARK &&
           efti_veil_byte(v, v->segments->tokens.items[i - 1].end) == ':' &&
           (v->words.items[i - 1].bits & VEIL_ROLE) != 0;
}

/* Karpmans mamma, Folkmans son: `i` is the word with the genitive. */
static bool
has_kin(const struct efti_veil *v, size_t i)
{
    static const char *const kin[] = {
        "son",   "dotter",  "barn",   "mamma", "pappa",    "mor",      "far",
        "bror",  "syster",  "man",    "fru",   "hustru",   "lägenhet", "rum",
        "blöja", "medicin", "schema", "pass",  "anhöriga", "journal",  "hus"};
    const struct efti_form *f = v->words.items[i].form;

    return f != NULL && f->folded[f->folded_size - 1] == 's' &&
           efti_veil_follows(v, i + 1) &&
           ((v->words.items[i + 1].bits & VEIL_ROLE) != 0 ||
            efti_veil_is_one_of(v, i + 1, kin, EFTI_COUNT(kin)));
}

/* ", 82,", ", 34 år", " (17)": an age of one or two figures. */
static bool
is_of_age(const struct efti_veil *v, size_t n)
{
    static const char *const years[] = {"år", "månader", "mån"};

    if (n >= v->words.count)
        return false;
    const struct efti_token *t = &v->segments->tokens.items[n];
    enum veil_glue glue = v->words.items[n].glue;
    char behind = efti_veil_byte(v, t->end);

    return t->kind == EFTI_NUMBER && t->end - t->start <= 2 &&
           (glue == VEIL_GLUE_COMMA || glue == VEIL_GLUE_MARK) &&
           (behind == ',' || behind == ')' ||
            (efti_veil_follows(v, n + 1) &&
             efti_veil_is_one_of(v, n + 1, years, EFTI_COUNT(years))));
}

/* Thomas Kuhn är min kontaktperson; Knut Sundell, 82, föll: what only somebody who is met
 * is said to be. `last` is the last word of the name. */
static bool
is_described(const struct efti_veil *v, size_t last)
{
    static const char *const is[] = {"är", "var", "blev", "blir", "heter"};
    static const char *const whose[] = {"min",   "vår",  "hans", "hennes", "en", "ny",
                                        "deras", "mina", "ett",  "våran",  "nya"};
    size_t n = last + 1;

    if (is_of_age(v, n))
        return true;
    if (!efti_veil_follows(v, n) || !efti_veil_is_one_of(v, n, is, EFTI_COUNT(is)))
        return false;
    n++;
    for (int k = 0; k < 2 && efti_veil_follows(v, n) &&
                    efti_veil_is_one_of(v, n, whose, EFTI_COUNT(whose));
         k++)
        n++;
    return n > last + 2 && efti_veil_follows(v, n) &&
           (v->words.items[n].bits & VEIL_ROLE) != 0 && !is_public_role(v, n) &&
           efti_veil_is_one_of(v, last + 2, whose, 4); /* min, vår, hans, hennes */
}

/* Does what stands around the tokens `first` to `last` say that somebody is met? */
static bool
is_met(const struct efti_veil *v, size_t first, size_t last)
{
    static const char *const titles[] = {"fru", "herr", "fröken", "frk", "hr"};
    uint32_t evidence = 0, public_role = 0;

    if (first > 0 && is_public_role(v, first - 1))
        public_role = EFTI_EVIDENCE_ROLE;
    for (size_t i = first; i <= last; i++)
        evidence |= v->words.items[i].evidence;
    if ((evidence & MET & ~public_role) != 0 || is_signed(v, first) ||
        is_labelled(v, first) || has_kin(v, last) || is_described(v, last))
        return true;
    return efti_veil_follows(v, first) && public_role == 0 &&
           ((v->words.items[first - 1].bits & VEIL_ROLE) != 0 ||
            efti_veil_is_one_of(v, first - 1, titles, EFTI_COUNT(titles)));
}

static bool
is_name_of_somebody(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    if (w->form == NULL || stays(w))
        return false;
    if ((w->bits & VEIL_CAPITAL) == 0)
        return (w->bits & VEIL_GIVEN) != 0 && (w->bits & VEIL_WORD) == 0;
    return (w->bits & VEIL_NAME) != 0 || is_initial(w->form) ||
           (w->bits & (VEIL_ORDINARY | VEIL_WORD)) == 0;
}

/* A given name, an initial, a role or an unknown capital before it; joined to a given
 * name: somebody's own. */
static bool
is_somebodys(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    if ((w->state & VEIL_STATE_AUTHOR) != 0)
        return false; /* as a whole: full_name_stays() */
    if (is_met(v, i, i))
        return true;
    if (i == 0 || (w->glue != VEIL_GLUE_SPACE && w->glue != VEIL_GLUE_STOP))
        return false;
    if (i > 1 && efti_veil_is(v, i - 1, VEIL_CLASS_AND) && efti_veil_follows(v, i - 1) &&
        (w[-2].bits & VEIL_GIVEN) != 0 && is_name_of_somebody(v, i - 2))
        return true;
    return is_name_of_somebody(v, i - 1);
}

/* --------------------------------------------------------------------- what cites */

/* "X (2014)", "(X, 2014)", "(X, 2014; Y, 2016)" : a year of the last two centuries. */
static bool
has_year(const struct efti_veil *v, size_t i)
{
    size_t n = i + 1;

    if (n >= v->words.count)
        return false;
    const struct efti_token *t = &v->segments->tokens.items[n];
    const char *year = v->text.bytes + t->start;

    if (t->kind != EFTI_NUMBER || t->end - t->start != 4 ||
        !((year[0] == '1' && year[1] >= '8') || (year[0] == '2' && year[1] == '0')))
        return false;
    char behind = efti_veil_byte(v, t->end);

    if (v->words.items[n].glue == VEIL_GLUE_COMMA)
        return behind == ')' || behind == ';' || behind == ',';
    return v->words.items[n].glue == VEIL_GLUE_MARK && year[-1] == '(' &&
           (behind == ')' || behind == ',' || behind == ':');
}

/* How many tokens of "m.fl.", "et al." stand behind word `i`. */
static size_t
others_behind(const struct efti_veil *v, size_t i)
{
    static const char *const et[] = {"et"}, *const al[] = {"al", "al."};

    if (!efti_veil_follows(v, i + 1) ||
        (v->words.items[i + 1].cues & VEIL_CUE_OTHERS) == 0)
        return 0;
    if (!efti_veil_is_one_of(v, i + 1, et, 1))
        return 1;
    return efti_veil_follows(v, i + 2) && efti_veil_is_one_of(v, i + 2, al, 2) ? 2 : 0;
}

uint32_t
efti_veil_author_cues(const struct efti_veil *v, const struct efti_form *form)
{
    static const char *const others[] = {"m.fl.", "m.fl", "mfl", "mfl.", "et"};
    uint32_t cues = 0;
    eft_text surname;

    if (efti_is_among(form->folded, form->folded_size, others, EFTI_COUNT(others)))
        cues |= VEIL_CUE_OTHERS;
    if ((form->veil & VEIL_CAPITAL) != 0 && form->kind == EFTI_WORD &&
        listed_author(v, form, &surname) != 0)
        cues |= VEIL_CUE_AUTHOR;
    return cues;
}

/* The words of a citation; those that a colleague is spoken of with too need a second
 * sign of one. */
enum cites { CITES_NOT, CITES_PERHAPS, CITES };

static enum cites
cited_before(const struct efti_veil *v, size_t i)
{
    static const char *const words[] = {"läst",   "läste",   "läser",
                                        "lästes", "citerar", "citerade"};
    static const char *const weak[] = {"enligt", "utifrån", "se"};

    if (!efti_veil_follows(v, i))
        return CITES_NOT;
    if (is_public_role(v, i - 1) ||
        efti_veil_is_one_of(v, i - 1, words, EFTI_COUNT(words)))
        return CITES;
    return efti_veil_is_one_of(v, i - 1, weak, EFTI_COUNT(weak)) ? CITES_PERHAPS
                                                                 : CITES_NOT;
}

static const char *const citing_verbs[] = {"definierar", "framhåller", "myntade",
                                           "formulerade"};
static const char *const citing_weakly[] = {
    "menar",     "skriver",  "beskriver", "hävdar",  "talar",   "kallar",
    "betonar",   "påpekar",  "visar",     "visade",  "skiljer", "diskuterar",
    "resonerar", "menade",   "skrev",     "beskrev", "hävdade", "kallade",
    "talade",    "grundade", "betonade",  "lyfter",  "säger",   "utvecklade"};
static const char *const citing_who[] = {"vi", "jag"};

static bool
is_citing_word(const struct efti_form *f)
{
    return efti_is_among(f->folded, f->folded_size, citing_verbs,
                         EFTI_COUNT(citing_verbs)) ||
           efti_is_among(f->folded, f->folded_size, citing_weakly,
                         EFTI_COUNT(citing_weakly)) ||
           efti_is_among(f->folded, f->folded_size, citing_who, EFTI_COUNT(citing_who));
}

static enum cites
citing(const struct efti_veil *v, size_t i)
{
    static const char *const read[] = {"läste", "läser"};

    if (i >= v->words.count ||
        (v->words.items[i].glue != VEIL_GLUE_SPACE &&
         v->words.items[i].glue != VEIL_GLUE_MARK) ||
        !efti_veil_ask(v, i, VEIL_ASK_CITING, is_citing_word))
        return CITES_NOT;
    if (efti_veil_is_one_of(v, i, citing_verbs, EFTI_COUNT(citing_verbs)) ||
        (efti_veil_is_one_of(v, i, citing_who, 2) &&
         efti_veil_is_one_of(v, i + 1, read, 2)))
        return CITES; /* Marzano vi läste */
    return efti_veil_is_one_of(v, i, citing_weakly, EFTI_COUNT(citing_weakly))
               ? CITES_PERHAPS
               : CITES_NOT;
}

/* teori, begreppet, avhandling: what is written, and what only a thinker has */
static bool
is_theory(const struct efti_form *f)
{
    static const char *const ends[] = {
        "teori",      "teorier",    "modell",    "modeller", "begrepp",    "begreppet",
        "perspektiv", "taxonomi",   "stege",     "trappa",   "cirkel",     "cykel",
        "stadier",    "faser",      "forskning", "studie",   "studier",    "diskurser",
        "ramverk",    "definition", "pedagogik", "triangel", "kategorier", "teman",
        "avhandling", "metod",      "analys",    "tankar",   "bok",        "böcker"};

    for (size_t k = 0; f != NULL && k < EFTI_COUNT(ends); k++) {
        size_t n = strlen(ends[k]);

        if (f->folded_size >= n &&
            memcmp(f->folded + f->folded_size - n, ends[k], n) == 0)
            return true;
    }
    return false;
}

/* Nilholms perspektiv, Harts delaktighetsstege. */
static bool
has_theory(const struct efti_veil *v, size_t i)
{
    const struct efti_form *f = v->words.items[i].form;

    return efti_veil_follows(v, i + 1) && f->folded[f->folded_size - 1] == 's' &&
           is_theory(v->words.items[i + 1].form);
}

/* What is read, heard or seen, and not met at work. */
/* clang-format off */
static const char *const culture[] = {
    "boken", "bok", "böckerna", "böcker", "låt", "låten", "låtar", "musik", "skiva",
    "skivan", "album", "film", "filmen", "filmer", "dikt", "dikter", "dikten",
    "roman", "romanen", "romaner", "novell", "noveller", "deckare", "deckarna",
    "pjäs", "pjäsen", "pjäser", "tavla", "tavlor", "tavlan", "målning", "artikeln",
    "artikel", "teorin", "teorier", "modellen", "begreppet", "forskningen",
    "litteraturen", "kapitel", "kapitlet", "avhandlingen", "studien", "metoden",
    "föreläsning", "konsert", "konserten", "podd", "podden", "citat", "citatet",
    "sjöng", "sjunger", "lyssnade", "lyssnar", "lyssna", "idol", "idoler", "läste",
    "läser", "lästes", "läst", "läsa", "citerar", "myntade", "teoretiker", "faktorer",
    "texter", "text", "texten", "forskare", "sång", "sången", "visa", "visor",
    "artist", "melodifestivalen", "mello", "allsång", "serien", "tv-serien",
    "teatern", "utställningen", "nobelpriset", "landslaget", "vm", "em", "os", "mål",
    "partiledare", "partiledaren", "regeringen", "riksdagen", "essä", "essän",
    "krönika", "krönikan", "sommarprat", "sommarpratet", "ted-talk", "filosofi",
    "filosofin", "psykologi", "sociologi", "pedagogik", "kursboken",
    "kurslitteraturen", "seminariet", "referens", "referenser", "diktsamling",
    "föreläste", "spelade", "spelar"};
/* clang-format on */

static bool
is_of_culture(const struct efti_veil *v, size_t i)
{
    return efti_veil_is_one_of(v, i, culture, EFTI_COUNT(culture)) ||
           is_public_role(v, i) || is_theory(v->words.items[i].form);
}

/* What authors and thinkers deal in, and other people too: enough for a surname that
 * hardly anybody here has, not for a full name that many have. */
static bool
is_of_theory(const struct efti_veil *v, size_t i)
{
    static const char *const words[] = {
        "lärande",   "socialt",    "samhället", "människan",  "världen",
        "skapade",   "grundade",   "föreläste", "makt",       "frihet",
        "identitet", "språket",    "språk",     "tänkande",   "reflektion",
        "kunskap",   "relationer", "omsorg",    "anknytning", "etik"};

    return efti_veil_is_one_of(v, i, words, EFTI_COUNT(words));
}

/* A second sign that the sentence of the tokens `first` to `last` is about what one has
 * read: a year, a word of theory, another author. */
static bool
has_sign(const struct efti_veil *v, size_t first, size_t last, bool rare)
{
    const struct efti_token *tokens = v->segments->tokens.items;
    const uint32_t starts = EFTI_TOKEN_SENTENCE_START | EFTI_TOKEN_LINE_START;
    size_t from = first, end = last + 1;
    eft_text other;

    while (from > 0 && first - from < 25 && (tokens[from].flags & starts) == 0)
        from--;
    while (end < v->words.count && end - last < 25 && (tokens[end].flags & starts) == 0)
        end++;
    for (size_t k = from; k < end; k++) {
        if (k >= first && k <= last)
            continue;
        if (is_of_culture(v, k) || (rare && is_of_theory(v, k)) || has_year(v, k) ||
            others_behind(v, k) > 0)
            return true;
        if (rare && author_flags(v, k, &other) != 0 && stays(&v->words.items[k]) &&
            !is_somebodys(v, k))
            return true;
    }
    return has_year(v, last) || others_behind(v, last) > 0;
}

/* Is byte `at` inside a bracket that was opened on this line, not far before? */
static bool
in_bracket(const struct efti_veil *v, size_t at)
{
    for (size_t back = 0; at > 0 && back < 100; back++) {
        char c = v->text.bytes[--at];

        if (c == '(' || c == ')' || c == '\n')
            return c == '(';
    }
    return false;
}

/* (Karlberg & Ek, 2017), Karlberg & Ek (2017, s. 4), Karlberg m.fl. (2017): no private
 * person stands so, on whatever list the surname is. `i` is the last surname. */
static bool
is_reference(const struct efti_veil *v, size_t i, uint32_t flags)
{
    size_t others = others_behind(v, i);

    if (others > 0)
        return has_year(v, i + others);
    if (!has_year(v, i) || v->words.items[i].glue != VEIL_GLUE_AMP || i == 0)
        return false;
    char behind = efti_veil_byte(v, v->segments->tokens.items[i + 1].end);
    if (v->words.items[i + 1].glue == VEIL_GLUE_COMMA)
        return in_bracket(v, v->segments->tokens.items[i - 1].start);
    return (flags & EFTI_LIST_CITED) != 0 || behind != ')' ||
           cited_before(v, i - 1) != CITES_NOT || citing(v, i + 2) != CITES_NOT;
}

/* Turnell och Edwards: another surname of the list is joined to it. */
static bool
is_joined_author(const struct efti_veil *v, size_t i)
{
    eft_text other;

    if (efti_veil_follows(v, i + 1) && efti_veil_is(v, i + 1, VEIL_CLASS_AND) &&
        efti_veil_follows(v, i + 2) && author_flags(v, i + 2, &other) != 0)
        return true;
    return i >= 2 && efti_veil_follows(v, i) && efti_veil_is(v, i - 1, VEIL_CLASS_AND) &&
           author_flags(v, i - 2, &other) != 0;
}

/* Is word `i`, a surname that the list says `flags` of, cited where it stands? */
static bool
is_cited(const struct efti_veil *v, size_t i, uint32_t flags)
{
    bool year = has_year(v, i);
    enum cites before = cited_before(v, i), behind = citing(v, i + 1);

    if (is_reference(v, i, flags) ||
        (i + 1 < v->words.count && v->words.items[i + 1].glue == VEIL_GLUE_AMP &&
         is_reference(v, i + 1, flags)))
        return true;
    if ((flags & EFTI_LIST_CITED) != 0 && is_joined_author(v, i) &&
        has_sign(v, i, i, true))
        return true;
    if ((flags & EFTI_LIST_CITED) != 0)
        return year || others_behind(v, i) > 0 || has_theory(v, i) || before == CITES ||
               behind == CITES ||
               ((before != CITES_NOT || behind != CITES_NOT) && has_sign(v, i, i, true));
    return (flags & EFTI_LIST_AUTHOR) != 0 && year &&
           (before != CITES_NOT || citing(v, i + 2) != CITES_NOT ||
            efti_veil_byte(v, v->segments->tokens.items[i + 1].end) == ';');
}

/* ------------------------------------------------------------------- the passes */

/* Argyris och Schön, Giddens, Beck och Bauman: beside an author that stays. */
static bool
is_beside_author(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];
    eft_text other;
    size_t n = i + 1;

    if (n + 1 < v->words.count && efti_veil_follows(v, n) &&
        efti_veil_is(v, n, VEIL_CLASS_AND) && efti_veil_follows(v, n + 1))
        n++;
    else if (n < v->words.count && w[1].glue != VEIL_GLUE_COMMA &&
             w[1].glue != VEIL_GLUE_AMP)
        n = v->words.count;
    if (n < v->words.count && stays(&v->words.items[n]) &&
        author_flags(v, n, &other) != 0)
        return true;
    if (i >= 2 && efti_veil_follows(v, i) && efti_veil_is(v, i - 1, VEIL_CLASS_AND))
        n = i - 2;
    else if (i >= 1 && (w->glue == VEIL_GLUE_COMMA || w->glue == VEIL_GLUE_AMP))
        n = i - 1;
    else
        return false;
    return stays(&v->words.items[n]) && author_flags(v, n, &other) != 0;
}

/* May a surname that no list has be a reference here? (is_reference() says when) */
static bool
has_references(const struct efti_veil *v)
{
    return v->any_amp || (v->present & VEIL_CUE_OTHERS) != 0;
}

static bool
is_capital_word(const struct veil_word *w)
{
    return w->form != NULL && (w->bits & VEIL_CAPITAL) != 0 && w->form->kind == EFTI_WORD;
}

static void
author_stays(struct efti_veil *v, size_t i, struct cited *c, bool again)
{
    struct veil_word *w = &v->words.items[i];
    eft_text surname = {NULL, 0};
    uint32_t flags = author_flags(v, i, &surname);

    if (flags == 0 && !(has_references(v) && is_capital_word(w)))
        return;
    if (!stays(w)) {
        if (is_somebodys(v, i) ||
            !(is_cited(v, i, flags) || (flags != 0 && is_beside_author(v, i)) ||
              (again && flags != 0 && is_remembered(c, surname))))
            return;
        w->state |= VEIL_STATE_KEEP;
    }
    if (flags != 0)
        remember(c, surname);
}

/* What seemed to be somebody who is read is somebody who is met. */
static void
take_back(struct efti_veil *v, size_t i)
{
    struct veil_word *w = &v->words.items[i];

    w->state &= (uint8_t) ~(VEIL_STATE_KEEP | VEIL_STATE_AUTHOR);
    w->bits &= ~(uint32_t)(VEIL_KEEP | VEIL_ORDINARY);
    efti_veil_mark(v, i, VEIL_RULE_NAME_FULL, EFTI_PERSON);
}

/* Given names of any tier, and those that are words too (Jan, Björn). */
#define LISTED_GIVEN                                                                     \
    (EFTI_LIST_GIVEN_1 | EFTI_LIST_GIVEN_2 | EFTI_LIST_ALSO_MID | EFTI_LIST_ALSO_FRAME)

/* "skriver om", "har skrivit om" */
static bool
writes_about(const struct efti_veil *v, size_t i)
{
    static const char *const has[] = {"har", "hade"}, *const about[] = {"om"};
    static const char *const writes[] = {"skriver", "skrev", "skrivit"};

    if (efti_veil_follows(v, i) && efti_veil_is_one_of(v, i, has, EFTI_COUNT(has)))
        i++;
    return efti_veil_follows(v, i) &&
           efti_veil_is_one_of(v, i, writes, EFTI_COUNT(writes)) &&
           efti_veil_follows(v, i + 1) && efti_veil_is_one_of(v, i + 1, about, 1);
}

/* A full name stays unless it is met; one that somebody here may bear (Adam Grant, Ulla
 * Holm) only where something says that it is read or heard. `alone`: names that the list
 * holds to be nobody else's (Vygotskij). */
static bool
full_name_stays(const struct efti_veil *v, size_t first, size_t last)
{
    const struct veil_word *w = v->words.items;
    uint32_t evidence = 0;

    if (is_met(v, first, last))
        return false;
    for (size_t i = first; i <= last; i++)
        evidence |= w[i].evidence;
    uint32_t frames = EFTI_EVIDENCE_FRAME |
                      (citing(v, last + 1) == CITES_NOT ? (uint32_t)VEIL_SEES_AFTER : 0);
    const uint32_t names = LISTED_GIVEN | EFTI_LIST_SURNAME_1 | EFTI_LIST_SURNAME_2;
    bool alone = (w[last].bits & VEIL_KEEP) != 0 && (w[last].form->lists & names) == 0;
    bool common = !alone && (w[first].form->lists & LISTED_GIVEN) != 0 &&
                  (w[last].form->lists & names) != 0;

    if (alone)
        return true;
    if ((evidence & frames) == 0 && !common)
        return true;
    return cited_before(v, first) != CITES_NOT || citing(v, last + 1) == CITES ||
           writes_about(v, last + 1) || has_sign(v, first, last, !common);
}

/* Who is met once is met in the whole text. */
static void
take_back_others(struct efti_veil *v, const struct cited *met)
{
    eft_text surname;

    for (size_t h = 0; met->count > 0 && h < v->surnames.count; h++) {
        size_t i = v->surnames.items[h];

        if (!stays(&v->words.items[i]) || author_flags(v, i, &surname) == 0 ||
            !is_remembered(met, surname))
            continue;
        for (size_t k = i; k > 0 && (v->words.items[k].state & VEIL_STATE_AUTHOR) != 0 &&
                           (v->words.items[k].state & VEIL_STATE_FIRST) == 0;
             k--)
            take_back(v, k - 1);
        take_back(v, i);
    }
}

/* The full name that begins with token `first` stays or not; its last token. */
static size_t
look_at_full_name(struct efti_veil *v, size_t first, struct cited *met)
{
    const struct veil_word *w = v->words.items;
    size_t last = first;
    eft_text surname;

    while (last + 1 < v->words.count &&
           (w[last + 1].state & (VEIL_STATE_AUTHOR | VEIL_STATE_FIRST)) ==
               VEIL_STATE_AUTHOR)
        last++;
    if (!full_name_stays(v, first, last)) {
        if (author_flags(v, last, &surname) != 0)
            remember(met, surname);
        for (size_t k = first; k <= last; k++)
            take_back(v, k);
    }
    return last;
}

static void
look_at_surname(struct efti_veil *v, size_t i, struct cited *met)
{
    const struct veil_word *w = &v->words.items[i];
    eft_text surname;

    if ((w->bits & (VEIL_CAPITAL | VEIL_KEEP)) != (VEIL_CAPITAL | VEIL_KEEP) ||
        author_flags(v, i, &surname) == 0 || !is_somebodys(v, i))
        return;
    remember(met, surname);
    take_back(v, i);
    if (efti_veil_follows(v, i) && is_name_of_somebody(v, i - 1) &&
        (v->words.items[i - 1].bits & VEIL_NAME) != 0)
        efti_veil_mark(v, i - 1, VEIL_RULE_NAME_FULL, EFTI_PERSON);
}

/* Full names, and between them surnames that would stay alone, in the order of the text.
 */
static void
take_back_who_is_met(struct efti_veil *v)
{
    struct cited met = {.count = 0};
    size_t full = 0, done = 0;

    for (size_t h = 0; h <= v->surnames.count; h++) {
        bool end = h == v->surnames.count;
        size_t i = end ? SIZE_MAX : v->surnames.items[h];

        for (; full < v->full_names.count && v->full_names.items[full] <= i; full++)
            if (v->full_names.items[full] >= done)
                done = look_at_full_name(v, v->full_names.items[full], &met) + 1;
        if (!end && i >= done)
            look_at_surname(v, i, &met);
    }
    take_back_others(v, &met);
}

void
efti_veil_authors(struct efti_veil *v)
{
    struct cited c = {.count = 0};

    if (v->surnames.count > 0 || v->full_names.count > 0)
        take_back_who_is_met(v);
    if (v->surnames.count == 0 && !has_references(v))
        return;
    /* from the left, then from the right: what joins may stand on either side */
    for (size_t h = 0; h < v->candidates.count; h++)
        author_stays(v, v->candidates.items[h], &c, false);
    for (size_t h = v->candidates.count; h-- > 0;)
        author_stays(v, v->candidates.items[h], &c, true);
}
