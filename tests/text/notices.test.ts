import { expect, test } from 'vitest';
import { dollars, noticesOf } from '../../src/text/notices.ts';

const limits = {
  text: { unit: 'graphemes', max: 100, linkCost: 'length', bareLinks: true },
  hashtags: { max: 3, advised: 1 },
  maxLinks: null,
  link: 'in-text',
  images: null,
} as const;
const dear = { name: 'Postbox', limits, price: { post: 15_000, postWithLink: 200_000 } };
const parts = (...texts: string[]) => texts.map((text) => ({ text }));

test('tells of each further message of a thread that pays for a link, a bare one too', () => {
  const thread = parts('The bridge is open. https://lindmoor.org/a', 'Cars go first.', 'See lindmoor.org/b', 'a.com');
  expect(noticesOf(thread, dear)).toEqual([
    {
      pointer: '/parts/2/text',
      code: 'link-paid-again',
      message:
        'Text 3 of 4 for Postbox has a link too: Postbox charges $0.20 for each message with a link and $0.015 without one. Keep the link in one message.',
    },
    { pointer: '/parts/3/text', code: 'link-paid-again', message: expect.stringContaining('Text 4 of 4') },
  ]);
});

test('says nothing of a link in one message, nor where a link costs nothing more', () => {
  expect(noticesOf(parts('One https://a.org https://b.org', 'Two'), dear)).toEqual([]);
  expect(noticesOf(parts('https://a.org', 'https://a.org'), { ...dear, price: { post: 5, postWithLink: 5 } })).toEqual(
    [],
  );
});

test('writes dollars in full cents, or finer where there is more', () => {
  expect([0, 15_000, 200_000, 1_230_000].map(dollars)).toEqual(['$0.00', '$0.015', '$0.20', '$1.23']);
});
