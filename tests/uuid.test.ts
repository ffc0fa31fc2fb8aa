import { expect, it } from 'vitest';
import { uuidV7 } from '../src/uuid.ts';

it('makes ids that sort by time, and by the order of their making within a millisecond', () => {
  const at = Date.parse('2026-11-26T04:00:00Z');
  const ids = [at, at + 1, at + 1, at + 2].flatMap((ms) => Array.from({ length: 500 }, () => uuidV7(ms)));
  expect(ids).toEqual(ids.toSorted());
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
