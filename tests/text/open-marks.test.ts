import { describe, expect, it } from 'vitest';
import { checkGrounding } from '../../src/text/grounding.ts';
import { findOpenMarks } from '../../src/text/open-marks.ts';
import { summarize } from '../../src/text/summary.ts';
import { quotationsOf } from '../../src/text/summary-quotes.ts';
import { BLANK } from './articles.ts';

describe('a mark that opens nothing', () => {
  it.each([
    "De burgemeester van 's-Hertogenbosch opende de brug.",
    "De brug bij Horst-'t Lam is dicht.",
    "'s Nachts is de brug dicht.",
    "Hij nam 'n boot naar de overkant.",
    "Ze zag 'm op de brug.",
    "The crew will fight 'em on the bridge.",
    "The Rock 'n Roll museum opened on Monday.",
    "Rock 'n' Roll came to Marrowby in '57.",
    'A 12" pizza oven fell off the lorry.',
    'The diver is 6\' 5" tall.',
    'The council wants a) a toll, b) a ferry and c) nothing else.',
    'It may 1) close or 2) open again.',
    'The engineers were glad :) and went home.',
    'The engineers were sad :-( and went home.',
    'He waited ‘til dawn.',
  ])('%s', (text) => {
    expect(findOpenMarks(text)).toEqual([]);
  });

  it.each([
    ['He said "wait and went.', 8],
    ["'We are done, he said.", 0],
    ['‘We are done, he said.', 0],
    ['The bridge (built in 1926 is old.', 11],
    ['The bridge built in 1926) is old.', 24],
    ['The 12" pipe, he said, is "too short.', 26],
  ])('but this one does: %s', (text, at) => {
    expect(findOpenMarks(text)).toEqual([at]);
  });
});

describe('British quotations', () => {
  it.each([
    [['‘The bridge is old.', 'We must mend it,’ said Amara Osei.']],
    [['Amara Osei said: ‘The bridge is old.', 'We must mend it.’']],
    [['‘It’s the workers’ bridge and we won’t sell it.', 'Not now,’ said Amara Osei.']],
    [['‘They said “no” to us.', 'We left,’ said Amara Osei.']],
  ])('of two sentences leave both open: %j', (sentences) => {
    expect(quotationsOf(sentences).map((one) => one.isBroken)).toEqual([true, true]);
  });

  it.each([
    '‘The bridge is old,’ said Amara Osei.',
    'Amara Osei called it ‘a disgrace’ on Monday.',
    'The workers’ union wants the bridge back.',
    'It was the ‘90s’ last bridge.',
    'The crew will fight ‘em on the bridge.',
    'It’s Marrowby’s bridge, and the boys’ school’s too.',
    '“The workers’ bridge is ‘old’,” said Amara Osei.',
  ])('in one sentence leave nothing open: %s', (sentence) => {
    const next = 'The council met.';
    expect(quotationsOf([sentence, next]).map((one) => one.isBroken)).toEqual([false, false]);
  });

  it('need a speaker as any other', () => {
    const text = '‘The harbour bridge of Marrowby was never safe and never will be.’\n‘It is old.’ So she said.';
    const names = summarize({ ...BLANK, text }).sentences[0]?.reasons.map((reason) => reason.name);
    expect(names).toContain('quote-without-speaker');
  });

  it('are held against the article letter for letter', () => {
    const text = 'Amara Osei called the harbour bridge ‘a disgrace to Marrowby’ on Monday.';
    const source = { start: 0, end: text.length };
    const faultsOf = (summary: string): string[] =>
      checkGrounding([{ text: summary, source }], { ...BLANK, text }).faults.map(({ kind }) => kind);
    expect(faultsOf('Osei called the bridge ‘a disgrace to Marrowby’.')).toEqual([]);
    expect(faultsOf('Osei called the bridge ‘a danger to Marrowby’.')).toEqual(['quotation']);
    expect(faultsOf('Marrowby’s bridge isn’t the boys’ pride, Osei said.')).not.toContain('quotation');
  });
});
