import { expect, test } from 'vitest';
import { priceOf } from '../../src/networks/price.ts';
import { networkOf } from '../../src/networks/registry.ts';
import { fitPost } from '../../src/text/fit.ts';
import { preflight } from '../../src/text/preflight.ts';

const { profile } = networkOf('x');
const { post, postWithLink } = profile.price;
const article = {
  title: 'Harbour bridge reopens after winter repairs',
  text: '',
  lang: 'en',
  url: null,
  siteName: null,
  section: null,
  keywords: [],
  authors: [],
  description: null,
  publishedAt: null,
  modifiedAt: null,
  image: null,
};
const link = 'https://gazette.example.com/bridge';

test('a thread that is written for X pays for its link once', () => {
  const sentence = (n: number): string =>
    `Engineers replaced ${n} metres of steel under the northern carriageway. `.repeat(3).trim();
  const texts = [210, 340, 560].map(sentence);
  const sentences = texts.map((text, index) => ({
    index,
    text,
    start: 0,
    end: 0,
    score: 1,
    rank: index + 1,
    reasons: [],
  }));
  const summary = { engine: 'extractive', version: '1', lang: 'en', sentences, hashtags: [] } as const;
  const { parts } = fitPost({ article, summary, link, limits: profile.limits, thread: true });
  expect(parts.length).toBeGreaterThan(1);
  expect(parts.map(({ text }) => text.includes(link))).toEqual(parts.map((_, index) => index === 0));
  expect(priceOf(profile, parts)).toBe(postWithLink + post * (parts.length - 1));
});

test('a thread by hand passes with its link in one part, and pays for each part that repeats it', () => {
  const thread = (...texts: string[]) => texts.map((text) => ({ text, media: [], card: null }));
  const once = thread(`The bridge is open. ${link}`, 'Cars go first.', 'Lorries from Monday.');
  expect(preflight(once, { name: profile.name, limits: profile.limits, threads: profile.powers.threads })).toEqual([]);
  expect(priceOf(profile, once)).toBe(postWithLink + 2 * post);
  const twice = thread(`The bridge is open. ${link}`, `Cars go first. ${link}`);
  expect(priceOf(profile, twice)).toBe(2 * postWithLink);
});
