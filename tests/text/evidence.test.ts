import { describe, expect, it } from 'vitest';
import { networks } from '../../src/networks/registry.ts';
import { evidenceIn, missingFrom } from '../../src/text/evidence.ts';
import type { EvidenceSource } from '../../src/text/evidence.ts';
import { fitPost } from '../../src/text/fit.ts';
import { saidIn } from '../../src/text/said.ts';
import { summarize } from '../../src/text/summary.ts';
import { ARTICLE_LANGUAGES, articleIn } from './articles.ts';
import { originals } from './stories.ts';

const LIBRARY: EvidenceSource = {
  lang: 'en',
  text: `Harbour town opens its first night library
The town of Velmar opened a library on Monday, in June 2026, that lends books only after dark. Its doors stand open from 8:30 in the evening.
Mayor Ilse Torvald said the idea came from the dock workers, and that half of them had signed. Ines Calloway's ferry waits for readers.
The library cost $2.4 million and holds 18,000 books in eleven languages. The Harbour Foundation paid for two thirds of it; the rest came from 3,100 donors in nine weeks.
On the first night 412 people came in, 18 percent of the town. Councillor Rafe Underhill counted four hundred thousand steps and between 12 and 15 percent of sleepers.`,
};
const missing = (text: string, source = LIBRARY): string[] => missingFrom(evidenceIn(text, source));

describe('figures of a post', () => {
  it.each([
    ['digits cut from a figure', 'On the first night 41 people came in.', ['41']],
    ['a figure inside a grouped one', 'The rest came from 100 donors in nine weeks.', ['100']],
    ['one digit too many', 'On the first night 4120 people came in.', ['4120']],
    ['two digits changed', 'On the first night 421 people came in.', ['421']],
    ['another share in words', 'The Harbour Foundation paid for nine thirds of it.', ['nine thirds']],
    ['a share with other parts', 'The Harbour Foundation paid for three quarters of it.', ['three quarters']],
    ['another number word', 'It holds books in twelve languages.', ['twelve']],
    ['another percentage', 'It was 81 percent of the town.', ['81']],
    ['a number made a percentage', 'It was 412 percent of the town.', ['412']],
    ['a percentage made a number', '18 people of the town came.', ['18']],
    ['another year', 'The town opened a library in June 2062.', ['2062']],
    ['another currency', 'The library cost €2.4 million.', ['€2.4 million']],
    ['another power of ten', 'The library cost $2.4 billion.', ['$2.4 billion']],
    ['other decimals', 'The library cost $2.5 million.', ['$2.5 million']],
    ['another hour', 'Its doors stand open from 8:45 in the evening.', ['8:45']],
    ['another ordinal', 'The second night was quiet, so people came in.', ['second']],
  ])('names what the article does not say: %s', (_, text, wrong) => {
    expect(missing(text)).toEqual(wrong);
  });

  it.each([
    ['grouped, not grouped, grouped otherwise', '3,100 donors, 3100 donors, 3.100 donors, 3 100 donors.'],
    ['a word for a figure, a figure for a word', 'In 11 languages, for 400,000 steps and 9 weeks.'],
    ['a share by its per cent', 'The mayor said that 50% of them had signed.'],
    ['a share of a range', 'It was 12 percent of sleepers.'],
    ['a currency by its name', 'The library cost 2.4 million dollars.'],
    ['a percentage in signs', 'It was 18% of the town.'],
  ])('finds what it says in other figures: %s', (_, text) => {
    expect(missing(text)).toEqual([]);
  });
});

describe('names of a post', () => {
  it.each([
    ['cut short', 'The ferry of Ines Call waits for readers.', ['Ines Call']],
    ['cut short at its beginning', 'The ferry of Ines Alloway waits for readers.', ['Ines Alloway']],
    ['at the start of a sentence', 'Tessen opened a library.', ['Tessen']],
    ['at the start of a quotation', '“Tessen opened a library,” Ilse Torvald said.', ['Tessen']],
    ['of two people', 'The ferry of Ines Underhill waits for readers.', ['Ines Underhill']],
    ['of another weekday', 'The town opened a library on Friday.', ['Friday']],
    ['of another month', 'The town opened a library in July 2026.', ['July']],
  ])('names one that is not in the article: %s', (_, text, wrong) => {
    expect(missing(text)).toEqual(wrong);
  });

  it.each([
    ['possessive', 'Calloway’s ferry waits; Torvald’s idea came from the dock workers.'],
    ['without the first name', 'Mayor Torvald said so. Underhill counted steps.'],
    ['in capitals', 'VELMAR: Ilse TORVALD said so.'],
    ['none, though a sentence opens with it', 'Workers of the dock signed. Officials waited. People read.'],
  ])('finds one that is: %s', (_, text) => {
    expect(missing(text)).toEqual([]);
  });

  it.each([
    ['de', 'Brandts Verein fürchtet um die Auenwiesen bei Elbenau.', []],
    ['de', 'Wehrhahn versprach 1270 Meter, 9.300 Menschen und 54,8 Millionen Euro.', []],
    ['de', 'Das beschloss der Stadtrat mit 13 gegen 12 Stimmen.', ['13']],
    ['de', 'Oberbürgermeisterin Karin Wehr sagte das.', ['Wehr']],
    ['es', 'El plan de Marta Quiroga costará 7,2 millones de euros.', []],
    ['es', 'El tráfico bajó un 32 % en abril.', ['32 %']],
    ['fr', 'La région apporte 900 000 euros, les salariés 1,3 million d’euros.', []],
    ['fr', 'La région apporte 90 000 euros.', ['90 000']],
    ['fr', 'La nouvelle est venue vendredi.', ['vendredi']],
    ['pl', 'Dzieci z Jeziorny uczy Osiński.', []],
    ['ru', 'В музее 27 фонарей, их собрали с Верой Лагутиной и Олегом Чернявским.', []],
    ['ru', 'Павел Греков написал о 60 судах.', ['Павел Греков']],
    ['tr', 'Karaca, Gülpınar’ın 48000 turistinden söz etti.', []],
    ['ja', '蔵書は2万4000冊に上る。', []],
    ['ja', '改装には81億円かかった。', ['81億']],
    ['fa', 'کتابخانه ۱۹ هزار کتاب', ['۱۹ هزار']],
    ['ar', 'ستخدم 350 ألف نسمة', []],
  ])('reads the language of the article (%s): %s', (lang, text, wrong) => {
    const article = articleIn(lang);
    expect(missing(text, { lang, text: `${article.title}\n${article.text}` })).toEqual(wrong);
  });
});

describe('posts that we write ourselves', () => {
  const articles = [
    ...ARTICLE_LANGUAGES.map(articleIn),
    ...originals.map(({ title, text }) => ({ ...articleIn('en'), title, text })),
  ];
  it.each(articles.map((article) => [article.lang, article.title, article] as const))(
    'are all found in their article, on every network (%s, %s)',
    (_, __, article) => {
      const source = { lang: article.lang, text: `${article.title}\n${article.text}` };
      const summary = summarize(article);
      for (const { profile } of networks) {
        for (const max of [60, 90, 140, profile.limits.text.max]) {
          for (const thread of [false, true]) {
            const limits = { ...profile.limits, text: { ...profile.limits.text, max } };
            const input = { article, summary, limits, link: 'https://news.example/article', thread, numbered: thread };
            const { parts } = fitPost(input);
            expect(
              missing(saidIn(parts), source),
              `${profile.limits.text.max} ${parts.map(({ text }) => text).join('\n')}`,
            ).toEqual([]);
          }
        }
      }
    },
  );
});
