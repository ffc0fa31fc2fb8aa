import { describe, expect, it } from 'vitest';
import type { Article } from '../../src/domain/article.ts';
import { chooseHashtags, isSensitive } from '../../src/text/hashtags.ts';
import type { HashtagOptions } from '../../src/text/hashtags.ts';
import { toTag } from '../../src/text/hashtags-tag.ts';
import { ARTICLE_LANGUAGES, BLANK, articleIn } from './articles.ts';

const kept = (article: Partial<Article>, options: HashtagOptions): string =>
  chooseHashtags({ ...BLANK, ...article }, options)
    .filter((hashtag) => hashtag.kept)
    .map((hashtag) => hashtag.tag)
    .join(' ');

const SUMMIT: Partial<Article> = {
  title: 'Norland’s Veresk, Ostria’s Lund denounce ‘meddling’ in grid talks',
  section: 'World',
  text:
    'Norland President Anton Veresk and the Ostrian prime minister, Maja Lund, denounced meddling in their grid talks on Friday. ' +
    'Veresk said the European Union had pressed Norland to leave the talks. ' +
    'Lund said Ostria and Norland would sign the grid treaty in May. ' +
    'The European Union denied meddling. Beijing and the U.S. were not asked. ' +
    'Veresk and Lund met in Tallow, where the grid treaty is to be signed.',
};

describe('the headline strategy', () => {
  it('takes the words of the headline in order, then the section, then the house tags', () => {
    const title = 'Russia’s Putin, China’s Xi denounce US ‘interference’';
    expect(kept({ title, section: 'Politics' }, { strategy: 'headline', houseTags: ['News'] })).toBe(
      '#Russias #Putin #Chinas #denounce #interference #Politics #News',
    );
  });

  it('leaves out stop words and words under three letters', () => {
    expect(kept({ title: 'The EU and its neighbours: what now?' }, { strategy: 'headline' })).toBe('#neighbours');
  });

  it('names a word once', () => {
    expect(kept({ title: 'Rain, rain and more rain' }, { strategy: 'headline' })).toBe('#Rain');
  });

  it('leaves a hashtag without a letter out', () => {
    expect(kept({ title: 'Marrowby 2029: 418 jobs' }, { strategy: 'headline' })).toBe('#Marrowby #jobs');
  });
});

describe('the smart strategy', () => {
  it('names people, places and things without their possessive, section and house tags last', () => {
    const tags = kept(SUMMIT, { strategy: 'smart', houseTags: ['News'], max: 7 }).split(' ');
    expect(tags).toEqual(expect.arrayContaining(['#Norland', '#Veresk']));
    expect(tags.slice(-2)).toEqual(['#World', '#News']);
    expect(tags).toHaveLength(7);
    expect(tags.join(' ')).not.toMatch(/Norlands|Vereskand|#The|#Friday/u);
  });

  it('cuts no name in two, and drops adjectives that say nothing', () => {
    const text =
      'The Port Marrow government will sell the largest ferry harbour. A Port Marrow government spokesman said the ferry ' +
      'harbour pays for new fishing rights. The Port Marrow government had bought the largest ferry harbour for its fishing rights.';
    const tags = kept({ title: 'Port Marrow government sells ferry harbour', text }, { strategy: 'smart' });
    expect(tags).not.toMatch(/#Marrow|Largest|#New/u);
    expect(tags).toMatch(/#FerryHarbour/u);
    expect(tags).toMatch(/#FishingRights/u);
  });

  it('gives one tag for one idea: the surname a headline knows a president by, not the full name too', () => {
    const tags = kept(SUMMIT, { strategy: 'smart' }).split(' ');
    expect(tags).toContain('#Veresk');
    expect(tags).not.toContain('#AntonVeresk');
  });

  it('writes full names where the house prefers them', () => {
    const tags = kept(SUMMIT, { strategy: 'smart', names: 'full' }).split(' ');
    expect(tags).toContain('#AntonVeresk');
    expect(tags).not.toContain('#Veresk');
  });

  it('uses the full name of a person whom the headline does not name', () => {
    const text = 'Engineer Tilda Marsh found the cracks. Marsh told the council of Oxley. Oxley closed the bridge.';
    expect(kept({ title: 'Oxley closes bridge after warning', text }, { strategy: 'smart' })).toContain('#TildaMarsh');
  });

  it('counts a nation’s adjective for the nation', () => {
    const text = 'The French minister met farmers. French farmers want help. The minister said so.';
    const tags = kept({ title: 'Farmers meet minister', text }, { strategy: 'smart' }).split(' ');
    expect(tags).toContain('#France');
    expect(tags).not.toContain('#French');
  });

  it('puts the publisher’s own keywords first where the text bears them out', () => {
    const tags = kept({ ...SUMMIT, keywords: ['grid treaty', '@desk-7', 'topic:x'] }, { strategy: 'smart' });
    expect(tags.startsWith('#GridTreaty ')).toBe(true);
    expect(tags).not.toMatch(/desk|topic/u);
  });

  it('never gives more than the most it may, house tags included', () => {
    for (const max of [0, 1, 2, 3, 5]) {
      const tags = kept(SUMMIT, { strategy: 'smart', houseTags: ['News'], max })
        .split(' ')
        .filter(Boolean);
      expect(tags.length).toBeLessThanOrEqual(max);
    }
  });

  it.each([
    [
      'Ferries adrift in Storm Ottilie',
      'Two ferries lost power in Storm Ottilie at 06:40 GMT. At 09:15 GMT one was safe in Carrow. By 11:00 GMT both were.',
      '#GMT',
      '#StormOttilie',
    ],
    [
      'The bridge and the queue',
      'On a wet Tuesday everyone on the Harbour Bridge waits. A wet Tuesday is the worst day for the Harbour Bridge.',
      '#WetTuesday',
      '#HarbourBridge',
    ],
    [
      'Five favourites in Carrow',
      'Five favourites of ours in Carrow follow. The Copper Eel is best. The Copper Eel serves fish in Carrow.',
      '#FiveFavourites',
      '#CopperEel',
    ],
    [
      'Casimir Dreyle dies at 91',
      'Casimir Dreyle drew the first complete map of the Halvard Trench. The complete map took years. He loved the Halvard Trench.',
      '#CompleteMap',
      '#HalvardTrench',
    ],
    [
      'Council asks residents to save water',
      'The council of Pym asks residents to save water. It asks residents every summer. The Ludd reservoir is low, and the Ludd reservoir is brown.',
      '#AsksResidents',
      '#LuddReservoir',
    ],
    [
      'Bird flu found in dairy cows at Pym farm',
      'Bird flu has been found in dairy cows at a farm in Pym. It is the first case of bird flu in the country. Milk was destroyed.',
      '#FluFound',
      '#BirdFlu',
    ],
  ])('%s: “%s” gives no %s, but %s', (title, text, wrong, right) => {
    const tags = kept({ title, text }, { strategy: 'smart' }).split(' ');
    expect(tags).toContain(right);
    expect(tags).not.toContain(wrong);
  });

  it.each([
    [
      '#Minister',
      'Minister denies seeing dam report before collapse',
      'The water minister, Elias Vanterpool, denied that he had seen a report before the collapse of the Greywater Dam. The minister said the collapse of the Greywater Dam was a shock. The minister left.',
    ],
    [
      '#Collapse',
      'Minister denies seeing dam report before collapse',
      'The water minister, Elias Vanterpool, denied that he had seen a report before the collapse of the Greywater Dam. The minister said the collapse of the Greywater Dam was a shock. The minister left.',
    ],
    [
      '#Teacher',
      'Teacher not guilty of setting fire to Pym village hall',
      'A teacher accused of setting fire to the village hall in Pym was found not guilty. The teacher, Nora Blake, wept. The village hall burned in May.',
    ],
  ])('puts no %s among the first three', (wrong, title, text) => {
    expect(kept({ title, text }, { strategy: 'smart' }).split(' ').slice(0, 3)).not.toContain(wrong);
  });

  it.each([
    [
      'ja',
      '白波市、海上図書館を来春開館へ　市議会が予算可決',
      '白波市議会は24日、「海上図書館」の運営費を盛り込んだ予算案を可決した。海上図書館は来年4月に開館する。',
      '#海上図書館',
    ],
    [
      'zh',
      '云江大桥通车 两岸车程缩短',
      '云江大桥二十四日通车。云江大桥全长3.2公里。市长周明远表示云江大桥不收费。',
      '#云江大桥',
    ],
    [
      'ar',
      'افتتاح جسر النخيل في الواحة',
      'افتتح رئيس بلدية الواحة جسر النخيل. ويبلغ طول جسر النخيل 820 متراً. وتنتظر الواحة جسر النخيل منذ عامين.',
      '#جسر_النخيل',
    ],
    [
      'hi',
      'नगर परिषद ने हरा पुल खोला',
      'हरा पुल सोमवार को खुला। हरा पुल दो साल में बना। मेयर ने कहा कि हरा पुल सुरक्षित है।',
      '#हरा_पुल',
    ],
    ['he', 'גשר הנמל נפתח בחיפה', 'גשר הנמל נפתח אתמול. אורכו של גשר הנמל קילומטר. תושבי חיפה חיכו.', '#גשר_הנמל'],
    [
      'ko',
      '해상도서관 내년 개관',
      '해상도서관은 내년 4월 문을 연다. 시장은 해상도서관이 무료라고 말했다.',
      '#해상도서관',
    ],
    [
      'fa',
      'پل سبز در مرکز شهر باز شد',
      'پل سبز دیروز باز شد. طول پل سبز یک کیلومتر است. مردم از پل سبز گذشتند.',
      '#پل_سبز',
    ],
  ])('knows a name of several words by its being said again: %s', (lang, title, text, tag) => {
    const tags = kept({ lang, title, text }, { strategy: 'smart' }).split(' ');
    expect(tags[0] === tag || tags[1] === tag).toBe(true);
    const whole = tag.replace(/[#_]/gu, '');
    expect(tags.filter((one) => one !== tag && whole.includes(one.slice(1)))).toEqual([]);
  });

  it('reads a headline as long as a book in the time of any other', () => {
    const text = '云江市，'.repeat(50_000);
    const started = process.cpuUsage();
    kept({ lang: 'zh', title: text, text }, { strategy: 'smart' });
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(3000);
  });

  it.each([
    ['EE. UU.', '#EEUU'],
    ['FF. AA.', '#FFAA'],
    ['JJ.OO.', '#JJOO'],
  ])('writes a Spanish plural of initials as one tag: %s', (name, tag) => {
    const text = `La ciudad de Marrowby espera a ${name} desde ayer. El puerto no lo confirma. Todo depende hoy de ${name} y del puerto.`;
    const tags = kept({ lang: 'es', title: `Marrowby espera a ${name}`, text }, { strategy: 'smart' }).split(' ');
    expect(tags).toContain(tag);
    expect(tags.filter((one) => /^#(\p{Lu})\1$/u.test(one))).toEqual([]);
  });

  it('is empty where there is nothing to name', () => {
    expect(kept({}, { strategy: 'smart' })).toBe('');
  });
});

describe('house lists', () => {
  it('writes an alias instead', () => {
    const tags = kept(SUMMIT, { strategy: 'smart', aliases: { 'European Union': 'EU' } }).split(' ');
    expect(tags).toContain('#EU');
    expect(tags).not.toContain('#EuropeanUnion');
  });

  it('leaves out what is never used, however it is spelt, and says so', () => {
    const all = chooseHashtags({ ...BLANK, ...SUMMIT }, { strategy: 'smart', never: ['#norland'] });
    const norland = all.find((hashtag) => hashtag.tag === '#Norland');
    expect(norland).toMatchObject({ kept: false });
    expect(norland?.reasons.map((reason) => reason.name)).toContain('never');
  });

  it('marks a sensitive name for a person to look at, and keeps it', () => {
    const all = chooseHashtags({ ...BLANK, ...SUMMIT }, { strategy: 'smart', sensitive: ['Anton Veresk'] });
    const veresk = all.find((hashtag) => hashtag.tag === '#Veresk');
    expect(veresk?.reasons.map((reason) => reason.name)).toContain('sensitive');
  });

  it('marks a sensitive topic that no tag names', () => {
    const all = chooseHashtags({ ...BLANK, ...SUMMIT }, { strategy: 'headline', sensitive: ['tallow', 'famine'] });
    expect(all.filter(isSensitive)).toMatchObject([{ tag: '#tallow', kept: false }]);
  });

  it('explains every candidate, kept or not', () => {
    const all = chooseHashtags({ ...BLANK, ...SUMMIT }, { strategy: 'smart', max: 3 });
    expect(all.some((hashtag) => !hashtag.kept)).toBe(true);
    for (const hashtag of all) expect(hashtag.reasons.length).toBeGreaterThan(0);
    for (const hashtag of all.filter((one) => !one.kept)) expect(hashtag.reasons.at(-1)?.detail).toBeTruthy();
  });
});

describe('a tag', () => {
  it.each([
    ['European Union', 'en', '#EuropeanUnion'],
    ['anti-drug campaign', 'en', '#AntiDrugCampaign'],
    ['U.S.', 'en', '#US'],
    ['O’Brien', 'en', '#OBrien'],
    ['Médecins Sans Frontières', 'fr', '#MédecinsSansFrontières'],
    ['Müller & Söhne', 'de', '#MüllerSöhne'],
    ['istanbul sözleşmesi', 'tr', '#İstanbulSözleşmesi'],
    ['تحلية المياه', 'ar', '#تحلية_المياه'],
    ['کتابخانه‌ی ملی', 'fa', '#کتابخانه_ی_ملی'],
    ['तैरता बाज़ार', 'hi', '#तैरता_बाज़ार'],
    ['水上図書館', 'ja', '#水上図書館'],
    ['등대 호텔', 'ko', '#등대호텔'],
    ['Cafe\u0301', 'fr', '#Café'],
  ])('of %s in %s is legal on every network: %s', (phrase, lang, tag) => {
    expect(toTag(phrase, lang)).toBe(tag.normalize('NFC'));
  });

  it.each(['2029', '—', '', '4-2'])('cannot be made of “%s”', (phrase) => {
    expect(toTag(phrase)).toBeNull();
  });
});

describe('in every language', () => {
  it.each(ARTICLE_LANGUAGES)('gives only legal tags, each once: %s', (lang) => {
    const all = chooseHashtags(articleIn(lang), { strategy: 'smart', houseTags: ['News'] });
    for (const { tag } of all) expect(tag).toMatch(/^#[\p{L}\p{M}\p{N}_]*\p{L}[\p{L}\p{M}\p{N}_]*$/u);
    const tags = all.filter((hashtag) => hashtag.kept).map((hashtag) => hashtag.tag.toLowerCase());
    expect(new Set(tags).size).toBe(tags.length);
    expect(tags.length).toBeGreaterThan(3);
  });

  it.each(ARTICLE_LANGUAGES.filter((lang) => !['en', 'es', 'fr', 'de'].includes(lang)))(
    'invents nothing where it has not been measured: %s',
    (lang) => {
      const article = articleIn(lang);
      const named = [article.title, article.section ?? '', ...article.keywords].join(' ').replace(/[\s\u200c]/gu, '');
      for (const hashtag of chooseHashtags(article, { strategy: 'smart' }).filter((one) => one.kept)) {
        expect(named.toLowerCase()).toContain(hashtag.tag.replace(/[#_]/gu, '').toLowerCase());
      }
      const bare = { ...article, keywords: [] };
      for (const hashtag of chooseHashtags(bare, { strategy: 'smart' }).filter((one) => one.kept)) {
        expect(named.toLowerCase()).toContain(hashtag.tag.replace(/[#_]/gu, '').toLowerCase());
      }
    },
  );
});
