import { describe, expect, it } from 'vitest';
import { splitSentences } from '../../src/text/sentences.ts';
import { ARTICLE_LANGUAGES, articleIn } from './articles.ts';

/** One case per line: the sentences of a text, parted by `|`. */
const CASES: readonly (readonly [string, string])[] = [
  ['en', 'Dr. Amara Osei met Mr. Vale at 3.15 p.m. on Monday.|She left early.'],
  ['en', 'The U.S. Senate voted.|It rejected the bill.'],
  ['en', 'He moved to the U.S.|The family followed.'],
  ['en', 'J. K. Arden wrote it.|W. H. Poole read it.'],
  ['en', 'The share rose 3.5 percent to $4.20.|Nobody sold.'],
  ['en', '“Will you stay?” she asked.|He nodded.'],
  ['en', '“We lost everything,” he said.|“Even the boat.”'],
  ['en', 'He waited ... and waited.|Nothing came.'],
  ['en', 'It closed last year.|The owner retired.'],
  ['en', 'Corvane Inc. bought Tessen Ltd. in May.|The price was not named.'],
  ['en', 'The vote went to Gen. Ret. Tom Ashby by two.|He was glad.'],
  ['es', 'Lo afirma la fiscal Mª. Ángeles Rueda.|Nadie lo niega.'],
  ['pl', 'Poinformował o tym mł. bryg. Jan Kowal.|Nikt nie ucierpiał.'],
  ['es', 'El Sr. Belmonte habló con la Dra. Ruiz.|¿Qué dijo?|Nada.'],
  ['es', 'El Gobierno de EE. UU. anunció ayer un acuerdo.|Nadie lo firmó.'],
  ['es', 'Un buque zarpó hacia EE. UU.|El capitán no dijo nada.'],
  ['es', 'Las FF. AA. y los JJ. OO. tienen sede en la ciudad.|Hay otra.'],
  ['es', 'Lo dijo el jefe de las FF. AA.|Ayer volvió.'],
  ['es', 'El área de RR. HH. del norte cerró.|Abrió otra.'],
  ['en', 'Yahoo! Inc. sold the harbour bridge app.|It paid nothing.'],
  ['en', 'The band Wham! Group left Yahoo! AG in May.|Nobody sang.'],
  ['de', 'Dr. h.c. Anna Brandt leitet das Museum.|Sie kam im Mai.'],
  ['de', 'Dr. rer. nat. Karl Lund und Dr. med. Eva Roth klagen.|Das Amt schweigt.'],
  ['fr', 'M. Daubert a rencontré Mme Ferrand.|Il est reparti à 18 h.'],
  ['de', 'Das kostet z. B. 3,5 Millionen Euro.|Dr. Brandt klagt.'],
  ['de', 'Am 3. Oktober wird gefeiert.|Danach nicht mehr.'],
  ['zh', '他说：“不用再等船了。”|大家都笑了。|真的吗？|真的！'],
  ['ja', '雨が降った。|「傘がない。」と彼は言った。|本当だろうか。'],
  ['hi', 'बाज़ार खुला।|क्या भीड़ थी?|हाँ।'],
  ['ar', 'بدأ العمل اليوم.|هل يكفي ذلك؟|نعم.'],
  ['zh', '“桥不安全。车必须改道。”王明说。|市民表示担心。'],
  ['zh', '他在会上说：『桥旧了。要修。』|会议结束了。'],
  ['ja', '「橋は古い。直すべきだ。」と市長は述べた。|工事は春に始まる。'],
  ['ja', '看板には『危険。渡るな。』とある。|誰も渡らない。'],
  ['ko', '"다리가 낡았다. 고쳐야 한다."라고 시장이 말했다.|공사는 봄에 시작된다.'],
  ['ko', '시장은 “돈이 없다. 기다려 달라.”며 고개를 숙였다.|주민은 떠났다.'],
  ['hi', 'डॉ. राम वर्मा और श्री. एस. के. नायर मिले।|बैठक लंबी थी।'],
  ['hi', 'प्रो. मीरा जोशी ने कहा।|सब चुप रहे।'],
  ['ar', 'قال د. سامي الخوري إن الجسر آمن.|ثم غادر.'],
  ['ar', 'بني الجسر عام 1990 م.|ثم هدم.'],
  ['fa', 'د. رضا امینی پل را دید.|او چیزی نگفت.'],
  ['he', 'הסופר א. ב. כרמי כתב על הגשר.|הוא גר בחיפה.'],
  ['ko', '문을 열었다.|승강기는 없을까?|있다.'],
];

describe('sentences', () => {
  it.each(CASES)('%s: %s', (lang, line) => {
    const expected = line.split('|');
    const joiner = lang === 'zh' || lang === 'ja' ? '' : ' ';
    expect(splitSentences(expected.join(joiner), lang).map((sentence) => sentence.text)).toEqual(expected);
  });

  it('parts a full stop that is glued to the next sentence', () => {
    expect(splitSentences('It closed last year.The owner retired.', 'en').map((one) => one.text)).toEqual([
      'It closed last year.',
      'The owner retired.',
    ]);
  });

  it.each([
    ['ar', '\u202bافتتحت المدينة الجسر.\u202c \u202bثم عاد الناس.\u202c', 'افتتحت المدينة الجسر.|ثم عاد الناس.'],
    ['ar', 'افتتحت المدينة الجسر.\u200f ثم عاد الناس.\u200f', 'افتتحت المدينة الجسر.|ثم عاد الناس.'],
    ['he', 'הגשר נפתח.\u200f\nהתושבים חזרו.\u200f', 'הגשר נפתח.|התושבים חזרו.'],
    ['fa', '\u2067پل باز شد.\u2069 مردم برگشتند.', 'پل باز شد.|مردم برگشتند.'],
  ])('%s: takes the marks of direction off the edges: %j', (lang, text, expected) => {
    expect(splitSentences(text, lang).map((one) => one.text)).toEqual(expected.split('|'));
  });

  it('ends a Hindi sentence at a bar as at a danda, and at no bar of another script', () => {
    expect(splitSentences('पुल बंद हुआ | लोग लौट गए|', 'hi').map((one) => one.text)).toEqual([
      'पुल बंद हुआ |',
      'लोग लौट गए|',
    ]);
    expect(splitSentences('Marrowby | News of the day', 'en')).toHaveLength(1);
  });

  it('does not part what a decimal or an address joins', () => {
    expect(splitSentences('Version 2.5 of marrowby.example is out.', 'en')).toHaveLength(1);
  });

  it('counts paragraphs and never joins two of them', () => {
    expect(splitSentences('No stop here\n\nSecond one.', 'en').map((one) => one.paragraph)).toEqual([0, 1]);
  });

  it('keeps a Thai paragraph whole: the script has no mark for the end of a sentence', () => {
    expect(splitSentences('เมืองนี้เปิดห้องสมุดใหม่ เมื่อวานนี้', 'th')).toHaveLength(1);
  });

  it.each(ARTICLE_LANGUAGES)('gives offsets that cut the same text out of an article in %s', (lang) => {
    const { text } = articleIn(lang);
    const sentences = splitSentences(text, lang);
    expect(sentences.length).toBeGreaterThan(7);
    for (const sentence of sentences) expect(text.slice(sentence.start, sentence.end)).toBe(sentence.text);
  });

  it.each(['“', '(', '"', '。「', '.“"'])('reads a page of nothing but %s in the time of any other', (mark) => {
    const text = `The harbour opened. ${mark.repeat(100_000)} Nobody came.`;
    const started = process.cpuUsage();
    splitSentences(text, 'en');
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(3000);
  });

  it('loses no letter of the text', () => {
    for (const lang of ARTICLE_LANGUAGES) {
      const { text } = articleIn(lang);
      const joined = splitSentences(text, lang)
        .map((one) => one.text)
        .join('');
      expect(joined.replace(/\s/gu, '')).toBe(text.replace(/\s/gu, ''));
    }
  });
});
