/*
 * ages_beside.c - ages beside who has them, without a verb: Jasmin (13), Rahel, 15:
 *
 *   tjejen på 17 satt tyst                somebody "of" a number
 *   kille 19, missbrukar; mormor nittio   a person and a number
 *   Hon, 17, tog hand om alla             the number between two commas
 *   Ingegärd, nittiosju, rättar           a name; small numbers in words come in pairs
 *
 * No "år" says what the number measures, so something must end there.
 */
#include "veil/ages.h"

/* "tjejen på 17 satt tyst", "en dotter på 12": no år, so something must end there. */
void
efti_age_person_on(struct efti_veil *v, size_t i)
{
    size_t n = i + 2;

    if (!efti_veil_follows(v, i + 1) || !efti_veil_is_word(v, i + 1, "på"))
        return;
    if (efti_veil_follows(v, n) && efti_veil_in(v, n, GROUP_SOON_PERSON))
        n++; /* en tjej på snart 17 */
    if (!efti_veil_follows(v, n) || !efti_age_possible(v, n) || age_is_ett(v, n))
        return;
    bool figures = (age_word(v, n)->bits & VEIL_DIGITS) != 0;
    if ((figures ? efti_age_ends_before(v, n + 1) : !efti_veil_follows(v, n + 1)) ||
        (n + 1 < v->words.count && /* grabben på nio grät */
         (age_word(v, n + 1)->bits & (VEIL_AFTER_STRONG | VEIL_AFTER_WEAK)) != 0) ||
        efti_age_is_past_verb(v, n + 1))
        efti_age_propose(v, n, VEIL_RULE_AGE_BESIDE, EFTI_EVIDENCE_NEIGHBOUR);
}

/* "Ingegärd, nittiosju, rättar"; "Vilda och Vide, fem och nio.": small numbers in words
 * come in pairs, for "Anna, två gånger" counts something. */
static void
words_beside_name(struct efti_veil *v, size_t n)
{
    bool pair = efti_veil_follows(v, n + 1) && efti_veil_is(v, n + 1, VEIL_CLASS_AND) &&
                efti_veil_follows(v, n + 2) && efti_age_possible(v, n + 2) &&
                !efti_veil_follows(v, n + 3);

    if (age_word(v, n)->glue != VEIL_GLUE_COMMA && age_word(v, n)->glue != VEIL_GLUE_MARK)
        return;
    if (pair) {
        efti_age_propose(v, n, VEIL_RULE_AGE_BESIDE, EFTI_EVIDENCE_NEIGHBOUR);
        efti_age_propose(v, n + 2, VEIL_RULE_AGE_BESIDE, EFTI_EVIDENCE_NEIGHBOUR);
    } else if ((!efti_veil_follows(v, n + 1) &&
                (age_word(v, n)->form->code_points > 3 || /* Hedda, fem, förklarade */
                 (n + 1 < v->words.count && age_word(v, n + 1)->glue == VEIL_GLUE_COMMA &&
                  !age_is_ett(v, n)))) ||
               efti_age_is_months(v, n + 1)) {
        efti_age_propose(v, n, VEIL_RULE_AGE_BESIDE, EFTI_EVIDENCE_NEIGHBOUR);
    }
}

/* "söker", "behöver", or a frame of people: what somebody does. */
static bool
is_doing(const struct efti_veil *v, size_t i)
{
    return i < v->words.count &&
           ((age_word(v, i)->bits & (VEIL_AFTER_STRONG | VEIL_AFTER_WEAK)) != 0 ||
            (efti_veil_follows(v, i) && efti_veil_in(v, i, GROUP_SEEKS_OR_NEEDS)));
}

/* "hustrun åttiotvå", right behind who it is: numbers in words from tolv on. With figures
 * a pupil or client may be one of several (elev 14): kin and girls and boys are not. */
void
efti_age_person_and_number(struct efti_veil *v, size_t i)
{
    size_t n = i + 1;

    if (!efti_veil_follows(v, n) || !efti_age_possible(v, n) || age_is_ett(v, n) ||
        (efti_veil_is_word(v, i, "man") && efti_veil_follows(v, i) && /* är man 20 */
         !efti_veil_in(v, i - 1, GROUP_ONE_WHO_IS_GROWN)))
        return;
    bool figures = (age_word(v, n)->bits & VEIL_DIGITS) != 0;
    if (figures
            ? efti_veil_in(v, i, GROUP_PERSON_BEFORE_NUMBER) && !efti_age_is_half(v, n) &&
                  (efti_age_ends_before(v, n + 1) || is_doing(v, n + 1)) &&
                  !efti_veil_is(v, n + 1, VEIL_CLASS_IN)
            : age_word(v, n)->form->code_points > 5 && !efti_veil_follows(v, n + 1))
        efti_age_propose(v, n, VEIL_RULE_AGE_BESIDE, EFTI_EVIDENCE_NEIGHBOUR);
}

/* "Hon, 17, tog hand om alla"; "kille 19, missbrukar": who it is stands before. */
void
efti_age_number_beside(struct efti_veil *v, size_t n)
{
    const uint8_t glue = age_word(v, n)->glue;

    if (n > 0 && glue == VEIL_GLUE_MARK && /* min lillasyrra (6) */
        v->text.bytes[v->segments->tokens.items[n].start - 1] == '(' &&
        efti_veil_byte(v, v->segments->tokens.items[n].end) == ')' &&
        efti_age_possible(v, n) &&
        efti_veil_ask(v, n - 1, VEIL_ASK_PERSON, efti_age_is_person_noun))
        efti_age_propose(v, n, VEIL_RULE_AGE_BESIDE, EFTI_EVIDENCE_NEIGHBOUR);
    if (n == 0 || (glue != VEIL_GLUE_SPACE && glue != VEIL_GLUE_COMMA) ||
        !efti_age_possible(v, n) || efti_age_is_half(v, n))
        return;
    if (glue == VEIL_GLUE_SPACE && n > 1 && /* , båda 17. */
        age_word(v, n - 1)->glue == VEIL_GLUE_COMMA &&
        efti_veil_in(v, n - 1, GROUP_BOTH_OR_ONLY) &&
        (n + 1 >= v->words.count || age_word(v, n + 1)->glue != VEIL_GLUE_SPACE))
        efti_age_propose(v, n, VEIL_RULE_AGE_BESIDE, EFTI_EVIDENCE_NEIGHBOUR);
    if (glue == VEIL_GLUE_COMMA && efti_age_is_months(v, n + 1) &&
        !efti_veil_follows(v, n + 2) &&
        efti_veil_ask(v, n - 1, VEIL_ASK_PERSON,
                      efti_age_is_person_noun)) { /* Lillan, 18 mån, */
        efti_age_propose(v, n, VEIL_RULE_AGE_BESIDE, EFTI_EVIDENCE_NEIGHBOUR);
        return;
    }
    if (glue == VEIL_GLUE_SPACE) {
        if ((age_word(v, n - 1)->bits & VEIL_ROLE) == 0 &&
            (age_word(v, n - 1)->state & VEIL_STATE_NAME) == 0 &&
            efti_age_is_person(v, n - 1))
            efti_age_person_and_number(v, n - 1);
    } else if (n + 1 < v->words.count && (age_word(v, n + 1)->glue == VEIL_GLUE_COMMA) &&
               (efti_veil_is(v, n - 1, VEIL_CLASS_PRONOUN) ||
                efti_age_is_person(v, n - 1))) {
        efti_age_propose(v, n, VEIL_RULE_AGE_BESIDE, EFTI_EVIDENCE_NEIGHBOUR);
    }
}

/* "samtalet om Alina 15. Hon": behind a given name in a sentence that ends with it. A
 * name at a start has its points behind it, and small numbers count. */
static bool
is_at_end(const struct efti_veil *v, size_t i, size_t n)
{
    const uint32_t start = EFTI_TOKEN_SENTENCE_START | EFTI_TOKEN_LINE_START;
    const struct efti_form *f = age_word(v, n)->form;

    return (age_word(v, i)->state & VEIL_STATE_NAME) != 0 &&
           age_word(v, i)->category == EFTI_PERSON &&
           (age_word(v, i)->bits & VEIL_GIVEN) != 0 && efti_veil_follows(v, n) &&
           f->kind == EFTI_NUMBER && efti_veil_number(f->folded, f->folded_size) > 4 &&
           i > 0 && efti_veil_follows(v, i) &&
           efti_veil_byte(v, v->segments->tokens.items[n].end) == '.' &&
           (n + 1 >= v->words.count ||
            (v->segments->tokens.items[n + 1].flags & start) != 0);
}

/* "en kille, typ 13,", "Min son, snart tolv,": a small word between the comma and the
 * number of token `n`, behind who it is (`i`). */
static bool
is_about_so_old(const struct efti_veil *v, size_t i, size_t n)
{
    return n < v->words.count && age_word(v, n)->glue == VEIL_GLUE_COMMA &&
           efti_age_possible(v, n + 1) && efti_age_skip_adverbs(v, n + 1) == n + 1 &&
           (efti_veil_in(v, n, GROUP_ABOUT_SO_OLD) ||
            (efti_veil_in(v, n, GROUP_SOON_BEHIND_NAME) &&
             ((age_word(v, i)->state & VEIL_STATE_NAME) != 0 ||
              efti_veil_ask(v, i, VEIL_ASK_PERSON, efti_age_is_person_noun))));
}

/* 1) Alma 2) Mio: an item of a list, and the number of the next. */
static bool
is_item(const struct efti_veil *v, size_t i)
{
    const struct efti_token *t = &v->segments->tokens.items[i];

    return i > 0 && t[-1].kind == EFTI_NUMBER && t->start - t[-1].end == 2 &&
           v->text.bytes[t[-1].end] == ')';
}

/* "sorin 22 å jag", "(Ebrima 8)", "Birger 93 fick": figures right behind a name, and
 * something that ends there. */
static bool
is_right_behind(const struct efti_veil *v, size_t i, size_t n)
{
    const struct veil_word *name = age_word(v, i);

    return efti_veil_follows(v, n) && name->category == EFTI_PERSON &&
           (name->state & VEIL_STATE_NAME) != 0 && n + 1 < v->words.count &&
           (age_word(v, n + 1)->glue == VEIL_GLUE_COMMA ||
            (efti_veil_byte(v, v->segments->tokens.items[n].end) == ')' &&
             !is_item(v, i)) ||
            efti_veil_is(v, n + 1, VEIL_CLASS_AND) ||
            ((name->bits & VEIL_GIVEN) != 0 &&
             (efti_age_is_past_verb(v, n + 1) ||
              (age_word(v, n + 1)->bits & (VEIL_AFTER_STRONG | VEIL_AFTER_WEAK)) !=
                  0))) &&
           (age_word(v, n)->bits & VEIL_DIGITS) != 0;
}

/* "Torvald, 95 och ett halvt år,"; "Hedda, 4 1/2, förklarade"; "Lillan, 18 mån, gick":
 * more of the age stands behind its number. */
static bool
goes_on_as_age(const struct efti_veil *v, size_t n)
{
    const uint8_t glue = age_word(v, n)->glue;

    if (glue == VEIL_GLUE_COMMA && efti_veil_follows(v, n + 3) &&
        efti_age_and_a_half(v, n + 1))
        return true;
    if ((glue == VEIL_GLUE_COMMA || glue == VEIL_GLUE_SPACE) &&
        efti_age_has_fraction(v, n))
        return true;
    return glue == VEIL_GLUE_COMMA && efti_veil_follows(v, n + 1) &&
           efti_veil_in(v, n + 1, GROUP_MONTHS_OR_BAST) && !efti_veil_follows(v, n + 2);
}

/* "två syskon, 7 och 9,": two numbers, and nothing that they count. */
static bool
is_pair(const struct efti_veil *v, size_t n)
{
    return efti_veil_follows(v, n + 1) && efti_veil_is(v, n + 1, VEIL_CLASS_AND) &&
           efti_veil_follows(v, n + 2) && efti_age_possible(v, n + 2) &&
           efti_age_ends_before(v, n + 3) &&
           (n + 3 >= v->words.count || age_word(v, n + 3)->glue != VEIL_GLUE_SPACE);
}

/* "Rahel, 15:", "Jasmin (13)": figures behind a comma or bracket, alone there. */
static void
figures_beside_name(struct efti_veil *v, size_t i, size_t n)
{
    const struct efti_token *name = &v->segments->tokens.items[i];
    const uint8_t glue = age_word(v, n)->glue;

    if (glue != VEIL_GLUE_COMMA && glue != VEIL_GLUE_MARK)
        return;
    if (glue == VEIL_GLUE_MARK &&
        v->text.bytes[v->segments->tokens.items[n].start - 1] != '(')
        return;
    if (is_pair(v, n)) {
        efti_age_propose_list(v, n, n + 2, VEIL_RULE_AGE_BESIDE, EFTI_EVIDENCE_NEIGHBOUR);
        return;
    }
    if (efti_veil_byte(v, name->end) == '/' || efti_veil_follows(v, n + 1) ||
        efti_age_is_band(v, n) ||
        (n + 1 < v->words.count && age_word(v, n + 1)->glue == VEIL_GLUE_NONE))
        return;
    efti_age_propose(v, n, VEIL_RULE_AGE_BESIDE, EFTI_EVIDENCE_NEIGHBOUR);
}

void
efti_age_beside_name(struct efti_veil *v, size_t i)
{
    size_t n = i + 1;

    if (is_about_so_old(v, i, n)) {
        if (efti_age_ends_before(v, n + 2) && !age_is_ett(v, n + 1) &&
            !efti_veil_follows(v, n + 2))
            efti_age_propose(v, n + 1, VEIL_RULE_AGE_BESIDE, EFTI_EVIDENCE_NEIGHBOUR);
        return;
    }
    if (n >= v->words.count || !efti_age_possible(v, n))
        return;
    if (is_right_behind(v, i, n) || is_at_end(v, i, n) || goes_on_as_age(v, n))
        efti_age_propose(v, n, VEIL_RULE_AGE_BESIDE, EFTI_EVIDENCE_NEIGHBOUR);
    else if (age_word(v, n)->form->kind != EFTI_NUMBER)
        words_beside_name(v, n);
    else
        figures_beside_name(v, i, n);
}
