import { expect, test } from 'vitest';
import { linksOf, repeatsOf, tracesOf } from '../../src/text/repeats.ts';
import type { Earlier } from '../../src/text/repeats.ts';

const earlier = (postId: string, text: string, link: string | null = null): Earlier => {
  return { postId, publishedAt: new Date('2026-11-20T08:00:00Z'), parts: [{ text, card: null }], link };
};
const post = (text: string, link: string | null = null) => ({ parts: [{ text, card: null }], link });
const codes = (...given: Parameters<typeof repeatsOf>): string[] => repeatsOf(...given).map(({ code }) => code);

test('names the post and the day on which a text went out', () => {
  expect(repeatsOf(post('The ferry\nis back.'), [earlier('post_1', 'The ferry is back.')])).toEqual([
    {
      pointer: '/parts/0/text',
      code: 'text-already-out',
      message: 'This text went out on this account on 2026-11-20, in post_1.',
    },
  ]);
});

test('finds a link wherever either post has it: beside the text, in it, or on a card', () => {
  const url = 'https://lindmoor.example/ferry';
  const card = { url, title: 'Ferry', description: '', image: null };
  const holders = [post('Old', url), post(`Old ${url}`), { parts: [{ text: 'Old', card }], link: null }];
  for (const old of holders) {
    for (const young of [post('New', url), post(`New: ${url}.`), { parts: [{ text: 'New', card }], link: null }]) {
      expect(codes(young, [{ ...earlier('post_1', ''), ...old }])).toEqual(['link-already-out']);
    }
  }
});

test.each([
  'https://lindmoor.example.com/ferry?utm_source=x&utm_medium=social',
  'New: “https://lindmoor.example.com/ferry”',
  'New: (http://www.lindmoor.example.com/ferry/)',
  'New: lindmoor.example.com/ferry, they say',
])('knows a link in any way to write it: %s', (text) => {
  const before = { ...earlier('post_1', 'Old', 'https://lindmoor.example.com/ferry') };
  expect(codes(post(text), [before])).toEqual(['link-already-out']);
  expect(codes(post('Old', 'https://lindmoor.example.com/ferry'), [earlier('post_1', text)])).toEqual([
    'link-already-out',
  ]);
  const traces = tracesOf(linksOf(post('', 'https://lindmoor.example.com/ferry')));
  expect(traces.some((trace) => text.includes(trace))).toBe(true);
});

test('takes neither a longer address nor a longer text for the same one', () => {
  const before = [earlier('post_1', 'The ferry is back. https://lindmoor.example/ferry/2')];
  expect(codes(post('The ferry is back.', 'https://lindmoor.example/ferry'), before)).toEqual([]);
});

test('tells both at once, each of several parts, and the newest of several posts', () => {
  const url = 'https://lindmoor.example/ferry';
  const thread = {
    parts: [
      { text: 'One', card: null },
      { text: 'Two', card: null },
    ],
    link: url,
  };
  const found = repeatsOf(thread, [earlier('post_2', 'Two', url), earlier('post_1', 'Two', url)]);
  expect(found.map(({ pointer, message }) => [pointer, message.includes('post_2')])).toEqual([
    ['/parts/1/text', true],
    ['/link', true],
  ]);
});
