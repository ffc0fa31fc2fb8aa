import { describe, expect, it } from 'vitest';
import { checkGrounding } from '../../src/text/grounding.ts';
import { grounded } from '../../src/text/grounding-summary.ts';
import { chooseSentences, summarize } from '../../src/text/summary.ts';
import { withoutTickers } from '../../src/text/tickers.ts';
import { BLANK } from './articles.ts';

const STORIES = [
  {
    lang: 'en',
    title: 'Halden Line <HLD.L> lifts dividend after record year',
    text: 'Shares in the shipping group Halden Line <HLD.L> rose on Tuesday after it lifted its dividend for the third time in two years. The company (NYSE: HLDN) said profit rose to 40 million crowns. Marrowbank <MRB.L> and Quillon (ETR: QLN1, ISIN: DE0001234567) had expected less. Traders said HLD.L was the busiest share of the day.',
    lead: 'Shares in the shipping group Halden Line rose on Tuesday after it lifted its dividend for the third time in two years.',
    name: '#HaldenLine',
  },
  {
    lang: 'de',
    title: 'Reederei Halden erhöht die Dividende',
    text: 'Die Aktie der Reederei Halden <HLDG.DE> stieg am Dienstag, nachdem das Unternehmen (ISIN: DE0001234567, WKN: 123456) seine Dividende erhöht hatte. Der Gewinn von Halden (XETRA: HLD) stieg auf 40 Millionen Euro. Die Fachleute von Quillon <QLNG.DE> hatten weniger erwartet.',
    lead: 'Die Aktie der Reederei Halden stieg am Dienstag, nachdem das Unternehmen seine Dividende erhöht hatte.',
    name: '#Halden',
  },
  {
    lang: 'es',
    title: 'La naviera Halden eleva el dividendo',
    text: 'Las acciones de la naviera Halden <HLD.MC> subieron el martes después de que la empresa elevara el dividendo por tercera vez. El beneficio de Halden (BME: HLD) subió a 40 millones de euros. Los analistas de Quillon (BMAD:QLN) esperaban menos.',
    lead: 'Las acciones de la naviera Halden subieron el martes después de que la empresa elevara el dividendo por tercera vez.',
    name: '#Halden',
  },
];

describe.each(STORIES)('a story of the stock exchange in $lang', ({ lang, title, text, lead, name }) => {
  const article = { ...BLANK, lang, title, text };
  const summary = grounded(summarize(article), article);

  it('is told without its tickers, and borne out all the same', () => {
    const told = summary.sentences.filter(({ rank }) => rank !== null);
    expect(told.length).toBeGreaterThan(2);
    expect(told[0]?.text).toBe(lead);
    expect(told.map((sentence) => sentence.text).join(' ')).not.toMatch(/[<>]|\b[A-Z]{3,6}: ?[A-Z]|WKN/u);
    const chosen = chooseSentences(summary, { max: 120, measure: (said) => said.length }, title);
    expect(chosen.map((sentence) => sentence.text)).toEqual([lead]);
    expect(checkGrounding(lead, article).ok).toBe(true);
  });

  it('has no ticker among its tags', () => {
    const tags = summary.hashtags.map(({ tag }) => tag);
    expect(tags).toContain(name);
    expect(tags.filter((tag) => /HLD|MRB|QLN|NYSE|ETR|ISIN|WKN|XETRA|BME|BMAD/u.test(tag))).toEqual([]);
  });
});

describe('a ticker', () => {
  it('that stands in place of a name takes its sentence along', () => {
    const text =
      'On Tuesday shares in <HLD.L> rose by six percent. The harbour council welcomed the news in a statement.';
    const [first, second] = summarize({ ...BLANK, lang: 'en', text }).sentences;
    expect(first?.rank).toBeNull();
    expect(first?.reasons.map(({ name }) => name)).toContain('ticker');
    expect(second?.rank).toBe(1);
  });

  it('is no keyword of a newsroom either', () => {
    const article = {
      ...BLANK,
      lang: 'en',
      keywords: ['HLD.L', 'shipping'],
      text: 'Halden Line (HLD.L) sells its ships.',
    };
    expect(summarize(article).hashtags.map(({ tag }) => tag)).not.toContain('#HLDL');
  });

  it.each([
    ['The index <.FTSE> and oil <LCOc1> fell.', 'The index and oil fell.'],
    ['Halden (HLD.L, MRB.L) rose.', 'Halden rose.'],
    ['Halden (HLD.L), opens new tab, said so.', 'Halden, said so.'],
    ['Halden (ASX: HLD; NYSE: HLDN) rose.', 'Halden rose.'],
    ['Halden (NYSE, LON: HLD) rose.', 'Halden rose.'],
    ['Halden [TYO: 7203] rose.', 'Halden rose.'],
    ['Halden <HLD.L>rose.', 'Halden rose.'],
  ])('is seen in “%s”', (written, plain) => {
    expect(withoutTickers(written)).toBe(plain);
  });

  it.each([
    'The army (U.S.) and the union (EE.UU.) met the parties (SPD, CDU).',
    'Ulm won (2:1), kick-off (19:30), Brandt (GER: 3) scored.',
    'She wrote to Edda <Edda> about <b>ships</b>.',
    'The exchange (LSE) and the fund (AIM) closed.',
    'Match point (SET: 1).',
  ])('is none in “%s”', (written) => {
    expect(withoutTickers(written)).toBe(written);
  });
});
