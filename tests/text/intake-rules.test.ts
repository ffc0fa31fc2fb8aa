import { describe, expect, test } from 'vitest';
import type { IntakeRules } from '../../src/domain/source.ts';
import { judge, mentions } from '../../src/text/intake-rules.ts';
import type { Candidate } from '../../src/text/intake-rules.ts';

const now = new Date('2026-11-25T12:00:00Z');
const open: IntakeRules = {
  include: [],
  exclude: [],
  sections: [],
  languages: [],
  minLength: null,
  maxAgeHours: null,
  urgentWords: [],
};
const item: Candidate = {
  words: ['Ferry to Karlsund stops', 'The harbour office gave no reason.'],
  sections: ['Local', 'Sea'],
  lang: 'en-GB',
  length: 1200,
  publishedAt: '2026-11-25T09:00:00Z',
};
const nothing: Candidate = { words: null, sections: null, lang: null, length: null, publishedAt: null };
const under = (rules: Partial<IntakeRules>, candidate: Candidate = item) =>
  judge({ ...open, ...rules }, candidate, now);

test('no rule keeps nothing out', () => {
  expect(under({})).toEqual({ passes: true, isUrgent: false });
});

describe.each<[keyof IntakeRules, Partial<IntakeRules>, Partial<IntakeRules>]>([
  ['include', { include: ['Karlsund', 'bridge'] }, { include: ['bridge'] }],
  ['exclude', { exclude: ['bridge'] }, { exclude: ['harbour office'] }],
  ['sections', { sections: ['sea'] }, { sections: ['Sport'] }],
  ['languages', { languages: ['en'] }, { languages: ['de'] }],
  ['minLength', { minLength: 1200 }, { minLength: 1201 }],
  ['maxAgeHours', { maxAgeHours: 3 }, { maxAgeHours: 2 }],
])('%s', (rule, passing, failing) => {
  test('lets in what fits', () => expect(under(passing)).toMatchObject({ passes: true }));
  test('keeps out what does not, and says which rule', () =>
    expect(under(failing)).toMatchObject({ passes: false, rule, detail: expect.stringMatching(/\.$/) }));
  test('does not judge what is not known yet', () => expect(under(failing, nothing)).toMatchObject({ passes: true }));
});

test('a day without a time is judged by its end, in whichever zone', () => {
  expect(under({ maxAgeHours: 24 }, { ...item, publishedAt: '2026-11-24' })).toMatchObject({ passes: true });
  expect(under({ maxAgeHours: 24 }, { ...item, publishedAt: '2026-11-22' })).toMatchObject({ passes: false });
});

test('words of urgency make it urgent', () => {
  expect(under({ urgentWords: ['stops'] })).toEqual({ passes: true, isUrgent: true });
});

test.each([
  ['Ferry stops', 'ferry', true],
  ['Ferries stop', 'ferry', false],
  ['The ferryman', 'ferry', false],
  ['The ferryman', 'ferry*', true],
  ['Fährunglück in Kiel', 'fahrungluck', true],
  ['A vote on the  harbour\nwall', 'harbour wall', true],
  ['The harbour-wall vote', 'harbour', true],
  ['COVID-19 again', 'covid-19', true],
  ['港の橋が閉鎖された', '橋', true],
  ['Мост закрыт', 'мост', true],
  ['Мостовая закрыта', 'мост', false],
  ['anything', '*', false],
  ['anything', ' ', false],
])('%j mentions %j: %s', (text, phrase, expected) => {
  expect(mentions(text, phrase)).toBe(expected);
});
