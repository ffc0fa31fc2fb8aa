import { describe, expect, test } from 'vitest';
import type { LengthRule } from '../../src/domain/limits.ts';
import { fits } from '../../src/text/length.ts';
import { resplitThread, splitThread } from '../../src/text/thread.ts';
import fc from '../properties.ts';

const rule: LengthRule = { unit: 'graphemes', max: 60, linkCost: 23, bareLinks: false };
const link = 'https://gazette.example.com/bridge';
const text =
  'The harbour bridge reopened on Monday. Ferries ran until noon. Engineers replaced the steel under the northern carriageway, tested it for three nights, and left.';

describe('splitThread', () => {
  test('splits at sentences first and inside a long one at its clauses', () => {
    expect(splitThread(text, { rule })).toEqual([
      'The harbour bridge reopened on Monday.',
      'Ferries ran until noon.',
      'Engineers replaced the steel under the northern carriageway,',
      'tested it for three nights, and left.',
    ]);
  });

  test('numbers the messages within the same limit', () => {
    const parts = splitThread(text, { rule: { ...rule, max: 64 }, numbered: true });
    expect(parts.map((part) => part.slice(0, 4))).toEqual(['1/4 ', '2/4 ', '3/4 ', '4/4 ']);
    expect(parts.every((part) => fits(part, { ...rule, max: 64 }))).toBe(true);
  });

  test('does not number a thread of one message', () => {
    expect(splitThread('Ferries ran until noon.', { rule, numbered: true })).toEqual(['Ferries ran until noon.']);
  });

  test('puts the link into the first message only and keeps room for it', () => {
    const parts = splitThread(text, { rule: { ...rule, max: 70 }, wrapFirst: (first) => `${first}\n${link}` });
    expect(parts[0]).toBe(`The harbour bridge reopened on Monday.\n${link}`);
    expect(parts.slice(1).join(' ')).not.toContain(link);
  });

  test.each([
    {
      max: 90,
      long: 'Nobody at the institute had expected it, said on Monday evening as guest of the town the physicist Prof. Dr. Helen Marchetti. She had come by train.',
      whole: 'said on Monday evening as guest of the town the physicist Prof. Dr. Helen Marchetti.',
    },
    {
      max: 75,
      long: 'The bridge was sold by Harland Inc. of the U.S. Senate building fame. Nobody was told.',
      whole: 'The bridge was sold by Harland Inc. of the U.S. Senate building fame.',
    },
  ])('does not take an abbreviation for the end of a sentence: $whole', ({ max, long, whole }) => {
    expect(splitThread(long, { rule: { ...rule, max } })).toContain(whole);
  });

  test('keeps a quotation of several sentences in one message, where it fits', () => {
    const said =
      'The mayor spoke last. “We have waited long enough. The town is tired. We open on Monday,” she said. Then it rained.';
    expect(splitThread(said, { rule: { ...rule, max: 90 } })).toEqual([
      'The mayor spoke last.',
      '“We have waited long enough. The town is tired. We open on Monday,” she said.',
      'Then it rained.',
    ]);
  });

  test('loses no word', () => {
    const words = fc.array(fc.constantFrom('One.', 'a', 'bridge,', 'opened', 'again', '“so', 'it', 'is”.'), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(words, fc.integer({ min: 12, max: 90 }), (list, max) => {
        const parts = splitThread(list.join(' '), { rule: { ...rule, max } });
        expect(parts.join(' ')).toBe(list.join(' '));
      }),
    );
  });

  test('says what is wrong where not one character fits', () => {
    expect(() => splitThread('Ferries ran.', { rule: { ...rule, max: 0 } })).toThrow(RangeError);
  });
});

describe('resplitThread', () => {
  test('keeps the borders that an editor left, and makes two of a message that grew too long', () => {
    const parts = splitThread(text, { rule: { ...rule, max: 64 }, numbered: true });
    const edited = parts.with(1, '2/4 Ferries ran until noon. A crowd of several hundred people waited at the pier.');
    expect(resplitThread(edited, { rule: { ...rule, max: 64 }, numbered: true })).toEqual([
      ['1/5 The harbour bridge reopened on Monday.'],
      ['2/5 Ferries ran until noon.', '3/5 A crowd of several hundred people waited at the pier.'],
      ['4/5 Engineers replaced the steel under the northern carriageway,'],
      ['5/5 tested it for three nights, and left.'],
    ]);
  });

  test('drops an emptied message and numbers the rest anew', () => {
    expect(resplitThread(['1/3 One.', '2/3 ', '3/3 Three.'], { rule, numbered: true })).toEqual([
      ['1/2 One.'],
      [],
      ['2/2 Three.'],
    ]);
  });

  test('leaves what it gave unchanged', () => {
    const words = fc.array(fc.constantFrom('One.', 'a', 'bridge,', 'opened', '1/2', '橋が', '👩‍👩‍👧‍👦', 'x'.repeat(90)), {
      minLength: 1,
      maxLength: 40,
    });
    fc.assert(
      fc.property(words, fc.integer({ min: 30, max: 120 }), fc.boolean(), (list, max, numbered) => {
        const options = { rule: { ...rule, max }, numbered };
        const parts = resplitThread(splitThread(list.join(' '), options), options).flat();
        expect(resplitThread(parts, options).flat()).toEqual(parts);
        for (const part of parts) expect(fits(part, options.rule)).toBe(true);
      }),
    );
  });
});
