import { describe, expect, it } from 'vitest';
import { weekdays } from '../../src/domain/slot-rules.ts';
import { shiftedBehind } from '../../src/domain/urgency.ts';
import type { Waiting } from '../../src/domain/urgency.ts';

const at = (time: string): Date => new Date(`2030-01-${time}Z`);
const post = (id: string, time: string, urgency: Waiting['urgency'] = 'normal'): Waiting => ({
  id,
  at: at(time),
  urgency,
});
const night = { from: '22:00', to: '06:00', days: [...weekdays] };
const gap = { minGapMs: 10 * 60_000, quietHours: [], timeZone: 'UTC' };
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
});
