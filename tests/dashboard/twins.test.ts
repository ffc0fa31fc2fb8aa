import { expect, it } from 'vitest';
import type { Post } from '../../src/dashboard/api/types.ts';
import { twinsIn } from '../../src/dashboard/parts/twins.ts';

const at = (hour: number): string => `2026-11-25T${String(hour).padStart(2, '0')}:00:00.000Z`;
const post = (id: string, hour: number, more: Partial<Post> = {}): Post => {
  const base = { id, accountId: 'acc_1', state: 'published', removedAt: null, publishedAt: at(hour), wakeAt: null };
  return { ...base, dueAt: at(hour), parts: [{ text: id, media: [], card: null }], ...more } as Post;
};
const own = post('own', 12, { state: 'scheduled', publishedAt: null, wakeAt: at(12) });

it('holds what else is out or on its way on the account, and knows which is next to the post', () => {
  const waiting = post('waiting', 15, { state: 'scheduled', publishedAt: null, wakeAt: at(16) });
  const others = [post('early', 8), post('late', 10), waiting];
  expect(twinsIn([...others, own, post('elsewhere', 11, { accountId: 'acc_2' })], own)).toEqual([
    { where: 'early', at: new Date(at(8)), isOut: true, isLast: false, texts: ['early'] },
    { where: 'late', at: new Date(at(10)), isOut: true, isLast: true, texts: ['late'] },
    { where: 'waiting', at: new Date(at(16)), isOut: false, isLast: true, texts: ['waiting'] },
  ]);
});

it('leaves out what was removed', () => {
  expect(twinsIn([post('gone', 8, { removedAt: at(9) })], own)).toEqual([]);
});
