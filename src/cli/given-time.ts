import { Refusal } from '../domain/errors.ts';

/** A time as the API takes it: `ScheduleTime`. */
export type GivenSchedule =
  | string
  | { readonly at: string; readonly timeZone?: string }
  | { readonly wallTime: string; readonly timeZone: string; readonly disambiguation?: string };

/**
 * What an option such as `--schedule` says: one of its words, an instant, or a time on the clock of `--time-zone`.
 * @param flag the option, for the sentence. @param words that it takes as they are, e.g. `now`.
 * @throws Refusal where it is none of them, and where a time on the clock has no zone.
 */
export function scheduleIn(
  text: string,
  flag: string,
  words: readonly string[],
  {
    timeZone,
    disambiguation,
  }: { readonly timeZone?: string | undefined; readonly disambiguation?: string | undefined },
): GivenSchedule {
  if (words.includes(text)) return text;
  if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?$/.test(text)) {
    if (timeZone !== undefined)
      return { wallTime: text, timeZone, ...(disambiguation === undefined ? {} : { disambiguation }) };
    throw new Refusal(
      'invalid',
      `${flag} ${text} is a time on the clock: say whose with --time-zone, e.g. Europe/Bucharest, or end it with Z or an offset such as +02:00.`,
    );
  }
  if (/^\d{4}-\d{2}-\d{2}[T ].*(?:Z|[+-]\d{2}:?\d{2})$/i.test(text))
    return { at: text, ...(timeZone === undefined ? {} : { timeZone }) };
  throw new Refusal(
    'invalid',
    `${flag} ${text} is neither ${words.join(', ')} nor a time such as 2026-11-24T08:30:00+02:00, or 2026-11-24T08:30 with --time-zone.`,
  );
}
