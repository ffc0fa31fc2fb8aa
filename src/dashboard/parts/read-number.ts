import { typedTexts as words } from '../texts/typed.ts';

/** What was typed, as a value, or why it is none: a sentence. */
export type Read<Value> = { readonly value: Value } | { readonly fault: string };

export interface NumberRange {
  readonly min: number;
  readonly max: number;
  /** Most digits behind the point; left out, a whole number. */
  readonly decimals?: number;
}

/**
 * The number that was meant, with a decimal point or comma, or why it is none. Nothing is read as another number than stands
 * there: `1.250` may be one or a thousand, so more digits than there can be behind the point are refused.
 */
export function readNumber(typed: string, range: NumberRange): Read<number> {
  const { min, max, decimals = 0 } = range;
  const text = typed.trim().replace(',', '.');
  const [, digits = ''] = /^[-−]?\d+(?:\.(\d+))?$/.exec(text) ?? [];
  const value = Number(text.replace('−', '-'));
  const isRead = /^[-−]?\d+(?:\.\d+)?$/.test(text) && digits.length <= decimals && value >= min && value <= max;
  return isRead ? { value } : { fault: decimals === 0 ? words.whole(min, max) : words.decimal(min, max, decimals) };
}
