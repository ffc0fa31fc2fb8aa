import { present } from '../api/server-clock.ts';
import { common } from '../texts/common.ts';

/** Times and spans as people read them. */

const kinds = {
  day: { weekday: 'short', day: 'numeric', month: 'short' },
  weekday: { weekday: 'short' },
  inMonth: { day: 'numeric', month: 'short' },
  month: { month: 'long', year: 'numeric' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** What is compared, calculated with or typed again has the same digits in every language. */
const plain = {
  clock: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  date: { year: 'numeric', month: '2-digit', day: '2-digit' },
  offset: { timeZoneName: 'shortOffset' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Each is made once: a month of posts asks for a thousand, and making one takes as long as writing a hundred times. */
function format(zone: string, kind: keyof typeof kinds | keyof typeof plain): Intl.DateTimeFormat {
  const key = `${kind} ${zone}`;
  let made = formats.get(key);
  if (made === undefined) {
    made =
      kind in plain
        ? new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...plain[kind as keyof typeof plain] })
        : new Intl.DateTimeFormat(common.language, { timeZone: zone, ...kinds[kind as keyof typeof kinds] });
    formats.set(key, made);
  }
  return made;
}

/** `14:32` */
export function clockOf(at: Date, zone: string): string {
  return format(zone, 'clock').format(at);
}

/** `Tue 24 Nov`, and of another year than the present `Wed 24 Nov 2027`. */
export function dayOf(at: Date, zone: string, now = present()): string {
  const [year, thisYear] = [dateOf(at, zone), dateOf(now, zone)].map((date) => date.slice(0, 4));
  return year === thisYear ? shortDayOf(at, zone) : `${shortDayOf(at, zone)} ${year}`;
}

/** `Tue 24 Nov`, where the year stands beside it. */
export function shortDayOf(at: Date, zone: string): string {
  return format(zone, 'day').format(at);
}

/** `Tue` */
export function weekdayOf(at: Date, zone: string): string {
  return format(zone, 'weekday').format(at);
}

/** `24 Nov`, where there is no room for more. */
export function dayInMonthOf(at: Date, zone: string): string {
  return format(zone, 'inMonth').format(at);
}

/** `November 2026` */
export function monthOf(at: Date, zone: string): string {
  return format(zone, 'month').format(at);
}

/** `2026-11-24`, to compare days. */
export function dateOf(at: Date, zone: string): string {
  const parts = format(zone, 'date').formatToParts(at);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}

/** `14:32` today, `Tue 24 Nov 14:32` on another day, with the year in another year. */
export function shortTime(at: Date, zone: string, now: Date): string {
  return dateOf(at, zone) === dateOf(now, zone) ? clockOf(at, zone) : `${dayOf(at, zone, now)} ${clockOf(at, zone)}`;
}

/** `UTC+2` */
export function offsetOf(at: Date, zone: string): string {
  const part = format(zone, 'offset')
    .formatToParts(at)
    .find((one) => one.type === 'timeZoneName');
  return (part?.value ?? 'UTC').replace('GMT', 'UTC');
}

/** `Europe/Bucharest` → `Bucharest` */
export function placeOf(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}

/** `2 m 41 s`, `3 h 5 m`, `2 d`: the two largest units of a span. */
export function spanOf(ms: number): string {
  const seconds = Math.max(0, Math.round(Math.abs(ms) / 1_000));
  const { s, m, h, d } = common.spans;
  if (seconds < 60) return `${seconds} ${s}`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 10) return `${minutes} ${m} ${seconds % 60} ${s}`;
  if (minutes < 60) return `${minutes} ${m}`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} ${h}` : `${hours} ${h} ${minutes % 60} ${m}`;
  return `${Math.floor(hours / 24)} ${d}`;
}

/** `+2 s`, `+180 ms` */
export function latenessOf(ms: number): string {
  return ms < 1_000 ? `+${Math.round(ms)} ${common.spans.ms}` : `+${spanOf(ms)}`;
}
