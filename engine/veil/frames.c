/*
 * frames.c - what stands around a word and speaks for its being a name
 *
 *   pratade med | fatima            a strong frame before
 *   mamman | amina                  a role or kin word before
 *   Hevin | berättade               a frame after
 *   Mvh / Moa Öhrstedt              a signature
 *   ... att | Zahra                 a capital where the sentence gives no reason for one
 *
 * Frames are phrases of the lists; each puts a bit on its neighbour. What the bits amount
 * to is decided in names.c by the table in rules.c. A tag of ours in the input counts as
 * a start of a sentence and ends every frame: veiling twice sees less, never more.
 */
#include "veil/find.h"

#define START_FLAGS                                                                      \
    (EFTI_TOKEN_SENTENCE_START | EFTI_TOKEN_LINE_START | EFTI_TOKEN_AFTER_MARK)

static bool
is_shouted(const struct efti_veil *v, size_t i)
{
    for (size_t k = i > 0 ? i - 1 : 0; k <= i + 1 && k < v->words.count; k++)
        if (k != i && (v->words.items[k].bits & VEIL_UPPER) != 0 &&
            (v->words.items[k].bits & VEIL_WORD) != 0)
            return true;
    return false;
}

bool
efti_veil_is_mid(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    if ((w->bits & VEIL_CAPITAL) == 0 || i == 0 || v->casing == VEIL_CASING_HIGH ||
        (v->segments->tokens.items[i].flags & START_FLAGS) != 0 ||
        (w[-1].state & VEIL_STATE_TAG) != 0)
        return false;
    return (w->bits & VEIL_UPPER) == 0 || !is_shouted(v, i);
}

/* The one possessive that is also among the commonest names of men. No verb can follow
 * the possessive, so a verb frame behind it makes it a name. */
static bool
is_hans(const struct efti_form *f)
{
    return efti_equal(f->folded, f->folded_size, "hans", 4);
}

/* In lower case also compounds that only look like a school or a street are known
 * (akutskola), and long words nobody knows are no names but slips of the pen. */
#define LONGEST_NAME 11

static bool
is_unknown(const struct efti_veil *v, const struct veil_word *w)
{
    if ((w->bits & (VEIL_ORDINARY | VEIL_WORD)) != 0)
        return false;
    if ((w->bits & (VEIL_CAPITAL | VEIL_NAME)) != 0)
        return true;
    if (v->dictionary == NULL) /* then every word is unknown, and it means nothing */
        return false;
    return w->form->code_points <= LONGEST_NAME &&
           ((w->bits & VEIL_KNOWN) == 0 || w->form->shape == EFTI_SHAPE_SURNAME ||
            w->form->shape == EFTI_SHAPE_SETTLEMENT);
}

static uint32_t
listed_evidence(uint32_t bits)
{
    static const struct {
        uint32_t bit, evidence;
    } map[] = {
        {VEIL_GIVEN_1, EFTI_EVIDENCE_LIST_1},    {VEIL_GIVEN_2, EFTI_EVIDENCE_LIST_2},
        {VEIL_SURNAME, VEIL_SEES_SURNAME},       {VEIL_ALSO_MID, VEIL_SEES_ALSO_MID},
        {VEIL_ALSO_FRAME, VEIL_SEES_ALSO_FRAME},
    };
    uint32_t e = (bits & VEIL_WORD) != 0 ? (uint32_t)VEIL_SEES_WORD : 0;

    if ((bits & VEIL_NAME) == 0)
        return e;
    for (size_t k = 0; k < EFTI_COUNT(map); k++)
        if ((bits & map[k].bit) != 0)
            e |= map[k].evidence;
    return e;
}

/* "Ruta 2", "2 tim", "kl 3 på": a short name or word beside figures is a thing. */
static bool
is_counted(const struct efti_veil *v, size_t i)
{
    const struct efti_token *tokens = v->segments->tokens.items;
    const struct veil_word *w = &v->words.items[i];
    bool word = (w->bits & VEIL_WORD) != 0;

    if (word && efti_veil_follows(v, i + 1) && tokens[i + 1].kind == EFTI_NUMBER &&
        tokens[i + 1].end - tokens[i + 1].start <= 2 && (w->bits & VEIL_GIVEN_1) == 0)
        return true;
    return (w->bits & VEIL_CAPITAL) == 0 && w->form->code_points <= 3 &&
           efti_veil_follows(v, i) && tokens[i - 1].kind == EFTI_NUMBER;
}

/* Alla säger, Inga ringde: names too, but not where every sentence has a capital. */
static bool
is_everybody(const struct efti_form *f)
{
    static const char *const words[] = {"alla", "inga", "ena", "nya"};

    return efti_is_among(f->folded, f->folded_size, words, EFTI_COUNT(words));
}

static uint32_t
own_evidence(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];
    uint32_t e = listed_evidence(w->bits);

    if ((w->form->lists & EFTI_LIST_ALSO_NEVER) != 0)
        e |= VEIL_SEES_NEVER;
    if ((w->bits & VEIL_CAPITAL) != 0 && v->casing != VEIL_CASING_HIGH)
        e |= VEIL_SEES_CAPITAL;
    /* bror, sen, hans in lower case are what they say */
    else if ((w->form->lists & (EFTI_LIST_FUNCTION | EFTI_LIST_ROLE)) != 0)
        e |= VEIL_SEES_NEVER;
    /* "Sen sa han", "Alla vill": at a start a function word is no name; Hans
     * may be one */
    enum veil_class class = efti_veil_class(w->bits);
    bool small = (w->form->lists & EFTI_LIST_FUNCTION) != 0 ||
                 class == VEIL_CLASS_MONTH || class == VEIL_CLASS_DAY ||
                 class == VEIL_CLASS_PRONOUN; /* jan, tors, ho */
    bool mid = efti_veil_is_mid(v, i);
    if (!mid && is_everybody(w->form))
        e |= VEIL_SEES_NEVER;
    bool called = (w->evidence & VEIL_SEES_CALLED) != 0 &&
                  (class == VEIL_CLASS_MONTH || class == VEIL_CLASS_DAY ||
                   (w->evidence & VEIL_SEES_ROLL) != 0); /* Frånvarande: Per */
    if (small && !mid && !called && !is_hans(w->form))
        e |= VEIL_SEES_NEVER;
    if (is_counted(v, i))
        e |= VEIL_SEES_NEVER; /* ruta 2, 2 tim */
    if (is_unknown(v, w))
        e |= EFTI_EVIDENCE_UNKNOWN;
    if (mid)
        e |= EFTI_EVIDENCE_CAPITAL_MID;
    /* at a start "Handledningsgruppen" is a group, "Solgläntan" a home */
    bool group = w->form->shape == EFTI_SHAPE_ORG && (w->bits & VEIL_KNOWN) != 0 && !mid;
    if (w->form->shape != EFTI_SHAPE_NONE && (w->bits & VEIL_WORD) == 0 && !group)
        e |= EFTI_EVIDENCE_NAME_SHAPE;
    if (v->casing != VEIL_CASING_USUAL)
        e |= VEIL_SEES_LOW_TEXT; /* capitals say nothing here */
    return e;
}

void
efti_veil_look(struct efti_veil *v, size_t i)
{
    struct veil_word *w = &v->words.items[i];

    if ((w->state & VEIL_STATE_SEEN) != 0 || w->form == NULL)
        return;
    w->state |= VEIL_STATE_SEEN;
    w->evidence |= own_evidence(v, i);
    if (!efti_veil_is_mid(v, i) && (w->evidence & VEIL_SEES_CALLED) == 0 &&
        efti_veil_is_english(v, i))
        w->state |= VEIL_STATE_KEEP;
}

void
efti_veil_give(struct efti_veil *v, size_t i, uint32_t evidence)
{
    if (i < v->words.count && v->words.items[i].form != NULL)
        v->words.items[i].evidence |= evidence;
}

/* May a subject begin at token `i`: at a start, after a comma or quote, a conjunction? */
static bool
begins_clause(const struct efti_veil *v, size_t i)
{
    static const char *const joins[] = {
        "och",  "å",     "men", "att",    "när",   "då",     "som", "eftersom", "om",
        "sen",  "sedan", "så",  "för",    "medan", "innan",  "där", "tills",    "fast",
        "både", "eller", "o",   "varken", "ifall", "därför", "utan"};

    if (i == 0 || v->words.items[i].glue != VEIL_GLUE_SPACE)
        return true;
    return efti_veil_is_one_of(v, i - 1, joins, EFTI_COUNT(joins)) ||
           (v->segments->tokens.items[i].flags & START_FLAGS) != 0;
}

/* "nä", sa björn: a quote and its comma, or the other way round, before token `i`. */
static bool
is_after_quote(const struct efti_veil *v, size_t i)
{
    size_t at = v->segments->tokens.items[i].start;
    const char *bytes = v->text.bytes;

    if (at < 3 || bytes[at - 1] != ' ')
        return false;
    if (bytes[at - 2] == ',')
        return bytes[at - 3] == '"' || bytes[at - 3] == '\'' ||
               (bytes[at - 3] & '\x80') != 0;
    return bytes[at - 2] == '"' && strchr(",!?.", bytes[at - 3]) != NULL;
}

/* "då sa stig", "", sa björn": a verb of saying or doing with the subject behind it. */
static bool
is_turned_verb(const struct efti_veil *v, size_t i)
{
    static const char *const adverbs[] = {
        "då",   "sen",       "så",      "nu",  "sedan", "därför", "ändå", "igår",
        "idag", "plötsligt", "efteråt", "där", "här",   "imorse", "nyss"};
    static const char *const verbs[] = {"kom",  "kommer", "gick",
                                        "åkte", "ville",  "somnade"};
    const struct veil_word *w = &v->words.items[i];

    bool comes = (w[1].bits & VEIL_GIVEN) != 0 && /* idag kom vide */
                 efti_veil_is_one_of(v, i, verbs, EFTI_COUNT(verbs));

    if ((w->bits & VEIL_AFTER_STRONG) == 0 && !comes)
        return false;
    if (!comes && (i == 0 || w->glue == VEIL_GLUE_MARK || w->glue == VEIL_GLUE_COMMA ||
                   is_after_quote(v, i)))
        return true;
    return w->glue == VEIL_GLUE_SPACE &&
           efti_veil_is_one_of(v, i - 1, adverbs, EFTI_COUNT(adverbs));
}

/* räddade, hämtade: a past tense that no list has to know */
static bool
is_past(const struct veil_word *w)
{
    return w->form != NULL && w->form->folded_size > 5 && (w->bits & VEIL_WORD) != 0 &&
           memcmp(w->form->folded + w->form->folded_size - 3, "ade", 3) == 0;
}

/* väntar, skickar, ledde: the endings of verbs, on a word of the dictionary.
 * Nouns have some of them too, so it is weak evidence, and only for what no part
 * of a word explains. */
static bool
is_like_verb(const struct veil_word *w)
{
    static const char *const ends[] = {"ar",  "er",  "ade", "dde",
                                       "tte", "kte", "ste", "as"};
    static const char *const nouns[] = {"gånger", "timmar",  "minuter", "dagar", "veckor",
                                        "kronor", "månader", "procent", "frågor"};
    const struct efti_form *f = w->form;

    if (f == NULL || (w->bits & (VEIL_WORD | VEIL_CAPITAL)) != VEIL_WORD ||
        (f->lists & EFTI_LIST_FUNCTION) != 0)
        return false;
    return !efti_is_among(f->folded, f->folded_size, nouns, EFTI_COUNT(nouns)) &&
           efti_veil_ends_in(f, ends, EFTI_COUNT(ends), 2);
}

/* "Olu stod i dörren": three letters that are no word, of dialect or haste neither. */
static bool
is_short_stranger(const struct efti_veil *v, size_t i)
{
    static const char *const haste[] = {
        "ajg", "amn", "asså", "dan", "dar", "dee", "dej", "den", "dit", "dne", "dte",
        "dän", "dää", "edt",  "ett", "han", "hej", "hit", "hna", "hno", "hon", "hoo",
        "hän", "håå", "int",  "jga", "mej", "mkt", "mna", "mor", "nan", "ngn", "ngt",
        "nho", "nog", "nån",  "nåt", "sej", "sna", "sån", "vad", "vem", "vår"};
    const struct veil_word *w = &v->words.items[i];

    return (w->bits & (VEIL_CAPITAL | VEIL_UPPER | VEIL_WORD | VEIL_ORDINARY |
                       VEIL_KNOWN | VEIL_KEEP)) == VEIL_CAPITAL &&
           w->form->code_points == 3 && w->form->kind == EFTI_WORD &&
           v->dictionary != NULL &&
           !efti_is_among(w->form->folded, w->form->folded_size, haste,
                          EFTI_COUNT(haste));
}

/* "Marilou skickar pengar hem": a start, a word nobody knows, a verb. */
static void
look_before_verb(struct efti_veil *v, size_t i)
{
    static const char *const stands[] = {"stod",   "låg",  "gick",   "kom",
                                         "sprang", "stog", "kommer", "går"};
    struct veil_word *w = &v->words.items[i];

    if (w->form->code_points == 3 && efti_veil_follows(v, i + 1) &&
        is_short_stranger(v, i) &&
        efti_veil_is_one_of(v, i + 1, stands, EFTI_COUNT(stands)))
        w->evidence |= VEIL_SEES_WEAK;
    if ((w->bits & (VEIL_CAPITAL | VEIL_UPPER | VEIL_KNOWN | VEIL_WORD |
                    VEIL_ORDINARY)) == VEIL_CAPITAL &&
        w->form->shape == EFTI_SHAPE_NONE && w->form->kind == EFTI_WORD &&
        w->form->code_points >= 4 && efti_veil_follows(v, i + 1) && is_like_verb(&w[1]))
        w->evidence |= VEIL_SEES_WEAK;
}

/* Verbs that things have too: enough for a given name, which has no article. */
static bool
is_common_verb(const struct efti_veil *v, size_t i)
{
    static const char *const verbs[] = {
        "kom", "kommer", "vill",  "ville",   "ska",    "skulle", "gick",
        "tog", "fick",   "satt",  "har",     "hade",   "kan",    "kunde",
        "tar", "får",    "måste", "behöver", "brukar", "verkar"};

    return efti_veil_is_one_of(v, i, verbs, EFTI_COUNT(verbs));
}

/* A word in small letters that stands as a subject; capitals speak for themselves. */
static void
look_for_subject(struct efti_veil *v, size_t i)
{
    struct veil_word *w = &v->words.items[i];

    if ((w->bits & (VEIL_KEEP | VEIL_ROLE)) != 0 ||
        ((w->bits & VEIL_CAPITAL) != 0 && v->casing != VEIL_CASING_HIGH) ||
        w->form->code_points < 2 || w->form->kind != EFTI_WORD)
        return;
    if (w->form->code_points == 2 && /* "nej", sa bo. */
        ((w->bits & VEIL_GIVEN) == 0 || efti_veil_follows(v, i + 1) || i == 0 ||
         !is_after_quote(v, i - 1)))
        return;
    bool verb = efti_veil_follows(v, i + 1) &&
                ((w[1].bits & VEIL_AFTER_STRONG) != 0 ||
                 ((w->bits & VEIL_WORD) == 0 && is_past(&w[1])) || /* marina skyddade */
                 ((w->bits & VEIL_GIVEN) != 0 && /* nova har slutat; när björn kom */
                  ((w->evidence & VEIL_SEES_AFTER) != 0 || is_common_verb(v, i + 1))));
    if ((verb && begins_clause(v, i)) ||
        (efti_veil_follows(v, i) && is_turned_verb(v, i - 1)))
        w->evidence |= VEIL_SEES_SUBJECT;
}

/* A frame after a word says much about a capital or a listed name,
 * little about others. */
static void
give_before(struct efti_veil *v, size_t i, bool strong)
{
    const struct veil_word *w;

    if (i == 0 || !efti_veil_follows(v, i) || v->words.items[i - 1].form == NULL)
        return;
    w = &v->words.items[i - 1];
    if ((w->bits & VEIL_NAME) == 0 && w->form->code_points <= 3 &&
        !(strong && is_short_stranger(v, i - 1)))
        return; /* dialect: Hä, Int, Ho */
    bool likely = (w->bits & (VEIL_CAPITAL | VEIL_NAME)) != 0;
    efti_veil_give(v, i - 1,
                   likely && (strong || is_hans(w->form)) ? (uint32_t)VEIL_SEES_AFTER
                                                          : (uint32_t)VEIL_SEES_WEAK);
}

static void
apply_frames(struct efti_veil *v, uint32_t bits, size_t first, size_t last)
{
    if ((bits & (VEIL_BEFORE_STRONG | VEIL_BEFORE_WEAK | VEIL_AFTER_STRONG |
                 VEIL_AFTER_WEAK)) == 0)
        return;
    bool near = efti_veil_follows(v, last + 1);

    if ((bits & VEIL_BEFORE_STRONG) != 0 && near)
        efti_veil_give(v, last + 1, EFTI_EVIDENCE_FRAME);
    if ((bits & VEIL_BEFORE_WEAK) != 0 && near)
        efti_veil_give(v, last + 1, VEIL_SEES_WEAK);
    if ((bits & (VEIL_AFTER_STRONG | VEIL_AFTER_WEAK)) != 0)
        give_before(v, first, (bits & VEIL_AFTER_STRONG) != 0);
}

uint32_t
efti_veil_frame_bits(uint32_t classes)
{
    uint32_t bits = 0;

    if ((classes & (1u << EFTI_PHRASE_FRAME_BEFORE_STRONG)) != 0)
        bits |= VEIL_BEFORE_STRONG;
    if ((classes & (1u << EFTI_PHRASE_FRAME_BEFORE_WEAK)) != 0)
        bits |= VEIL_BEFORE_WEAK;
    if ((classes & (1u << EFTI_PHRASE_FRAME_AFTER_STRONG)) != 0)
        bits |= VEIL_AFTER_STRONG;
    if ((classes & (1u << EFTI_PHRASE_FRAME_AFTER_WEAK)) != 0)
        bits |= VEIL_AFTER_WEAK;
    return bits;
}

/* "stora tuna" in the lists is a place only where a capital or "i" says so. */
static void
apply_place(struct efti_veil *v, size_t first, size_t last)
{
    bool capital = (v->words.items[first].bits & VEIL_CAPITAL) != 0;

    if (!capital && !(first > 0 && efti_veil_is(v, first - 1, VEIL_CLASS_IN)))
        return;
    for (size_t k = first; k <= last; k++)
        efti_veil_mark(v, k, VEIL_RULE_PLACE_LISTED, EFTI_PLACE);
}

/* Daniel Stern stays unless authors.c sees that he is met; daniel stern, where capitals
 * say nothing, is somebody. */
static void
apply_author(struct efti_veil *v, size_t first, size_t last)
{
    struct veil_word *w = v->words.items;

    if (v->casing == VEIL_CASING_HIGH || (w[first].bits & VEIL_CAPITAL) == 0 ||
        (w[last].bits & VEIL_CAPITAL) == 0) {
        for (size_t k = first; (w[first].bits & VEIL_GIVEN) != 0 && k <= last; k++)
            efti_veil_mark(v, k, VEIL_RULE_NAME_FULL, EFTI_PERSON);
        return;
    }
    for (size_t k = first; k <= last; k++)
        w[k].state |= VEIL_STATE_KEEP | VEIL_STATE_AUTHOR;
    w[first].state |= VEIL_STATE_FIRST;
    if (!EFTI_PUSH(v->mem, &v->full_names))
        v->no_memory = true;
    else
        v->full_names.items[v->full_names.count - 1] = (uint32_t)first;
}

/* "Ingrid och Ivar", "Kalle Blomkvist", "Filippa K": a title or make that begins with a
 * given name, and all its words with a capital, may be what somebody is called; it stays
 * as an author does (authors.c). */
static bool
is_of_names(const struct efti_veil *v, size_t first, size_t last)
{
    const uint32_t names = EFTI_LIST_GIVEN_1 | EFTI_LIST_GIVEN_2 | EFTI_LIST_ALSO_MID |
                           EFTI_LIST_ALSO_FRAME | EFTI_LIST_SURNAME_1 |
                           EFTI_LIST_SURNAME_2;
    bool named = false;

    for (size_t i = first; i <= last; i++) {
        const struct veil_word *w = &v->words.items[i];

        if (w->form == NULL ||
            ((w->bits & VEIL_CAPITAL) == 0 && !efti_veil_is(v, i, VEIL_CLASS_AND)))
            return false;
        named = named || (i == first && (w->form->lists & names) != 0);
    }
    return named && last > first && last - first <= 2;
}

/* What a phrase over the tokens `first` to `last` says. */
static void
apply_phrase(struct efti_veil *v, uint32_t classes, size_t first, size_t last)
{
    apply_frames(v, efti_veil_frame_bits(classes), first, last);
    if ((classes & (1u << EFTI_PHRASE_ORG_HEAD)) != 0) {
        v->words.items[last].bits |= VEIL_HEAD;
        if (!EFTI_PUSH(v->mem, &v->heads))
            v->no_memory = true;
        else
            v->heads.items[v->heads.count - 1] = (uint32_t)last;
    }
    if ((classes & (1u << EFTI_PHRASE_ROLE)) != 0 && last + 1 < v->words.count &&
        (efti_veil_follows(v, last + 1) || /* Hennes före detta, T, ringde */
         v->words.items[last + 1].glue == VEIL_GLUE_COMMA))
        efti_veil_give(v, last + 1, EFTI_EVIDENCE_ROLE);
    bool kept = (classes & (1u << EFTI_PHRASE_KEEP)) != 0;
    for (size_t w = first; kept && w <= last; w++)
        v->words.items[w].state |= VEIL_STATE_KEEP;
    if ((classes & (1u << EFTI_PHRASE_AUTHOR)) != 0 ||
        (kept && is_of_names(v, first, last)))
        apply_author(v, first, last);
    if ((classes & (1u << EFTI_PHRASE_PLACE)) != 0)
        apply_place(v, first, last);
}

/* Individ- och familjeomsorg: the hyphen of a suspended part is no border. */
static bool
goes_on(const struct efti_veil *v, size_t i)
{
    return efti_veil_follows(v, i) ||
           (v->words.items[i].glue == VEIL_GLUE_MARK &&
            (v->segments->tokens.items[i - 1].flags & EFTI_TOKEN_SUSPENDED) != 0);
}

/* Every phrase of two words and more that starts at `i`, which is not the last token. */
static void
apply_phrases(struct efti_veil *v, size_t i)
{
    uint32_t most = efti_lists_phrase_words(v->lists);
    bool more = v->words.items[i].form != NULL;

    for (size_t k = i + 1; more && k < v->words.count && k - i < most; k++) {
        if (v->words.items[k].form == NULL || !goes_on(v, k))
            break;
        uint32_t classes = efti_veil_phrase_of(v, i, k, &more);
        if (classes != 0)
            apply_phrase(v, classes, i, k);
    }
}

/* c/o: what follows is a person. */
static bool
is_care_of(const struct efti_veil *v, size_t i)
{
    const struct efti_token *t = &v->segments->tokens.items[i];
    const char *bytes = v->text.bytes;

    return t->end - t->start == 1 && t->start >= 2 && bytes[t->start - 1] == '/' &&
           (bytes[t->start] | 0x20) == 'o' && (bytes[t->start - 2] | 0x20) == 'c' &&
           (t->start == 2 || !efti_veil_is_alnum(bytes[t->start - 3]));
}

/* "Jasmin (13)": a small number in brackets behind a capital. */
static void
age_behind(struct efti_veil *v, size_t i)
{
    const struct efti_token *t = &v->segments->tokens.items[i];

    if (i + 1 < v->words.count && v->words.items[i + 1].glue == VEIL_GLUE_COMMA &&
        t[1].kind == EFTI_NUMBER && t[1].end - t[1].start <= 2 &&
        efti_veil_byte(v, t[1].end) == ',' && v->words.items[i].glue == VEIL_GLUE_COMMA) {
        efti_veil_give(v, i, EFTI_EVIDENCE_FRAME); /* en kille här, zeke, 20, som */
        return;
    }
    if ((v->words.items[i].bits & VEIL_CAPITAL) == 0 || i + 1 >= v->words.count ||
        v->words.items[i + 1].glue != VEIL_GLUE_MARK || t[1].kind != EFTI_NUMBER ||
        t[1].end - t[1].start > 2 || v->text.bytes[t[1].start - 1] != '(' ||
        t[1].end >= v->text.size || v->text.bytes[t[1].end] != ')')
        return;
    efti_veil_give(v, i, EFTI_EVIDENCE_FRAME);
}

/* "Ailo: ville inte vara med": alone on its line or sentence before a colon. */
static bool
before_colon(const struct efti_veil *v, size_t i)
{
    const struct efti_token *t = &v->segments->tokens.items[i];

    const uint32_t bits = v->words.items[i].bits;
    size_t at = t->start;

    while (at > 0 && v->text.bytes[at - 1] == ' ')
        at--;
    if (at > 0 && v->text.bytes[at - 1] == ']' && efti_veil_byte(v, t->end) == ':')
        return (bits & (VEIL_KEY | VEIL_KEEP)) == 0; /* [09:14] nilla: nån som kan */
    return (bits & VEIL_KEY) == 0 && (bits & (VEIL_CAPITAL | VEIL_GIVEN)) != 0 &&
           efti_veil_byte(v, t->end) == ':' &&
           !efti_veil_is_alnum(efti_veil_byte(v, t->end + 1)) &&
           (t->flags & (EFTI_TOKEN_SENTENCE_START | EFTI_TOKEN_LINE_START)) != 0;
}

/* "Närvarande: ville, sanna, klara och frank": names one after the other. */
static bool
on_a_roll(const struct efti_veil *v, size_t i)
{
    static const char *const labels[] = {
        "närvarande",  "frånvarande",     "deltagare",   "frånvaro",       "närvaro",
        "medverkande", "justerare",       "sekreterare", "ordförande",     "protokoll",
        "antecknare",  "mötesordförande", "namn",        "kontaktperson",  "kontaktman",
        "ansvarig",    "handläggare",     "vikarie",     "elev",           "klient",
        "brukare",     "patient",         "hyresgäst",   "vårdnadshavare", "mentor",
        "sökande",     "rektor",          "kurator"};
    const struct veil_word *w = &v->words.items[i];

    if (i == 0)
        return false;
    if (w->glue == VEIL_GLUE_COMMA)
        return (w[-1].evidence & VEIL_SEES_ROLL) != 0;
    if (w->glue == VEIL_GLUE_SPACE && efti_veil_is(v, i - 1, VEIL_CLASS_AND))
        return i > 1 && (w[-2].evidence & VEIL_SEES_ROLL) != 0;
    return w->glue == VEIL_GLUE_MARK &&
           efti_veil_byte(v, v->segments->tokens.items[i - 1].end) == ':' &&
           efti_veil_is_one_of(v, i - 1, labels, EFTI_COUNT(labels));
}

/* "om Valborg och jag", "mohammmed å jag": a capital, or what nobody knows, together with
 * the one who tells. */
static bool
is_beside_me(const struct efti_veil *v, size_t i)
{
    static const char *const me[] = {"jag", "ja", "vi"};
    const struct veil_word *w = &v->words.items[i];

    return efti_veil_follows(v, i + 1) && efti_veil_follows(v, i + 2) &&
           efti_veil_is_one_of(v, i + 2, me, EFTI_COUNT(me)) && begins_clause(v, i) &&
           ((w->bits & VEIL_CAPITAL) != 0
                ? (w->bits & VEIL_NAME) != 0
                : (w->bits & (VEIL_WORD | VEIL_KNOWN)) == 0 && w->form->code_points > 4);
}

/* What the word before says about word `i`, and what the word behind it. */
static void
pull_from_neighbours(struct efti_veil *v, size_t i)
{
    struct veil_word *w = &v->words.items[i];

    if (i > 0 && (w->glue == VEIL_GLUE_SPACE || w->glue == VEIL_GLUE_COMMA)) {
        uint32_t bits = w[-1].bits;
        enum veil_class class = efti_veil_class(bits);

        if ((bits & VEIL_ROLE) != 0)
            w->evidence |= EFTI_EVIDENCE_ROLE;
        if ((bits & VEIL_ROLE) != 0 && w->glue == VEIL_GLUE_SPACE &&
            (w->bits & (VEIL_SURNAME | VEIL_ALSO_MID)) != 0 &&
            efti_veil_follows(v, i + 1) && is_past(&w[1]))
            w->evidence |= VEIL_SEES_WEAK; /* dr strand ordinerade */
        if (w->glue == VEIL_GLUE_SPACE) {
            if ((bits & VEIL_BEFORE_STRONG) != 0 || class == VEIL_CLASS_WITH ||
                (class == VEIL_CLASS_AND && is_care_of(v, i - 1)))
                w->evidence |= EFTI_EVIDENCE_FRAME;
            if ((bits & VEIL_BEFORE_WEAK) != 0)
                w->evidence |= VEIL_SEES_WEAK;
            if (class == VEIL_CLASS_CALLED)
                w->evidence |= VEIL_SEES_CALLED;
        }
    }
    if (on_a_roll(v, i))
        w->evidence |= VEIL_SEES_ROLL | EFTI_EVIDENCE_FRAME | VEIL_SEES_CALLED;
    bool before_who = efti_veil_is_before_who(v, i);
    if (before_colon(v, i) || before_who)
        w->evidence |= VEIL_SEES_AFTER;
    if (before_who && efti_veil_class(w->bits) == VEIL_CLASS_MONTH &&
        !efti_veil_is(v, i + 1, VEIL_CLASS_WHO))
        w->evidence |= VEIL_SEES_CALLED; /* Maj, hans mormor */
    if (efti_veil_is(v, i + 1, VEIL_CLASS_AND) && is_beside_me(v, i))
        w->evidence |= (w->bits & VEIL_CAPITAL) != 0 ? (uint32_t)VEIL_SEES_AFTER
                                                     : (uint32_t)EFTI_EVIDENCE_FRAME;
    if ((w->bits & VEIL_CAPITAL) != 0 && efti_veil_is_said_or_spelled(v, i))
        w->evidence |= VEIL_SEES_AFTER | VEIL_SEES_CALLED;
    bool named = (w->bits & (VEIL_GIVEN | VEIL_ALSO)) != 0;
    if ((w->bits & (VEIL_ALSO_FRAME | VEIL_CAPITAL)) ==
            (VEIL_ALSO_FRAME | VEIL_CAPITAL) &&
        efti_veil_is_behind_verb(v, i))
        w->evidence |= VEIL_SEES_AFTER;
    if (efti_veil_is_nicknamed(v, i) ||
        (named && (w->bits & VEIL_CAPITAL) != 0 && efti_veil_is_doer(v, i)))
        w->evidence |= VEIL_SEES_CALLED;
    if (named && (w->bits & (VEIL_WORD | VEIL_CAPITAL)) == VEIL_WORD &&
        efti_veil_is_spoken_of(v, i))
        w->evidence |= EFTI_EVIDENCE_FRAME;
    if (i + 2 < v->words.count && w[1].glue == VEIL_GLUE_COMMA && /* Samsam, brukaren, */
        w[2].glue == VEIL_GLUE_COMMA && (w[1].bits & VEIL_ROLE) != 0 &&
        (w->bits & (VEIL_CAPITAL | VEIL_NAME)) != 0)
        w->evidence |=
            (w->bits & VEIL_CAPITAL) != 0 ? EFTI_EVIDENCE_ROLE : EFTI_EVIDENCE_FRAME;
    if (i + 1 < v->words.count && w[1].glue == VEIL_GLUE_SPACE &&
        (w[1].bits & (VEIL_AFTER_STRONG | VEIL_AFTER_WEAK)) != 0)
        give_before(v, i + 1, (w[1].bits & VEIL_AFTER_STRONG) != 0);
}

/* A word in lower case that is a name only where something around it says so. */
static bool
needs_support(uint32_t bits)
{
    return (bits & (VEIL_WORD | VEIL_CAPITAL | VEIL_GIVEN_1)) == VEIL_WORD;
}

/* Is the byte before token `i` a slash, or a blank with one, or another blank, before? */
static bool
may_follow_slash(const struct efti_veil *v, size_t i)
{
    size_t at = v->segments->tokens.items[i].start;
    const char *bytes = v->text.bytes + at;

    return at > 0 && (bytes[-1] == '/' || (at > 1 && bytes[-1] == ' ' &&
                                           (bytes[-2] == '/' || bytes[-2] == ' ')));
}

/* "Emmelis mamma bakar": a capital with an -s, at a start, that nobody knows. */
static bool
is_unknown_owner(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    return w->form != NULL &&
           (w->bits & (VEIL_CAPITAL | VEIL_UPPER | VEIL_WORD | VEIL_ORDINARY |
                       VEIL_KNOWN | VEIL_NAME | VEIL_KEEP)) == VEIL_CAPITAL &&
           w->form->kind == EFTI_WORD && w->form->code_points >= 5 &&
           w->form->folded[w->form->folded_size - 1] == 's' && !efti_veil_is_mid(v, i);
}

/* "tuvas mamma ringde": a name that is a word, in the genitive and small letters, before
 * kin or role `i`. */
static void
whose_kin(struct efti_veil *v, size_t i)
{
    struct veil_word *w = i > 0 ? &v->words.items[i - 1] : NULL;

    if (w != NULL && is_unknown_owner(v, i - 1) && efti_veil_follows(v, i)) {
        w->bits |= VEIL_GENITIVE;
        w->evidence |= VEIL_SEES_AFTER;
        return;
    }
    if (w != NULL && w->form != NULL && efti_veil_follows(v, i) &&
        (w->bits & (VEIL_WORD | VEIL_CAPITAL | VEIL_KEEP | VEIL_ROLE)) == VEIL_WORD &&
        (w->bits & VEIL_GIVEN) != 0 && (w->form->lists & EFTI_LIST_FUNCTION) == 0 &&
        w->form->code_points >= 4 &&
        strchr("sxz", w->form->folded[w->form->folded_size - 1])) {
        efti_veil_mark(v, i - 1, VEIL_RULE_NAME_ROLE, EFTI_PERSON); /* iris mamma */
        return;
    }
    if (w == NULL || w->form == NULL || !efti_veil_follows(v, i) ||
        (w->bits & (VEIL_WORD | VEIL_CAPITAL | VEIL_KEEP | VEIL_ROLE)) != VEIL_WORD ||
        w->form->folded_size < 4 || w->form->folded[w->form->folded_size - 1] != 's' ||
        (w->form->lists & EFTI_LIST_FUNCTION) != 0 || w->form->kind != EFTI_WORD)
        return;
    uint32_t lists = efti_lists_word(v->lists, w->form->folded, w->form->folded_size - 1);
    if ((lists & (EFTI_LIST_GIVEN_1 | EFTI_LIST_GIVEN_2)) == 0 ||
        (lists & (EFTI_LIST_FUNCTION | EFTI_LIST_ROLE)) != 0)
        return;
    w->bits |= VEIL_GENITIVE;
    efti_veil_mark(v, i - 1, VEIL_RULE_NAME_ROLE, EFTI_PERSON);
}

void
efti_veil_frames(struct efti_veil *v)
{
    size_t count = v->candidates.count;

    for (size_t h = 0; h < v->phrases.count && !v->no_memory; h++)
        apply_phrases(v, v->phrases.items[h]);
    bool titles = (v->classes & VEIL_CLASS_BIT(TITLE)) != 0;
    for (size_t h = 0; titles && h < v->terms.count; h++)
        if (efti_veil_is(v, v->terms.items[h], VEIL_CLASS_TITLE))
            efti_veil_title_stays(v, v->terms.items[h]);
    const struct veil_word *words = v->words.items;
    const uint32_t *terms = v->terms.items, *last = terms + v->terms.count;
    for (const uint32_t *t = terms; t < last; t++)
        if ((words[*t].bits & VEIL_ROLE) != 0)
            whose_kin(v, *t);
    for (size_t h = 0; h < count; h++) {
        size_t i = v->candidates.items[h];
        struct veil_word *w = &v->words.items[i];

        if (w->form == NULL)
            continue;
        pull_from_neighbours(v, i);
        efti_veil_settle_thing(v, i);
        look_for_subject(v, i);
        look_before_verb(v, i);
        if (w->evidence != 0 || !needs_support(w->bits))
            efti_veil_look(v, i);
        if ((w->glue == VEIL_GLUE_MARK || w->glue == VEIL_GLUE_FAR) &&
            may_follow_slash(v, i))
            efti_veil_after_slash(v, i);
        age_behind(v, i);
    }
    for (size_t h = 0; h < v->sign_offs.count; h++)
        efti_veil_after_sign_off(v, v->sign_offs.items[h]);
    efti_veil_last_line(v);
}
