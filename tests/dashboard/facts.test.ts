import { expect, it } from 'vitest';
import type { Article, Post } from '../../src/dashboard/api/types.ts';
import { factsOf } from '../../src/dashboard/screens/desk/facts.ts';
import type { Facts, Known } from '../../src/dashboard/screens/desk/facts.ts';
import { samples } from '../../src/dashboard/texts/samples.ts';

const { title, text, section } = samples[0];
const base = { title, text, section, description: null, siteName: null, authors: [], keywords: [], lang: 'en' };
const article = { ...base, id: 'art_1', storyId: null, revision: 1, summary: null } as unknown as Article;
const where = () => ({ account: undefined, network: undefined, accountName: '', networkName: '', limits: null });
const TRUE =
  'On the first night 412 people came in. The Velmar Harbour Foundation paid for two thirds of it; the rest came from a ' +
  'public appeal that drew 3,100 donors in nine weeks.';

function judge(said: string, rules: Known['rules'] = null): Facts {
  const post = {
    id: 'p',
    accountId: 'acc',
    network: 'sandbox',
    link: null,
    parts: [{ text: said, media: [], card: null }],
  };
  return factsOf([post as unknown as Post], { article, articles: [], recent: [], where, rules });
}

it('is green for what the article says, whatever marks stand on it', () => {
  const { isGreen, missing } = judge(`${TRUE} #NightLibrary9 @desk5@social.example\nhttps://news.example/77`);
  expect({ isGreen, missing }).toEqual({ isGreen: true, missing: [] });
});

it.each([
  ['412', '41', ['41']],
  ['3,100', '100', ['100']],
  ['two thirds', 'nine thirds', ['nine thirds']],
  ['Velmar Harbour', 'Velm Harbour', ['Velm Harbour Foundation']],
])('is not green for %s as %s, and names what is not in the article', (from, to, wrong) => {
  const { isGreen, missing } = judge(TRUE.replace(from, to));
  expect({ isGreen, missing }).toEqual({ isGreen: false, missing: wrong });
});

it('does not look for the words of the house in the article', () => {
  const rules = {
    signatures: { '*': 'The Tessen Desk, since 1903' },
    templates: { mastodon: 'Breaking: {summary}\n{signature}\n{link}' },
  };
  const said = `Breaking: ${TRUE}\nThe Tessen Desk, since 1903`;
  expect(judge(said).missing).toEqual(['1903', 'Breaking', 'Tessen Desk']);
  expect(judge(said, rules).isGreen).toBe(true);
});
