/*
 * language.c - paragraphs that are not Swedish are withheld (rule 8.2)
 *
 * The veil is right for Swedish only, so a paragraph it cannot read must not pass. Of the
 * lower-case words in a Swedish sentence nearly all stand in the dictionary (first
 * percentile 79 %); in Danish and Norwegian at most 64 %, in English a third:
 *
 *   >= 6 lower-case words    withheld below 70 % known
 *   fewer                    follows the rest of the text; alone: script, and whether
 *                            more of its words are foreign function words than Swedish
 *                            ones
 *
 * One reprieve, for dyslexic, dialect and chat writing: from 45 % known upwards a
 * paragraph stays if a fifth of its words are Swedish function words and at most a third
 * as many are foreign ones that are not also Swedish ("at" for att). "och", "jag", "inte"
 * survive any spelling; a Danish or Norwegian paragraph cannot be written without "og",
 * "ikke", "jeg", "af".
 *
 * Names in small letters, and English words of titles and trades, are on no side: where
 * what is left of a paragraph without them is Swedish, and no function word in it
 * foreign, it stays. Set phrases that the lists keep (learning by doing) are not counted
 * at all.
 *
 * So does a Swedish sentence that quotes English ("ingen tror på det där the best is yet
 * to come"): most of its words are not English, those are Swedish, and its Swedish
 * function words are twice the foreign ones. What nobody knows amid the English there is
 * veiled, as no frame says which of it are names.
 *
 * Under twelve words one loan word or two weigh too much: there 60 % and one Swedish
 * function word are enough, again without a foreign one.
 *
 * A paragraph is a line: writers of mixed texts change language there. Without a
 * dictionary only function words count. Names are no evidence: capitals are left out,
 * unless the text is all capitals.
 */
#include "veil/find.h"

#define LEAST_REPRIEVE 45
#define LEAST_REST 3      /* words that are no names, for that other one */
#define LEAST_QUOTING 25  /* the same of the words around a quotation */
#define LEAST_FUNCTION 20 /* per cent of the words, for the reprieve */

#define LISTED_NAMES                                                                     \
    (EFTI_LIST_GIVEN_1 | EFTI_LIST_GIVEN_2 | EFTI_LIST_SURNAME_1 | EFTI_LIST_SURNAME_2)

struct paragraph {
    size_t first, end; /* tokens */
    uint32_t words;    /* lower case */
    uint32_t known, function, foreign;
    uint32_t names;   /* of the words: unknown ones on the lists of names */
    uint32_t english; /* of the words: those of titles and trades: body scan */
    uint32_t letters_words, other_script;
};

static bool
language_counts(const struct efti_veil *v, const struct veil_word *w)
{
    if (w->form->kind != EFTI_WORD)
        return false;
    if (w->form->casing == EFTI_CASING_LOWER)
        return true;
    return v->casing == VEIL_CASING_HIGH && w->form->casing == EFTI_CASING_UPPER;
}

static bool
other_script(const struct efti_form *f)
{
    size_t at = 0;

    if ((unsigned char)f->raw[0] < 0xCD)
        return false;
    uint32_t c = efti_utf8_next(f->raw, f->raw_size, &at);
    return c >= 0x370 && !(c >= 0x1E00 && c <= 0x1FFF) && c != 0x212A &&
           efti_is_letter(c);
}

static void
count_word(const struct efti_veil *v, size_t i, struct paragraph *p)
{
    const struct veil_word *w = &v->words.items[i];
    const struct efti_form *f = w->form;

    if (f == NULL || f->kind != EFTI_WORD)
        return;
    p->letters_words++;
    if (other_script(f))
        p->other_script++;
    if (!language_counts(v, w))
        return;
    /* a make that is an English word (always, edge) is known as a make alone */
    bool known = (w->bits & VEIL_KNOWN) != 0 &&
                 ((f->lists & EFTI_LIST_KEEP) == 0 || (w->bits & VEIL_WORD) != 0 ||
                  (f->lists & (EFTI_LIST_ENGLISH | EFTI_LIST_FOREIGN)) == 0);
    if (!known && (w->state & VEIL_STATE_KEEP) != 0)
        return; /* learning by doing: a set phrase is of no language */
    p->words++;
    if (known) {
        p->known++;
    } else if (efti_veil_in(v, i, GROUP_SPOKEN)) {
        p->known++; /* and never a function word: those decide against a doubt */
        return;
    } else if ((f->lists & EFTI_LIST_ENGLISH) != 0) {
        p->english++;
    } else if ((f->lists & LISTED_NAMES) != 0)
        p->names++;
    if ((f->lists & EFTI_LIST_FOREIGN) != 0 && (f->lists & EFTI_LIST_FUNCTION) == 0)
        p->foreign++;
    else if ((f->lists & EFTI_LIST_FUNCTION) != 0 && (f->lists & EFTI_LIST_FOREIGN) == 0)
        p->function++;
}

#define MOST_FOREIGN 3 /* Swedish function words for each that may be foreign: at, di */
#define BRIEF 12       /* words of a paragraph in which one loan word weighs much */
#define BRIEF_KNOWN 60

/* "var med fatima ali hodan och yusuf på fiket", "body scan och yoga nidra ska testas":
 * a list of people in small letters, or words of a trade, are no other language where
 * what stands around them is Swedish. */
static bool
is_swedish_but_names(const struct paragraph *p)
{
    uint32_t rest = p->words - p->names - p->english;

    return p->names + p->english > 0 && rest >= LEAST_REST && p->foreign == 0 &&
           p->function > 0 && p->english * 2 <= rest && /* not among English ones */
           p->known * 100 >= rest * (rest < BRIEF ? BRIEF_KNOWN : VEIL_LANGUAGE_KNOWN);
}

/* "ingen av oss tror på det där the best is yet to come": English is quoted. */
static bool
is_swedish_with_a_quotation(const struct paragraph *p)
{
    uint32_t rest = p->words - p->names - p->english;

    return p->english > 0 && rest * 2 > p->words && p->function >= p->foreign * 2 &&
           p->function * 100 >= rest * LEAST_QUOTING &&
           p->known * 100 >= rest * VEIL_LANGUAGE_KNOWN;
}

static bool
reprieved(const struct paragraph *p)
{
    if (is_swedish_but_names(p) || is_swedish_with_a_quotation(p))
        return true;
    if (p->words < BRIEF && p->known * 100 >= p->words * BRIEF_KNOWN && p->foreign == 0 &&
        p->function > 0)
        return true;
    return p->known * 100 >= p->words * LEAST_REPRIEVE &&
           p->foreign * MOST_FOREIGN <= p->function &&
           p->function * 100 >= p->words * LEAST_FUNCTION;
}

/* 1: Swedish, -1: not, 0: too short to tell by the share of words. */
static int
language_judge(const struct efti_veil *v, const struct paragraph *p)
{
    if (p->other_script * 2 > p->letters_words)
        return -1;
    if (p->words < VEIL_LANGUAGE_WORDS)
        return 0;
    if (v->dictionary == NULL)
        return p->foreign > p->function ? -1 : 1;
    if (p->known * 100 >= p->words * VEIL_LANGUAGE_KNOWN || reprieved(p))
        return 1;
    return -1;
}

/* A word of English that is no Swedish one; token `i` may be beyond the paragraph. */
static bool
is_quoted_foreign(const struct efti_veil *v, const struct paragraph *p, size_t i)
{
    if (i < p->first || i >= p->end || v->words.items[i].form == NULL)
        return false;
    const struct veil_word *w = &v->words.items[i];
    return (w->bits & VEIL_KNOWN) == 0 && (w->form->lists & EFTI_LIST_ENGLISH) != 0 &&
           (w->form->lists & EFTI_LIST_FUNCTION) == 0;
}

/* "our social worker adebayo never called": what nobody knows beside or amid English
 * words is somebody's or some place's. Swedish frames do not see into a quotation. */
static void
names_in_quotation(struct efti_veil *v, const struct paragraph *p)
{
    for (size_t i = p->first; i < p->end; i++) {
        const struct veil_word *w = &v->words.items[i];

        if (w->form == NULL || !language_counts(v, w) || w->form->code_points < 3 ||
            (w->bits & VEIL_KNOWN) != 0 || (w->state & VEIL_STATE_KEEP) != 0 ||
            (w->form->lists & EFTI_LIST_FUNCTION) != 0 || is_quoted_foreign(v, p, i) ||
            (w->state & VEIL_STATE_NAME) != 0 || efti_veil_in(v, i, GROUP_SPOKEN))
            continue;
        bool amid = i >= p->first + 2 && is_quoted_foreign(v, p, i - 2) &&
                    is_quoted_foreign(v, p, i + 2);
        if (amid || (i > p->first && is_quoted_foreign(v, p, i - 1)) ||
            is_quoted_foreign(v, p, i + 1))
            efti_veil_propose(v, v->segments->tokens.items[i].start,
                              v->segments->tokens.items[i].end, VEIL_RULE_NAME_FRAME,
                              EFTI_EVIDENCE_FRAME);
    }
}

static void
language_withhold(struct efti_veil *v, const struct paragraph *p)
{
    if (p->end > p->first)
        efti_veil_propose(v, v->segments->tokens.items[p->first].start,
                          v->segments->tokens.items[p->end - 1].end, VEIL_RULE_LANGUAGE,
                          0);
}

static size_t
paragraph_at(const struct efti_veil *v, size_t first, struct paragraph *p)
{
    size_t i = first;

    *p = (struct paragraph){.first = first};
    do {
        count_word(v, i, p);
        i++;
    } while (i < v->words.count &&
             (v->segments->tokens.items[i].flags & EFTI_TOKEN_LINE_START) == 0);
    p->end = i;
    return i;
}

void
efti_veil_language(struct efti_veil *v)
{
    struct paragraph p, all = {0};
    size_t swedish = 0, foreign = 0, paragraphs = 0, withheld = 0;

    if (v->all_swedish) /* nearly always; seen while the words were read */
        return;
    for (size_t i = 0; i < v->words.count; paragraphs++) {
        i = paragraph_at(v, i, &p);
        int verdict = language_judge(v, &p);

        if (verdict > 0 && p.english > 2 && v->dictionary != NULL &&
            is_swedish_with_a_quotation(&p))
            names_in_quotation(v, &p);
        swedish += verdict > 0;
        foreign += verdict < 0;
        if (verdict == 0) { /* short ones are also judged together */
            all.words += p.words;
            all.known += p.known;
            all.function += p.function;
            all.foreign += p.foreign;
            all.letters_words += p.letters_words;
        }
    }
    if (swedish == paragraphs || (foreign == 0 && swedish > 0))
        return; /* what is short follows the rest */
    /* what a short paragraph follows: the rest, else all short ones as one text */
    bool rest_is_foreign = foreign > swedish;
    if (foreign == 0 && swedish == 0)
        rest_is_foreign = language_judge(v, &all) < 0;
    for (size_t i = 0; i < v->words.count;) {
        i = paragraph_at(v, i, &p);
        int verdict = language_judge(v, &p);

        if (verdict < 0 ||
            (verdict == 0 && p.words > 0 &&
             (rest_is_foreign || (swedish == 0 && p.foreign > p.function)))) {
            language_withhold(v, &p);
            withheld++;
        }
    }
    v->foreign_all = paragraphs > 0 && withheld == paragraphs;
}
