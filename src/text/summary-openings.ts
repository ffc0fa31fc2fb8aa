import { primarySubtag } from './stopwords/all.ts';
import { JOINING_PHRASES, LATER, POINTING_PHRASES, THE_ONE_AGED } from './summary-openings-phrases.ts';

/** First words that point back to somebody or something named before. Our own lists; lower case. */
const POINTING: Readonly<Record<string, string>> = {
  en: 'he she they it this these those that his her their its him them such both another others one|of either neither the|two the|three the|pair the|couple the|latter the|former the|duo the|trio',
  es: 'él ella ellos ellas esto eso esta este estos estas ese esa esos esas aquel aquella su sus ambos ambas otro otra otros otras',
  fr: 'il elle ils elles cela ceci ce cet cette ces c son sa ses leur leurs celui celle ceux celles',
  de: 'er sie es dies diese dieser dieses diesem diesen sein seine seiner seinen seinem ihr ihre ihrer ihren ihrem deren dessen jener jene beide',
  it: 'egli lui lei essi loro esso essa questo questa questi queste quello quella quelli suo sua suoi sue ciò entrambi',
  pt: 'ele ela eles elas isto isso este esta estes estas esse essa esses essas aquele aquela seu sua seus suas ambos',
  nl: 'hij zij ze dit dat deze die zijn haar hun het|is beide',
  pl: 'on ona oni one to ten ta te jego jej ich tego tym oboje',
  ru: 'он она они оно это этот эта эти его её ее их оба',
  uk: 'він вона вони воно це цей ця ці його її їх обидва',
  tr: 'o onlar bu bunlar şu onun onların',
  ar: 'هو هي هم هذا هذه ذلك تلك وهو وهي',
  fa: 'او وی آنها آن‌ها این ایشان',
  he: 'הוא היא הם הן זה זו זאת',
  hi: 'वह वे यह ये इस उस इन उन उन्होंने इसके उनके',
  zh: '他 她 它 他们 她们 它们 这 那 这些 那些 其 此',
  ja: '彼 彼女 彼ら これ それ この その',
  ko: '그는 그녀는 그들은 이는 이것은 그의',
};
/** First words that join a sentence to the one before. */
const JOINING: Readonly<Record<string, string>> = {
  en: 'and but or so yet nor however meanwhile also then thus therefore moreover furthermore instead still besides nevertheless nonetheless consequently similarly likewise additionally hence otherwise indeed later earlier now afterwards turns|out there|too in|addition for|example for|instance on|the|other as|a|result at|the|same by|contrast in|contrast in|turn because|of|this',
  es: 'y pero e o además también asimismo sin|embargo por|su|parte no|obstante así entonces luego por|ello por|eso por|tanto aunque en|cambio',
  fr: 'et mais ou or donc car ainsi puis aussi toutefois cependant pourtant en|revanche de|plus par|ailleurs en|outre enfin alors',
  de: 'und aber doch oder denn auch dabei damit dazu zudem außerdem danach dann dort deshalb daher dennoch jedoch allerdings trotzdem zuvor darüber hierzu',
  it: 'e ma o anche inoltre tuttavia quindi poi così infatti però dunque invece intanto',
  pt: 'e mas ou além também porém contudo entretanto no|entanto assim então por|isso',
  nl: 'en maar of ook daarnaast bovendien echter daarom toch toen verder',
  pl: 'i a ale oraz jednak także również ponadto dlatego wtedy natomiast',
  ru: 'и а но однако также кроме|того при|этом поэтому тогда затем',
  uk: 'і й та а але однак також крім|того при|цьому тому тоді потім',
  tr: 've ama fakat ancak ayrıca öte|yandan bu|nedenle',
  ar: 'لكن ولكن ومع|ذلك كما أيضا وأضاف وأضافت وتابع',
  fa: 'و اما ولی همچنین با|این|حال',
  he: 'אבל אך אולם גם בנוסף עם|זאת',
  hi: 'और लेकिन मगर इसके|अलावा हालांकि',
  zh: '但 但是 然而 而 同时 此外 另外 因此 所以',
  ja: 'しかし また さらに そして だが',
  ko: '그러나 하지만 또한 그리고 이에',
};

export type Opening = 'pointing' | 'joining' | 'plain';

interface Table {
  /** First word → the phrases that start with it. */
  readonly byFirst: ReadonlyMap<string, readonly (readonly [Opening, readonly string[]])[]>;
  /** In scripts without spaces the dictionary may join an opening to what follows: compared by its first letters. */
  readonly prefixes: readonly (readonly [Opening, string])[];
}

const tables = new Map<string, Table>();

/**
 * Whether a sentence can stand on its own by its first words: `pointing` opens with a pronoun or its like, `joining`
 * with a word that links it to the sentence before, `plain` with neither.
 * @param keys the sentence's words as `wordKey` gives them, first ones suffice
 */
export function openingOf(keys: readonly string[], lang: string): Opening {
  const primary = primarySubtag(lang);
  const { byFirst, prefixes } = tableOf(primary);
  for (const [opening, words] of byFirst.get(keys[0] ?? '') ?? []) {
    if (words.every((word, at) => keys[at] === word)) return opening;
  }
  if (THE_ONE_AGED[primary]?.test(keys.join(' ')) === true) return 'pointing';
  if (LATER[primary]?.test(keys.join(' ')) === true) return 'joining';
  return prefixes.find(([, prefix]) => keys[0]?.startsWith(prefix) === true)?.[0] ?? 'plain';
}

function tableOf(primary: string): Table {
  const known = tables.get(primary);
  if (known !== undefined) return known;
  const byFirst = new Map<string, (readonly [Opening, readonly string[]])[]>();
  const prefixes: (readonly [Opening, string])[] = [];
  for (const [opening, list] of [
    ['pointing', [POINTING[primary], ...(POINTING_PHRASES[primary] ?? [])]],
    ['joining', [JOINING[primary], ...(JOINING_PHRASES[primary] ?? [])]],
  ] as const) {
    for (const phrase of list
      .filter((part) => part !== undefined)
      .join(' ')
      .split(' ')) {
      const words = phrase.split(/[|_]/u);
      byFirst.set(words[0] ?? '', [...(byFirst.get(words[0] ?? '') ?? []), [opening, words]]);
      if (primary === 'zh' || primary === 'ja') prefixes.push([opening, phrase]);
    }
  }
  const table = { byFirst, prefixes };
  tables.set(primary, table);
  return table;
}
