import { describe, expect, it } from 'vitest';
import { changesBetween } from '../../src/dashboard/parts/diff.ts';
import { foldAt } from '../../src/dashboard/parts/fold.ts';
import { isLinked, partsFromMaster } from '../../src/dashboard/parts/master.ts';
import type { Post } from '../../src/dashboard/api/types.ts';
import type { Limits } from '../../src/domain/limits.ts';
import { fits } from '../../src/text/length.ts';
import fc from '../properties.ts';

const limits: Limits = {
  text: { unit: 'graphemes', max: 60, linkCost: 'length', bareLinks: false },
  hashtags: { max: 5, advised: 2 },
  maxLinks: null,
  link: 'in-text',
  images: null,
};
const post = {
  revision: 1,
  link: 'https://a.example/1',
  tags: ['#Harbour', '#News'],
  parts: [{ text: 'As it was written.', media: [], card: null }],
} as unknown as Post;

describe('what changed between two texts', () => {
  it('is told by words', () => {
    expect(changesBetween('It closes in 2029, they said.', 'It closes in 2030, they said.')).toEqual([
      { kind: 'same', text: 'It closes in ' },
      { kind: 'gone', text: '2029,' },
      { kind: 'new', text: '2030,' },
      { kind: 'same', text: ' they said.' },
    ]);
  });

  it('always gives both texts back', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        const changes = changesBetween(before, after);
        const without = (kind: string): string =>
          changes.flatMap((change) => (change.kind === kind ? [] : [change.text])).join('');
        expect([without('new'), without('gone')]).toEqual([before, after]);
      }),
    );
  });
});

describe('where a feed folds a text', () => {
  it('is nowhere without a rule, and for what is short', () => {
    expect(foldAt('Short.', undefined)).toBeNull();
    expect(foldAt('Short.', { characters: 210, lines: 3 })).toBeNull();
  });

  it('is the first of characters and lines, between two words', () => {
    const text = `${'word '.repeat(60)}end`;
    expect(text.slice(0, foldAt(text, { characters: 210 }) ?? 0)).toMatch(/word$/);
    // Of 210 units of UTF-16, an emoji of a family takes eleven: nineteen of them have room.
    expect(foldAt('👨‍👩‍👧‍👦'.repeat(40), { characters: 210 })).toBe(19 * 11);
    // 東京 and 大阪 are words.
    expect(foldAt('東京大阪'.repeat(10), { characters: 13 })).toBe(12);
    expect(foldAt('a'.repeat(300), { characters: 210 })).toBe(210);
    expect(foldAt('one\ntwo\nthree\nfour', { characters: 210, lines: 3 })).toBe('one\ntwo\nthree\n'.length);
  });
});

describe('the master text as an account says it', () => {
  it('has the post’s own hashtags and link', () => {
    expect(partsFromMaster('The ferry sails.', post, limits)).toEqual([
      { text: 'The ferry sails. #Harbour #News\nhttps://a.example/1', media: [], card: null },
    ]);
  });

  it('drops hashtags before words, and fits', () => {
    const [{ text } = { text: '' }] = partsFromMaster('The ferry sails again from Monday.', post, limits);
    expect(text).toBe('The ferry sails again from Monday.\nhttps://a.example/1');
    const [{ text: short } = { text: '' }] = partsFromMaster('The ferry sails again. '.repeat(9), post, limits);
    expect(fits(short, limits.text)).toBe(true);
    expect(short).toMatch(/^The ferry sails again.*…\nhttps:\/\/a\.example\/1$/);
  });

  it('is followed by a post that says just that, and without one by a post that nobody changed', () => {
    expect(isLinked(post, null, limits)).toBe(true);
    expect(isLinked(post, 'The ferry sails.', limits)).toBe(false);
    const following = { ...post, revision: 2, parts: partsFromMaster('The ferry sails.', post, limits) };
    expect(isLinked(following, 'The ferry sails.', limits)).toBe(true);
    expect(isLinked(following, null, limits)).toBe(false);
  });
});
