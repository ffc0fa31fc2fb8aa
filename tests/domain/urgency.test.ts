import { describe, expect, it } from 'vitest';
import { weekdays } from '../../src/domain/slot-rules.ts';
import { lookUnder } from '../../src/domain/slot.ts';
import { shiftedBehind } from '../../src/domain/urgency.ts';
import type { Waiting } from '../../src/domain/urgency.ts';
import fc from '../properties.ts';

const at = (time: string): Date => new Date(`2030-01-${time}Z`);
const post = (id: string, time: string, urgency: Waiting['urgency'] = 'normal'): Waiting => ({
  id,
  at: at(time),
  urgency,
});
const night = { from: '22:00', to: '06:00', days: [...weekdays] };
const gap = { minGapMs: 10 * 60_000, quietHours: [], timeZone: 'UTC', hourlyCap: null, dailyCap: null };
const quiet = { ...gap, quietHours: [night] };
const moved = (moves: { id: string; at: Date }[]): string[] =>
  moves.map((move) => `${move.id} ${move.at.toISOString().slice(8, 16)}`);

describe('what moves behind breaking news', () => {
  it('is what is due by then or collides, each by the gap; the rest stays', () => {
    const waiting = [post('c', '15T09:15'), post('a', '15T08:00'), post('b', '15T09:02'), post('d', '15T12:00')];
    expect(moved(shiftedBehind(at('15T09:00'), waiting, gap))).toEqual(['a 15T09:10', 'b 15T09:20', 'c 15T09:30']);
    expect(shiftedBehind(at('15T09:00'), [post('a', '15T09:00')], { ...gap, minGapMs: 0 })).toEqual([]);
  });

  it('keeps clear of other breaking news, which moves for nothing', () => {
    const waiting = [post('a', '15T09:05'), post('more', '15T09:12', 'breaking')];
    expect(moved(shiftedBehind(at('15T09:00'), waiting, gap))).toEqual(['a 15T09:22']);
  });

  it('keeps out of quiet hours; what lies in them and collides with nothing stays', () => {
    const waiting = [
      post('a', '15T21:55'),
      post('b', '15T21:58'),
      post('night', '15T23:00'),
      post('early', '16T06:05'),
      post('late', '16T07:00'),
    ];
    expect(moved(shiftedBehind(at('15T21:55'), waiting, quiet))).toEqual([
      'a 16T06:00',
      'b 16T06:10',
      'early 16T06:20',
    ]);
  });

  it('keeps clear of breaking news at the end of quiet hours too', () => {
    const waiting = [post('a', '15T21:55'), post('more', '16T06:03', 'breaking')];
    expect(moved(shiftedBehind(at('15T21:55'), waiting, quiet))).toEqual(['a 16T06:13']);
  });

  it('goes out by the gap alone where every hour is quiet', () => {
    const always = { ...gap, quietHours: [{ from: '00:00', to: '00:00', days: [...weekdays] }] };
    expect(moved(shiftedBehind(at('15T09:00'), [post('a', '15T09:05')], always))).toEqual(['a 15T09:10']);
  });

  it('keeps the hourly cap, with what went out within the hour, and moves others on', () => {
    const capped = { ...gap, minGapMs: 0, hourlyCap: 3 };
    const close = [post('a', '15T09:10'), post('b', '15T09:30'), post('c', '15T09:50'), post('d', '15T10:25')];
    expect(moved(shiftedBehind(at('15T09:00'), close, capped))).toEqual(['c 15T10:00']);
    const waiting = [post('a', '15T09:20'), post('b', '15T09:45'), post('c', '15T10:20'), post('d', '15T10:50')];
    expect(moved(shiftedBehind(at('15T09:00'), waiting, { ...capped, hourlyCap: 2 }, [at('15T08:30')]))).toEqual([
      'a 15T09:30',
      'b 15T10:00',
      'c 15T10:30',
      'd 15T11:00',
    ]);
  });

  it('keeps the daily cap, of the account’s days', () => {
    const capped = { ...gap, dailyCap: 3, quietHours: [night], timeZone: 'Europe/Berlin' };
    const waiting = [post('a', '15T12:00'), post('b', '15T15:00'), post('c', '16T12:00'), post('d', '17T12:00')];
    const out = [at('15T01:00'), at('14T22:30')];
    // Quiet hours end at six in Berlin; of what went out on the evening before, half an hour belongs to the 15th there.
    expect(moved(shiftedBehind(at('15T09:00'), waiting, capped, out.slice(0, 1)))).toEqual(['b 16T05:00']);
    expect(moved(shiftedBehind(at('15T09:00'), waiting, { ...capped, quietHours: [] }, out))).toEqual(['b 15T23:00']);
  });

  it('leaves what a person had put over a cap', () => {
    const capped = { ...gap, minGapMs: 60_000, hourlyCap: 2 };
    const over = ['00', '02', '04', '06'].map((minute) => post(minute, `15T12:${minute}`));
    expect(shiftedBehind(at('15T09:00'), over, capped)).toEqual([]);
    // One more is there now, and one of them goes.
    expect(moved(shiftedBehind(at('15T11:50'), over, capped))).toEqual(['02 15T13:04']);
  });

  it('keeps gap and caps wherever they were kept before, and the order of what moves', () => {
    const minute = 60_000;
    const day = 24 * 60;
    const start = at('15T00:00').getTime();
    const minutes = fc.integer({ min: 0, max: 2 * day });
    const cap = (max: number): fc.Arbitrary<number | null> => fc.option(fc.integer({ min: 1, max }));
    fc.assert(
      fc.property(
        fc.array(minutes, { maxLength: 40 }),
        minutes,
        fc.integer({ min: 0, max: 30 }),
        cap(4),
        cap(12),
        fc.boolean(),
        (wanted, news, gapMinutes, hourlyCap, dailyCap, isQuiet) => {
          const rules = {
            ...gap,
            quietHours: isQuiet ? [night] : [],
            minGapMs: gapMinutes * minute,
            hourlyCap,
            dailyCap,
          };
          // What is planned keeps the rules, and what is before the news has gone out.
          const planned: number[] = [];
          const look = lookUnder({ ...rules, slots: [] });
          for (const one of wanted.sort((a, b) => a - b)) {
            const free = look.firstFrom(Math.max(start + one * minute, planned.at(-1) ?? 0), planned);
            if (free !== null) planned.push(free);
          }
          const breaking = start + news * minute;
          const out = planned.filter((one) => one < breaking);
          const given = planned
            .filter((one) => one >= breaking)
            .map((one): Waiting => ({ id: `${one}`, at: new Date(one), urgency: 'normal' }));
          const moves = shiftedBehind(
            new Date(breaking),
            given,
            rules,
            out.map((one) => new Date(one)),
          );
          const to = new Map(moves.map((move) => [move.id, move.at.getTime()]));
          const times = given.map(({ id, at: due }) => to.get(id) ?? due.getTime()).sort((a, b) => a - b);
          const placed = [...out, breaking].sort((a, b) => a - b);
          for (const time of times) {
            expect(time).toBeGreaterThanOrEqual(breaking);
            if (gapMinutes > 0)
              expect(Math.min(...placed.map((one) => time - one).filter((d) => d >= 0))).toBeGreaterThanOrEqual(
                rules.minGapMs,
              );
            expect(look.isWithinCaps(time, placed)).toBe(true);
            placed.push(time);
          }
          expect(moves.map((move) => Number(move.id))).toEqual(
            moves.map((move) => Number(move.id)).sort((a, b) => a - b),
          );
        },
      ),
    );
  });
});
