import { expect, test } from 'vitest';
import { networks } from '../../src/networks/registry.ts';
import { addressesIn } from '../../src/text/addresses.ts';
import { findFacets } from '../../src/text/facets.ts';
import { measure } from '../../src/text/length.ts';
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

test.each([
  ['marks at the end of one link', `https://a.org/${'*'.repeat(200_000)}x`],
  ['links without number', 'https://a.org/x '.repeat(20_000)],
  ['brackets', `https://a.org/${'('.repeat(100_000)}${')'.repeat(100_000)}`],
  ['marks of several networks', '# *_[(<@1> https://a.org/x_ 1. \n'.repeat(10_000)],
])('takes linear time for %s', (_, text) => {
  const began = performance.now();
  findWebLinks(text);
  findFacets(text);
  addressesIn(text);
  for (const { profile } of networks) measure(text, profile.limits.text);
  // Quadratic, it would be minutes; the bound is loose because machines differ.
  expect(performance.now() - began).toBeLessThan(15_000);
});
