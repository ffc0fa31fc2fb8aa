/** What the financial press writes behind a firm for machines: `<HLD.L>`, `(NYSE: HLDN)`, `(ISIN: DE0001234567)`. */
import type { Span } from './span.ts';

/** Exchanges and what numbers of securities are called, as they stand before a colon. */
const REGISTERS =
  /^(?:NYSE(?: American| Arca)?|N(?:ASDAQ|asdaq)(?: [A-Z]\p{Ll}+)?|AMEX|OTC[A-Z]{0,4}|CBOE|LSE|LON|AIM|TSX(?:-?V)?|CSE|CVE|NEO|ASX|NZX|NZE|JSE|NSE|BSE|HKG|HKEX|SEHK|SGX|SSE|SHA|SHE|SZSE|TYO|TSE|KRX|KOSPI|KOSDAQ|TWSE|TPE|IDX|JKT|KLSE|PSE|PSX|SET|BKK|ETR|FRA|FWB|X(?:ETRA|etra)|EPA|E(?:URONEXT|uronext)(?: [A-Z]\p{Ll}+)?|AMS|EBR|ELI|BIT|B3|BVMF|BMV|BCBA|BME|BMAD|MCE|VIE|SWX|SIX|VTX|STO|CPH|HEL|OSL|OSE|WSE|GPW|BUD|MOEX|MCX|BIST|TLV|TASE|ADX|DFM|EGX|ISIN|WKN|CUSIP|SEDOL|RIC|[Tt]icker(?:[ -][Ss]ymbol)?|[Kk]ürzel|[Ss]ímbolo|[Mm]némonique)$/u;
/** `HLD`, `QLN1`, `BRK.A`, `DE0001234567`. */
const SYMBOL = /^\$?(?=.*[A-Z]|\d{4})[A-Z0-9]{1,12}(?:[.-][A-Z0-9]{1,3})?$/;
/** With the letters of its exchange, as agencies write it: `HLD.L`, `HLDG.DE`. Not the doubled letters of a plural, `EE.UU`. */
const WITH_EXCHANGE = /^(?!([A-Z])\1\.([A-Z])\2$)[A-Z0-9]{2,7}[a-z]?\.[A-Z]{1,2}$/;
/** `HLD.L`, `F.N`, `.FTSE`, `LCOc1`, `EUR=`. */
const ANGLED = /^(?:[A-Z0-9]{2,8}[a-z]{0,2}\d{0,2}|[A-Z]|(?=\.[A-Z]))(?:\.[A-Z0-9]{1,8})?=?[A-Z]{0,3}$/;
const BRACKETS = /\s?(?:<([^<>\s]{1,16})>|[([]([^()[\]<>\n]{2,100})[)\]])(?:,? opens new tab)?/gu;

/** Every ticker in its brackets, with the space before it; UTF-16 offsets. */
export function findTickers(text: string): Span[] {
  const found: Span[] = [];
  for (const { index, 0: whole, 1: angled, 2: inside = '' } of text.matchAll(BRACKETS)) {
    const isTicker = angled === undefined ? isListOfTickers(inside) : ANGLED.test(angled);
    if (isTicker) found.push({ start: index, end: index + whole.length });
  }
  return found;
}

/** The text as people read it, without any ticker in brackets. */
export function withoutTickers(text: string): string {
  return findTickers(text).reduceRight((rest, { start, end }) => {
    const isBetweenWords = /\s/u.test(rest.charAt(start)) && /[\p{L}\p{N}]/u.test(rest.charAt(end));
    return `${rest.slice(0, start)}${isBetweenWords ? ' ' : ''}${rest.slice(end)}`;
  }, text);
}

/** Whether a word alone can be nothing else: nobody searches for `#HLDL`. */
export function isTicker(word: string): boolean {
  return WITH_EXCHANGE.test(word);
}

/** `NYSE: HLDN`, `NYSE, LON: HLDN`, `ISIN: DE0001234567, WKN 123456`, `HLD.L`: tickers and nothing else. */
function isListOfTickers(inside: string): boolean {
  const parts = inside.split(/\s?[,;/|]\s?(?:(?:and|und|y|et) )?/u);
  let isNamed = false;
  for (const part of parts) {
    const [, register = '', symbol = part] =
      /^(\p{L}[^:：]*?)(?:\s?[:：]\s?|\s(?=\S+$))(\S+)$/u.exec(part.trim()) ?? [];
    if (register !== '' && !REGISTERS.test(register)) return false;
    if (!SYMBOL.test(symbol)) return false;
    isNamed ||= register !== '' || WITH_EXCHANGE.test(symbol);
  }
  return isNamed && (parts.length === 1 || parts.every((part) => part.trim() !== ''));
}
