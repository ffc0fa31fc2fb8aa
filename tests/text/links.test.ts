import { describe, expect, test } from 'vitest';
import { findLinks } from '../../src/text/links.ts';
import type { LinkGrammar } from '../../src/text/links.ts';
import { isWebAddress } from '../../src/text/web-address.ts';

const urls = (text: string, grammar: LinkGrammar = 'bare'): string[] =>
  findLinks(text, grammar).map((link) => link.url);

describe('links that need no scheme', () => {
  test.each([
    ['See mill-gazette.com/flood today.', ['mill-gazette.com/flood']],
    ['(https://gazette.example.com/bridge)', ['https://gazette.example.com/bridge']],
    ['Read https://gazette.example.com/bridge_(harbour), then rest.', ['https://gazette.example.com/bridge_(harbour)']],
    ['https://gazette.example.com/a?b=c&d=e.', ['https://gazette.example.com/a?b=c&d=e']],
    ['水車新聞gazette.comです', ['gazette.com']],
    ['https://gazette.comの記事', ['https://gazette.com']],
    ['http://пример.рф/мост', ['http://пример.рф/мост']],
    ['gazette.com and lenna.org', ['gazette.com', 'lenna.org']],
    ['https://t.co/AbC123’s', ['https://t.co/AbC123']],
    ['desk@gazette.com', []],
    ['#gazette.com $gazette.com', []],
    ['the U.S. and e.g. this', []],
    ['gazette.nosuchtld', []],
    ['http://localhost:3000', []],
    [`${'l'.repeat(64)}.com`, []],
  ])('%s', (text, expected) => {
    expect(urls(text)).toEqual(expected);
  });
});

describe('links that need a scheme', () => {
  test('are found with any character in their path, and bare names are not', () => {
    expect(urls('gazette.com https://gazette.com/橋/再開。', 'schemed')).toEqual(['https://gazette.com/橋/再開。']);
    expect(urls('https://gazette.com/bridge!', 'schemed')).toEqual(['https://gazette.com/bridge']);
  });
});

test('a text made to be slow is read to its end', () => {
  for (const text of ['a.'.repeat(100_000), '字'.repeat(200_000) + '.com', `http://a.com/${'('.repeat(100_000)}`]) {
    expect(urls(text).length).toBeLessThanOrEqual(1);
  }
});

describe('isWebAddress', () => {
  test.each([
    ['https://gazette.example.com/bridge?page=2#top', true],
    ['http://192.0.2.7/a', true],
    ['http://[2001:db8::7]:8080/', true],
    ['https://münchen.example/straße', true],
    ['ftp://gazette.example.com/', false],
    ['https://gazette', false],
    ['https://-gazette.com/', false],
    ['http://192.0.2.700/', false],
    ['https://gazette.example.com/a b', false],
    ['gazette.example.com', false],
  ])('%s is one: %s', (text, expected) => {
    expect(isWebAddress(text)).toBe(expected);
  });
});
