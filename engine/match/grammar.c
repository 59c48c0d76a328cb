/*
 * grammar.c - the closed classes of Swedish that polarity turns on
 *
 * These are the words of grammars, not of a theme: pronouns that can open a clause, verbs
 * that hand their negation on ("tror inte att"), verbs that end something ("minskade
 * inte": it is still there). A word that is not listed behaves in the plainest way, so a
 * missing one costs a case and never a crash. Spoken and dialect spellings stand beside
 * the written ones, because reflections are full of them.
 *
 * The lists decide what is a negator at all; PLAIN, NO, ABSENT and WITHOUT below say only
 * how far one reaches, and do nothing for a word that no list names (spoken "int" and
 * "ente" are "inte" misspelt, and need no list). What has no row ("slippa", "brist på")
 * reaches ahead, and in the passive ("ställdes in") also back.
 *
 * CERTAIN (and ALONE, outside a listed phrase) takes back what a list calls uncertain:
 * "vi behöver mer handledning" and "funderar på min stress" are full statements about a
 * theme (facts/conventions.md: for or against). Wishes, doubts, conditions and questions
 * stay uncertain.
 */
#include "match/words.h"

struct grammar_row {
    uint32_t says;
    const char *words; /* separated by single spaces */
};

/* clang-format off */
static const struct grammar_row grammar_rows[] = {
    {EFTI_SAYS_SUBJECT,
     "jag vi du ni han hon hen den det de dom man ja mä ingen alla någon nån denne detta "
     "dessa"},
    {EFTI_SAYS_SOME,
     "någon nån något nåt några nåra nå någonting nånting någonsin"},
    {EFTI_SAYS_PLAIN,
     "inte ej icke aldrig intee inteh knappast knappt sällan ingalunda föga"},
    {EFTI_SAYS_PLAIN | EFTI_SAYS_NEGATOR,
     "int ente itte intte aldri alldrig aldig allri änte"},
    {EFTI_SAYS_NO,
     "ingen inget inga ingenting inge ingenstans ingenstädes ingendera noll varken vare"},
    {EFTI_SAYS_NO_CUE,
     "nej nä nix nope nada minus"},
    {EFTI_SAYS_ABSENT,
     "saknas fattas uteblev uteblir uteblivit utebli inställt inställd inställda "
     "indragen indraget indragna obefintlig obefintligt obefintliga försvann försvunnit "
     "lyser lyste bortglömd stryks ströks strukits struken bortprioriterad "
     "bortprioriterat rann rinner lagts föll faller upphör upphörde upphört sparades "
     "sparats sparas sköts skjuts skjutits dött dog dör stryka stryker minne borta "
     "bortblåst bortblåsta avskaffad avskaffade avskaffat nedlagd nedlagt nedlagda "
     "borttagen borttagna borttaget bortglömt bortglömda uteblivna uteblivet avbokad "
     "avbokat bara fallit är var saknats fattats"},
    {EFTI_SAYS_WITHOUT,
     "utan"},
    {EFTI_SAYS_EXIST,
     "finns fanns finnas funnits förekommer förekom förekommit förekomma existerar "
     "existerade ges gavs getts skett sker skedde hände händer hänt hinns hanns hunnits "
     "erbjuds erbjöds erbjudits fins görs gjordes hålls hölls tas togs mäts mättes följs "
     "följdes förs skrivs nämns nämndes syns märks märktes hörs framgår efterfrågas "
     "diskuteras används prioriteras bokas"},
    {EFTI_SAYS_BECOME,
     "blev blir bli blivit vart kom kommer kommit"},
    {EFTI_SAYS_BELIEVE,
     "tror trodde tro trott tycker tyckte tycka tyckt upplever upplevde uppleva upplevt "
     "känner kände känna känt känns kändes anser ansåg verkar verkade tycks betyder "
     "betydde innebär innebar märker märkte räknar räknade menar lyckas lyckades lyckats "
     "så säga påstå hävda"},
    {EFTI_SAYS_FACT,
     "glömmer glömde glömma glömt missar missade ångrar ångrade tveka tvekar tvekade "
     "tvekat vet visste veta vetat förstod förstår insåg inser hindra hindrar hindrade "
     "hindrat märkt sett låta"},
    {EFTI_SAYS_CEASE,
     "minska minskar minskade minskat försvinna försvinner försvann försvunnit släppa "
     "släpper släppte släppt sluta slutar slutade slutat upphöra upphör upphörde upphört "
     "avta avtar avtog lättar lättade lägger lade klinga klingar klingade "
     "ersätta ersätter ersatte ersatt"},
    {EFTI_SAYS_ATT | EFTI_SAYS_SUBORDINATE,
     "att"},
    {EFTI_SAYS_IF | EFTI_SAYS_SUBORDINATE,
     "om ifall huruvida"},
    {EFTI_SAYS_AND,
     "och å samt o"},
    {EFTI_SAYS_OR,
     "eller"},
    {EFTI_SAYS_UNTIL,
     "förrän förren förens förän"},
    {EFTI_SAYS_FINITE,
     "är var blev blir har hade kom kommer gick går fick får känns kändes ska skulle kan "
     "kunde vill ville måste finns fanns växer växte tog tar gör gjorde e va sa sade såg "
     "skrev gav drog bad höll lät satt stod låg sov åt bar bröt föll grät sprang steg "
     "slog vann ljög drack for svor teg vek stal skar visste vet fann band "
     "sjönk syns hörs märks ses"},
    {EFTI_SAYS_REFLEXIVE,
     "mig dig sig oss er mej dej sej mä"},
    {EFTI_SAYS_SUBORDINATE,
     "som när då eftersom därför medan innan sedan sen trots fast fastän så tills vilket "
     "vilken vilka där hur varför vad vem"},
    {EFTI_SAYS_MIDDLE,
     "alltså annars dessutom dock därefter däremot därför emellertid nämligen samtidigt "
     "sedan sen tvärtom ändå"},
    {EFTI_SAYS_JOINS,
     "men för så"},
    {EFTI_SAYS_WISHED,
     "önskat velat hoppats önska"},
    {EFTI_SAYS_ADVERB,
     "kanske möjligen möjligtvis eventuellt antagligen förmodligen måhända troligen "
     "troligtvis förhoppningsvis"},
    {EFTI_SAYS_CERTAIN,
     "behov behovet behövs behövdes behöver kräver krävs krävdes bör nog lär kommer ska "
     "vill ville försöka försöker försökt försökte fundera funderar funderade funderat "
     "avser avsikten ämnar planen planerar planerade tanken tänker tänkt tänkte mål "
     "målet syftet siktar strävar strävan risk risken rädd osäker osäkra osäkert verkar "
     "verkade tycks tycktes tror trodde antar antog efterfrågar efterlyser efterlyste "
     "framöver nästa på i någon känns teoretiskt tvivel önskemål om som fråga frågan "
     "möjlighet möjligt tydligen"},
    {EFTI_SAYS_ALONE,
     "skulle undrade undrar undrat kunde önskar önskade önskat torde vore"},
};
/* clang-format on */

struct efti_grammar {
    const eft_allocator *mem;
    struct efti_strings *words;
    EFTI_ARRAY(uint32_t) says;
};

static bool
grammar_add(struct efti_grammar *g, const struct grammar_row *row)
{
    for (const char *at = row->words; *at != '\0';) {
        size_t size = strcspn(at, " ");
        bool added;
        uint32_t id = efti_strings_add(g->words, at, size, &added);
        if (id == EFTI_NOT_FOUND || (added && !EFTI_PUSH(g->mem, &g->says)))
            return false;
        if (added)
            g->says.items[id] = 0;
        g->says.items[id] |= row->says;
        at += size + (at[size] == ' ');
    }
    return true;
}

eft_status
efti_grammar_new(const eft_allocator *mem, struct efti_grammar **out, eft_error *err)
{
    *out = NULL;
    struct efti_grammar *g = efti_zalloc(mem, 1, sizeof(*g));
    if (g == NULL)
        return efti_no_memory(err, "the grammar of negation");
    g->mem = mem;
    eft_status st = efti_strings_new(mem, &g->words, err);
    for (size_t i = 0; i < EFTI_COUNT(grammar_rows) && st == EFT_OK; i++) {
        if (!grammar_add(g, &grammar_rows[i]))
            st = efti_no_memory(err, "the grammar of negation");
    }
    if (st != EFT_OK) {
        efti_grammar_free(g);
        return st;
    }
    *out = g;
    return EFT_OK;
}

void
efti_grammar_free(struct efti_grammar *g)
{
    if (g == NULL)
        return;
    efti_strings_free(g->words);
    EFTI_ARRAY_FREE(g->mem, &g->says);
    efti_release(g->mem, g, sizeof(*g));
}

uint32_t
efti_grammar_words(const struct efti_grammar *g)
{
    return efti_strings_count(g->words);
}

eft_text
efti_grammar_word(const struct efti_grammar *g, uint32_t i)
{
    return efti_strings_get(g->words, i);
}

uint32_t
efti_grammar_phrase(const struct efti_lists *lists, const char *folded, size_t size,
                    bool *pseudo, bool *more)
{
    uint32_t classes = 0, says = 0;

    *more = false;
    if (lists != NULL)
        classes = efti_lists_phrase_on(lists, folded, size, more);

    if ((classes & 1u << EFTI_PHRASE_NEGATOR) != 0)
        says |= EFTI_SAYS_NEGATOR;
    if ((classes & 1u << EFTI_PHRASE_UNCERTAIN) != 0)
        says |= EFTI_SAYS_UNCERTAIN;
    if ((classes & 1u << EFTI_PHRASE_CLAUSE_STOP) != 0)
        says |= EFTI_SAYS_STOP;
    if ((classes & 1u << EFTI_PHRASE_NEGATION_PREFIX) != 0)
        says |= EFTI_SAYS_PREFIXED;
    *pseudo = (classes & 1u << EFTI_PHRASE_NEGATION_PSEUDO) != 0;
    return says;
}

uint32_t
efti_grammar_says(const struct efti_grammar *g, const struct efti_lists *lists,
                  const char *folded, size_t size)
{
    uint32_t id = efti_strings_find(g->words, folded, size);
    bool pseudo, more;
    uint32_t says = efti_grammar_phrase(lists, folded, size, &pseudo, &more);

    if (pseudo) /* a row of one word that is no cue */
        says &= ~(uint32_t)EFTI_SAYS_NEGATOR;
    return id == EFTI_NOT_FOUND ? says : says | g->says.items[id];
}
