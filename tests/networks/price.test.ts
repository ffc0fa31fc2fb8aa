import { expect, test } from 'vitest';
import { priceOf } from '../../src/networks/price.ts';
import { networkOf } from '../../src/networks/registry.ts';
import { fitPost } from '../../src/text/fit.ts';
import { noticesOf } from '../../src/text/notices.ts';
import { preflight } from '../../src/text/preflight.ts';
import { BLANK, summaryOf } from '../text/articles.ts';

const { profile } = networkOf('x');
const { post, postWithLink } = profile.price;
const article = { ...BLANK, title: 'Harbour bridge reopens after winter repairs' };
const link = 'https://gazette.example.com/bridge';

test('a thread that is written for X pays for its link once', () => {
  const sentence = (n: number): string =>
    `Engineers replaced ${n} metres of steel under the northern carriageway. `.repeat(3).trim();
  const summary = summaryOf([210, 340, 560].map(sentence));
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
  expect([once, twice].map((parts) => noticesOf(parts, profile).map(({ pointer }) => pointer))).toEqual([
    [],
    ['/parts/1/text'],
  ]);
});
