import { GENERIC_EN, VERBS_EN } from './stopwords/generic-en.ts';

const list = (words: string): string[] => words.split(/\s+/u).filter((word) => word !== '');

/** Words that name no topic by themselves. */
export const GENERIC: ReadonlySet<string> = new Set(list(GENERIC_EN));

/** Verbs in all regular forms: no noun phrase ends in one of them. */
export const VERBS: ReadonlySet<string> = new Set(list(VERBS_EN).flatMap(formsOf));

/** Titles and offices that stand before a person's name and are no part of it. */
export const TITLES: ReadonlySet<string> = new Set(
  list(`
    president vice-president vice prime minister premier chancellor secretary senator sen representative rep governor gov
    congressman congresswoman mayor ambassador judge justice attorney general attorney-general gen admiral adm colonel col captain capt
    major maj lieutenant lt sergeant sgt officer detective inspector chief commander cmdr chairman chairwoman chair ceo mme mlle mmes mgr herr frau sra srta
    cfo director professor prof doctor dr mr mrs ms miss sir lord lady dame rev reverend bishop archbishop
    cardinal sheikh imam rabbi coach leader spokesman spokeswoman spokesperson aide
    deputy former then-president speaker commissioner sheriff founder actor actress singer
    candidate nominee counterpart assemblymember
  `),
);

/** Adjectives of nations and the nations they stand for. */
export const DEMONYMS: ReadonlyMap<string, string> = new Map(
  list(`
    american:America russian:Russia chinese:China british:Britain french:France german:Germany italian:Italy
    spanish:Spain portuguese:Portugal dutch:Netherlands belgian:Belgium swiss:Switzerland austrian:Austria polish:Poland
    ukrainian:Ukraine turkish:Turkey greek:Greece israeli:Israel palestinian:Palestine syrian:Syria iraqi:Iraq
    iranian:Iran saudi:Saudi_Arabia egyptian:Egypt libyan:Libya indian:India pakistani:Pakistan afghan:Afghanistan
    japanese:Japan korean:Korea vietnamese:Vietnam thai:Thailand indonesian:Indonesia malaysian:Malaysia
    philippine:Philippines filipino:Philippines australian:Australia canadian:Canada mexican:Mexico brazilian:Brazil
    argentine:Argentina chilean:Chile colombian:Colombia venezuelan:Venezuela cuban:Cuba peruvian:Peru kenyan:Kenya
    nigerian:Nigeria ethiopian:Ethiopia somali:Somalia sudanese:Sudan lebanese:Lebanon jordanian:Jordan yemeni:Yemen
    irish:Ireland scottish:Scotland welsh:Wales english:England swedish:Sweden norwegian:Norway danish:Denmark
    finnish:Finland hungarian:Hungary czech:Czechia slovak:Slovakia romanian:Romania bulgarian:Bulgaria serbian:Serbia
    croatian:Croatia bosnian:Bosnia albanian:Albania european:Europe african:Africa asian:Asia western: eastern:
    southern: northern: soviet: islamic: muslim: christian: jewish: catholic: democratic: republican: hispanic: latino:
  `).map((pair) => {
    const [adjective, nation] = pair.split(':');
    return [adjective ?? '', (nation ?? '').replace('_', ' ')] as const;
  }),
);

/** Offices whose holders the whole world knows by surname alone. */
export const HIGHEST_OFFICES: ReadonlySet<string> = new Set(list('president premier minister chancellor'));

/** Agencies and networks that sign the news rather than make it. */
export const AGENCIES: ReadonlySet<string> = new Set(
  list(
    'reuters ap afp upi bloomberg cnn bbc nbc abc cbs msnbc npr ani pti dpa efe xinhua tass getty wikipedia facebook twitter youtube instagram',
  ),
);

/** What a time of day carries: nobody signs `#GMT`. */
export const CLOCKS: ReadonlySet<string> = new Set(
  list(
    'GMT UTC BST WET CET CEST EET EEST MSK EST EDT CST CDT MST MDT PST PDT AKST HST IST PKT JST KST HKT SGT AEST AEDT NZST AM PM',
  ),
);

/** Days and months: they date a topic, and are none. */
export const DATE_WORDS: ReadonlySet<string> = new Set(
  list(`
    monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays
    sundays january february april june july august september october november december
  `),
);

/** Past forms that no rule gives; none of them is a noun. */
export const PAST_FORMS: ReadonlySet<string> = new Set(
  list(`
    found made said took taken gave given got went gone came saw seen knew known thought told became kept held brought
    began begun wrote written stood heard meant met paid sold sent built drew drawn broke broken spent grew grown lost
    fell fallen led bought wore worn chose chosen ate eaten drove driven froze frozen hid hidden rode ridden shook
    shaken sang sung sank sunk spoke spoken stole stolen struck swam swore sworn taught threw thrown woke won wept
    slid clung dug fled flung hung leapt lent bred sped spun stung stuck strode shrank sprang swung
    caught fought sought slept swept torn tore flew flown forgot forgotten laid
  `),
);

/** Last words of the names of bodies. */
export const BODIES: ReadonlySet<string> = new Set(
  list(`
    university college school academy institute institution ministry department office agency authority administration
    commission committee council court parliament congress senate assembly party union federation association society
    league club united city fc bank fund group corporation corp company co inc ltd llc plc foundation trust bureau board
    service services police army navy force forces guard center centre hospital clinic church museum theatre theater
    gallery library times post journal news press network channel airlines airways motors partners holdings systems
    technologies laboratories labs observatory organization organisation coalition alliance movement front brigade
  `),
);

function formsOf(verb: string): string[] {
  const stem = verb.endsWith('e') ? verb.slice(0, -1) : verb;
  const third = /(?:s|sh|ch|x|z|o)$/u.test(verb)
    ? `${verb}es`
    : /[^aeiou]y$/u.test(verb)
      ? `${verb.slice(0, -1)}ies`
      : `${verb}s`;
  const past = /[^aeiou]y$/u.test(verb) ? `${verb.slice(0, -1)}ied` : `${stem}ed`;
  const doubled = /^[^aeiou]*[aeiou][bdgklmnprt]$/u.test(verb) ? verb + verb.slice(-1) : stem;
  return [verb, third, past, `${doubled}ed`, `${stem}ing`, `${doubled}ing`];
}
