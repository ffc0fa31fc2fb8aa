import { describe, expect, it } from 'vitest';
import { checkGrounding } from '../../src/text/grounding.ts';
import { chooseSentences, summarize } from '../../src/text/summary.ts';
import { ARTICLE_LANGUAGES, BLANK, articleIn } from './articles.ts';

const units = (text: string): number => text.length;
const post = (text: string, max: number, title = ''): string =>
  chooseSentences(summarize({ ...BLANK, title, text }), { max, measure: units }, title)
    .map((sentence) => sentence.text)
    .join(' ');
const reasonsFor = (text: string, part: string): readonly string[] =>
  summarize({ ...BLANK, text })
    .sentences.filter((sentence) => sentence.text.includes(part))
    .flatMap((sentence) => sentence.reasons.map((reason) => reason.name));

const LEAD = 'The council of Marrowby closed the harbour bridge on Monday after engineers found cracks in two pillars.';

describe('what a summary never starts with', () => {
  it.each([
    ['MARROWBY (Quillon) — '],
    ['MARROWBY, March 4 (Reuters) - '],
    ['Marrowby (CNN)'],
    ['MARROWBY — '],
    ['Marrowby – '],
    ['(AP) — '],
    ['-- '],
    ['MARROWBY BAY, FLA. '],
    ['By Rafe Underhill: '],
  ])('a dateline: %s', (dateline) => {
    expect(post(dateline + LEAD, 240)).toBe(LEAD);
  });

  it.each([
    'By Rafe Underhill and Ines Calloway',
    'Ines Calloway is a staff writer at the Marrowby Ledger.',
    'Read more: the ten oldest bridges on the coast.',
    'Sign up for our newsletter to get the news from Marrowby every day.',
    'As seen above, the bridge has two pillars and a gate.',
    'Photo: the harbour bridge of Marrowby in the fog last winter.',
    '#Marrowby #Bridge #News',
    'A photograph released by the council shows cracks in the pillars of the bridge.',
    '2. The harbour bridge and the council of Marrowby.',
  ])('a line that is no part of the story: %s', (line) => {
    expect(post(`${line}\n${LEAD}`, 240)).toBe(LEAD);
  });

  it('a pronoun whose noun is not there', () => {
    const text = `${LEAD} It had carried 9,000 cars a day since the harbour of Marrowby opened its bridge.`;
    expect(post(text, 90)).toBe('');
    expect(post(text, 240)).toBe(text);
  });

  it('a word that points at what went before', () => {
    const text = `${LEAD} Now, ferries carry the people of Marrowby across the harbour in ten minutes.`;
    expect(post(text, 90)).toBe('');
  });

  it('the title of another story, or who speaks next', () => {
    const label = 'Marrowby Ledger: The council of Marrowby closed the harbour bridge after cracks.';
    expect(reasonsFor(`${LEAD} ${LEAD} ${LEAD} ${label}`, 'Ledger')).toContain('label');
  });

  it('a quotation whose speaker is only a pronoun', () => {
    const said = 'For the harbour, she said, “the bridge was like a road to the world and to its markets.”';
    expect(reasonsFor(`${LEAD} ${said}`, 'For the harbour')).toContain('orphan-pronoun');
  });

  it('a quotation without its speaker', () => {
    expect(post(`“The harbour bridge of Marrowby is closed for a year, and so is the council.”\n${LEAD}`, 240)).toBe(
      LEAD,
    );
  });

  it('one sentence of a quotation that runs over several', () => {
    const text = `“The pillars of the bridge are old. The council of Marrowby knew it well. Nobody in the harbour acted,” the engineer Tom Vale said.\n${LEAD}`;
    expect(post(text, 160)).toBe(LEAD);
  });

  it('but keeps Mrs and a number that opens a sentence', () => {
    const text = 'Mrs Calloway closed the harbour bridge of Marrowby on Monday.';
    expect(post(text, 240)).toBe(text);
  });
});

describe('fitting', () => {
  it('is empty where nothing fits, and where there is nothing', () => {
    expect(post(LEAD, 10)).toBe('');
    expect(post('', 240)).toBe('');
  });

  it('measures in the unit it is given', () => {
    const budget = { max: 150, measure: (text: string) => text.length * 2 };
    const chosen = chooseSentences(summarize({ ...BLANK, text: LEAD }), budget, '');
    expect(chosen).toEqual([]);
  });

  it('cuts a long sentence at the end of a clause, with a full stop of its own', () => {
    const text = `${LEAD.slice(0, -1)}, which carried most of the traffic between the old town and the docks.`;
    expect(post(text, 120)).toBe(LEAD);
  });

  it('never ends in the middle of a clause', () => {
    const text = `${LEAD.slice(0, -1)} when the harbour office, which pays for the bridge, sent them to look at it.`;
    expect(post(text, 140)).toBe('');
  });

  it('says what the headline says rather than what comes first', () => {
    const late =
      'Ferries between the docks and the old town will run every ten minutes until the repairs are paid for.';
    const text = `${LEAD} ${late}`;
    expect(post(text, 110, 'Ferries to run every ten minutes between docks and old town')).toBe(late);
    expect(post(text, 110, 'Council closes harbour bridge after engineers find cracks')).toBe(LEAD);
  });

  it('prefers a sentence that says something to one that says nobody did', () => {
    const none = 'A spokesman for the council of Marrowby declined to comment on the bridge and the harbour.';
    const fact = 'Divers found the cracks in the pillars during a survey of the bridge that the region had paid for.';
    expect(post(`${none} ${fact}`, 110)).toBe(fact);
  });

  it.each([
    ['an attribution', ', according to the mayor.'],
    ['a doubt', ', which the mayor denied.'],
    ['a condition', ', unless the region pays for new ones.'],
  ])('never cuts off %s', (_, tail) => {
    expect(post(LEAD.slice(0, -1) + tail, 110)).toBe('');
  });

  it('takes a standfirst in brackets as it is and adds nothing', () => {
    const text = `[Marrowby shuts its harbour bridge after engineers find cracks in two pillars]\n\n${LEAD}`;
    expect(post(text, 280)).toBe('Marrowby shuts its harbour bridge after engineers find cracks in two pillars.');
  });

  it('does not say a thing twice', () => {
    const again = 'The harbour bridge was closed by the council of Marrowby after engineers found cracks in pillars.';
    const other =
      'Ferries will run every ten minutes between the docks and the old town until the repairs are paid for.';
    const more = 'The ferries between the docks and the old town had stopped when the bridge was opened.';
    const said = post(
      `${LEAD}\n${again}\n${other}\n${more}`,
      500,
      'Marrowby closes bridge, ferries run to the old town',
    );
    expect(said).toContain(LEAD);
    expect(said).toContain(other);
    expect(said).not.toContain(again);
  });

  it.each(ARTICLE_LANGUAGES)('keeps to every budget, in article order, without saying a thing twice, in %s', (lang) => {
    const article = articleIn(lang);
    const summary = summarize(article);
    for (const max of [100, 140, 240, 280, 300, 500, 2000]) {
      const chosen = chooseSentences(summary, { max, measure: units }, article.title);
      expect(units(chosen.map((sentence) => sentence.text).join(' '))).toBeLessThanOrEqual(max);
      const indices = chosen.map((sentence) => sentence.index);
      expect(indices).toEqual([...new Set(indices)].toSorted((a, b) => a - b));
      for (const { text, start, end } of chosen) {
        expect(text.replace(/\.$/u, '')).toBe(article.text.slice(start, end).replace(/\.$/u, ''));
      }
      expect(checkGrounding(chosen.map((sentence) => sentence.text).join(' '), article)).toEqual({
        ok: true,
        faults: [],
      });
    }
    expect(chooseSentences(summary, { max: 500, measure: units }, article.title).length).toBeGreaterThan(0);
  });
});

describe('ranking', () => {
  it.each(ARTICLE_LANGUAGES)('explains every sentence and ranks the usable ones 1 to n, in %s', (lang) => {
    const { sentences } = summarize(articleIn(lang));
    const ranks = sentences.flatMap((sentence) => sentence.rank ?? []).toSorted((a, b) => a - b);
    expect(ranks).toEqual(ranks.map((_, place) => place + 1));
    for (const sentence of sentences) {
      expect(sentence.reasons.length).toBeGreaterThan(0);
      expect(sentence.score).toBeCloseTo(sentence.reasons.reduce((sum, reason) => sum + reason.points, 0));
    }
  });

  it.each([
    'Anyone with information is asked to call Marrowby police at once.',
    'Witnesses of the fire are urged to come forward this week.',
    'Letters about the bridge go to news@marrowby.example every day.',
    'Good evening and welcome to our live coverage of the council.',
    'Readers can follow @marrowbynews for updates on the bridge.',
  ])('leaves what is for the readers of the page to the page: %s', (line) => {
    const text = `The council closed the harbour bridge on Monday after cracks were found. ${line}`;
    const { sentences } = summarize({ ...BLANK, text });
    expect(sentences.map(({ rank }) => rank)).toEqual([1, null]);
  });

  it.each([
    ['en', '10:15 p.m. '],
    ['en', '22:15 GMT '],
    ['de', '22.15 Uhr: '],
    ['fr', '22:15 - '],
  ])('%s: leaves the time of an entry of a live text away, wherever it stands: %s', (lang, time) => {
    const entry = 'Le Conseil de Marrowby Turnout Marsh Ratssaal closes the bridge.';
    const text = Array.from({ length: 6 }, (_, at) => `${time}${entry.replace('the', `the ${at} old`)}`).join('\n');
    for (const sentence of summarize({ ...BLANK, lang, text }).sentences) expect(sentence.text).toMatch(/^Le Conseil/);
  });

  it('keeps a number that is no time', () => {
    const text = '3.50 Euro kostet die Fahrt über die Brücke, sagte der Rat von Marrowby am Montag.';
    expect(summarize({ ...BLANK, lang: 'de', text }).sentences[0]?.text).toBe(text);
  });

  it('takes no sentence for a table whose language writes its numbers into words', () => {
    const text = "마로비시에서 24일 길이 1.8㎞의 '하늘대교'가 개통했다.";
    expect(summarize({ ...BLANK, lang: 'ko', text }).sentences[0]?.rank).toBe(1);
    const table = 'Marrowby 12 14 Tessen 9 11 Carrow Vale 3 4.';
    expect(summarize({ ...BLANK, text: table }).sentences[0]?.rank).toBeNull();
  });

  it('says why a sentence may not be used', () => {
    expect(reasonsFor(`${LEAD}\nSign up for our newsletter today, please.`, 'Sign up')).toContain('boilerplate');
    expect(reasonsFor(`${LEAD} She left the council soon after the vote.`, 'She left')).toContain('orphan-pronoun');
  });

  it('gives the same answer every time', () => {
    const article = articleIn('en');
    expect(JSON.stringify(summarize(article))).toBe(JSON.stringify(summarize({ ...article })));
  });

  it('takes a long text without trouble', () => {
    const text = Array.from(
      { length: 3000 },
      (_, at) => `The council of Marrowby heard witness number ${at} on the bridge.`,
    );
    expect(post(text.join(' '), 240)).not.toBe('');
  });

  it('leaves right-to-left text intact', () => {
    for (const lang of ['ar', 'fa', 'he']) {
      const article = articleIn(lang);
      const [first] = chooseSentences(summarize(article), { max: 240, measure: units }, article.title);
      expect(article.text).toContain(first?.text);
      expect(first?.text).not.toMatch(/[\u200e\u200f\u202a-\u202e]/u);
    }
  });
});

describe('hostile text', () => {
  it.each([
    ['initials without end', 'a. '.repeat(200_000)],
    ['no full stop', 'word '.repeat(200_000)],
    ['commas', 'Marrowby, which closed, '.repeat(40_000)],
    ['capitals', 'Anton Veresk '.repeat(70_000)],
    ['opening marks', '“('.repeat(200_000)],
    ['line breaks', '\n'.repeat(500_000)],
    ['half a surrogate pair', `\ud83d ${LEAD} \udc00`],
  ])('is answered: %s', (_, text) => {
    const summary = summarize({ ...BLANK, title: text.slice(0, 300), text });
    const chosen = chooseSentences(summary, { max: 280, measure: units }, '');
    expect(chosen.every((one) => one.text.length <= 280)).toBe(true);
  });
});

describe('a paragraph whose marks a page wrote in its own way', () => {
  it.each([
    ['ar', 'افتتحت مدينة ماروبي يوم الاثنين جسرا جديدا فوق النهر بعد عامين من العمل', '.'],
    ['fa', 'شهر ماروبی روز دوشنبه پل تازه‌ای را بر رودخانه پس از دو سال کار افتتاح کرد', '.'],
    ['he', 'העיר מארובי פתחה ביום שני גשר חדש מעל הנהר אחרי שנתיים של עבודה', '.'],
    ['hi', 'मारोबी शहर ने सोमवार को नदी पर नया पुल दो साल के काम के बाद खोल दिया', '।'],
  ])('%s: is a sentence without its last full stop', (lang, text, stop) => {
    const summary = summarize({ ...BLANK, lang, text: `${text}\n${text}` });
    expect(summary.sentences[0]?.rank).not.toBeNull();
    expect(summary.sentences[0]?.text).toBe(text + stop);
  });

  it.each([
    ['ar', 'افتتحت مدينة ماروبي يوم الاثنين جسرا جديدا فوق النهر.\u200f'],
    ['he', '\u202bהעיר מארובי פתחה ביום שני גשר חדש מעל הנהר.\u202c'],
    ['hi', 'मारोबी शहर ने सोमवार को नदी पर नया पुल खोल दिया |'],
  ])('%s: may be used with a mark of direction or a bar at its end: %j', (lang, text) => {
    expect(summarize({ ...BLANK, lang, text }).sentences[0]?.rank).toBe(1);
  });

  it('is still no sentence in a language that never leaves its full stop away', () => {
    expect(summarize({ ...BLANK, text: LEAD.slice(0, -1) }).sentences[0]?.rank).toBeNull();
  });
});

describe('a first line that says what the sentence after it tells in full', () => {
  it.each([
    [
      'en',
      'Council approves rebuilding of Harbour Bridge after two years of dispute.',
      'The city council of Port Merrow voted on Tuesday to rebuild the Harbour Bridge, ending a dispute of two years over its cost.',
    ],
    [
      'es',
      'El ayuntamiento aprueba la reforma del puente del puerto tras dos años de disputa.',
      'El ayuntamiento de Puerto Merino aprobó el martes la reforma del puente del puerto y pone fin a dos años de disputa por su coste.',
    ],
    [
      'fr',
      'Le conseil approuve la reconstruction du pont du port après deux ans de dispute.',
      'Le conseil municipal de Port-Merle a approuvé mardi la reconstruction du pont du port, mettant fin à une dispute de deux ans.',
    ],
    [
      'de',
      'Stadtrat beschließt Neubau der Hafenbrücke nach zwei Jahren Streit.',
      'Der Stadtrat von Port Merrow hat am Dienstag den Neubau der Hafenbrücke beschlossen und damit einen Streit von zwei Jahren beendet.',
    ],
  ])('%s: stands in no post beside it', (lang, first, second) => {
    const more =
      {
        en: 'Work starts in May.',
        es: 'Las obras empiezan en mayo.',
        fr: 'Les travaux commencent en mai.',
        de: 'Die Arbeiten beginnen im Mai.',
      }[lang] ?? '';
    const text = `${first}\n\n${second} ${more}`;
    const chosen = chooseSentences(
      summarize({ ...BLANK, lang, text, title: first.slice(0, -1) }),
      { max: 280, measure: units },
      first,
    ).map((sentence) => sentence.text);
    expect(chosen.length).toBeGreaterThan(0);
    expect(chosen.includes(first) && chosen.includes(second)).toBe(false);
  });

  it('but two sentences that share a few words stand together', () => {
    const next =
      'The ferries of Marrowby will carry the people of the harbour until the cracks in the pillars are mended.';
    expect(post(`${LEAD} ${next}`, 240)).toBe(`${LEAD} ${next}`);
  });
});
