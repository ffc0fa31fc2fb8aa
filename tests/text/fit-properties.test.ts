import { describe, expect, test } from 'vitest';
import type { LengthRule, LengthUnit, Limits } from '../../src/domain/limits.ts';
import type { Summary } from '../../src/domain/summary.ts';
import { littleText } from '../../src/networks/linkedin-text.ts';
import { fitPost } from '../../src/text/fit.ts';
import { graphemes } from '../../src/text/graphemes.ts';
import { fits, measure } from '../../src/text/length.ts';
import { isClosed } from '../../src/text/open-marks.ts';
import { BLANK, summaryOf } from './articles.ts';
import fc from '../properties.ts';

/** Words of many scripts, marks and traps; strung together they are worse than any newsroom's text. */
const word = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom('harbour', 'the', 'Ada', 'Lindqvist', 'reopened', 'on', 'Monday', 'U.S.', 'AT&T'),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom('“we', 'agree”', '(again)', '(open', 'shut)', '«oui', 'non»', '‘quoted’', "'", '"'),
  },
  { weight: 2, arbitrary: fc.constantFrom('👩‍👩‍👧‍👦', '🏴󠁧󠁢󠁷󠁬󠁳󠁿', '❤️‍🔥', '1️⃣', 'e\u0301te\u0301', 'नमस्ते', 'สวัสดี') },
  { weight: 2, arbitrary: fc.constantFrom('水車の橋が再開した', '港口大橋重新開放', 'الجسر', 'גשר', 'мост', '다리') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'gazette.com',
      'https://example.org/a_(b)',
      '@ada@mills.example',
      '$ABC',
      '#tag',
      'x'.repeat(400),
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
);
const sentence = fc
  .tuple(fc.array(word, { maxLength: 25 }), fc.constantFrom('.', '!', '?', '。', '', '…'))
  .map(([words, end]) => words.join(' ') + end);
const tag = fc.constantFrom('#Bridge', '#PortLenna', '#橋', '#الجسر', '#News', `#${'Long'.repeat(30)}`);

const unit = fc.constantFrom<LengthUnit>('weighted', 'graphemes', 'utf16', 'codepoints', 'bytes', 'emoji-bytes');
const rule: fc.Arbitrary<LengthRule> = fc
  .record({
    unit,
    max: fc.integer({ min: 1, max: 700 }),
    linkCost: fc.constantFrom<LengthRule['linkCost']>(23, 'length'),
    bareLinks: fc.boolean(),
    remoteMentionsCostLocalPart: fc.boolean(),
    bytes: fc.option(fc.integer({ min: 50, max: 900 })),
    markup: fc.option(
      fc.constantFrom(littleText, {
        marks: '[&<]',
        escapes: { '&': '&amp;', '<': '&lt;' },
        spares: 'nothing',
      } as const),
    ),
  })
  .map(({ bytes, markup, ...rest }) => ({
    ...rest,
    ...(bytes !== null && { maxBytes: bytes }),
    ...(markup !== null && { markup }),
  }));
const limits: fc.Arbitrary<Limits> = fc.record({
  text: rule,
  hashtags: fc.record({ max: fc.integer({ min: 0, max: 10 }), advised: fc.integer({ min: 0, max: 5 }) }),
  maxLinks: fc.constantFrom(null, 0, 1),
  link: fc.constantFrom('in-text', 'card-only'),
  images: fc.constant(null),
});

const story = fc.record({
  title: fc.oneof(sentence, fc.constant('')),
  sentences: fc.array(fc.tuple(sentence, fc.option(fc.integer({ min: 1, max: 9 }))), { maxLength: 8 }),
  tags: fc.array(tag, { maxLength: 6 }),
  link: fc.constantFrom(
    null,
    'https://gazette.example.com/2026/bridge',
    `https://gazette.example.com/${'b'.repeat(300)}`,
  ),
  limits,
  thread: fc.boolean(),
  numbered: fc.boolean(),
  ownTags: fc.boolean(),
});

function summaryIn(sentences: readonly (readonly [string, number | null])[], tags: readonly string[]): Summary {
  const given = summaryOf(
    sentences.map(([text]) => text),
    tags,
  );
  return { ...given, sentences: given.sentences.map((one, at) => ({ ...one, rank: sentences[at]?.[1] ?? null })) };
}

function posted(given: typeof story extends fc.Arbitrary<infer T> ? T : never) {
  return fitPost({
    article: { ...BLANK, title: given.title, siteName: 'Gazette' },
    summary: summaryIn(given.sentences, given.tags),
    link: given.link,
    limits: given.limits,
    thread: given.thread,
    numbered: given.numbered,
    ...(given.ownTags && { hashtags: given.tags }),
  });
}

const runs = { numRuns: 400 };

describe('for any article, summary and limits', () => {
  test('no part is over its limit, and the length given is the one measured', () => {
    fc.assert(
      fc.property(story, (given) => {
        const post = posted(given);
        for (const part of post.parts) {
          expect(fits(part.text, given.limits.text)).toBe(true);
          expect(part.length).toBe(measure(part.text, given.limits.text));
        }
      }),
      runs,
    );
  });

  test('no part splits a surrogate pair or a grapheme of its source', () => {
    fc.assert(
      fc.property(story, (given) => {
        const source = new Set(
          [
            given.title,
            given.link ?? '',
            ...given.sentences.map(([text]) => text),
            ...given.tags,
            '0123456789/ …\n',
          ].flatMap(graphemes),
        );
        for (const part of posted(given).parts) {
          expect(part.text.isWellFormed()).toBe(true);
          for (const grapheme of graphemes(part.text)) expect(source).toContain(grapheme);
        }
      }),
      runs,
    );
  });

  test('a single post leaves no quotation and no bracket open', () => {
    fc.assert(
      fc.property(story, (given) => {
        if (given.thread) return;
        for (const part of posted(given).parts) {
          expect(isClosed(given.link ? part.text.replace(given.link, '') : part.text)).toBe(true);
        }
      }),
      runs,
    );
  });

  test('the link stands in at most one part, and in the first', () => {
    fc.assert(
      fc.property(story, (given) => {
        const { link } = given;
        if (link === null) return;
        const holding = posted(given).parts.map((part) => part.text.split(link).length - 1);
        expect(holding.slice(1).every((count) => count === 0)).toBe(true);
        expect(holding[0] ?? 0).toBeLessThanOrEqual(1);
      }),
      runs,
    );
  });

  test('a link that fits alone is never dropped', () => {
    fc.assert(
      fc.property(story, (given) => {
        const { link } = given;
        if (link === null || given.limits.link !== 'in-text' || given.limits.maxLinks === 0) return;
        if (!fits(link, given.limits.text)) return;
        expect(posted(given).parts[0]?.text).toContain(link);
      }),
      runs,
    );
  });

  test('a thread that is numbered counts its parts from one', () => {
    fc.assert(
      fc.property(story, (given) => {
        const { parts } = posted({ ...given, thread: true, numbered: true });
        if (parts.length < 2) return;
        parts.forEach((part, index) =>
          expect(part.text).toMatch(new RegExp(`^${index + 1}/${parts.length}( |$)`, 'u')),
        );
      }),
      runs,
    );
  });

  test('tags are kept from the front, and all are accounted for', () => {
    fc.assert(
      fc.property(story, (given) => {
        const post = posted({ ...given, ownTags: true });
        const wanted = [...new Set(given.tags)].slice(0, given.limits.hashtags.max);
        expect([...post.tags, ...post.droppedTags]).toEqual(wanted);
      }),
      runs,
    );
  });

  test('the same input gives the same post', () => {
    fc.assert(
      fc.property(story, (given) => {
        expect(posted(given)).toEqual(posted(given));
      }),
      { numRuns: 50 },
    );
  });
});
