import { describe, expect, it } from 'vitest';
import { Refusal } from '../../src/domain/errors.ts';
import { resolveTime, resolveWallTime } from '../../src/domain/wall-time.ts';
import fc from '../properties.ts';

const now = new Date('2026-03-01T12:00:00Z');

function refusalOf(work: () => unknown): Refusal {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('a time on the clock of a place', () => {
  it('becomes the instant at which that clock shows it, in winter and in summer', () => {
    expect(resolveWallTime('2026-01-15T08:30', 'Europe/Bucharest', undefined).toISOString()).toBe(
      '2026-01-15T06:30:00.000Z',
    );
    expect(resolveWallTime('2026-07-15T08:30', 'Europe/Bucharest', undefined).toISOString()).toBe(
      '2026-07-15T05:30:00.000Z',
    );
  });

  // Europe: https://eur-lex.europa.eu/eli/dir/2000/84 — clocks go forward at 01:00 UTC on the last Sunday of March.
  it('is refused where daylight saving skips it, with the two nearest times', () => {
    const refusal = refusalOf(() => resolveWallTime('2026-03-29T03:30', 'Europe/Bucharest', undefined));
    expect(refusal.reason).toBe('invalid');
    expect(refusal.message).toContain('2026-03-29T02:59+02:00');
    expect(refusal.message).toContain('2026-03-29T04:00+03:00');
    expect(refusal.faults).toMatchObject([{ pointer: '/wallTime', code: 'skipped-time' }]);
  });

  it('is refused in a gap even when somebody says which of two', () => {
    expect(refusalOf(() => resolveWallTime('2026-03-29T03:30', 'Europe/Bucharest', 'later')).faults[0]?.code).toBe(
      'skipped-time',
    );
  });

  it('knows gaps of half an hour', () => {
    const refusal = refusalOf(() => resolveWallTime('2026-10-04T02:15', 'Australia/Lord_Howe', undefined));
    expect(refusal.message).toContain('2026-10-04T01:59+10:30');
    expect(refusal.message).toContain('2026-10-04T02:30+11:00');
  });

  it('asks which one is meant where the clock shows it twice', () => {
    const refusal = refusalOf(() => resolveWallTime('2026-10-25T03:30', 'Europe/Bucharest', undefined));
    expect(refusal.message).toContain('2026-10-25T03:30+03:00');
    expect(refusal.message).toContain('2026-10-25T03:30+02:00');
    expect(resolveWallTime('2026-10-25T03:30', 'Europe/Bucharest', 'earlier').toISOString()).toBe(
      '2026-10-25T00:30:00.000Z',
    );
    expect(resolveWallTime('2026-10-25T03:30', 'Europe/Bucharest', 'later').toISOString()).toBe(
      '2026-10-25T01:30:00.000Z',
    );
  });

  it('is refused in a zone that does not exist', () => {
    for (const zone of ['Europe/Bucarest', 'Mars/Olympus', '+02:00', '', 'Europe/Bucharest\0']) {
      const refusal = refusalOf(() => resolveWallTime('2026-07-15T08:30', zone, undefined, '/schedule'));
      expect(refusal.faults).toMatchObject([{ pointer: '/schedule/timeZone', code: 'unknown-time-zone' }]);
    }
  });

  it('is refused where the calendar has no such day', () => {
    expect(refusalOf(() => resolveWallTime('2026-02-30T08:30', 'Europe/Bucharest', undefined)).faults[0]?.code).toBe(
      'not-a-time',
    );
  });

  it('reads back as itself, wherever it is accepted', () => {
    const zones = [
      'Europe/Bucharest',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
      'Africa/Casablanca',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.integer({ min: 0, max: 2 * 365 * 24 * 60 }), (timeZone, minutes) => {
        const local = new Date(Date.UTC(2026, 0, 1) + minutes * 60_000).toISOString().slice(0, 16);
        let instant: Date;
        try {
          instant = resolveWallTime(local, timeZone, 'earlier');
        } catch (error) {
          expect((error as Refusal).faults[0]?.code).toBe('skipped-time');
          return;
        }
        const shown = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(
          instant,
        );
        expect(shown.replace(' ', 'T')).toBe(local);
      }),
    );
  });
});

describe('a given time', () => {
  it('may be an instant with an offset', () => {
    expect(resolveTime({ at: '2026-03-02T08:30:00+02:00' }, now)).toEqual(new Date('2026-03-02T06:30:00Z'));
  });

  it('may be now', () => {
    expect(resolveTime({ now: true }, now)).toBe('now');
  });

  it('is refused more than ten years ahead, by the clock or as an instant', () => {
    for (const given of [
      { at: '9999-12-31T23:59:59Z' },
      { wallTime: '2100-01-01T08:00', timeZone: 'Europe/Bucharest' },
    ]) {
      const refusal = refusalOf(() => resolveTime(given, now));
      expect(refusal.message).toContain('more than ten years away');
      expect(refusal.faults[0]?.code).toBe('too-far-ahead');
    }
  });

  it('is refused when it is more than a minute past, and says what time it is', () => {
    expect(resolveTime({ at: '2026-03-01T11:59:00Z' }, now)).toEqual(new Date('2026-03-01T11:59:00Z'));
    const refusal = refusalOf(() => resolveTime({ at: '2026-03-01T11:58:59Z' }, now));
    expect(refusal.faults).toMatchObject([{ pointer: '/at', code: 'in-the-past' }]);
    expect(refusal.message).toContain('2026-03-01T12:00:00.000Z now');
  });

  it('is refused beside a zone that does not exist, even when it is an instant', () => {
    expect(
      refusalOf(() => resolveTime({ at: '2026-03-02T08:30:00Z', timeZone: 'Nowhere/Here' }, now)).faults[0]?.code,
    ).toBe('unknown-time-zone');
  });
});
