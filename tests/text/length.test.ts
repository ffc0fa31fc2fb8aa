import { describe, expect, test } from 'vitest';
import type { LengthRule } from '../../src/domain/limits.ts';
import { littleText } from '../../src/networks/linkedin-text.ts';
import { fits, measure } from '../../src/text/length.ts';
import { xLength } from '../fakes/x-length.ts';
import fc from '../properties.ts';

const weighted: LengthRule = { unit: 'weighted', max: 280, linkCost: 23, bareLinks: true };
const federated: LengthRule = {
  unit: 'graphemes',
  max: 500,
  linkCost: 23,
  bareLinks: false,
  remoteMentionsCostLocalPart: true,
};
const plain = (unit: LengthRule['unit']): LengthRule => ({ unit, max: 300, linkCost: 'length', bareLinks: false });

describe('weighted length (https://docs.x.com/fundamentals/counting-characters)', () => {
  test.each([
    ['Bread', 5],
    ['…', 2],
    ['•', 2],
    ['€', 2],
    ['™', 2],
    ['→', 2],
    ['₹', 2],
    ['ﬁ', 2],
    ['—', 1],
    ['’', 1],
    ['“”', 2],
    ['½', 1],
    ['©', 1],
    ['新聞', 4],
    ['e\u0301', 1],
    ['👍', 2],
    ['👩‍👩‍👧‍👦', 2],
    ['🏴󠁧󠁢󠁷󠁬󠁳󠁿', 2],
    ['1️⃣', 2],
    ['❤️‍🔥', 2],
    ['\u{1F468}\u200D\u2764\u200D\u{1F468}', 2],
    // A tone of skin that belongs to nothing is an emoji of its own, and leaves those before it whole.
    ['👩🏽‍🚒🏽', 4],
    ['👍🏽🏽', 4],
    ['🚒🏽', 4],
    ['👩🏽‍🚒\u200D🚒', 5],
    // Half a flag leaves the next one whole.
    ['🇫🇩🇪', 4],
    ['*\u200D🏴󠁧󠁢󠁷󠁬󠁳󠁿', 4],
  ])('%s weighs %i', (text, weight) => {
    expect(measure(text, weighted)).toBe(weight);
  });

  test('an emoji is the longest one from its first character on, in any jumble of what emoji are made of', () => {
    const madeOf =
      '👩 🏽 \u200D \uFE0F ❤️ 🚒 💋 🏴 \u{E0067} \u{E007F} 1 #\uFE0F\u20E3 🇩 🇪 🇫 ☺ ♀️ © a 👍 🏴󠁧󠁢󠁷󠁬󠁳󠁿 🏳️‍🌈 *'.split(' ');
    const pieces = fc.constantFrom(...madeOf);
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (some) => {
        const text = some.join('');
        expect(measure(text, weighted)).toBe(xLength(text));
      }),
      { numRuns: 3000 },
    );
  });

  test('a link costs 23 however long it is, also without a scheme', () => {
    expect(measure('See https://mill-gazette.example.com/2026/11/flood?page=2 now', weighted)).toBe(4 + 23 + 4);
    expect(measure('See mill-gazette.com now', weighted)).toBe(4 + 23 + 4);
  });

  test('a word with a dot that is not a domain is text', () => {
    expect(measure('example.newtld', weighted)).toBe(14);
    expect(measure('http://localhost', weighted)).toBe(16);
    expect(measure('desk@gazette.com', weighted)).toBe(16);
  });

  test('a name in a script without spaces does not swallow the address beside it', () => {
    expect(measure('水車新聞gazette.comです', weighted)).toBe(8 + 23 + 4);
  });
});

describe('graphemes', () => {
  test('a link with a scheme costs 23, one without costs its length', () => {
    expect(measure('https://mill-gazette.example.com/2026/11/flood', federated)).toBe(23);
    expect(measure('mill-gazette.com', federated)).toBe(16);
  });

  test('a remote mention costs its local part', () => {
    expect(measure('with @ada@mills.example today', federated)).toBe('with @ada today'.length);
  });

  test('a family is one character', () => {
    expect(measure('👩‍👩‍👧‍👦', plain('graphemes'))).toBe(1);
    expect(measure('a\r\nb', plain('graphemes'))).toBe(3);
  });
});

describe('other units', () => {
  test('count what they are named for', () => {
    expect(measure('aé👍', plain('utf16'))).toBe(4);
    expect(measure('aé👍', plain('codepoints'))).toBe(3);
    expect(measure('aé👍', plain('bytes'))).toBe(7);
    expect(measure('aé👍', plain('emoji-bytes'))).toBe(1 + 1 + 4);
    expect(measure('👩‍👩‍👧‍👦', plain('emoji-bytes'))).toBe(25);
    // Half a flag is an emoji by itself, with four bytes.
    expect(measure('🇩🇪🇫'.repeat(55), plain('emoji-bytes'))).toBe(55 * 12);
    expect(measure('1 © ☺', plain('emoji-bytes'))).toBe(5);
  });

  test('escapes that the markup adds count, but not inside links and hashtags', () => {
    const rule: LengthRule = { ...plain('utf16'), markup: littleText };
    expect(measure('a (b)', rule)).toBe(5 + 2);
    expect(measure('#snake_case https://gazette.com/a_b', rule)).toBe(35);
  });

  test('the second ceiling in bytes is kept', () => {
    const rule: LengthRule = { ...plain('graphemes'), maxBytes: 3000 };
    expect(fits('👩‍👩‍👧‍👦'.repeat(120), rule)).toBe(true);
    expect(fits('👩‍👩‍👧‍👦'.repeat(121), rule)).toBe(false);
    expect(fits('a'.repeat(300), rule)).toBe(true);
    expect(fits('a'.repeat(301), rule)).toBe(false);
  });
});
