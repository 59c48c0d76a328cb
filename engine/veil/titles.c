/*
 * titles.c - capitals that belong to a title or a thing, not to a person
 *
 *   filmen Sameblod          words behind what says that a title follows
 *   Youth Mental Health      English among English
 *   programmet heter ROS     things of which nobody says who they are
 *   en liter Loka            what one drinks, eats and sings
 *   Fikalista                a thing by its form (kept.c), if no frame of people is there
 */
#include "veil/find.h"

/* Is token `i` an English word in small letters that is no Swedish one? */
static bool
is_only_english(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    return efti_veil_follows(v, i) && w->form != NULL &&
           (w->form->lists & (EFTI_LIST_FOREIGN | EFTI_LIST_ENGLISH)) != 0 &&
           (w->form->lists & EFTI_LIST_FUNCTION) == 0 &&
           (w->bits & (VEIL_CAPITAL | VEIL_WORD)) == 0;
}

/* "May the force be with you", "Love is all you need": an English word at a start, one
 * behind it that may be Swedish too (is, for, chat), and one soon after that is not:
 * "Bill for till akuten" is a man who went. */
bool
efti_veil_is_english(const struct efti_veil *v, size_t i)
{
    const struct veil_word *next = &v->words.items[i + 1];

    if (!efti_veil_follows(v, i + 1) || next->form == NULL ||
        (next->form->lists & (EFTI_LIST_FOREIGN | EFTI_LIST_ENGLISH)) == 0 ||
        (next->form->lists & EFTI_LIST_FUNCTION) != 0 ||
        (next->bits & VEIL_CAPITAL) != 0 || !efti_veil_in(v, i, GROUP_ENGLISH_NAMES))
        return false;
    if (efti_veil_is_word(v, i, "will") && efti_veil_is_word(v, i + 1, "power"))
        return true; /* Will power */
    return efti_veil_follows(v, i + 2) &&
           (is_only_english(v, i + 2) ||
            (efti_veil_follows(v, i + 3) && is_only_english(v, i + 3)));
}

/* "filmen Sameblod", "appen heter Min Vardag": capitals of a title stay, but for names on
 * the lists: "boken Anna läste" may be anybody's. */
void
efti_veil_title_stays(struct efti_veil *v, size_t i)
{
    size_t n = i + 1;

    if (efti_veil_is(v, n, VEIL_CLASS_CALLED))
        n++;
    for (size_t k = n; k < n + 6 && k < v->words.count; k++) {
        struct veil_word *w = &v->words.items[k];

        if (w->form == NULL ||
            (w->glue != VEIL_GLUE_SPACE && !(k == n && w->glue == VEIL_GLUE_MARK)))
            break;
        if ((w->bits & (VEIL_NAME | VEIL_PLACE)) != 0 ||
            ((w->bits & (VEIL_ORDINARY | VEIL_KNOWN)) == 0 &&
             (w->form->lists & EFTI_LIST_ENGLISH) == 0) ||
            w->form->shape == EFTI_SHAPE_SURNAME)
            break; /* unknown, or shaped like a name: rule 8.1 decides */
        if ((w->bits & VEIL_CAPITAL) != 0)
            w->state |= VEIL_STATE_KEEP;
        else if (k == n || (w->form->lists & EFTI_LIST_FUNCTION) == 0)
            break;
    }
}

/* "stormen Hans", "typsnittet Georgia": what bears names of its own, whoever else has
 * them. "båten Anna köpte" is hers: no verb may follow. */
static bool
is_named_thing(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    if (i == 0 || !efti_veil_follows(v, i) || (w->bits & VEIL_CAPITAL) == 0 ||
        v->casing == VEIL_CASING_HIGH || !efti_veil_in(v, i - 1, GROUP_CALLED_THINGS))
        return false;
    /* "Stormen Hans tog taket": nothing else begins so */
    if (!efti_veil_follows(v, i + 1) ||
        ((v->segments->tokens.items[i - 1].flags & EFTI_TOKEN_SENTENCE_START) != 0 &&
         efti_veil_in(v, i - 1, GROUP_CALLED_SKY)))
        return true;
    return (w[1].bits & (VEIL_CAPITAL | VEIL_AFTER_STRONG | VEIL_AFTER_WEAK)) == 0 &&
           w[1].form != NULL &&
           ((w[1].form->lists & EFTI_LIST_FUNCTION) != 0 ||
            (w[1].bits & VEIL_WORD) == 0 || efti_veil_is(v, i + 1, VEIL_CLASS_IN));
}

/* How many letters of an acronym the words from token `n` on begin with, one after the
 * other; small words may stand between, and `*small` of those read are such. */
static size_t
letters_read(const struct efti_veil *v, const struct efti_form *acronym, size_t n,
             size_t *small)
{
    size_t letters = 0;

    *small = 0;

    for (size_t k = n; k < n + 8 && k < v->words.count && letters < acronym->folded_size;
         k++) {
        const struct efti_form *f = v->words.items[k].form;

        if (f == NULL || (k > n && !efti_veil_follows(v, k)))
            break;
        if (f->folded[0] == acronym->folded[letters]) {
            letters++;
            *small += (f->lists & EFTI_LIST_FUNCTION) != 0;
        } else if (letters == 0 || (f->lists & EFTI_LIST_FUNCTION) == 0)
            break;
    }
    return letters;
}

/* personalen, städerskorna: the definite form */
static bool
is_definite(const struct efti_form *f)
{
    return efti_veil_ends_in(f, ENDS_DEFINITE_THING, 3);
}

/* "PIA, alltså personcentrerat", "SARA (samtal av rätt art)": letters with their reading
 * beside them. "LISA står för lunchen" has one letter only, and is somebody. */
static bool
has_reading(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];
    const struct efti_form *f = w->form;
    size_t n = i + 1, letters, small;

    if (f->casing != EFTI_CASING_UPPER || f->raw_size > 6 || f->code_points < 2 ||
        v->casing == VEIL_CASING_HIGH || n >= v->words.count)
        return false;
    if (w[1].glue == VEIL_GLUE_MARK &&
        v->text.bytes[v->segments->tokens.items[n].start - 1] == '(')
        return letters_read(v, f, n, &small) == f->folded_size;
    n += efti_veil_is_word(v, n, "som");
    if (efti_veil_in(v, n, GROUP_THAT_IS))
        return efti_veil_follows(v, n + 1) && v->words.items[n + 1].form != NULL &&
               v->words.items[n + 1].form->code_points >= 8 &&
               !is_definite(v->words.items[n + 1].form) && /* PIA, alltså personalen */
               (v->words.items[n + 1].bits & VEIL_ROLE) == 0 &&
               letters_read(v, f, n + 1, &small) > 0;
    if (!efti_veil_in(v, n, GROUP_STANDS_FOR))
        return false;
    n++;
    n += efti_veil_is_word(v, n, "för");
    if (!efti_veil_follows(v, n))
        return false;
    letters = letters_read(v, f, n, &small); /* LISA står för lunchen i dag */
    return letters >= small + 2;
}

/* "Matte Direkt Borgen sidan 84": what has pages is a book; a listed name stays one. */
bool
efti_veil_has_pages(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    return (w->bits & (VEIL_CAPITAL | VEIL_NAME)) == VEIL_CAPITAL &&
           i + 2 < v->words.count && (w[2].bits & VEIL_DIGITS) != 0 &&
           efti_veil_follows(v, i + 1) && efti_veil_in(v, i + 1, GROUP_PAGES);
}

/* "Youth Mental Health": an English word, or one that is kept, on either side. */
static bool
is_among_english(const struct efti_veil *v, size_t i)
{
    for (size_t k = i > 0 ? i - 1 : 0; k <= i + 1; k++) {
        const struct veil_word *w;

        if (k == i || k >= v->words.count || !efti_veil_follows(v, k > i ? k : i))
            continue;
        w = &v->words.items[k];
        if (w->form == NULL || (w->bits & VEIL_GIVEN) != 0)
            continue;
        if ((w->bits & VEIL_KEEP) != 0 || (w->state & VEIL_STATE_KEEP) != 0 ||
            ((w->form->lists & EFTI_LIST_ENGLISH) != 0 &&
             (w->bits & (VEIL_WORD | VEIL_CAPITAL)) != VEIL_WORD))
            return true;
    }
    return i > 1 && efti_veil_follows(v, i) && efti_veil_follows(v, i - 1) &&
           efti_veil_is(v, i - 1, VEIL_CLASS_AND) && /* OCD och Down */
           (v->words.items[i - 2].bits & VEIL_KEEP) != 0;
}

/* "Programmet heter ROS", "kulören hette Bohusgrå": things of which nobody says who they
 * are, and no workplace either. */
static bool
is_called_thing(const struct efti_veil *v, size_t i)
{
    return i > 1 && (v->words.items[i].bits & VEIL_CAPITAL) != 0 &&
           v->casing == VEIL_CASING_USUAL && efti_veil_is(v, i - 1, VEIL_CLASS_CALLED) &&
           efti_veil_follows(v, i) && efti_veil_follows(v, i - 1) &&
           efti_veil_in(v, i - 2, GROUP_TITLED_THINGS);
}

/* Is what stands behind token `i` nobody's doing: an end, och, a preposition? */
static bool
is_done_with(const struct efti_veil *v, size_t i)
{
    return !efti_veil_follows(v, i + 1) || efti_veil_is(v, i + 1, VEIL_CLASS_AND) ||
           efti_veil_is(v, i + 1, VEIL_CLASS_IN) ||
           (v->words.items[i + 1].form != NULL &&
            (v->words.items[i + 1].form->lists & EFTI_LIST_FUNCTION) != 0);
}

/* "en liter Loka", "en skål Polly", "två burkar Red": what is measured out. */
static bool
is_measured_out(const struct efti_veil *v, size_t i)
{
    return i > 1 && efti_veil_follows(v, i) && efti_veil_follows(v, i - 1) &&
           efti_veil_in(v, i - 1, GROUP_MEASURES) &&
           (efti_veil_in(v, i - 2, GROUP_SOME) ||
            (v->words.items[i - 2].bits & VEIL_DIGITS) != 0) &&
           is_done_with(v, i);
}

/* "dricker en Loka", "och drack Solo", "kollegorna sjöng Taube.": who does it stands
 * before the verb, so that what stands behind it is no person. */
static bool
is_drunk_or_sung(const struct efti_veil *v, size_t i)
{
    size_t verb = i - 1;

    if (i < 2 || !efti_veil_follows(v, i) || !is_done_with(v, i))
        return false;
    bool article = efti_veil_in(v, verb, GROUP_A_LITTLE);
    if (article && verb > 1 && efti_veil_follows(v, verb))
        verb--;
    if (!efti_veil_in(v, verb, GROUP_DRINKS_OR_SINGS))
        return false;
    const struct veil_word *who = &v->words.items[verb - 1];
    return article || efti_veil_in(v, verb, GROUP_DRINK_OR_SING) ||
           (efti_veil_follows(v, verb) &&
            (efti_veil_is(v, verb - 1, VEIL_CLASS_PRONOUN) ||
             efti_veil_is(v, verb - 1, VEIL_CLASS_AND) || (who->bits & VEIL_ROLE) != 0));
}

/* A capital that no list of names has, where one eats, drinks or sings. */
static bool
is_taken_in(const struct efti_veil *v, size_t i)
{
    const struct veil_word *w = &v->words.items[i];

    return (w->bits & (VEIL_CAPITAL | VEIL_GIVEN | VEIL_ALSO)) == VEIL_CAPITAL &&
           v->casing == VEIL_CASING_USUAL && w->form->kind == EFTI_WORD &&
           (w->evidence & (EFTI_EVIDENCE_FRAME | EFTI_EVIDENCE_ROLE | VEIL_SEES_CALLED |
                           VEIL_SEES_AFTER)) == 0 &&
           i > 0 && efti_veil_follows(v, i) && efti_veil_is_mid(v, i) &&
           (is_measured_out(v, i) || is_drunk_or_sung(v, i));
}

/* IVO, in a text that is not all in capitals: Ivo is written otherwise. */
static bool
is_authority(const struct veil_word *w)
{
    return (w->bits & VEIL_UPPER) != 0 &&
           efti_equal(w->form->folded, w->form->folded_size, "ivo", 3);
}

/* Fikalista, Health: things by their form, if no frame of people and no
 * name is before. */
void
efti_veil_settle_thing(struct efti_veil *v, size_t i)
{
    const uint32_t people = EFTI_EVIDENCE_FRAME | EFTI_EVIDENCE_ROLE | VEIL_SEES_CALLED;
    struct veil_word *w = &v->words.items[i];

    if ((w->bits & (VEIL_CAPITAL | VEIL_KEEP)) == 0 &&
        w->form->casing != EFTI_CASING_UPPER)
        return; /* neither a thing nor English by what follows */
    if (is_named_thing(v, i) || has_reading(v, i) || efti_veil_has_pages(v, i) ||
        (w->glue == VEIL_GLUE_SPACE && (w->bits & VEIL_CAPITAL) != 0 &&
         (is_called_thing(v, i) || is_taken_in(v, i) ||
          efti_veil_is_used_as_thing(v, i)))) {
        w->state |= VEIL_STATE_KEEP;
        return;
    }
    bool thing = (w->bits & (VEIL_KEEP | VEIL_ORDINARY)) == VEIL_KEEP;
    bool english =
        (w->form->lists & EFTI_LIST_ENGLISH) != 0 &&
        (w->bits & (VEIL_CAPITAL | VEIL_NAME | VEIL_PLACE | VEIL_WORD | VEIL_ORDINARY)) ==
            VEIL_CAPITAL;
    if (!thing && !english)
        return;
    if (thing && is_authority(w)) { /* is rung up and written to as people are */
        w->bits &= ~(uint32_t)VEIL_KEEP;
        if ((w->evidence & (EFTI_EVIDENCE_ROLE | VEIL_SEES_CALLED)) == 0)
            w->bits |= VEIL_ORDINARY;
        return;
    }
    if (thing && efti_veil_is_met_here(v, i))
        w->evidence |= VEIL_SEES_AFTER;
    bool said = efti_veil_is_mid(v, i) && efti_veil_follows(v, i) && /* sen sa X */
                efti_veil_in(v, i - 1, GROUP_SAID);
    bool person =
        (w->evidence & people) != 0 ||
        (thing && said) || /* Fredricka berättade: no method does */
        (thing && (w->evidence & VEIL_SEES_AFTER) != 0) ||
        (efti_veil_follows(v, i) && (w[-1].bits & VEIL_CAPITAL) != 0 &&
         (w[-1].bits & VEIL_GIVEN) != 0 && (w[-1].state & VEIL_STATE_KEEP) == 0);

    if (thing)
        w->bits &= ~(uint32_t)VEIL_KEEP;
    if (english && !efti_veil_is_mid(v, i)) /* where a capital says nothing: Memory */
        thing = (w->evidence & (VEIL_SEES_AFTER | VEIL_SEES_WEAK)) == 0;
    if (!person && (thing || (english && is_among_english(v, i))))
        w->bits |= VEIL_ORDINARY;
}
