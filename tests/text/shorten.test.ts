import { describe, expect, test } from 'vitest';
import { isClosed, withoutOpenMarks } from '../../src/text/open-marks.ts';
import { shortenToClause, shortenToWords } from '../../src/text/shorten.ts';

const within =
  (max: number) =>
  (text: string): boolean =>
    text.length <= max;

describe('open marks', () => {
  test.each([
    ['“Closed,” she said (twice).', true],
    ['Russia’s and the ministers’ plan', true],
    ['It’s the ‘miracle’ of ’26', true],
    ['„Genug“, sagte sie.', true],
    ['»Nok,« sagde hun.', true],
    ['「橋」が（再開）した', true],
    ['“Open, she said.', false],
    ['Never said.”', false],
    ['(so it ends', false],
    ['"half a quotation', false],
  ])('%s is closed: %s', (text, expected) => {
    expect(isClosed(text)).toBe(expected);
  });

  test('are taken out, the rest stays', () => {
    expect(withoutOpenMarks('“Open (twice), she said’s so')).toBe('Open (twice), she said’s so');
  });
});

describe('shortenToClause', () => {
  const sentence =
    'The mayor opened the bridge on Monday, the harbour authority said, and “walked across it, twice”, alone.';

  test('ends at the last clause that fits, never inside a quotation', () => {
    expect(shortenToClause(sentence, within(90))).toBe(
      'The mayor opened the bridge on Monday, the harbour authority said…',
    );
    expect(shortenToClause(sentence, within(50))).toBe('The mayor opened the bridge on Monday…');
  });

  test('is null where only a scrap would be left', () => {
    expect(shortenToClause('On Monday, the mayor opened the bridge.', within(20))).toBeNull();
  });
});

describe('shortenToWords', () => {
  test('ends with a whole word and not inside a name', () => {
    expect(shortenToWords('Bridge opened by Ada Lindqvist', within(22))).toBe('Bridge opened by…');
    expect(shortenToWords('Anti-corruption chief resigns', within(12))).toBeNull();
  });

  test('parts a script without spaces between its words', () => {
    const short = shortenToWords('港口大橋提前四週重新開放', within(8));
    expect(short).toMatch(/^港口大橋.*…$/u);
    expect(short?.length).toBeLessThanOrEqual(8);
  });
});
