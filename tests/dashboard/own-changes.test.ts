import { expect, it } from 'vitest';
import { asOwn, latestOwn, noteAsked, noteMade } from '../../src/dashboard/api/own-changes.ts';
import type { Post } from '../../src/dashboard/api/types.ts';

const post = (id: string, version: number): Post => ({ id, version }) as Post;

it('finds the newest version that this browser made of what was seen', () => {
  noteMade(1, post('moved', 2));
  noteMade(2, post('moved', 3));
  expect(latestOwn(post('moved', 1)).version).toBe(3);
  expect(latestOwn(post('untouched', 7)).version).toBe(7);
});

it('comes to an end where an action left the post as it was', () => {
  noteMade(4, post('looked-at', 4));
  expect(latestOwn(post('looked-at', 4)).version).toBe(4);
});

it('shows a post where it was asked to be last, until that is answered', () => {
  const seen = { ...post('asked', 1), state: 'scheduled', dueAt: '10:00' } as Post;
  const first = noteAsked('asked', { state: 'scheduled', dueAt: '10:05' });
  const second = noteAsked('asked', { state: 'scheduled', dueAt: '10:10' });
  first();
  expect(asOwn(seen).dueAt).toBe('10:10');
  second();
  expect(asOwn(seen)).toBe(seen);
});
