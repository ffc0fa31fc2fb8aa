import { Temporal } from 'temporal-polyfill';
import { describe, expect, it, vi } from 'vitest';
import { dayStarts, hourStarts } from '../../src/domain/calendar-days.ts';
import { addPost, putPost } from '../../src/dashboard/api/put-post.ts';
import { whole } from '../../src/dashboard/api/stretches.ts';
import type { Calendar, Post } from '../../src/dashboard/api/types.ts';
import { readCalendar } from '../../src/dashboard/screens/calendar/address.ts';
import { cellAt, inTime, rowsOf } from '../../src/dashboard/screens/calendar/cells.ts';
import { rangeOf, stepped } from '../../src/dashboard/screens/calendar/days.ts';
import { instantIn, onDay, together } from '../../src/dashboard/screens/calendar/landing.ts';
import { settle } from '../../src/dashboard/screens/calendar/settle.ts';
import { titleOf } from '../../src/dashboard/screens/calendar/title.ts';
import { dayOf, shortTime } from '../../src/dashboard/shell/clock.ts';

const zone = 'Europe/Bucharest';

/** Days divided by hours as the API divides them, with posts. */
function hoursOf(first: string, days: number, posts: readonly Post[] = []): Calendar {
  const midnights = dayStarts(first, days, zone);
  const starts = midnights
    .slice(0, -1)
    .flatMap((from, at) => hourStarts(from, midnights[at + 1] as number, zone).slice(0, -1));
  const ends = [...starts.slice(1), midnights.at(-1) as number];
  const stretches = starts.map((from, at) => ({
    from: new Date(from).toISOString(),
    to: new Date(ends[at] as number).toISOString(),
    count: 0,
    states: {},
    posts: [],
  }));
  return posts.reduce<Calendar>(addPost, { timeZone: zone, stretches });
}

function post(id: string, dueAt: string): Post {
  return { id, dueAt, state: 'scheduled' } as Post;
}

describe('the fields of a week', () => {
  it('have no time where the clock skips an hour, and two hours where it shows one twice', () => {
    const range = { from: '2026-03-29', days: 1, by: 'hour', most: 4 } as const;
    const spring = rowsOf('day', '2026-03-29', range, hoursOf('2026-03-29', 1), zone);
    expect(spring.map(([cell]) => ((cell?.to ?? 0) - (cell?.from ?? 0)) / 3_600_000)).toEqual(
      Array.from({ length: 24 }, (_, hour) => (hour === 3 ? 0 : 1)),
    );
    const autumn = rowsOf('day', '2026-10-25', { ...range, from: '2026-10-25' }, hoursOf('2026-10-25', 1), zone);
    expect(autumn[3]?.[0]).toMatchObject({
      from: Date.parse('2026-10-25T00:00Z'),
      to: Date.parse('2026-10-25T02:00Z'),
    });
  });

  it('are found by an instant, also in the hour that comes twice', () => {
    const range = { from: '2026-10-25', days: 2, by: 'hour', most: 4 } as const;
    const cells = inTime(rowsOf('week', '2026-10-25', range, hoursOf('2026-10-25', 2), zone));
    const keys = ['2026-10-25T00:30Z', '2026-10-25T01:30Z', '2026-10-25T22:00Z'].map(
      (at) => cellAt(cells, Date.parse(at))?.key,
    );
    expect(keys).toEqual(['2026-10-25-03', '2026-10-25-03', '2026-10-26-00']);
    expect(cellAt(cells, Date.parse('2026-10-27T00:00Z'))).toBeUndefined();
  });

  it('of a month are whole weeks from Monday on', () => {
    expect(rangeOf('month', '2026-02-14')).toMatchObject({ from: '2026-01-26', days: 35 });
    expect(rangeOf('month', '2027-02-01')).toMatchObject({ from: '2027-02-01', days: 28 });
    expect(rangeOf('month', '2026-08-31')).toMatchObject({ from: '2026-07-27', days: 42 });
    expect(stepped('month', '2026-01-31', 1)).toBe('2026-02-28');
  });
});

describe('what the API leaves out', () => {
  const nothing: Calendar = { timeZone: zone, stretches: [] };

  it('is put in by days or by hours, also where the clock changes', () => {
    const days = whole(nothing, { from: '2026-03-28', days: 2, by: 'day' }, zone).stretches;
    expect(days.map(({ from, to }) => [from, to])).toEqual([
      ['2026-03-27T22:00:00.000Z', '2026-03-28T22:00:00.000Z'],
      ['2026-03-28T22:00:00.000Z', '2026-03-29T21:00:00.000Z'],
    ]);
    expect(whole(nothing, { from: '2026-03-29', days: 1, by: 'hour' }, zone).stretches).toHaveLength(23);
  });

  it('asks the clock of the place for no hour of a month: that took longer than to draw it', () => {
    using reads = vi.spyOn(Temporal.Instant, 'fromEpochMilliseconds');
    expect(whole(nothing, { from: '2026-11-30', days: 35, by: 'day' }, zone).stretches).toHaveLength(35);
    expect(reads).not.toHaveBeenCalled();
  });
});

describe('a drop', () => {
  it('into an hour snaps to five minutes and stays inside of it', () => {
    const cell = { from: Date.parse('2026-11-24T12:00Z'), to: Date.parse('2026-11-24T13:00Z') } as never;
    const clocks = [0, 0.04, 0.05, 0.5, 0.99, 1].map((share) =>
      new Date(instantIn(cell, share)).toISOString().slice(11, 16),
    );
    expect(clocks).toEqual(['12:00', '12:00', '12:05', '12:30', '12:55', '12:55']);
  });

  it('on another day keeps what the clock shows, over a change of the clock too', () => {
    expect(new Date(onDay('2026-03-28T07:15:00Z', '2026-03-30', zone)).toISOString()).toBe('2026-03-30T06:15:00.000Z');
  });

  it('on a day whose clock skips the time is refused with the two nearest', () => {
    expect(() => onDay('2026-03-28T01:30:00Z', '2026-03-29', zone)).toThrow(
      'The clock in Bucharest goes forward and never shows Sun 29 Mar 2026 03:30. The nearest times are Sun 29 Mar 2026 02:59 (UTC+2) and Sun 29 Mar 2026 04:00 (UTC+3).',
    );
  });

  it('of several moves each as far on the clock as the one that was grabbed', () => {
    const [one, other] = [post('post_1', '2026-03-27T08:00:00Z'), post('post_2', '2026-03-28T10:00:00Z')];
    const landings = together([one, other], one, Date.parse('2026-03-28T08:30:00Z'), zone);
    // The night of the 29th is an hour shorter; on the clock it is a day and half an hour all the same.
    expect(landings.map(({ at }) => new Date(at).toISOString())).toEqual([
      '2026-03-28T08:30:00.000Z',
      '2026-03-29T09:30:00.000Z',
    ]);
  });
});

describe('a calendar that is pointed at', () => {
  const [mine, theirs] = [post('post_1', '2026-11-24T08:00:00.000Z'), post('post_2', '2026-11-24T09:00:00.000Z')];
  const shown = hoursOf('2026-11-24', 1, [mine, theirs]);
  const places = ({ stretches }: Calendar): string[] =>
    stretches.flatMap(({ from, posts }) => posts.map(({ id, state }) => `${from.slice(11, 13)} ${id} ${state}`));

  it('moves what the reader moved, and lets what others moved or added wait', () => {
    const moved = [
      { ...mine, dueAt: '2026-11-24T12:00:00.000Z' },
      { ...theirs, dueAt: '2026-11-24T13:00:00.000Z' },
    ];
    const next = hoursOf('2026-11-24', 1, [...moved, post('post_3', '2026-11-24T14:00:00.000Z')]);
    const { calendar, waiting } = settle(shown, next, (id) => id === 'post_1');
    expect(places(calendar)).toEqual(['09 post_2 scheduled', '12 post_1 scheduled']);
    expect(waiting).toBe(2);
  });

  it('shows at once what became of a post that stays where it is', () => {
    const next = putPost(shown, { ...theirs, state: 'published' });
    const { calendar, waiting } = settle(shown, next, () => false);
    expect(places(calendar)).toEqual(['08 post_1 scheduled', '09 post_2 published']);
    expect(waiting).toBe(0);
  });
});

describe('the address of the calendar', () => {
  it('gives what it says, and leaves out what it cannot mean', () => {
    expect(readCalendar({ view: 'month', date: '2028-02-29', section: 2026, state: 'failed', author: 'line' })).toEqual(
      {
        view: 'month',
        date: '2028-02-29',
        section: '2026',
        state: 'failed',
        author: 'line',
      },
    );
    for (const date of ['2026-02-29', '2026-02-31', '1969-12-31', '3000-01-01', 'today', 20261124]) {
      expect(readCalendar({ view: 'year', date, state: 'lost', account: null })).toEqual({});
    }
  });
});

describe('a date', () => {
  const now = new Date('2026-12-31T22:30Z');

  it('of another year than the present says its year, on the clock of the place', () => {
    expect(dayOf(new Date('2026-12-31T21:00Z'), 'UTC', now)).toMatch(/^Thu,? 31 Dec$/);
    expect(dayOf(new Date('2027-01-01T09:00Z'), 'UTC', now)).toMatch(/^Fri,? 1 Jan 2027$/);
    // There the year has begun already.
    expect(dayOf(new Date('2027-01-01T09:00Z'), zone, now)).toMatch(/^Fri,? 1 Jan$/);
    expect(shortTime(new Date('2027-01-02T09:00Z'), 'UTC', now)).toMatch(/^Sat,? 2 Jan 2027 09:00$/);
  });

  it('stands above a week of another year with that year', () => {
    const title = titleOf('week', '2031-03-05', rangeOf('week', '2031-03-05'));
    expect(title).toMatch(/^Mon,? 3 Mar 2031 – Sun,? 9 Mar 2031$/);
  });
});
