/**
 * Dates as pages and feeds write them. What comes out is an RFC 3339 instant with the offset that was written, or
 * `YYYY-MM-DD` where the time or its zone is missing: a guess at the zone would move the day.
 */
import { monthOf } from './dates-words.ts';

/** News is not older than the web's archives nor dated years ahead. */
const MIN_YEAR = 1980;
const MAX_YEAR = 2100;

/**
 * The first date in a short text, in any of the forms below. `lang` settles `03/04/2020`: month first only where the
 * language is American English. Null where no valid date is found.
 */
export function findDate(text: string, lang = ''): string | null {
  if (!/[\d٠-٩۰-۹०-९০-৯０-９]/.test(text)) return null;
  const clean = latinDigits(text).replace(/\s+/g, ' ');
  let best: { at: number; value: string } | null = null;
  for (const read of readers) {
    const found = read(clean, lang);
    if (found && (!best || found.at < best.at)) best = found;
  }
  return best?.value ?? null;
}

/** As `findDate`, and also compact dates (`20200314161505`) and Unix time in seconds or milliseconds, for machine fields. */
export function readMachineDate(text: string, lang = ''): string | null {
  const clean = text.trim();
  const compact = /^((?:19|20)\d\d)(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?(Z|[+-]\d\d:?\d\d)?)?$/.exec(clean);
  if (compact) {
    const [, year, month, day, hour, minute, second, zone] = compact;
    return compose(Number(year), Number(month), Number(day), { hour, minute, second, zone });
  }
  if (/^\d{10}$|^\d{13}$/.test(clean)) {
    const date = new Date(clean.length === 10 ? Number(clean) * 1000 : Number(clean));
    return date.toISOString().replace('.000Z', 'Z');
  }
  return findDate(clean, lang);
}

/** A date in the path of an address, such as `/2020/03/14/` or `/2020-03-14-`. */
export function dateInUrl(url: string): string | null {
  const path = url.replace(/^[a-z]+:\/\/[^/]*/i, '').replace(/[?#].*$/, '');
  const patterns = [
    /\/((?:19|20)\d\d)\/(\d{1,2}|[a-z]{3})\/(\d{1,2})(?=\/|$|[-_.])/i,
    /(?<!\d)((?:19|20)\d\d)[-_.](\d{2})[-_.](\d{2})(?!\d)/,
    /[/_-]((?:19|20)\d\d)(\d{2})(\d{2})(?!\d)/,
  ];
  for (const pattern of patterns) {
    const [, year, month, day] = pattern.exec(path) ?? [];
    if (!year || !month || !day) continue;
    const date = compose(Number(year), /^\d/.test(month) ? Number(month) : (monthOf(month) ?? 0), Number(day));
    if (date) return date;
  }
  const dayFirst = /(?<!\d)(\d{2})[-_.](\d{2})[-_.](20\d\d)(?!\d)/.exec(path);
  return dayFirst ? compose(Number(dayFirst[3]), Number(dayFirst[2]), Number(dayFirst[1])) : null;
}

interface Found {
  readonly at: number;
  readonly value: string;
}

type Reader = (text: string, lang: string) => Found | null;

const time = String.raw`(?:(?:,?\s*(?:[-–|•·]\s*)?(?:at|um|à|a las|às|alle|kl\.?|o|в|T)?\s*|T)(?<hour>\d{1,2})[:.h](?<minute>\d\d)(?::(?<second>\d\d)(?:[.,]\d+)?)?\s*(?<half>[ap]\.?m\.?)?\s*(?<zone>Z\b|(?:GMT|UTC)?\s?[+-]\d\d:?\d\d\b|[A-Z]{2,5}\b)?)?`;
const word = String.raw`(?<month>\p{L}[\p{L}\p{M}]{2,14})\.?`;

const readers: readonly Reader[] = [
  // 2020-03-14T10:00:00+01:00, 2020/3/14 10:00, 2020. 3. 14., 2020年3月14日, 2020년 3월 14일
  reader(
    String.raw`(?<![\d/.-])(?<year>(?:19|20)\d\d)(?:-|\/|\.\s?|年\s?|년\s?)(?<number>\d{1,2})(?:-|\/|\.\s?|月\s?|월\s?)(?<day>\d{1,2})(?:日|일)?(?![\d/])${time}`,
  ),
  // 14. März 2020, 14 de marzo de 2020, 14th March 2020, Sat, 14 Mar 20 10:00:00 GMT
  reader(
    String.raw`(?<![\d.])(?<day>\d{1,2})(?:\.|º|°|er|st|nd|rd|th|a)?(?:\s+|-|\/)(?:de\s+|of\s+|d['’])?${word},?(?:\s+|-|\/)(?:de\s+|del\s+)?(?<year>(?:19|20)\d\d|\d\d(?=\s+\d\d?:))(?!\d)${time}`,
  ),
  // March 14th, 2020 at 10:00 am EST
  reader(String.raw`${word}\s+(?<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?<year>(?:19|20)\d\d)(?!\d)${time}`),
  // 2020 March 14, 2020. március 14.
  reader(String.raw`(?<!\d)(?<year>(?:19|20)\d\d)\.?[\s-]+${word}[\s-]+(?<day>\d{1,2})(?!\d)${time}`),
  // asctime: Sat Mar 14 10:00:00 2020, and “Sat, Mar 14 10:00:00 EST 2020”
  reader(
    String.raw`${word}\s+(?<day>\d{1,2})\s+(?<hour>\d\d):(?<minute>\d\d):(?<second>\d\d)\s+(?<half>)(?<zone>[A-Z]{2,5}|[+-]\d{4})?\s*(?<year>(?:19|20)\d\d)(?!\d)`,
  ),
  // 14.03.2020, 14/03/20
  reader(
    String.raw`(?<![\d./-])(?<first>\d{1,2})(?<mark>[./-])\s?(?<second2>\d{1,2})\k<mark>\s?(?<year>(?:19|20)\d\d|\d\d)(?![\d/-])(?!\.\d)${time}`,
  ),
];

function reader(source: string): Reader {
  const pattern = new RegExp(source, 'giu');
  return (text, lang) => {
    for (const match of text.matchAll(pattern)) {
      const value = valueOf(match.groups ?? {}, lang);
      if (value) return { at: match.index, value };
    }
    return null;
  };
}

type Groups = Readonly<Record<string, string | undefined>>;

function valueOf(groups: Groups, lang: string): string | null {
  const year = fullYear(groups['year'] ?? '');
  if (groups['first'] !== undefined) {
    const first = Number(groups['first']);
    const second = Number(groups['second2']);
    const monthFirst = second > 12 || (first <= 12 && groups['mark'] !== '.' && isMonthFirst(lang));
    return compose(year, monthFirst ? first : second, monthFirst ? second : first, groups);
  }
  const month = groups['number'] ? Number(groups['number']) : monthOf(groups['month'] ?? '', lang);
  return month ? compose(year, month, Number(groups['day']), groups) : null;
}

function isMonthFirst(lang: string): boolean {
  return /^en(?:$|[-_]us)/i.test(lang);
}

function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length !== 2) return year;
  return year < 70 ? 2000 + year : 1900 + year;
}

/** Minutes east of Greenwich of the zone names that feeds and pages use; ambiguous ones as the news agencies mean them. */
const zones: Readonly<Record<string, number>> = {
  Z: 0,
  UT: 0,
  UTC: 0,
  GMT: 0,
  WET: 0,
  BST: 60,
  WEST: 60,
  CET: 60,
  MEZ: 60,
  CEST: 120,
  MESZ: 120,
  EET: 120,
  SAST: 120,
  EEST: 180,
  MSK: 180,
  IST: 330,
  HKT: 480,
  SGT: 480,
  JST: 540,
  KST: 540,
  AEST: 600,
  AEDT: 660,
  NZST: 720,
  NZDT: 780,
  AST: -240,
  EDT: -240,
  EST: -300,
  ET: -300,
  CDT: -300,
  CST: -360,
  MDT: -360,
  MST: -420,
  PDT: -420,
  PST: -480,
  PT: -480,
  HST: -600,
};

function compose(year: number, month: number, day: number, clock: Groups = {}): string | null {
  if (!isDay(year, month, day)) return null;
  const date = `${year}-${pad(month)}-${pad(day)}`;
  if (clock['hour'] === undefined || clock['zone'] === undefined) return date;
  const offset = offsetOf(clock['zone']);
  let hour = Number(clock['hour']);
  const half = clock['half']?.toLowerCase().charAt(0);
  if (half === 'p' && hour < 12) hour += 12;
  if (half === 'a' && hour === 12) hour = 0;
  const minute = Number(clock['minute'] ?? 0);
  const second = Number(clock['second'] ?? 0);
  if (offset === null || hour > 23 || minute > 59 || second > 60) return date;
  return `${date}T${pad(hour)}:${pad(minute)}:${pad(Math.min(second, 59))}${offset}`;
}

function offsetOf(zone: string): string | null {
  const digits = /([+-])(\d\d):?(\d\d)$/.exec(zone);
  if (digits) return digits[2] === '00' && digits[3] === '00' ? 'Z' : `${digits[1]}${digits[2]}:${digits[3]}`;
  const minutes = zones[zone.trim().toUpperCase()];
  if (minutes === undefined) return null;
  if (minutes === 0) return 'Z';
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
}

function isDay(year: number, month: number, day: number): boolean {
  if (!(year >= MIN_YEAR && year <= MAX_YEAR && month >= 1 && month <= 12 && day >= 1)) return false;
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function pad(number: number): string {
  return String(number).padStart(2, '0');
}

const zeros = [0x0660, 0x06f0, 0x0966, 0x09e6, 0xff10];

/** Arabic, Persian, Devanagari, Bengali and full-width digits as 0–9. */
function latinDigits(text: string): string {
  return text.replace(/[٠-٩۰-۹०-९০-৯０-９]/g, (digit) => {
    const code = digit.charCodeAt(0);
    const zero = zeros.findLast((start) => start <= code) ?? code;
    return String(code - zero);
  });
}
