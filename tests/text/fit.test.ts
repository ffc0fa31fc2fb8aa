import { describe, expect, test } from 'vitest';
import type { Article } from '../../src/domain/article.ts';
import type { Limits } from '../../src/domain/limits.ts';
import { fitPost } from '../../src/text/fit.ts';
import { BLANK, summaryOf } from './articles.ts';

const article: Article = { ...BLANK, title: 'Harbour bridge reopens after winter repairs' };
const link = 'https://gazette.example.com/bridge';

function limits(max: number): Limits {
  return {
    text: { unit: 'graphemes', max, linkCost: 23, bareLinks: false },
    hashtags: { max: 10, advised: 2 },
    maxLinks: null,
    link: 'in-text',
    images: null,
  };
}

const sentence =
  'The harbour bridge at Port Lenna reopened on Monday, four weeks earlier than the council had promised.';

describe('fitPost', () => {
  test('says the best sentence, the tags the network advises and the link', () => {
    const post = fitPost({
      article,
      summary: summaryOf([sentence], ['#PortLenna', '#Bridge', '#Council']),
      link,
      limits: limits(300),
    });
    expect(post.parts.map((part) => part.text)).toEqual([`${sentence} #PortLenna #Bridge\n${link}`]);
    expect(post.parts[0]?.length).toBe(sentence.length + 1 + '#PortLenna #Bridge'.length + 1 + 23);
  });

  test('drops tags before it drops words, the last one first', () => {
    const room = sentence.length + 1 + '#PortLenna'.length + 1 + 23;
    const post = fitPost({
      article,
      summary: summaryOf([sentence]),
      link,
      limits: limits(room),
      hashtags: ['#PortLenna', '#Bridge'],
    });
    expect(post.tags).toEqual(['#PortLenna']);
    expect(post.droppedTags).toEqual(['#Bridge']);
    expect(post.parts[0]?.text).toContain(sentence);
  });

  test('stops at the length aimed at, link not counted, and still tells the whole limit', () => {
    const many = summaryOf([
      sentence,
      'Divers from Tolvane found cracks in two of the northern piers last spring, and lorries were sent round by the valley.',
      'Mayor Ilse Brandt said the council would publish every contract before the first stone was laid in January.',
      'Shop owners on the eastern quay fear that buses will stay away over the summer, their one season of trade.',
    ]);
    const free = fitPost({ article, summary: many, link, limits: limits(2000) });
    const aimed = fitPost({ article, summary: many, link, limits: { ...limits(2000), target: 320 } });
    expect(free.parts[0]?.length).toBeGreaterThan(320 + 24);
    expect(aimed.parts[0]?.length).toBeLessThanOrEqual(320 + 24);
    expect(aimed.parts[0]?.length).toBeGreaterThan(200);
    expect(aimed.parts[0]?.text).toContain(link);
    expect(aimed.max).toBe(2000);
  });

  test('cuts a sentence at a clause when it does not fit whole', () => {
    const post = fitPost({ article, summary: summaryOf([sentence]), link, limits: limits(90) });
    expect(post.parts[0]?.text).toBe(`The harbour bridge at Port Lenna reopened on Monday…\n${link}`);
  });

  test('says the headline rather than a beginning that says less', () => {
    const lead = `The mayor of Port Lenna on the Varn, Ilse Brandt ${'who has led the town through four hard winters '.repeat(8)}opened it.`;
    const post = fitPost({ article, summary: summaryOf([lead]), link, limits: limits(200) });
    expect(post.parts[0]?.text).toBe(`${article.title}\n${link}`);
  });

  test('falls back to the headline, to its beginning, and to the link alone', () => {
    const nothing = summaryOf([]);
    const texts = [100, 50, 30].map(
      (max) => fitPost({ article, summary: nothing, link, limits: limits(max) }).parts[0]?.text,
    );
    expect(texts).toEqual([`${article.title}\n${link}`, `Harbour bridge reopens…\n${link}`, link]);
  });

  test('a word longer than the limit leaves the link, and no part where there is no link', () => {
    const giant = { ...article, title: 'x'.repeat(10_000) };
    const post = fitPost({ article: giant, summary: summaryOf(['y'.repeat(10_000)]), link, limits: limits(280) });
    expect(post.parts.map((part) => part.text)).toEqual([link]);
    expect(fitPost({ article: giant, summary: summaryOf([]), link: null, limits: limits(280) }).parts).toEqual([]);
  });

  test('hashtags never stand alone: without a word there is no post, or the link alone', () => {
    const wordless = { ...article, title: '' };
    const given = { article: wordless, limits: limits(300), hashtags: ['#PortLenna', '#Bridge'] };
    const none = fitPost({ ...given, summary: summaryOf([]), link: null });
    expect([none.parts, none.tags]).toEqual([[], []]);
    expect(fitPost({ ...given, summary: summaryOf([]), link }).parts.map(({ text }) => text)).toEqual([link]);
  });

  test('a thread says no mere name of a site where that alone makes a link', () => {
    const said = [sentence, 'Booking.com and Expedia.com had sold tickets for it.', 'Ferries ran until noon.'];
    const thread = { article, summary: summaryOf(said), link, thread: true };
    const onX = limits(140);
    const texts = fitPost({ ...thread, limits: { ...onX, text: { ...onX.text, bareLinks: true } } }).parts;
    expect(texts.filter(({ text }) => /\w\.com\b/.test(text)).map(({ text }) => text.includes(link))).toEqual([true]);
    const elsewhere = fitPost({ ...thread, limits: onX }).parts.map(({ text }) => text);
    expect(elsewhere.join(' ')).toContain('Booking.com');
  });

  test('a sentence with an open quotation is not used', () => {
    const open = 'The mayor said “the bridge is safe for every lorry in the county.';
    const post = fitPost({ article, summary: summaryOf([open, sentence]), link, limits: limits(300) });
    expect(post.parts[0]?.text).toBe(`${sentence}\n${link}`);
  });

  test('a headline is not cut inside a name', () => {
    const named = { ...article, title: 'Prime Minister Ada Lindqvist opens bridge' };
    const post = fitPost({ article: named, summary: summaryOf([]), link: null, limits: limits(28) });
    expect(post.parts.map((part) => part.text)).toEqual([]);
    const wider = fitPost({ article: named, summary: summaryOf([]), link: null, limits: limits(35) });
    expect(wider.parts.map((part) => part.text)).toEqual(['Prime Minister Ada Lindqvist opens…']);
  });

  test('stock symbols that the network would refuse lose their sign and stay as words', () => {
    const traded = 'Lenna Steel $LNS and Varn Tunnels $VRN rose by a tenth after the bridge reopened on Monday.';
    const post = fitPost({
      article,
      summary: summaryOf([traded]),
      link: null,
      limits: { ...limits(300), maxCashtags: 1 },
    });
    expect(post.parts[0]?.text).toBe(traded.replace('$VRN', 'VRN'));
  });

  test('a template decides where text, tags and link stand', () => {
    const post = fitPost({
      article,
      summary: summaryOf([sentence], ['#PortLenna']),
      link,
      limits: limits(300),
      template: '{headline}\n\n{link}\n{tags}',
    });
    expect(post.parts[0]?.text).toBe(`${article.title}\n\n${link}\n#PortLenna`);
  });

  test('a thread has tags and link in its first part and numbers its parts', () => {
    const second = 'Engineers replaced two hundred metres of steel under the northern carriageway during the frost.';
    const post = fitPost({
      article,
      summary: summaryOf([sentence, second], ['#PortLenna']),
      link,
      limits: limits(150),
      thread: true,
      numbered: true,
    });
    expect(post.parts.map((part) => part.text)).toEqual([`1/2 ${sentence} #PortLenna\n${link}`, `2/2 ${second}`]);
  });
});
