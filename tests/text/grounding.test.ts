import { describe, expect, it } from 'vitest';
import type { Article } from '../../src/domain/article.ts';
import { checkGrounding } from '../../src/text/grounding.ts';
import { factsOf } from '../../src/text/grounding-facts.ts';
import { splitSentences } from '../../src/text/sentences.ts';
import { BLANK, articleIn } from './articles.ts';

const TEXT =
  'The Port of Marrowby will close its oldest terminal by 2029, Ines Calloway said on Tuesday. ' +
  'The move will cost $418.6 million, of which the city pays a third. ' +
  '“We have been turning vessels away for two years,” Calloway told the Marrowby Ledger.';
const ARTICLE: Article = { ...BLANK, text: TEXT };
const cite = (text: string): { text: string; source: null } => ({ text, source: null });
const kinds = (text: string, article = ARTICLE): string[] =>
  checkGrounding([cite(text)], article).faults.map((fault) => fault.kind);

describe('extractive text', () => {
  it.each([
    ['a whole sentence', 'The move will cost $418.6 million, of which the city pays a third.'],
    ['a clause with a full stop of its own', 'The move will cost $418.6 million.'],
    ['other quotation marks', '"We have been turning vessels away for two years," Calloway told the Marrowby Ledger.'],
    ['two sentences that do not follow each other', `${TEXT.slice(0, 91)} ${TEXT.slice(TEXT.indexOf('“'))}`],
    ['nothing', ''],
  ])('passes: %s', (_, summary) => {
    expect(checkGrounding(summary, ARTICLE)).toEqual({ ok: true, faults: [] });
  });

  it.each([
    ['a word changed', 'The move will cost $418.6 million, of which the town pays a third.'],
    ['a figure cut short', 'The move will cost $418.'],
    ['a word cut short', 'The Port of Marrowby will close its oldest termin.'],
    ['two clauses glued', 'The move will cost a third.'],
  ])('is refused: %s', (_, summary) => {
    expect(checkGrounding(summary, ARTICLE).faults).toMatchObject([{ kind: 'not-a-span', sentence: 0, text: summary }]);
  });
});

describe('hostile text', () => {
  it.each([
    ['corner brackets and full stops', '「。', 'zh'],
    ['quotation marks that never close', '“。', 'zh'],
    ['double corner brackets', '『！', 'ja'],
    ['full stops of an alphabet', 'A b. ', 'en'],
    ['denials without end', 'not ', 'en'],
  ])('is checked in a blink: %s', (_, part, lang) => {
    const text = part.repeat(40_000 / part.length).trim();
    const article = { ...BLANK, lang, text };
    const before = process.threadCpuUsage();
    expect(checkGrounding(text, article).ok).toBe(true);
    checkGrounding(`${text}x${text}`, article);
    checkGrounding([cite(text)], article);
    // Microseconds of this thread: a busy machine does not count.
    expect(process.threadCpuUsage(before).user / 1e6).toBeLessThan(2);
  });
});

describe('text from elsewhere', () => {
  it.each([
    ['The Port of Marrowby shuts its oldest terminal by 2029, says Calloway.'],
    ['The move costs $418.6m.'],
    ['Calloway: “We have been turning vessels away for two years”.'],
  ])('passes: %s', (text) => {
    expect(kinds(text)).toEqual([]);
  });

  it.each([
    ['number', 'The move will cost $481.6 million, of which the city pays a third.'],
    ['number', 'The move will cost €418.6 million, of which the city pays a third.'],
    ['name', 'The Port of Tessen will close its oldest terminal by 2029, Ines Calloway said on Tuesday.'],
    ['date', 'The Port of Marrowby will close its oldest terminal by 2027, Ines Calloway said on Tuesday.'],
    ['date', 'The Port of Marrowby will close its oldest terminal by 2029, Ines Calloway said on Friday.'],
    ['quotation', '“We have been sending vessels away for two years,” Calloway told the Marrowby Ledger.'],
  ])('reports a wrong %s: %s', (kind, text) => {
    expect(kinds(text)).toEqual([kind]);
  });

  it.each([
    ['two boats → one boat', 'Two boats sank off Marrowby on Monday.', 'One boat sank off Marrowby on Monday.'],
    ['half → quarter', 'The city pays half of the bridge.', 'The city pays a quarter of the bridge.'],
    ['first → second', 'It is the first bridge over the river.', 'It is the second bridge over the river.'],
    ['£40 → 40 euros', 'A ticket costs £40 in Marrowby.', 'A ticket costs 40 euros in Marrowby.'],
    ['40 dollars → £40', 'A ticket costs 40 dollars in Marrowby.', 'A ticket costs £40 in Marrowby.'],
    ['9 a.m. → 9 p.m.', 'The bridge opens at 9 a.m. on Monday.', 'The bridge opens at 9 p.m. on Monday.'],
    ['9am → 9pm', 'The bridge opens at 9am on Monday.', 'The bridge opens at 9pm on Monday.'],
    ['twenty-one → 22', 'Twenty-one boats sank off Marrowby.', '22 boats sank off Marrowby.'],
    ['140 000 → 150.000', 'Der Turm kostet 140 000 Euro.', 'Der Turm kostet 150.000 Euro.'],
    ['for twelve years → one years', 'She ruled for twelve years.', 'She ruled for one years.'],
    ['three seats → one seat', 'The party won 3 seats in Marrowby.', 'The party won one seat in Marrowby.'],
  ])('sees a number changed: %s', (_, text, said) => {
    expect(kinds(said, { ...BLANK, text })).toEqual(['number']);
  });

  it.each([
    ['en', 'The storm killed two people in Marrowby.', 'The storm killed one person in Marrowby.', 'number'],
    ['en', 'The storm killed 23 people in Marrowby.', 'The storm killed no people in Marrowby.', 'number'],
    ['en', 'Temperatures fell to -12 degrees.', 'Temperatures fell to 12 degrees.', 'number'],
    ['en', 'Temperatures fell to -12 degrees.', 'Temperatures fell to minus 12 degrees.', null],
    ['en', 'Temperatures fell to 12 degrees below zero.', 'Temperatures fell to -12 degrees.', null],
    ['en', 'Temperatures fell to 12 degrees.', 'Temperatures fell to -12 degrees.', 'number'],
    ['en', 'Temperatures fell to -12 degrees.', 'Temperatures fell to 12 degrees below zero.', null],
    ['en', 'The vote passed 19-12 in Marrowby.', 'The vote passed 12-19 in Marrowby.', 'number'],
    ['en', 'Prices rose 18 percent last year.', 'Prices rose 18 percent next year.', 'date'],
    ['de', 'Die Fahrt kostet einundzwanzig Euro.', 'Die Fahrt kostet zweiundzwanzig Euro.', 'number'],
    ['de', 'Die Fahrt kostet 21 Euro.', 'Die Fahrt kostet einundzwanzig Euro.', null],
    ['it', 'Costerà 12 milioni di euro.', 'Costerà 12 miliardi di euro.', 'number'],
    ['ru', 'Ущерб составил 12 миллионов рублей.', 'Ущерб составил 12 миллиардов рублей.', 'number'],
    ['ru', 'Погибли двое мужчин.', 'Погибли трое мужчин.', 'number'],
    ['ru', 'Погибли 2 мужчин.', 'Погибли двое мужчин.', null],
    ['pl', 'Koszt to 14,5 mln zł.', 'Koszt to 14,5 mld zł.', 'number'],
    ['tr', 'Maliyet 32,4 milyon lira.', 'Maliyet 32,4 milyar lira.', 'number'],
    ['en', 'He came once to Marrowby.', 'He came to Marrowby once.', null],
    ['en', 'The bridge is open from 10-12 on Monday.', 'The bridge is open 10-12 on Monday.', null],
  ])('%s: holds “%s” against “%s”: %s', (lang, text, said, kind) => {
    expect(kinds(said, { ...BLANK, lang, text })).toEqual(kind === null ? [] : [kind]);
  });

  it.each([
    ['twenty-one and 21', '21 boats sank off Marrowby.', 'Twenty-one boats sank off Marrowby.'],
    ['21 and twenty-one', 'Twenty-one boats sank off Marrowby.', '21 boats sank off Marrowby.'],
    ['140 000 and 140.000', 'Der Turm kostet 140 000 Euro.', 'Der Turm kostet 140.000 Euro.'],
    ['1 200 000 and 1.2 million', 'The tower costs 1 200 000 crowns.', 'The tower costs 1.2 million crowns.'],
    ['40 euros and €40', 'A ticket costs 40 euros in Marrowby.', 'A ticket costs €40 in Marrowby.'],
    ['£40 and 40 pounds', 'A ticket costs £40 in Marrowby.', 'A ticket costs 40 pounds in Marrowby.'],
    ['50 per cent and half', 'The city pays 50 per cent of the bridge.', 'The city pays half of the bridge.'],
    ['2nd and second', 'It is the 2nd bridge over the river.', 'It is the second bridge over the river.'],
    ['9 a.m. and 9am', 'The bridge opens at 9 a.m. on Monday.', 'The bridge opens at 9am on Monday.'],
    ['one of two boats', 'Two boats left and one boat sank off Marrowby.', 'One boat sank off Marrowby.'],
    ['09:00 and 9 a.m.', 'The bridge opens at 09 on Monday.', 'The bridge opens at 9 a.m. on Monday.'],
  ])('knows a number written another way: %s', (_, text, said) => {
    expect(kinds(said, { ...BLANK, text })).toEqual([]);
  });

  it.each([
    ['en', 'The council did not approve the bridge on Monday.', 'The council approved the bridge on Monday.'],
    ['en', 'The council approved the bridge on Monday.', 'The council did not approve the bridge on Monday.'],
    ['en', 'Calloway has never visited the harbour.', 'Calloway has visited the harbour.'],
    ['en', 'The party didn’t win the seat in Marrowby.', 'The party won the seat in Marrowby.'],
    ['en', 'No passengers were hurt when the ferry sank.', 'Passengers were hurt when the ferry sank.'],
    ['es', 'El consejo no aprobó el puente el lunes.', 'El consejo aprobó el puente el lunes.'],
    ['fr', 'Le conseil n’a pas approuvé le pont lundi.', 'Le conseil a approuvé le pont lundi.'],
    ['de', 'Die Stadt schließt den Hafen nicht.', 'Die Stadt schließt den Hafen.'],
    ['de', 'Die Stadt wird den Hafen nicht schließen.', 'Die Stadt wird den Hafen schließen.'],
    ['it', 'Il consiglio non ha approvato il ponte.', 'Il consiglio ha approvato il ponte.'],
    ['pt', 'O conselho não aprovou a ponte.', 'O conselho aprovou a ponte.'],
    ['nl', 'De raad heeft de brug niet goedgekeurd.', 'De raad heeft de brug goedgekeurd.'],
    ['pl', 'Rada nie zatwierdziła mostu.', 'Rada zatwierdziła mostu.'],
    ['ru', 'Совет не одобрил мост.', 'Совет одобрил мост.'],
    ['uk', 'Рада не схвалила міст.', 'Рада схвалила міст.'],
    ['ar', 'المجلس لم يوافق على الجسر.', 'المجلس يوافق على الجسر.'],
    ['he', 'המועצה לא אישרה את הגשר.', 'המועצה אישרה את הגשר.'],
    ['hi', 'परिषद ने पुल मंजूर नहीं किया।', 'परिषद ने पुल मंजूर किया।'],
    ['zh', '市议会没有批准大桥。', '市议会批准大桥。'],
  ])('%s: sees a denial that is lost or added: %s → %s', (lang, text, said) => {
    expect(kinds(said, { ...BLANK, lang, text })).toContain('denial');
  });

  it.each([
    ['en', 'The storm not only flooded the port but closed the school.', 'The storm flooded the port.'],
    ['en', 'The bridge will not open until May.', 'The bridge will open in May.'],
    ['en', 'The council did not approve the bridge.', 'The council refused to approve the bridge.'],
    ['en', 'The party did not win the seat.', 'The party lost the seat.'],
    ['en', 'The mayor, who did not attend the opening, praised the bridge.', 'The mayor praised the bridge.'],
    ['en', 'The council did not approve the bridge.', 'The bridge was not approved by the council.'],
    ['en', 'The government did not raise taxes but cut spending.', 'The government cut spending.'],
    ['es', 'El consejo no solo aprobó el puente, sino el túnel.', 'El consejo aprobó el puente.'],
    ['de', 'Die Stadt schließt nicht nur den Hafen, sondern auch die Schule.', 'Die Stadt schließt den Hafen.'],
    ['fr', 'Le conseil n’a pas approuvé le pont.', 'Le conseil a refusé d’approuver le pont.'],
  ])('%s: lets a denial be told in other words: %s → %s', (lang, text, said) => {
    expect(kinds(said, { ...BLANK, lang, text })).toEqual([]);
  });

  it('compares with the sentence that is cited, not with the rest of the article', () => {
    const cited = { text: 'The move will be over by 2029.', source: { start: 92, end: 120 } };
    expect(checkGrounding([cited], ARTICLE).faults).toMatchObject([{ kind: 'date', text: '2029' }]);
  });

  it('reads the digits of every script', () => {
    expect([...factsOf('از ۱۸ هزار کتاب', 'fa').numbers.keys()]).toEqual(['18000']);
    expect([...factsOf('٣٥٠ ألف', 'ar').numbers.keys()]).toEqual(['350000']);
  });

  it('takes figures and words for one number', () => {
    expect([...factsOf('twelve boats', 'en').numbers.keys()]).toEqual(['12']);
    expect([...factsOf('1,200 boats', 'en').numbers.keys()]).toEqual(['1200']);
    expect([...factsOf('1.200 Boote', 'de').numbers.keys()]).toEqual(['1200']);
    expect([...factsOf('1.2 million boats', 'en').numbers.keys()]).toEqual(['1200000']);
  });

  it('does not see two names of one sentence that change places', () => {
    const swapped = 'The Port of Calloway will close its oldest terminal by 2029, Ines Marrowby said on Tuesday.';
    expect(kinds(swapped)).toEqual([]);
  });
});

describe('seeded corruptions of our own articles', () => {
  const LANGUAGES = ['en', 'es', 'fr', 'de'];
  const NAMES = ['Kestrel', 'Varga', 'Obanion', 'Lindqvist', 'Tamarack', 'Zelenka', 'Orsini', 'Petrakis'];
  const DAYS: Readonly<Record<string, readonly string[]>> = {
    en: ['Monday', 'Thursday', 'Sunday'],
    es: ['lunes', 'jueves', 'domingo'],
    fr: ['lundi', 'vendredi', 'dimanche'],
    de: ['Dienstag', 'Freitag', 'Sonntag'],
  };

  /** A small generator, so that every run makes the same corruptions (mulberry32). */
  const random = (seed: number): (() => number) => {
    let state = seed;
    return () => {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    };
  };

  const sentencesOf = (
    lang: string,
  ): { lang: string; article: Article; text: string; start: number; end: number }[] => {
    const article = articleIn(lang);
    return splitSentences(article.text, lang).map((sentence) => ({ lang, article, ...sentence }));
  };
  const all = LANGUAGES.flatMap(sentencesOf);
  const check = (one: (typeof all)[number], text: string): boolean =>
    checkGrounding([{ text, source: { start: one.start, end: one.end } }], one.article).ok;

  /** Every corruption of a sentence whose replacement does not stand in it. */
  const corruptions = (one: (typeof all)[number], next: () => number): string[] => {
    const made: string[] = [];
    const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(next() * list.length)];
    const swap = (at: number, length: number, by: string | undefined): void => {
      if (by !== undefined && !one.text.toLowerCase().includes(by.toLowerCase()))
        made.push(one.text.slice(0, at) + by + one.text.slice(at + length));
    };
    for (const match of one.text.matchAll(/\d+(?:[.,]\d+)*/gu)) {
      swap(match.index, match[0].length, String(Math.floor(next() * 9000) + 13));
    }
    const names = /(?<=\p{L}[,’']? )\p{Lu}\p{Ll}{2,}/gu;
    if (one.lang !== 'de')
      for (const match of one.text.matchAll(names)) swap(match.index, match[0].length, pick(NAMES));
    else
      for (const match of one.text.matchAll(/(?<=\b(?:Karin|Holger|Jens|Stadt) )\p{Lu}\p{Ll}+/gu))
        swap(match.index, match[0].length, pick(NAMES));
    const days = /\b(?:Monday|Tuesday|Wednesday|lunes|miércoles|viernes|lundi|jeudi|Montag)\b/gu;
    for (const match of one.text.matchAll(days)) swap(match.index, match[0].length, pick(DAYS[one.lang] ?? []));
    for (const match of one.text.matchAll(/[“«„]\s?([^“”«»„]{12,}?)\s?[”»“]/gu)) {
      const words = (match[1] ?? '').split(' ');
      const at = Math.floor(next() * words.length);
      swap(match.index, match[0].length, match[0].replace(match[1] ?? '', words.with(at, 'zweifelhaft').join(' ')));
    }
    return made;
  };

  it('catches at least 95 in 100', () => {
    const next = random(7);
    const made = Array.from({ length: 5 }, () =>
      all.flatMap((one) => corruptions(one, next).map((text) => ({ one, text }))),
    ).flat();
    const missed = made.filter(({ one, text }) => check(one, text));
    expect(made.length).toBeGreaterThan(500);
    expect(missed.length / made.length).toBeLessThanOrEqual(0.05);
  });

  it('notices few exchanges of two facts inside one sentence, and says how many', () => {
    const exchanged = all.flatMap((one) => {
      const figures = [...one.text.matchAll(/\d+(?:[.,]\d+)*/gu)];
      const names = [...one.text.matchAll(/(?<=\p{L}[,’']? )\p{Lu}\p{Ll}{2,}/gu)];
      return (one.lang === 'de' ? [figures] : [figures, names]).flatMap((facts) =>
        facts.slice(1).flatMap((second, index) => {
          const first = facts[index];
          if (first === undefined || first[0] === second[0]) return [];
          const { text } = one;
          const between = text.slice(first.index + first[0].length, second.index);
          const after = text.slice(second.index + second[0].length);
          return [{ one, text: text.slice(0, first.index) + second[0] + between + first[0] + after }];
        }),
      );
    });
    const noticed = exchanged.filter(({ one, text }) => !check(one, text));
    console.info(`${noticed.length} of ${exchanged.length} exchanges inside one sentence were noticed`);
    expect(exchanged.length).toBeGreaterThan(30);
    // Both facts stand in the source, so that only one whose neighbour is checked too is seen.
    expect(noticed.length).toBeGreaterThan(0);
    expect(noticed.length / exchanged.length).toBeLessThan(0.5);
  });

  it('flags at most 1 in 100 of clean sentences: as they are, in other typography, cut at a comma', () => {
    const clean = all.flatMap((one) => {
      const plain = one.text.replace(/[“”„]/gu, '"').replace(/[’‘]/gu, "'").replace(/[–—]/gu, '-');
      const cut = one.text.split(', ')[0] ?? one.text;
      return [one.text, plain, `${cut.replace(/[.?!]$/u, '')}.`].map((text) => ({ one, text }));
    });
    const flagged = clean.filter(({ one, text }) => !check(one, text));
    expect(clean.length).toBeGreaterThan(150);
    expect(flagged.length / clean.length).toBeLessThanOrEqual(0.01);
  });
});
