import { describe, expect, test } from 'vitest';
import type { Article } from '../../src/domain/article.ts';
import { noHouseRules } from '../../src/domain/house-rules.ts';
import type { HouseRules } from '../../src/domain/house-rules.ts';
import type { Limits } from '../../src/domain/limits.ts';
import { chooseHashtags } from '../../src/text/hashtags.ts';
import { fitInHouse, hashtagsInHouse, sensitiveIn } from '../../src/text/house.ts';
import { summarize } from '../../src/text/summary.ts';
import { withUtm } from '../../src/text/utm.ts';
import { BLANK } from './articles.ts';

const article: Article = {
  ...BLANK,
  title: 'US ferry returns to Tolvane',
  section: 'Transport',
  siteName: 'The Merrow Herald',
  url: 'https://merrow-herald.example/ferry',
  text: 'The US ferry returned to Tolvane on Monday after a pause of nine weeks. The harbour office of Tolvane said that the new pier is ready. Ilse Brandt bought the first ticket.',
};
const summary = summarize(article);
const limits = (max: number): Limits => ({
  text: { unit: 'graphemes', max, linkCost: 'length', bareLinks: false },
  hashtags: { max: 5, advised: 3 },
  maxLinks: null,
  link: 'in-text',
  images: null,
});
const house = (rules: Partial<HouseRules>): HouseRules => ({ ...noHouseRules, ...rules });
const post = (rules: Partial<HouseRules>, max = 400, hashtags = ['#Ferry', '#Tolvane']) => {
  const fitted = fitInHouse(house(rules), 'pier', { article, summary, limits: limits(max), hashtags });
  return { ...fitted, text: fitted.parts[0]?.text ?? '' };
};

describe('a post under house rules', () => {
  test('is the same as without any where the house has decided nothing', () => {
    const { text, applied, link } = post({});
    expect(text).toMatch(/ #Ferry #Tolvane\nhttps:\/\/merrow-herald\.example\/ferry$/);
    expect([applied, link]).toEqual([[], article.url]);
  });

  test('stands in the template of its network, else in that of all', () => {
    const templates = { '*': '{headline}\n{link}', pier: 'NEW: {summary}\n\n{link} {tags}' };
    expect(post({ templates }).text).toMatch(/^NEW: The US ferry .+\n\nhttps:\S+ #Ferry #Tolvane$/s);
    expect(post({ templates: { '*': '{headline} ({site}, {section})\n{link}' } }).text).toBe(
      'US ferry returns to Tolvane (The Merrow Herald, Transport)\nhttps://merrow-herald.example/ferry',
    );
  });

  test('has no tags where the template has no place for them', () => {
    expect(post({ templates: { '*': '{summary}\n{link}' } })).toMatchObject({
      tags: [],
      droppedTags: ['#Ferry', '#Tolvane'],
    });
  });

  test('is signed before its link, or where the template says', () => {
    const signatures = { '*': 'The Merrow Herald' };
    expect(post({ signatures }).text).toMatch(/ #Tolvane\nThe Merrow Herald\nhttps:\S+$/);
    expect(post({ signatures, templates: { '*': '{signature}: {summary}\n{link}' } }).text).toMatch(
      /^The Merrow Herald: The US/,
    );
    expect(post({ signatures }).applied).toEqual(['Signed by the house.']);
  });

  test.each([90, 110, 130, 160, 200, 260])('keeps to one budget of %d, and drops tags before words', (max) => {
    const rules = { signatures: { '*': '— Herald' }, utm: { '*': { source: '{network}' } } };
    const withTags = post(rules, max);
    const without = post(rules, max, []);
    expect(withTags.parts[0]?.length).toBeLessThanOrEqual(max);
    expect(withTags.text).toContain('?utm_source=pier');
    expect(withTags.sentences.length).toBeGreaterThanOrEqual(Math.min(1, without.sentences.length));
    if (withTags.droppedTags.length === 0) expect(withTags.text).toContain('#Tolvane');
    else expect(withTags.droppedTags.at(-1)).toBe('#Tolvane');
  });

  test('says so where template and signature leave no room', () => {
    const rules = {
      templates: { '*': `${'Read us. '.repeat(20)}{summary}` },
      signatures: { '*': 'Yours, the Herald. '.repeat(8) },
    };
    const { applied, text } = post(rules, 100);
    expect(text).not.toContain('Read us.');
    expect(applied).toEqual([
      'The house’s template leaves no room here, so it was left out.',
      'The house’s signature has no place here, so it was left out.',
    ]);
  });
});

describe('campaign parameters', () => {
  test('are added for each network, and said', () => {
    const { link, text, applied } = post({
      utm: { '*': { source: '{network}', medium: 'social', campaign: 'day & night' } },
    });
    expect(link).toBe(
      'https://merrow-herald.example/ferry?utm_source=pier&utm_medium=social&utm_campaign=day%20%26%20night',
    );
    expect(text).toContain(link);
    expect(applied).toEqual(['The house adds utm_source, utm_medium, utm_campaign to the link.']);
  });

  test.each([
    ['https://a.example/?id=7#part', 'https://a.example/?id=7&utm_source=x#part'],
    ['https://a.example/p?', 'https://a.example/p?utm_source=x'],
    ['https://a.example/p?utm_source=mail', 'https://a.example/p?utm_source=mail'],
    ['https://a.example/%7Eme/Ä?q=a+b', 'https://a.example/%7Eme/Ä?q=a+b&utm_source=x'],
  ])('leave the rest of %s as it is', (link, expected) => {
    expect(withUtm(link, { source: 'x' }, 'x')).toBe(expected);
  });
});

describe('hashtags of the house', () => {
  const choose = (hashtags: Partial<HouseRules['hashtags']>, own: string[] = []) =>
    chooseHashtags(article, {
      strategy: 'smart',
      ...hashtagsInHouse(house({ hashtags: { ...noHouseRules.hashtags, ...hashtags } }), own),
    });

  test('always, never and another name, each with its reason', () => {
    const tags = choose({ always: ['News'], never: ['Brandt', 'Ilse Brandt'], aliases: { US: 'USA' } }, ['Harbour']);
    const reasonsOf = (tag: string) => tags.find((one) => one.tag === tag)?.reasons.map(({ name }) => name);
    expect(
      tags
        .filter(({ kept }) => kept)
        .slice(-2)
        .map(({ tag }) => tag),
    ).toEqual(['#News', '#Harbour']);
    expect(reasonsOf('#News')).toContain('house');
    expect(reasonsOf('#USA')).toContain('alias');
    expect(tags.find(({ phrase }) => phrase.includes('Brandt'))).toMatchObject({ kept: false });
  });

  test('sensitive names and topics are found wherever the article speaks of them', () => {
    const sensitive = (words: string[]) =>
      sensitiveIn(article, house({ hashtags: { ...noHouseRules.hashtags, sensitive: words } }));
    expect(sensitive(['Ilse Brandt', 'first ticket', 'murder'])).toEqual(['Ilse Brandt', 'first ticket']);
    expect(sensitive([])).toEqual([]);
  });
});
