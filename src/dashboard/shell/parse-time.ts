/** A time on the newsroom's clock, read from what somebody typed. */
export interface ParsedTime {
  /** `2026-11-24T08:30`, on the clock of the zone. Null where an instant was meant. */
  readonly wallTime: string | null;
  readonly at: Date | null;
}

const SPAN = /^\+\s*(?:(\d{1,3})\s*h)?\s*(?:(\d{1,4})\s*m(?:in)?)?$/i;
const CLOCK = /^(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm)?$/i;
const DATE = /^(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})$/;
const DOTTED_DATE = /^(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4})$/;
/** Whole, or as English shortens them: what only begins like a day is a slip of the finger. */
const WEEKDAYS = [
  /^sun(day)?$/,
  /^mon(day)?$/,
  /^tue(s|sday)?$/,
  /^wed(s|nesday)?$/,
  /^thu(r|rs|rsday)?$/,
  /^fri(day)?$/,
  /^sat(urday)?$/,
];

/**
 * Reads `14:30`, `9`, `9pm`, `9 pm`, `noon`, `+45m`, `+1h 30m`, `tomorrow 9`, `fri 14:30`, `2026-12-01 8:00`, `1.12.2026 8:00`.
 * The next such time to come is meant: a clock time that has passed today is tomorrow's, one of today's weekday is of
 * today while it is ahead. `midnight` stands alone only: with a day, people mean its beginning as often as its end.
 * @param today what the newsroom's clock shows now, as `2026-11-23T14:32`.
 * @returns null where it is not a time: `13pm` and `0am` are none.
 */
export function parseTime(typed: string, today: string, now: Date): ParsedTime | null {
  const text = typed
    .trim()
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/(?<=\d) (?=[ap]m$)/, '')
    .replace(/t(?=\d)/, ' ');
  const span = SPAN.exec(text);
  if (span !== null && (span[1] !== undefined || span[2] !== undefined)) {
    const minutes = Number(span[1] ?? 0) * 60 + Number(span[2] ?? 0);
    return { wallTime: null, at: new Date(now.getTime() + minutes * 60_000) };
  }
  const words = text.split(' ');
  const [todayDate = '', todayClock = ''] = today.split('T');
  if (words.length === 1) {
    const clock = namedClock(words[0] ?? '');
    if (clock === null) return null;
    return { wallTime: `${clock > todayClock ? todayDate : addDays(todayDate, 1)}T${clock}`, at: null };
  }
  if (words.length !== 2) return null;
  const clock = words[1] === 'midnight' ? null : namedClock(words[1] ?? '');
  if (clock === null) return null;
  const date = readDate(words[0] ?? '', todayDate, clock > todayClock);
  return date === null ? null : { wallTime: `${date}T${clock}`, at: null };
}

/** The two times that have names of their own, and the others. */
function namedClock(word: string): string | null {
  if (word === 'noon') return '12:00';
  return word === 'midnight' ? '00:00' : readClock(word);
}

/** `9`, `9:30`, `9.30`, `9h30`, `9pm` as `HH:MM`. @param word in lower case. */
export function readClock(word: string): string | null {
  const match = CLOCK.exec(word);
  if (match === null) return null;
  let hour = Number(match[1]);
  const minute = Number(match[2] ?? 0);
  // Half a day has the hours from 1 to 12, and no 13pm or 0am.
  if (match[3] !== undefined && (hour < 1 || hour > 12)) return null;
  if (match[3] === 'pm' && hour < 12) hour += 12;
  if (match[3] === 'am' && hour === 12) hour = 0;
  return hour > 23 || minute > 59 ? null : `${pad(hour)}:${pad(minute)}`;
}

/** @param isAhead whether the time of day is still to come today. */
function readDate(word: string, today: string, isAhead: boolean): string | null {
  if (word === 'today') return today;
  if (word === 'tomorrow') return addDays(today, 1);
  const weekday = WEEKDAYS.findIndex((name) => name.test(word));
  if (weekday >= 0) {
    const ahead = (weekday - new Date(`${today}T00:00Z`).getUTCDay() + 7) % 7;
    return addDays(today, ahead === 0 && !isAhead ? 7 : ahead);
  }
  const { year, month, day } = (DATE.exec(word) ?? DOTTED_DATE.exec(word))?.groups ?? {};
  return year === undefined ? null : `${year}-${pad(Number(month))}-${pad(Number(day))}`;
}

function addDays(date: string, days: number): string {
  const at = new Date(`${date}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
