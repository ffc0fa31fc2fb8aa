import type { SlotRules } from '../../src/domain/slot-rules.ts';
import { weekdays } from '../../src/domain/slot-rules.ts';

const MINUTE = 60_000;
const shown = {
  weekday: 'short',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
} as const;

/** The same rules, said another way: by what the clock of the place shows at an instant. */
export function fits(instant: number, rules: SlotRules, busy: readonly Date[]): boolean {
  const { name, time, before, date } = wall(instant, rules.timeZone);
  const isSlot = rules.slots.some((slot) => slot.time === time && (slot.days as readonly string[]).includes(name));
  if (rules.slots.length > 0 && !isSlot) return false;
  const isQuiet = rules.quietHours.some((quiet) => {
    const begins = (on: string): boolean => (quiet.days as readonly string[]).includes(on);
    if (quiet.to > quiet.from) return begins(name) && time >= quiet.from && time < quiet.to;
    return (begins(name) && time >= quiet.from) || (begins(before) && time < quiet.to);
  });
  if (isQuiet) return false;
  const gap = Math.max(rules.minGapMs, rules.slots.length > 0 ? 1 : 0);
  if (busy.some((other) => Math.abs(other.getTime() - instant) < gap)) return false;
  const sameDay = busy.filter((other) => wall(other.getTime(), rules.timeZone).date === date);
  if (rules.dailyCap !== null && sameDay.length >= rules.dailyCap) return false;
  const cap = rules.hourlyCap ?? Infinity;
  const near = [...busy.map((other) => other.getTime()), instant].filter(
    (other) => Math.abs(other - instant) < 60 * MINUTE,
  );
  return near.every((from) => near.filter((other) => other >= from && other < from + 60 * MINUTE).length <= cap);
}

const formats = new Map<string, Intl.DateTimeFormat>();

function wall(instant: number, timeZone: string): { date: string; name: string; time: string; before: string } {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('en-GB', { timeZone, ...shown });
  formats.set(timeZone, format);
  const parts = Object.fromEntries(format.formatToParts(instant).map((part) => [part.type, part.value]));
  const name = (parts['weekday'] ?? '').toLowerCase();
  const index = weekdays.indexOf(name as (typeof weekdays)[number]);
  return {
    date: `${parts['month']}-${parts['day']}`,
    name,
    time: `${parts['hour']}:${parts['minute']}`,
    before: weekdays[(index + 6) % 7] as string,
  };
}
