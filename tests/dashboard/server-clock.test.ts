import { afterEach, beforeEach, expect, it, vi } from 'vitest';

/** The machine of the reader says noon; the server says something else. */
const NOON = Date.parse('2026-11-27T12:00:00Z');
type Clock = typeof import('../../src/dashboard/api/server-clock.ts');

let clock: Clock;
beforeEach(async () => {
  vi.useFakeTimers({ now: NOON });
  vi.resetModules();
  clock = await import('../../src/dashboard/api/server-clock.ts');
});
afterEach(() => {
  vi.useRealTimers();
});

/** An answer that the server wrote at `date`, and that was under way for so long. */
function answer(date: string, tookMs = 0): void {
  clock.noteClock({ headers: new Headers({ date: new Date(date).toUTCString() }) }, Date.now() - tookMs);
}
const aheadMs = (): number => clock.serverNow() - Date.now();

it.each([
  ['behind', '2026-11-27T12:20:00Z', 20 * 60_000],
  ['ahead', '2026-11-27T11:40:00Z', -20 * 60_000],
  ['three hours ahead', '2026-11-27T09:00:00Z', -180 * 60_000],
])('takes the server’s clock where this one is %s', (_, date, ms) => {
  answer(date, 40);
  expect(Math.abs(aheadMs() - ms)).toBeLessThan(3_100);
  expect(Math.abs(clock.offMs() + ms)).toBeLessThan(3_100);
});

it('leaves a clock alone that may well be right', () => {
  answer('2026-11-27T12:00:00Z', 80);
  expect(aheadMs()).toBe(0);
});

it('does not go back because an answer was slow', () => {
  answer('2026-11-27T12:00:00Z', 80);
  vi.setSystemTime(NOON + 30_000);
  answer('2026-11-27T12:00:10Z', 20_000);
  expect(aheadMs()).toBe(0);
});

it('follows when this clock is set while the page is open, and says so', () => {
  answer('2026-11-27T12:00:00Z', 80);
  let told = 0;
  clock.clockEvents.addEventListener('moved', () => (told += 1));
  vi.setSystemTime(NOON + 3_600_000);
  answer('2026-11-27T12:00:05Z', 80);
  expect(Math.abs(aheadMs() + 3_600_000 - 5_000)).toBeLessThan(3_100);
  expect(told).toBe(1);
});
