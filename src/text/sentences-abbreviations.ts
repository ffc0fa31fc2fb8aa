import { primarySubtag } from './stopwords/all.ts';

/** Written before a name or a number: a sentence never ends here. Lower case, without the last full stop. */
const BEFORE_NAME: Readonly<Record<string, string>> = {
  en: 'ret mr mrs ms mx dr prof rev fr hon gov sen rep lt col gen maj capt cmdr cpl sgt pvt adm det insp supt pres amb atty st mt ft messrs no nos vs v cf al fig op p pp vol ed approx est dept univ assn bros e.g i.e viz',
  de: 'dr prof hr fr frl st str nr bzw ca vgl z.b d.h u.a s.o abs art bd ing dipl mio mrd tel evtl ggf inkl max min sog jh geb h.c rer nat med phil jur habil',
  fr: 'm mm mme mmes mlle mlles dr pr me mgr st ste n art av bd cf chap éd env ex p.ex vol',
  es: 'mª dª fco sta sto sr sra sres srta d dña dr dra prof ud uds gral cnel núm n.º art pág av avda c p.ej ej aprox vol lic ing',
  it: 'sig sigg dott dr prof ing avv on sen gen col n art pag vol ecc s',
  pt: 'sr sra srs dr dra prof profa eng gen cel n art pág av vol exmo',
  nl: 'dhr mevr mw dr drs prof ir mr ing st nr blz bijv o.a d.w.z ca art jl',
  pl: 'mł st bryg nadbryg asp sierż kpr plut chor ppor ppłk insp podinsp kom nadkom podkom hab tys godz dr prof inż mgr ks gen płk mjr kpt por ul al nr np m.in tzw tj ok św im pt r art poz',
  ru: 'г гг ул им т д др пр тыс млн млрд руб коп св проф акад ген полк стр рис см т.е т.д т.п и.о',
  uk: 'м р вул ім т д др пр тис млн млрд грн коп св проф акад ген с див т.зв',
  hi: 'डॉ डा श्री श्रीमती प्रो पं मो कु इं ए बी सी डी ई एफ जी एच आई जे के एल एम एन ओ पी क्यू आर एस टी यू वी डब्ल्यू एक्स वाई ज़ेड रु कि.मी',
  fa: 'دکتر مهندس ق.م ه.ش ه.ق ر.ک',
  tr: 'dr prof doç av sn no bkz vb vs yrd alb gen ör m s mah cad sok',
};
/** Ends a sentence only where a capital that may start one follows. */
const EITHER = new Set(
  'u.s u.k u.n e.u d.c l.a n.y a.m p.m inc corp co ltd llc plc jr sr etc jan feb mar apr jun jul aug sep sept oct nov dec ave blvd usw ecc itd itp'.split(
    ' ',
  ),
);
/** Words that start a sentence far more often than they follow `U.S.` or `Inc.` inside one. */
const STARTERS =
  /^["“‘'([]*(?:The|A|An|In|On|At|It|He|She|They|We|I|But|And|This|That|These|Those|There|As|If|When|While|After|Before|For|From|With|His|Her|Its|Their|Our|However|Meanwhile|Some|Many|Most|More|Two|Three|One|Since|Under|Last|What|Who|How|Why|No|Not|By|To|So|You|Both|Each|Another|Now|Then|According|Although|Also|Among|During|Despite|Officials|Police)\b/u;

/** Languages that write ordinals with a full stop, and what follows one. */
const ORDINAL_DOT = new Set(['de', 'pl', 'tr']);
const AFTER_ORDINAL =
  /^(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Jahrhundert|Mal|Platz|Klasse|Runde)\b/u;

/** Spanish doubles the letters of a plural: `EE. UU.`, `FF. AA.`. The first half ends nothing. */
const DOUBLED = /(?<![\p{L}\p{N}.])(\p{Lu})\1\.$/u;
const DOUBLED_NEXT = /^(\p{Lu})\1\.?(?!\p{L})/u;
/** Arabic and Hebrew write titles and initials with one letter and a full stop; after a number it is an era: `1990 م.` */
const ONE_LETTER = /^[\p{sc=Arabic}\p{sc=Hebrew}]$/u;
/** What a firm's name goes on with after its own exclamation mark: `Yahoo! Inc.` */
const FIRM = /^(?:Inc|Corp|Co|Ltd|LLC|PLC|plc|AG|GmbH|SA|NV|Group|Holdings)(?![\p{L}\p{N}])/u;

/** Whether a name of a firm, which has an exclamation mark of its own, goes on. */
export function isFirmGoingOn(left: string, next: string): boolean {
  return left.endsWith('!') && FIRM.test(next);
}

const sets = new Map<string, ReadonlySet<string>>();

/** Whether `left`, which ends in a full stop, ends in an abbreviation or an initial that the sentence goes on after. */
export function endsInAbbreviation(left: string, next: string, lang: string): boolean {
  if (isOrdinal(left, next, lang) || (DOUBLED.test(left) && DOUBLED_NEXT.test(next))) return true;
  const match = /(?:^|[\s(["“‘'«/-])((?:[\p{L}\p{M}]+\.)*[\p{L}\p{M}]+)\.$/u.exec(left.slice(-40));
  const word = match?.[1];
  if (word === undefined) return false;
  const lower = word.toLowerCase();
  if (EITHER.has(lower)) return !STARTERS.test(next);
  if (beforeName(lang).has(lower)) return true;
  if (/^\p{Ll}$/u.test(word)) return true;
  if (ONE_LETTER.test(word)) return !/\p{N}\s*\S\.$/u.test(left);
  const isInitial = /^\p{Lu}$/u.test(word) || /^(?:\p{Lu}\.)+\p{Lu}$/u.test(word);
  return isInitial && word !== 'I' && !STARTERS.test(next);
}

/** `am 3. Oktober`, and the number of a list item that stands at the head of its line. */
function isOrdinal(left: string, next: string, lang: string): boolean {
  if (/^\d{1,3}\.$/u.test(left)) return true;
  if (!ORDINAL_DOT.has(primarySubtag(lang)) || !/(?:^|\s)\d{1,3}\.$/u.test(left)) return false;
  return (
    AFTER_ORDINAL.test(next) || /(?:^|\s)(?:am|vom|zum|der|die|das|dem|den|des|bis|ab|im)\s\d{1,3}\.$/iu.test(left)
  );
}

/** Whether the text opens with a mark that only ever goes on with a sentence. */
export function neverStarts(next: string): boolean {
  return /^[,;:)\]}»”]/u.test(next);
}

function beforeName(lang: string): ReadonlySet<string> {
  const primary = primarySubtag(lang);
  let set = sets.get(primary);
  if (set === undefined)
    sets.set(primary, (set = new Set((BEFORE_NAME[primary] ?? BEFORE_NAME['en'] ?? '').split(' '))));
  return set;
}
