import { expect, it } from 'vitest';
import type { Account, Post } from '../../src/dashboard/api/types.ts';
import { nextOut, waitsOf } from '../../src/dashboard/parts/next-out.ts';

const accounts = [
  { id: 'here', state: 'connected' },
  { id: 'away', state: 'signed-out' },
  { id: 'still', state: 'paused' },
] as Account[];

/** One that is due at an hour of a day. */
const post = (id: string, hour: number, accountId: string, more: Partial<Post> = {}): Post =>
  ({
    id,
    accountId,
    state: 'scheduled',
    held: false,
    publishedAt: null,
    wakeAt: null,
    dueAt: `2026-12-01T${hour}:00:00Z`,
    ...more,
  }) as Post;

it.each([
  ['the first that can', [post('later', 12, 'here'), post('first', 11, 'here')], 'first', null],
  [
    'none of a signed-out account before one that can',
    [post('away', 10, 'away'), post('here', 12, 'here')],
    'here',
    null,
  ],
  ['none that is held', [post('held', 10, 'here', { held: true }), post('free', 12, 'here')], 'free', null],
  ['where none can, the first and why', [post('away', 11, 'away'), post('still', 12, 'still')], 'away', 'sign-in'],
  ['one on a paused account', [post('still', 12, 'still')], 'still', 'account'],
])('names of what leaves next %s', (_, posts, id, waitsFor) => {
  const next = nextOut(posts, accounts);
  expect([next?.post.id, next?.waitsFor]).toEqual([id, waitsFor]);
});

it('names nothing where nothing is scheduled', () => {
  expect(nextOut([post('out', 10, 'here', { state: 'publishing' })], accounts)).toBeUndefined();
});

it('keeps from its time only what has one', () => {
  expect(waitsOf(post('due', 10, 'away'), accounts[1])).toBe('sign-in');
  expect(waitsOf(post('out', 10, 'away', { state: 'published' }), accounts[1])).toBeNull();
  expect(waitsOf(post('due', 10, 'here'), accounts[0])).toBeNull();
});
