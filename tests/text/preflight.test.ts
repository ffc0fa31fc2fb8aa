import { expect, test } from 'vitest';
import type { Limits } from '../../src/domain/limits.ts';
import { limitCashtags } from '../../src/text/cashtags.ts';
import { preflight } from '../../src/text/preflight.ts';
import type { Target } from '../../src/text/preflight.ts';

const limits: Limits = {
  text: { unit: 'graphemes', max: 40, maxBytes: 60, linkCost: 'length', bareLinks: false },
  hashtags: { max: 5, advised: 2 },
  maxLinks: 2,
  maxCashtags: 1,
  link: 'in-text',
  images: { max: 2, maxBytes: 1_000_000, types: ['image/png'], maxAlt: 10 },
};
const target: Target = { name: 'Postbox', limits, threads: false };
const part = (text: string, alts: string[] = []) => ({
  text,
  media: alts.map((alt, index) => ({ source: `media_${index}`, alt })),
});
const faults = (...parts: ReturnType<typeof part>[]) =>
  preflight(parts, target).map(({ pointer, code }) => `${pointer} ${code}`);

test('passes what is within every limit', () => {
  expect(faults(part('x'.repeat(40), ['a pier', 'a bridge']))).toEqual([]);
});

test('holds a text beside an image to what the network takes there', () => {
  const captioned: Target = { ...target, limits: { ...limits, images: { ...limits.images!, maxText: 30 } } };
  expect(preflight([part('x'.repeat(30), ['a pier'])], captioned)).toEqual([]);
  expect(preflight([part('x'.repeat(31))], captioned)).toEqual([]);
  expect(preflight([part('x'.repeat(31), ['a pier'])], captioned)).toEqual([
    {
      pointer: '/parts/0/text',
      code: 'too-long',
      message:
        'The text for Postbox is 31 of the 30 characters that go with an image: shorten it by 1, or take the image out.',
    },
  ]);
});

test('says what of a length are signs that the network must be given otherwise', () => {
  const escaping: Target = {
    ...target,
    limits: {
      ...limits,
      text: { ...limits.text, markup: { marks: '[*&]', escapes: { '&': '&amp;' }, spares: 'nothing' } },
    },
  };
  expect(preflight([part(`${'x'.repeat(38)}*`)], escaping)).toEqual([]);
  expect(preflight([part(`${'x'.repeat(36)}*&`)], escaping).map(({ message }) => message)).toEqual([
    'The text for Postbox is 43 of 40 characters, 5 of them for signs that would be markup: shorten it by 3.',
  ]);
});

test('does not let an image hide the link of a card', () => {
  const cards: Target = { ...target, limits: { ...limits, cards: 'without-image' } };
  const both: Target = { ...target, limits: { ...limits, cards: 'beside-image' } };
  const card = { url: 'http://a.org/1', title: 'A', description: '', image: null };
  const codes = (text: string, alts: string[], to: Target) =>
    preflight([{ ...part(text, alts), card }], to).map(({ pointer, code }) => `${pointer} ${code}`);
  expect(codes('See.', ['a pier'], cards)).toEqual(['/parts/0/media image-hides-link']);
  expect(codes('See http://a.org/1', ['a pier'], cards)).toEqual([]);
  expect(codes('See.', [], cards)).toEqual([]);
  expect(codes('See.', ['a pier'], both)).toEqual([]);
  // Without a scheme, or with parameters of a campaign, it is the same address.
  expect(codes('See a.org/1?utm_source=x', ['a pier'], cards)).toEqual([]);
});

test('tells of a card whose address reaches nobody, because the network makes cards of the text', () => {
  const card = { url: 'http://a.org/1', title: 'A', description: '', image: null };
  const faults = (texts: string[], alts: string[] = []) =>
    preflight(
      texts.map((text) => ({ ...part(text, alts), card })),
      { ...target, threads: true },
    );
  expect(faults(['See.'])).toEqual([
    {
      pointer: '/parts/0/card',
      code: 'card-hides-link',
      message:
        'Postbox makes its link card of an address in the text, and is sent no other: put http://a.org/1 into the text, or leave the card out.',
    },
  ]);
  expect(faults(['See.'], ['a pier']).map(({ code }) => code)).toEqual(['card-hides-link']);
  expect(faults(['See http://a.org/1', 'and more'])).toEqual([]);
});

test('tells every fault of every part at once, each at its place', () => {
  const crowded = part('http://a.org/1 http://a.org/2 http://a.org/3 $ABC $DEF', ['far too long an alt', '', '']);
  expect(preflight([crowded, part(' \n')], target)).toEqual([
    { pointer: '/parts', code: 'no-threads', message: 'Postbox has no threads: give one text, not 2.' },
    {
      pointer: '/parts/0/text',
      code: 'too-long',
      message: 'Text 1 of 2 for Postbox is 54 of 40 characters: shorten it by 14.',
    },
    {
      pointer: '/parts/0/text',
      code: 'too-many-links',
      message: 'Text 1 of 2 for Postbox has 3 of 2 links: take 1 out.',
    },
    {
      pointer: '/parts/0/text',
      code: 'too-many-cashtags',
      message: 'Text 1 of 2 for Postbox names 2 of 1 stock symbols such as $ABC: write them without $.',
    },
    { pointer: '/parts/0/media', code: 'too-many-images', message: 'Postbox takes 2 images, not 3: take 1 out.' },
    {
      pointer: '/parts/0/media/0/alt',
      code: 'alt-too-long',
      message: 'The description of image 1 for Postbox is 19 of 10 characters: shorten it.',
    },
    {
      pointer: '/parts/1/text',
      code: 'empty',
      message: 'Text 2 of 2 for Postbox is empty: write something, or leave it out.',
    },
  ]);
});

test('holds a text to its second ceiling in bytes', () => {
  expect(faults(part('日'.repeat(20)))).toEqual([]);
  expect(faults(part('日'.repeat(21)))).toEqual(['/parts/0/text too-long']);
});

test('counts the same link once', () => {
  expect(faults(part('http://a.org http://a.org http://a.org'))).toEqual([]);
});

test('refuses a post of no parts, and images where there are none', () => {
  expect(faults()).toEqual(['/parts empty']);
  const words = preflight([part('Hello', ['a pier'])], { ...target, limits: { ...limits, images: null } });
  expect(words).toMatchObject([{ code: 'no-images', message: expect.stringContaining('not one image') }]);
});

test('leaves one stock symbol and writes the others as words', () => {
  expect(limitCashtags('$ABC up, $DEF and $GHI.B down; $5 stays', 1)).toBe('$ABC up, DEF and GHI.B down; $5 stays');
  expect(limitCashtags('$ABC up', 1)).toBe('$ABC up');
});
