import { beforeEach, expect, it, vi } from 'vitest';
import { keepAs, keptAs, slotOf, slotWithWords } from '../../src/dashboard/parts/kept.ts';

const [one, two, three] = [{ id: 'post_1' }, { id: 'post_2' }, { id: 'post_3' }];
const words = { typed: 'The bridge is a ferry.' };

beforeEach(() => {
  const stored = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => stored.get(name) ?? null,
    setItem: (name: string, value: string) => stored.set(name, value),
    removeItem: (name: string) => stored.delete(name),
  });
  return () => vi.unstubAllGlobals();
});

it('keeps what is typed about several posts in whatever order they stand', () => {
  keepAs(slotOf('reject', [one, two]), words);
  expect(keptAs(slotWithWords('reject', [two, one]))).toEqual(words);
  expect(keptAs(slotWithWords('reject', [two, three]))).toBeNull();
  expect(keptAs(slotWithWords('cancel', [one, two]))).toBeNull();
});

it('gives what was kept for one post to it and to others with it, and not again once that is discarded', () => {
  keepAs(slotOf('reject', [two]), words);
  expect(keptAs(slotWithWords('reject', [two]))).toEqual(words);
  const both = slotWithWords('reject', [one, two]);
  expect(keptAs(both)).toEqual(words);
  keepAs(both, null);
  expect(keptAs(slotWithWords('reject', [one, two]))).toBeNull();
});
