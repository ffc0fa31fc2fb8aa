import { currencyOf } from './grounding-numbers.ts';
import { pairs } from './number-words.ts';
import { placedNumbers } from './placed-numbers.ts';
import type { Span } from './span.ts';
import { primarySubtag } from './stopwords/all.ts';

/** A figure as a reader takes it: a value and what it is a number of, where that is a currency or a share. */
export interface Figure {
  /** `3,100` and `3.100` are 3100, `1.2 million` 1200000, `two thirds` 2/3, `8:30` itself. */
  readonly value: string;
  /** The sign of a currency, `%`, or empty. */
  readonly unit: string;
  /** As it stands in the text, with its unit. */
  readonly written: string;
}

interface Placed extends Span {
  readonly value: string;
  readonly unit: string;
}

/** Parts of a whole: words that are one by themselves, then those that are an ordinal unless a number stands before them. */
const FRACTIONS: Readonly<Record<string, readonly [alone: string, counted: string]>> = {
  en: [
    'half:2 halves:2 quarter:4 quarters:4',
    'third:3 thirds:3 fifth:5 fifths:5 sixth:6 sixths:6 seventh:7 sevenths:7 eighth:8 eighths:8 ninth:9 ninths:9 tenth:10 tenths:10',
  ],
  de: [
    'hälfte:2 halb:2 halbe:2 halben:2 halber:2 halbes:2 drittel:3 dritteln:3 viertel:4 vierteln:4 fünftel:5 fünfteln:5 achtel:8 zehntel:10',
    '',
  ],
  fr: ['moitié:2 demi:2 demie:2 tiers:3 quart:4 quarts:4', 'cinquième:5 cinquièmes:5 dixième:10 dixièmes:10'],
  es: ['mitad:2 medio:2 media:2 tercio:3 tercios:3', 'cuarto:4 cuartos:4 quinto:5 quintos:5'],
  it: ['metà:2 mezzo:2 mezza:2', 'terzo:3 terzi:3 quarto:4 quarti:4 quinto:5 quinti:5'],
  pt: ['metade:2 terço:3 terços:3', 'meio:2 meia:2 quarto:4 quartos:4 quinto:5 quintos:5'],
  nl: ['helft:2 half:2 halve:2 kwart:4', 'derde:3 vierde:4 vijfde:5'],
};
const ONE = /(?<!\p{L})(?:an?|one|ein|eine|einem|einen|un|une|una|uno|um|uma|een|één)[\s-]$/iu;
const ORDINALS: Readonly<Record<string, string>> = {
  en: 'first:1 second:2',
  de: 'erste:1 ersten:1 erster:1 erstes:1 zweite:2 zweiten:2 zweiter:2 zweites:2',
  fr: 'premier:1 première:1 second:2 seconde:2 deuxième:2',
  es: 'primer:1 primero:1 primera:1 segundo:2 segunda:2',
};
const PERCENT_BEHIND =
  /^[\s\u00a0\u202f-]?(?:[%٪％]|per ?cent\b|percentage|pct\b|prozent|por ?cen[tc]|pour ?cent|per ?cento|procent|процент|відсот|بالمئة|بالمائة|في المئة|في المائة|درصد|אחוז|प्रतिशत|パーセント|퍼센트)/iu;
const PERCENT_BEFORE = /(?:yüzde\s|百分之|[%٪]\s?)$/iu;
const SIGN_BEHIND = /^[\s\u00a0\u202f-]?([$€£¥₹₽₺₴₪₩])/u;
const SIGN_BEFORE = /([$€£¥₹₽₺₴₪₩])[\s\u00a0\u202f]?$/u;
const WORD_BEHIND = /^[\s\u00a0\u202f-](?:d['’]|de\s|di\s)?(\p{L}+)/u;
const WORD_BEFORE = /(?<!\p{L})(\p{Lu}{3})[\s\u00a0\u202f]$/u;
/** `40–50`, `40 to 50`: the unit of one is the unit of both. */
const RANGE =
  /^\s?(?:[-–—]|(?:to|and|or|bis|und|oder|à|et|ou|a|y|o|e|tot|en|of|do|i|lub|до|и|или|та|або)(?=\s))\s?[$€£¥₹₽₺₴₪₩]?$/u;
const CLOCK = /(?<![\p{L}\p{N}.,:-])\p{Nd}{1,2}:\p{Nd}{2}(?!\p{N})/gu;

/** The figures of a text, in order: numbers in figures and in words, with currency, share and power of ten. */
export function figuresIn(text: string, lang: string): Figure[] {
  const primary = primarySubtag(lang);
  const parts = [...clocksIn(text), ...fractionsIn(text, primary), ...ordinalsIn(text, primary)];
  const rest = placedNumbers(text, primary)
    .filter(({ start, end }) => !parts.some((part) => start < part.end && end > part.start))
    .map(({ value, start, end }) => ({ value, start, end, unit: unitAt(text, start, end) }));
  const placed = [...parts, ...rest].sort((a, b) => a.start - b.start);
  return placed.map((one, at) => {
    const unit = one.unit || unitInRange(text, placed, at);
    return { value: one.value, unit, written: writtenAt(text, one) };
  });
}

/** Whether one figure says what another does: `half` is 50 per cent, and a bare number is not one of money. */
export function isSameFigure(one: Figure, other: Figure): boolean {
  if (one.unit !== other.unit) return asShare(one) !== undefined && asShare(one) === asShare(other);
  return one.value === other.value || (asShare(one) !== undefined && asShare(one) === asShare(other));
}

function asShare({ value, unit }: Figure): string | undefined {
  if (unit === '%') return String(Number(value) / 100);
  const [above = '', below = ''] = /^(\d+)\/(\d+)$/u.exec(value)?.slice(1) ?? [];
  return below === '' ? undefined : String(Number(above) / Number(below));
}

function clocksIn(text: string): Placed[] {
  return Array.from(text.matchAll(CLOCK), ({ 0: value, index }) => {
    return { value: value.replace(/^0/u, ''), unit: '', start: index, end: index + value.length };
  });
}

function fractionsIn(text: string, lang: string): Placed[] {
  const [alone, counted] = FRACTIONS[lang] ?? ['', ''];
  const below = new Map([...pairs(alone), ...pairs(counted)]);
  const isOneAlone = new Map(pairs(alone));
  const numbers = placedNumbers(text, lang);
  const found: Placed[] = [];
  for (const { 0: word, index } of text.matchAll(/\p{L}+/gu)) {
    const parts = below.get(word.toLowerCase());
    if (parts === undefined) continue;
    const above = numbers.find(({ end }) => end < index && /^[\s-]$/u.test(text.slice(end, index)));
    const isOne = ONE.test(text.slice(Math.max(0, index - 8), index));
    if (above === undefined && !isOne && !isOneAlone.has(word.toLowerCase())) continue;
    const value = `${above?.value ?? '1'}/${parts}`;
    found.push({ value, unit: '', start: above?.start ?? index, end: index + word.length });
  }
  return found;
}

function ordinalsIn(text: string, lang: string): Placed[] {
  const values = new Map(pairs(ORDINALS[lang] ?? ''));
  return Array.from(text.matchAll(/\p{L}+/gu)).flatMap(({ 0: word, index }) => {
    const value = values.get(word.toLowerCase());
    return value === undefined ? [] : [{ value, unit: '', start: index, end: index + word.length }];
  });
}

function unitAt(text: string, start: number, end: number): string {
  const behind = text.slice(end, end + 24);
  const before = text.slice(Math.max(0, start - 8), start);
  if (PERCENT_BEHIND.test(behind) || PERCENT_BEFORE.test(before)) return '%';
  const sign = SIGN_BEFORE.exec(before)?.[1] ?? SIGN_BEHIND.exec(behind)?.[1];
  if (sign !== undefined) return sign;
  return currencyOf(WORD_BEHIND.exec(behind)?.[1] ?? '') ?? currencyOf(WORD_BEFORE.exec(before)?.[1] ?? '') ?? '';
}

function unitInRange(text: string, placed: readonly Placed[], at: number): string {
  const here = placed[at];
  const [before, next] = [placed[at - 1], placed[at + 1]];
  if (here === undefined) return '';
  if (next !== undefined && RANGE.test(text.slice(here.end, next.start))) return next.unit;
  return before !== undefined && RANGE.test(text.slice(before.end, here.start)) ? before.unit : '';
}

/** With its unit, so that a person knows which of two figures is meant. */
function writtenAt(text: string, { start, end, unit }: Placed): string {
  const before = SIGN_BEFORE.exec(text.slice(Math.max(0, start - 2), start))?.[0] ?? '';
  const behind = unit === '%' ? (/^\s?[%٪％]/u.exec(text.slice(end, end + 2))?.[0] ?? '') : '';
  return `${before}${text.slice(start, end)}${behind}`;
}
