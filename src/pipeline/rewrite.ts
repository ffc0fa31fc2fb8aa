import { forStory } from '../domain/campaign.ts';
import { Refusal } from '../domain/errors.ts';
import type { RankedSentence, Summary } from '../domain/summary.ts';
import { getAccount } from '../store/account.ts';
import { articleOf, getArticle } from '../store/article.ts';
import { found } from '../store/database.ts';
import { getHouseRules } from '../store/house-rules.ts';
import { getPost, revisePost } from '../store/post.ts';
import type { PostRow } from '../store/post.ts';
import { campaignOfStory } from '../store/story-campaign.ts';
import { getSummary } from '../store/summary.ts';
import { grounded } from '../text/grounding-summary.ts';
import { measure } from '../text/length.ts';
import { splitWords } from '../text/words.ts';
import { limitsOf } from './limits.ts';
import type { Tools } from './tools.ts';
import { write } from './write.ts';

/** `shorter`: about two thirds as long. `other-sentence`: not what it says now. `other-angle`: what shares fewest words with it. */
export const rewritings = ['shorter', 'other-sentence', 'other-angle'] as const;
export type Rewriting = (typeof rewritings)[number];

const SHORTER = 2 / 3;

/**
 * Writes a post anew from its article. It goes back to review, as any new text does.
 * @throws Refusal `conflict` where it came without an article, or the article has nothing else to say.
 */
export async function rewrite(
  { database }: Pick<Tools, 'database'>,
  id: string,
  version: number | null,
  how: Rewriting,
  actor: string,
): Promise<void> {
  const post = found(await getPost(database, id), 'post', id);
  if (post.articleId === null) {
    throw new Refusal('conflict', `Post ${id} came as a ready text: there is no article to write it from.`);
  }
  const article = articleOf(found(await getArticle(database, post.articleId), 'article', post.articleId));
  const stored = found(await getSummary(database, post.articleId), 'summary of article', post.articleId);
  const account = found(await getAccount(database, post.accountId), 'account', post.accountId);
  const summary = grounded(stored, article);
  const { rules: ofHouse } = await getHouseRules(database);
  const rules = forStory(ofHouse, await campaignOfStory(database, post.storyId));
  const now = post.parts.map((part) => part.text).join('\n');
  const imageSource = post.parts[0]?.media[0]?.source ?? null;
  const target = Math.floor(measure(said(post), limitsOf(account).text) * SHORTER);
  const content =
    how === 'shorter'
      ? write(article, summary, account, rules, { imageSource, target })
      : write(article, ranked(summary, now, how), account, rules, { imageSource });
  if (content.parts.length === 0 || content.parts.map((part) => part.text).join('\n') === now) {
    throw new Refusal('conflict', `The article has no ${words[how]} for post ${id}: edit it by hand.`);
  }
  await database.transaction((sql) => revisePost(sql, id, version, content, actor));
}

const words: Record<Rewriting, string> = {
  shorter: 'shorter text',
  'other-sentence': 'other sentence',
  'other-angle': 'other angle',
};

/** What the post says, without its link: a link costs what it costs. */
function said(post: PostRow): string {
  return post.parts.map((part) => part.text.replace(/https?:\/\/\S+/g, '')).join('\n');
}

/** The same sentences in another order: those that are said already may not be used, or only what is least alike comes first. */
function ranked(summary: Summary, now: string, how: Exclude<Rewriting, 'shorter'>): Summary {
  const used = new Set(keysOf(now, summary.lang));
  const likeness = ({ text }: RankedSentence): number => {
    const keys = keysOf(text, summary.lang);
    return keys.length === 0 ? 1 : keys.filter((key) => used.has(key)).length / keys.length;
  };
  const other = summary.sentences
    .filter((sentence) => sentence.rank !== null && !now.includes(sentence.text) && likeness(sentence) < 0.8)
    .toSorted((a, b) =>
      how === 'other-angle' ? likeness(a) - likeness(b) || b.score - a.score : (a.rank ?? 0) - (b.rank ?? 0),
    );
  // The choice is made by score, so the new order has to be in the scores as well.
  const scores = other.map(({ score }) => score).toSorted((a, b) => b - a);
  const places = new Map(other.map(({ index }, place) => [index, place]));
  return {
    ...summary,
    sentences: summary.sentences.map((sentence) => {
      const place = places.get(sentence.index);
      return place === undefined
        ? { ...sentence, rank: null }
        : { ...sentence, rank: place + 1, score: scores[place] ?? sentence.score };
    }),
  };
}

function keysOf(text: string, lang: string): string[] {
  return splitWords(text, lang).map(({ key }) => key);
}
