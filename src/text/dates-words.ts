/** Month names of the languages news is written in, from the Unicode locale data that Node carries (CLDR), plus what people type. */

const locales =
  'en es fr de it pt nl pl ru uk tr ar fa-u-ca-gregory he hi sv da nb fi cs sk hu ro el ca bg sr id ms vi et lv lt bn ur'.split(
    ' ',
  );

/** Spellings CLDR lacks: Austrian and clipped forms, Levantine Arabic, Latin Serbian. */
const typed: Readonly<Record<string, number>> = {
  sept: 9,
  jänner: 1,
  feber: 2,
  mrz: 3,
  mär: 3,
  märz: 3,
  maerz: 3,
  okt: 10,
  dez: 12,
  ene: 1,
  abr: 4,
  ago: 8,
  dic: 12,
  set: 9,
  out: 10,
  fev: 2,
  fév: 2,
  févr: 2,
  avr: 4,
  juil: 7,
  déc: 12,
  gen: 1,
  mag: 5,
  giu: 6,
  lug: 7,
  ott: 10,
  янв: 1,
  фев: 2,
  мар: 3,
  апр: 4,
  июн: 6,
  июл: 7,
  авг: 8,
  сен: 9,
  сент: 9,
  окт: 10,
  ноя: 11,
  дек: 12,
};

/** By locale, filled when first asked for: all of them together take a quarter of a second to build. */
const tables = new Map<string, ReadonlyMap<string, number>>();
const typedMonths = new Map(Object.entries(typed).map(([name, month]) => [fold(name), month]));

/**
 * 1…12 for a month's name, long or clipped, in any case and with or without its full stop; null for other words.
 * `lang`, the page's own language, is asked before the others.
 */
export function monthOf(word: string, lang = ''): number | null {
  const key = fold(word);
  const primary = /^[a-z]{2}/i.exec(lang)?.[0].toLowerCase() ?? 'en';
  const own = locales.find((locale) => locale.startsWith(primary));
  const order = ['en', ...(own ? [own] : []), ...locales];
  const typedMonth = typedMonths.get(key);
  if (typedMonth) return typedMonth;
  for (const locale of order) {
    const month = tableOf(locale).get(key);
    if (month) return month;
  }
  // Hebrew writes “in” onto the month: 4 במרץ.
  return key.startsWith('ב') ? monthOf(key.slice(1), lang) : null;
}

function tableOf(locale: string): ReadonlyMap<string, number> {
  const known = tables.get(locale);
  if (known) return known;
  const months = new Map<string, number>();
  const formats = (['long', 'short'] as const).flatMap((month) => [
    new Intl.DateTimeFormat(locale, { month, timeZone: 'UTC' }),
    // With a day beside it the month takes its genitive: “1 января”, “1 stycznia”.
    new Intl.DateTimeFormat(locale, { month, day: 'numeric', timeZone: 'UTC' }),
  ]);
  for (let month = 1; month <= 12; month += 1) {
    const day = new Date(Date.UTC(2021, month - 1, 1));
    for (const format of formats) {
      const name = fold(format.formatToParts(day).find(({ type }) => type === 'month')?.value ?? '');
      if (/[\p{L}\p{M}]{3}/u.test(name) && !months.has(name)) months.set(name, month);
    }
  }
  tables.set(locale, months);
  return months;
}

function fold(word: string): string {
  return word
    .normalize('NFC')
    .toLowerCase()
    .replace(/[.\u200e\u200f]/g, '')
    .trim();
}
