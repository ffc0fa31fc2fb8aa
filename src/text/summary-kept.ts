import { primarySubtag } from './stopwords/all.ts';

/**
 * Words that a tail must not take away with it: a doubt, a condition, a denial, a judgement somebody makes, or who said
 * it. Beginnings of words end in `*`, ends of words begin with one: German joins its verbs to what they take along.
 */
const KEPT: Readonly<Record<string, readonly string[]>> = {
  en: [
    'if unless except not no never neither nor hardly without only until although though but however once contrary',
    'pending barring assuming depending subject_to provided_that providing_that as_long_as so_long_as in_case supposed*',
    'deny denies denied denying denial* reject* disput* contest contests contested contesting dismiss* refut* rebut*',
    'repudiat* challeng* oppos* object objects objected objecting objection* protest* condemn* criti* doubt* question',
    'questions questioned questioning questionable appeal* plead* pled innocen* untrue false falsely unproven',
    'unconfirmed unverified retract* acquit* overturn* alleg* accus* accord* suspect* blam* charg* purport* apparent*',
    'report reports reported reportedly reporting rumou* say says said saying saw_as seen_as told tell tells telling',
    'claim* believ* think thinks thinking thought wrote writes writing tweeted posted cit* call calls called calling',
    'describ* dub dubbed label* brand* consider* deem* regard* view viewed views see_as reckon* insist* maintain*',
    'argu* contend* assert* stat* suggest* imply implies implied fear* worr* warn* hope hopes hoped hoping predict*',
    'forecast* estimat* expect expects expecting admit* conced* acknowledg* confirm* announc* reveal* disclos* explain*',
    'indicat* testif* swore sworn vow* promis* complain* lament* regret* accept accepts accepted adding_that',
    'clear clears cleared quash* annul* speak* spoke talk talks talked talking see sees saw seeing term terms termed hail*',
    'laugh* found finds find_it put_at treat* look looks looked looking seem* appear* prove proves proved proven proof',
    'theory theories rumour* version overrul* drop drops dropped',
  ],
  es: [
    'si salvo excepto no nunca jamás ni sin sólo solo hasta_que aunque pero sin_embargo a_menos siempre_que en_caso',
    'según dij* dice dicen dicho diciendo afirm* asegur* presunt* supuest* aparente* neg* nieg* inform* rechaz* desmient*',
    'desmint* desment* sostien* sosten* sostuv* cuestion* mantien* manten* mantuv* aleg* argument* critic* crític*',
    'calific* tacha tachan tachó tacharon denunci* describ* consider* cree creen creía creían crey* tem* advirt* advier*',
    'advert* explic* señal* reconoc* admit* refut* rebat* impugn* disput* insist* reiter* declar* confirm* anunci*',
    'apunt* indic* comunic* report* sospech* acus* duda* dudó inocen* defiend* defend* llam* recurr* conden* lament*',
    'estim* prev* esper* opin* juzg* contradi* public* detall* precis* subray* acept*',
    'absuel* absolv* anul* habla* hablo* habló prob* prueb* ve ven veía veían vio vieron tild* result* parec* archiv* revoc* sobrese* relat* cuenta cuentan',
  ],
  fr: [
    'si s sauf ne n pas jamais ni sans aucun aucune guère seulement bien_que mais cependant à_condition pourvu à_moins',
    'selon d_après dit disent disait dire disant déclar* affirm* indiqu* présum* nie nient niait niant nié* annonc*',
    'contest* dément* réfut* plaid* soutien* soutenu* souten* soutin* rapport* rejet* récus* critiqu* qualifi* juge',
    'jugent jugeait jugé* estim* assur* précis* expliqu* soulign* confirm* dénonc* crain* redout* dout* accus* soupçon*',
    'prétend* reconn* admet* admis* innocen* appel* décri* argu* insist* regrett* espér* espèr* avert* protest*',
    'condamn* pense pensent pensait considèr* considér* croi* croy* évoqu* oppos* combat* remet* supposé* communiqu*',
    'révél* mett*_en_cause met_en_cause mis*_en_cause mis*_en_doute accept*',
    'relax* acquitt* annul* parle parlent parlait parlaient voit voient voyait voyaient prouv* preuve* révèl* semble* sembl* clame* blanchi* classé* racont*',
  ],
  de: [
    'wenn falls sofern soweit sollte sollten außer nicht kein* nie niemals nur bis obwohl obgleich aber jedoch',
    'allerdings ohne sonst laut zufolge nach_Angaben sag* mutmaßlich* angeblich* vermeintlich* vermut* bestreit* bestritt*',
    '*erklär* *teilt *teilte *teilten *geteilt hieß heißt *bericht* bestätig* *weist *weisen *wies *wiesen *gewiesen',
    '*streit* *stritt* dementier* *behaupt* *meld* verlaut* *nenn* *nannt* bezeichn* kritisier* *kritik* *fürcht* glaub*',
    'meint meinen meinte meinten argument* beton* versicher* beteuer* *leugn* widersp* *lehnt *lehnte *lehnten *gelehnt',
    '*zweifel* schreib* schrieb* *äußer* *räumt *räumte *räumten *geräumt *kündig* warn* hoff* *plädier* *schätz* erwart*',
    '*schuld* *vorwurf* *vorwürf* *vorgeworfen *wirft *warf beschuldig* *verdacht* *verdächt* *gesteh* *gestand* *geständ*',
    'spricht sprechen sprach sprachen anfecht* *anficht wertet werten wertete werteten hält halten hielt hielten',
    '*einstuf* *gibt *gab *gaben *angegeben *verurteil* zurück* fordert* *anerkenn* *akzeptier*',
    '*freigesproch* *freispr* *aufgehob* *hob *hoben *sprech* *schilder* ausgeh* ausging* geht gehen ging gingen beweis* bewies* sieht sehen sah sahen',
    'scheint scheinen schien *falsch* *irrtum* erzähl* *eingestellt',
  ],
};

const patterns = new Map<string, RegExp | null>();

/** Whether what would be cut off changes what the rest says; null in languages we have no list for. */
export function changesWhatIsSaid(tail: string, lang: string): boolean | null {
  const primary = primarySubtag(lang);
  let pattern = patterns.get(primary);
  if (pattern === undefined) patterns.set(primary, (pattern = patternOf(primary)));
  return pattern === null ? null : pattern.test(tail);
}

function patternOf(primary: string): RegExp | null {
  const words = KEPT[primary]
    ?.join(' ')
    .replaceAll('*', String.raw`\p{L}*`)
    .replaceAll('_', String.raw`[\s'’]`)
    .split(' ');
  if (words === undefined) return null;
  const contracted = primary === 'en' ? String.raw`|n['’]t(?!\p{L})` : '';
  return new RegExp(String.raw`(?<![\p{L}\p{M}])(?:${words.join('|')})(?![\p{L}\p{M}])${contracted}`, 'iu');
}
