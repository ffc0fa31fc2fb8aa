import { expect, test } from 'vitest';
import { findFacets } from '../../src/text/facets.ts';
import { findWebLinks } from '../../src/text/web-links.ts';

const urls = (text: string): string[] => findWebLinks(text).map(({ url }) => url);

test.each([
  ['“https://a.org/x”', 'https://a.org/x'],
  ['«https://a.org/x»', 'https://a.org/x'],
  ['‘https://a.org/x’', 'https://a.org/x'],
  ['[https://a.org/x]', 'https://a.org/x'],
  ['（https://a.org/x）', 'https://a.org/x'],
  ['https://a.org/x。次', 'https://a.org/x'],
  ['https://a.org/x…', 'https://a.org/x'],
  ['**https://a.org/x**', 'https://a.org/x'],
  ['see https://a.org/x?', 'https://a.org/x'],
  ['(https://a.org/x), which', 'https://a.org/x'],
  ['(https://en.wikipedia.org/wiki/Foo_(bar))', 'https://en.wikipedia.org/wiki/Foo_(bar)'],
  ['https://en.wikipedia.org/wiki/Bridge_(dentistry)', 'https://en.wikipedia.org/wiki/Bridge_(dentistry)'],
  ['https://a.org/?q=[1]&b={2}.', 'https://a.org/?q=[1]&b={2}'],
  ['https://пример.рф/путь', 'https://пример.рф/путь'],
  ['https://a.org/x\u200b', 'https://a.org/x'],
  ['https://a.org/((((', 'https://a.org/'],
  ['記事https://a.org/x', 'https://a.org/x'],
])('%s links to %s', (text, expected) => {
  expect(urls(text)).toEqual([expected]);
  expect(findFacets(text).map(({ value }) => value)).toEqual([expected]);
});

test.each(['https://', 'https://)', 'xhttps://a.org', '#https://a.org'])('%s is no link', (text) => {
  expect(urls(text)).toEqual([]);
});
