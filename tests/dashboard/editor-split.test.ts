import { describe, expect, it } from 'vitest';
import type { LengthRule } from '../../src/domain/limits.ts';
import type { Part } from '../../src/domain/post.ts';
import { isNumbered, splitAt, withNumbers } from '../../src/dashboard/parts/editor-split.ts';

const rule: LengthRule = { unit: 'graphemes', max: 40, linkCost: 'length', bareLinks: false };
const media = [{ mediaId: 'med_1', alt: 'A lock with its gates open.' }] as unknown as Part['media'];
const part = (text: string, more: Partial<Part> = {}): Part => ({ text, media: [], card: null, ...more });
const textsOf = (parts: readonly Part[]): string[] => parts.map(({ text }) => text);

describe('a message of a thread', () => {
  it('is split where the cursor stands, and its images stay with the first half', () => {
    const [first, second] = splitAt([part('The lock opens. Boats wait.', { media })], 0, 16, rule);
    expect([first, second]).toEqual([part('The lock opens.', { media }), part('Boats wait.')]);
  });

  it('begins with its number, and is two where it is too long with it', () => {
    const parts = [part('The lock opens on Monday. Boats may pass.', { media }), part('It was shut for a year.')];
    const numbered = withNumbers(parts, rule, 'en');
    expect(numbered).toEqual([
      part('1/3 The lock opens on Monday.', { media }),
      part('2/3 Boats may pass.'),
      part('3/3 It was shut for a year.'),
    ]);
    expect(isNumbered(numbered)).toBe(true);
  });

  it('loses its number again, and nothing else that looks like one', () => {
    const parts = [part('1/2 of the town voted.'), part('Most of them for the lock.'), part('1/3 against.')];
    expect(isNumbered(parts)).toBe(false);
    const numbered = withNumbers(parts, rule, 'en');
    expect(textsOf(numbered)).toEqual([
      '1/3 1/2 of the town voted.',
      '2/3 Most of them for the lock.',
      '3/3 1/3 against.',
    ]);
    expect(withNumbers(numbered, rule, 'en')).toEqual(parts);
  });

  it('has no number and stays where it has no words, and the others lose theirs all the same', () => {
    const parts = [part('', { media }), part('The lock opens.'), part(''), part('Boats wait.')];
    const numbered = withNumbers(parts, rule, 'en');
    expect(numbered).toEqual([parts[0], part('1/2 The lock opens.'), parts[2], part('2/2 Boats wait.')]);
    expect(withNumbers(numbered, rule, 'en')).toEqual(parts);
    expect(withNumbers([part(''), part('')], rule, 'en')).toEqual([part(''), part('')]);
  });
});
