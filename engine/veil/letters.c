/*
 * letters.c - people who are written with their letters only
 *
 *   M. berättade, mamman till G   a letter where somebody stands
 *   E-M tyckte, P-V H             a double name by its letters
 *   Kh. beskriver                 two letters and a stop
 *   ang. T. Ø., 15 år             a given name and a surname, a letter each
 *   Tindra L, lucas h             a surname's letter behind a given name
 *   skolsyster (B-M)              in brackets, beside who it is
 *   i fortsättningen T.           what somebody is called from there on, everywhere
 *
 * "Klient A" and "plan B" are codes, and hepatit C and vitamin D are no people: so a
 * letter alone needs a frame of people around it.
 */
#include "veil/find.h"

/* A, K., A-C: single capitals. "I" is a preposition more often than anything else. */
bool
efti_veil_is_initial(const struct veil_word *w)
{
    const struct efti_form *f = w->form;

    if (f == NULL || (w->bits & VEIL_CAPITAL) == 0 || f->code_points > 4)
        return false;
    if (f->code_points == 1 ||
        (f->code_points == 2 && f->folded[f->folded_size - 1] == '.'))
        return true;
    return f->capitals == 2 && f->code_points == 3 &&
           memchr(f->folded, '-', f->folded_size) != NULL;
}

bool
efti_veil_is_bare_letter(const struct veil_word *w)
{
    const struct efti_form *f = w->form;

    return f != NULL && f->code_points == 1 &&
           (f->folded_size == 1 ? strchr("ioe", f->folded[0]) != NULL
                                : efti_equal(f->folded, f->folded_size, "å", 2));
}

/* E-M, A.-L.: a double name by its letters. */
static bool
is_letter_pair(const struct efti_form *f)
{
    return (f->raw_size == 3 && efti_veil_is_capital(f->raw[0]) && f->raw[1] == '-' &&
            efti_veil_is_capital(f->raw[2])) ||
           (f->raw_size == 4 && efti_veil_is_capital(f->raw[0]) && f->raw[1] == '.' &&
            f->raw[2] == '-' && efti_veil_is_capital(f->raw[3]));
}

static bool
is_single_capital(const struct veil_word *w)
{
    return w->form != NULL && w->form->code_points == 1 && w->form->capitals == 1 &&
           w->form->kind == EFTI_WORD;
}

/* skyllde, bröt: a past tense behind a letter and its stop. */
static bool
is_done(const struct veil_word *w)
{
    const struct efti_form *f = w->form;

    return (w->bits & (VEIL_WORD | VEIL_CAPITAL)) == VEIL_WORD && f->folded_size > 4 &&
           (memcmp(f->folded + f->folded_size - 2, "de", 2) == 0 ||
            memcmp(f->folded + f->folded_size - 2, "te", 2) == 0) &&
           (f->lists & EFTI_LIST_FUNCTION) == 0;
}

/* Kh. beskriver, Ax. ville: two letters of a name and a stop, and what somebody does. */
static bool
is_short_for_somebody(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];
    const struct efti_form *f = w->form;
    size_t end = v->segments->tokens.items[i].end;

    return f->code_points == 2 && f->casing == EFTI_CASING_INITIAL &&
           f->kind == EFTI_WORD && (w->bits & (VEIL_WORD | VEIL_KNOWN)) == 0 &&
           efti_veil_byte(v, end) == '.' && i + 1 < v->words.count &&
           w[1].glue == VEIL_GLUE_STOP && w[1].form != NULL &&
           (w[1].bits & VEIL_CAPITAL) == 0 &&
           ((w[1].bits & (VEIL_AFTER_STRONG | VEIL_AFTER_WEAK)) != 0 || is_done(&w[1]));
}

/* "B talar otydligt", "W lagade", "L SOVER": a bare letter that does something. */
static bool
is_bare_letter_doing(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];
    bool loud = v->casing == VEIL_CASING_HIGH;

    return w->form->raw_size == 1 && efti_veil_is_capital(w->form->raw[0]) &&
           strchr("IOE", w->form->raw[0]) == NULL &&
           (w->glue != VEIL_GLUE_SPACE || i == 0) && efti_veil_follows(v, i + 1) &&
           w[1].form != NULL && (loud || (w[1].bits & VEIL_CAPITAL) == 0) &&
           ((w[1].bits & VEIL_AFTER_STRONG) != 0 || (!loud && is_done(&w[1])));
}

/* A-F, X-Y: from one letter to another, as marks and drawers have them. */
static bool
is_letter_range(const struct efti_form *f)
{
    char from = f->raw[0], to = f->raw[f->raw_size - 1];

    return (from == 'A' && to >= 'C' && to <= 'J') || to == from + 1 ||
           (from == 'E' && to == 'A') || (from == 'F' && to == 'A');
}

/* "skolsyster (B-M)", "köket (A-L och jag)": who it is, in brackets. */
static bool
is_pair_in_brackets(const struct efti_veil *v, size_t i)
{
    const struct efti_token *t = &v->segments->tokens.items[i];

    if (i == 0 || v->words.items[i].glue != VEIL_GLUE_MARK ||
        v->text.bytes[t->start - 1] != '(')
        return false;
    return efti_veil_byte(v, t->end) == ')' ||
           (efti_veil_follows(v, i + 1) && efti_veil_is(v, i + 1, VEIL_CLASS_AND));
}

/* "K-G – sov", "B-M: borta": first on a line or behind a number of a list, and a mark. */
static bool
is_pair_listed(const struct efti_veil *v, size_t i)
{
    const struct efti_token *t = &v->segments->tokens.items[i];
    const char *behind = v->text.bytes + t->end;
    bool dash = v->text.size - t->end > 4 && memcmp(behind, " \xE2\x80\x93 ", 5) == 0;

    bool item = i > 0 && t[-1].kind == EFTI_NUMBER && /* 4. K-G – sov */
                (t[-1].flags & EFTI_TOKEN_LINE_START) != 0;
    return (item || (t->flags & (EFTI_TOKEN_LINE_START | EFTI_TOKEN_SENTENCE_START |
                                 EFTI_TOKEN_AFTER_MARK)) != 0) &&
           (dash || (v->text.size - t->end > 2 &&
                     (memcmp(behind, " - ", 3) == 0 || memcmp(behind, ": ", 2) == 0)));
}

/* "E-M tyckte att", "B-G FÅR INTE": before a verb, where a subject stands. */
static bool
is_pair_doing(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    if (is_pair_listed(v, i))
        return true;
    return (w->glue != VEIL_GLUE_SPACE || i == 0) && efti_veil_follows(v, i + 1) &&
           ((w[1].bits & (VEIL_AFTER_STRONG | VEIL_AFTER_WEAK)) != 0 || is_done(&w[1]) ||
            efti_veil_in(v, i + 1, GROUP_PAIR_VERBS) ||
            (v->casing != VEIL_CASING_HIGH && /* S-G till hörcentralen, B-M hem */
             efti_veil_in(v, i + 1, GROUP_PAIR_WHERE)));
}

static bool
is_somebodys_pair(const struct efti_veil *v, size_t i)
{
    const uint32_t people = EFTI_EVIDENCE_FRAME | VEIL_SEES_CALLED | VEIL_SEES_AFTER |
                            VEIL_SEES_WEAK | EFTI_EVIDENCE_ROLE;
    const struct veil_word *w = &v->words.items[i];

    if ((w->evidence & people) != 0)
        return true;
    if (!is_letter_range(w->form) && (is_pair_in_brackets(v, i) || is_pair_doing(v, i)))
        return true;
    return v->casing != VEIL_CASING_HIGH && i + 1 < v->words.count &&
           is_single_capital(&w[1]) && /* P-V H */
           (w[1].glue == VEIL_GLUE_SPACE || w[1].glue == VEIL_GLUE_STOP);
}

/* "i fortsättningen T.", "så jag säger P.": the letter by which the text will speak of
 * somebody. Who says A must say B, so A needs more. */
static bool
is_called_by_letter(const struct efti_veil *v, size_t i)
{
    if (i < 2 || !efti_veil_follows(v, i))
        return false;
    if (efti_veil_in(v, i - 1, GROUP_FROM_HERE_ON))
        return true;
    return v->words.items[i].form->raw[0] != 'A' &&
           efti_veil_byte(v, v->segments->tokens.items[i].end) == '.' &&
           efti_veil_follows(v, i - 1) && efti_veil_in(v, i - 1, GROUP_NAMES_BY_LETTER) &&
           efti_veil_in(v, i - 2, GROUP_I_OR_WE);
}

/* min, hennes, vår: whose it is; also one word further back (Hennes före detta). */
static bool
is_of_somebody(const struct efti_veil *v, size_t i)
{
    return efti_veil_in(v, i, GROUP_WHOSE_LETTER) ||
           (i > 0 && efti_veil_follows(v, i) &&
            efti_veil_in(v, i - 1, GROUP_WHOSE_LETTER));
}

/* "M. berättade", "mamman till G", "rädd för O.": a letter for somebody. "Klient A" and
 * "plan B" are codes, so a frame of people has to stand there. */
bool
efti_veil_is_person_letter(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];
    size_t size = w->form->raw_size;

    if (w->form->code_points > 4)
        return false;
    if (is_letter_pair(w->form))
        return is_somebodys_pair(v, i);
    if ((w->evidence & VEIL_SEES_ROLL) != 0 && w->form->capitals >= 2 &&
        w->form->code_points == w->form->capitals && w->form->code_points <= 3)
        return true; /* Närvarande: SL, MK, AP */
    if (is_bare_letter_doing(v, i) ||
        (v->casing != VEIL_CASING_HIGH && is_short_for_somebody(v, i)))
        return true;
    if ((w->bits & VEIL_CAPITAL) == 0 || size > 2 || size == 0 ||
        !efti_veil_is_capital(w->form->raw[0]) || (size == 2 && w->form->raw[1] != '.') ||
        v->casing == VEIL_CASING_HIGH)
        return false;
    if ((w->evidence & (EFTI_EVIDENCE_FRAME | VEIL_SEES_CALLED)) != 0 ||
        is_called_by_letter(v, i))
        return true;
    if ((w->evidence & EFTI_EVIDENCE_ROLE) != 0 && w->glue == VEIL_GLUE_COMMA && i > 1 &&
        efti_veil_follows(v, i - 1) && i + 1 < v->words.count &&
        w[1].glue == VEIL_GLUE_COMMA && strchr("IOE", w->form->raw[0]) == NULL &&
        is_of_somebody(v, i - 2))
        return true; /* Min kollega, R, höll med */
    size_t end = v->segments->tokens.items[i].end;
    if (i + 1 < v->words.count && efti_veil_byte(v, end) == '.' && w[1].form != NULL &&
        w[1].form->kind == EFTI_WORD &&
        (w[1].bits & VEIL_CAPITAL) == 0 && /* M. berättade; om T., som slutat */
        ((w[1].bits & VEIL_AFTER_STRONG) != 0 || is_done(&w[1]) || /* no D. of a list */
         (v->segments->tokens.items[i].flags &
          (EFTI_TOKEN_SENTENCE_START | EFTI_TOKEN_LINE_START)) == 0) &&
        (w[1].glue == VEIL_GLUE_STOP || efti_veil_byte(v, end + 1) == ','))
        return true;
    return (size == 2 || efti_veil_byte(v, v->segments->tokens.items[i].end) == '.') &&
           (w->evidence & VEIL_SEES_AFTER) != 0;
}

/* "lucas h får", "kenta b": the letter is no word, and the name in small letters too. */
bool
efti_veil_is_small_initial(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = i < v->words.count ? &v->words.items[i] : NULL;

    return w != NULL && w->form != NULL && w->form->raw_size == 1 &&
           w->glue == VEIL_GLUE_SPACE && strchr("bcdfghjklnprtvw", w->form->raw[0]) &&
           w->form->raw[0] != '\0' && (w[-1].bits & VEIL_CAPITAL) == 0 &&
           (w[-1].bits & (VEIL_GIVEN | VEIL_ALSO)) != 0 && w[-1].category == EFTI_PERSON;
}

/* plan A, hepatit C, grupp B: the letter belongs to the word before it. */
bool
efti_veil_is_label(const struct efti_veil *v, size_t i)
{
    return efti_veil_follows(v, i) && efti_veil_in(v, i - 1, GROUP_LETTER_LABELS);
}

/* "Petra E är sjuk", "Hassan I. går": a letter that is a word too, with a capital that no
 * start explains. I without a stop is the word. */
bool
efti_veil_is_odd_initial(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];
    size_t end = v->segments->tokens.items[i].end;

    return v->casing == VEIL_CASING_USUAL && w->glue == VEIL_GLUE_SPACE &&
           (w[-1].bits & (VEIL_GIVEN | VEIL_ALSO)) != 0 &&
           (w[-1].bits & (VEIL_CAPITAL | VEIL_UPPER | VEIL_GENITIVE)) == VEIL_CAPITAL &&
           (w->form->raw[0] != 'I' ||
            (efti_veil_byte(v, end) == '.' && i + 1 < v->words.count &&
             w[1].form != NULL && (w[1].bits & VEIL_CAPITAL) == 0));
}

static uint32_t
letter_bit(const struct efti_form *f)
{
    bool one = f != NULL && (f->raw_size == 1 || (f->raw_size == 2 && f->raw[1] == '.') ||
                             (f->raw_size == 4 && memcmp(f->raw, "A. A", 4) == 0));

    return one && efti_veil_is_capital(f->raw[0]) ? 1u << (f->raw[0] - 'A') : 0;
}

void
efti_veil_remember_letter(struct efti_veil *v, size_t i)
{
    v->letters |= letter_bit(v->words.items[i].form);
}

/* "I" behind a start is the word; E and O are somebody there who does something. */
static bool
may_be_letter_again(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    if (!efti_veil_is_bare_letter(w) || efti_veil_is_mid(v, i))
        return true;
    return w->form->raw[0] != 'I' && efti_veil_follows(v, i + 1) && w[1].form != NULL &&
           (w[1].bits & VEIL_CAPITAL) == 0 &&
           ((w[1].bits & (VEIL_AFTER_STRONG | VEIL_AFTER_WEAK)) != 0 || is_done(&w[1]) ||
            efti_veil_in(v, i + 1, GROUP_PAIR_VERBS) ||
            efti_veil_in(v, i + 1, GROUP_VERBS_OF_DOER));
}

/* "B spelar dragspel. I våras flyttade B hem": a letter that is somebody is so again. */
void
efti_veil_repeat_letter(struct efti_veil *v, size_t i)
{
    struct veil_word *w = &v->words.items[i];

    if ((w->state & VEIL_STATE_NAME) == 0 && efti_veil_is_owning_letter(v, i)) {
        w->bits |= VEIL_GENITIVE;
        efti_veil_mark(v, i, VEIL_RULE_NAME_REPEAT, EFTI_PERSON);
    } else if ((letter_bit(w->form) & v->letters) != 0 &&
               (w->state & VEIL_STATE_NAME) == 0 && may_be_letter_again(v, i) &&
               w->glue != VEIL_GLUE_NONE && !efti_veil_is_label(v, i) &&
               !(efti_veil_follows(v, i + 1) && (w[1].bits & VEIL_DIGITS) != 0))
        efti_veil_mark(v, i, VEIL_RULE_NAME_REPEAT, EFTI_PERSON);
}

/* "ang. T. Ø., 15 år": two capitals with stops stand for somebody, unless the first is
 * what something is numbered by. */
void
efti_veil_initials_apart(struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    const struct efti_token *t = &v->segments->tokens.items[i];
    bool joined = i + 1 < v->words.count && t[1].start - t->end == 2 && /* A.-L. */
                  memcmp(v->text.bytes + t->end, ".-", 2) == 0;

    if (w->form == NULL || w->form->code_points != 1 || !efti_veil_is_initial(w) ||
        i + 1 >= v->words.count || (w[1].glue != VEIL_GLUE_STOP && !joined) ||
        w[1].form == NULL || w[1].form->code_points != 1 ||
        !efti_veil_is_initial(&w[1]) || efti_veil_is_label(v, i) ||
        efti_veil_byte(v, v->segments->tokens.items[i + 1].end) != '.' ||
        v->casing == VEIL_CASING_HIGH || efti_veil_is_bare_letter(w))
        return;
    efti_veil_mark(v, i, VEIL_RULE_NAME_FULL, EFTI_PERSON);
    efti_veil_mark(v, i + 1, VEIL_RULE_NAME_FULL, EFTI_PERSON);
}
