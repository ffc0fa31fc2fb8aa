import { expect, test } from 'vitest';
import { detectLanguage } from '../../src/text/language.ts';
import { whyNothingToSay } from '../../src/text/nothing-to-say.ts';
import { articleFromText } from '../../src/text/plain.ts';

const whyOf = (text: string, title = ''): string | null =>
  whyNothingToSay(articleFromText(text, { title }, detectLanguage));

test.each([
  ['x', /headline, or a whole sentence/],
  ['just words', /headline, or a whole sentence/],
  ['—\n…', /headline, or a whole sentence/],
  [' \n ', /empty/],
  ['ftp://example.org/x', /ftp:\/\/ are not read: give one with https/],
  ['http://', /not a whole address: give one such as https/],
  ['https://a.example/1 https://b.example/2', /2 addresses and no text: hand in one at a time/],
  ['https://a.example/1\nhttps://b.example/2, https://c.example/3', /3 addresses/],
  ['https://a.example/1', /hand it in as a link/],
])('says what to do about %j, of which no post can say anything', (text, sentence) => {
  expect(whyOf(text)).toMatch(sentence);
  expect(whyOf(text)).toMatch(/[^.]\.$/);
});

test('takes an address for no headline', () => {
  expect(whyOf('https://b.example/2', 'https://a.example/1')).toMatch(/2 addresses/);
});

test.each([
  ['Merrow wins.', 'Cup final'],
  ['2–1', 'Merrow beats Ensk'],
  ['https://a.example/1', 'The budget in full'],
  ['The council of Merrow approved its budget.', ''],
  ['市議会は予算を可決した。', ''],
])('takes %j under the headline %j', (text, title) => {
  expect(whyOf(text, title)).toBeNull();
});
