import type { Article } from '../domain/article.ts';
import type { ImageRule, Limits } from '../domain/limits.ts';
import type { LinkCard, Part, PartMedia } from '../domain/post.ts';
import type { Summary } from '../domain/summary.ts';
import { networkOf } from '../networks/registry.ts';
import { listAccounts } from '../store/account.ts';
import type { AccountRow } from '../store/account.ts';
import { articleOf, getArticle } from '../store/article.ts';
import { found } from '../store/database.ts';
import { accountsWithPost, insertPosts } from '../store/post.ts';
import { failStep, finishStep, isStepDone } from '../store/step.ts';
import { getSummary } from '../store/summary.ts';
import { limitCashtags } from '../text/cashtags.ts';
import { fitPost, tagsToPost } from '../text/fit.ts';
import { grounded } from '../text/grounding-summary.ts';
import { chooseHashtags } from '../text/hashtags.ts';
import { shortenToWords } from '../text/shorten.ts';
import { contentOf } from './content.ts';
import { limitsOf } from './limits.ts';
import { keepArticleImage } from './media.ts';
import type { Tools } from './tools.ts';

/** Writes one post per account, each fitted to its network. They wait for a person, or go to the schedule by policy. */
export async function compose(
  tools: Pick<Tools, 'database' | 'bell' | 'http' | 'io' | 'log'>,
  articleId: string,
): Promise<void> {
  const { database, bell, io } = tools;
  const row = found(await getArticle(database, articleId), 'article', articleId);
  if (row.state !== 'ready' || (await isStepDone(database, articleId, 'compose'))) return;
  const approved: string[] = [];
  try {
    const stored = found(await getSummary(database, articleId), 'summary of article', articleId);
    // Checked again where posts are written: a summary may come from elsewhere than our own step.
    const article = articleOf(row);
    const summary = grounded(stored, article);
    const wanted = row.request.accountIds;
    const accounts = (await listAccounts(database)).filter(
      (account) => wanted === undefined || wanted.includes(account.id),
    );
    const source = await imageSource(tools, articleId, article, accounts);
    await database.transaction(async (sql) => {
      const taken = await accountsWithPost(sql, articleId);
      for (const account of accounts.filter((candidate) => !taken.has(candidate.id))) {
        const id = io.id('post');
        const needsPerson = account.settings.needsApproval;
        const post = {
          id,
          accountId: account.id,
          network: account.network,
          storyId: row.storyId,
          articleId,
          urgency: row.request.urgency,
          content: write(article, summary, account, source),
        };
        await insertPosts(sql, [post], needsPerson ? 'in_review' : 'approved', needsPerson ? 'line' : 'policy');
        if (!needsPerson) approved.push(id);
      }
      await finishStep(sql, articleId, 'compose');
    });
  } catch (error) {
    await failStep(database, articleId, 'compose', (error as Error).message);
    throw error;
  }
  await bell.ringMany(
    'schedule',
    approved.map((postId) => ({ payload: { postId } })),
  );
}

/** The source of the article's image where any account shows it, kept here; null where there is none to show. */
async function imageSource(
  tools: Parameters<typeof keepArticleImage>[0],
  articleId: string,
  article: Article,
  accounts: readonly AccountRow[],
): Promise<string | null> {
  const isShown = accounts.some((account) => account.settings.images && (limitsOf(account).images?.max ?? 0) > 0);
  return isShown ? keepArticleImage(tools, articleId, article) : null;
}

function write(
  article: Article,
  summary: Summary,
  account: AccountRow,
  source: string | null,
): ReturnType<typeof contentOf> {
  const image = account.settings.images ? leadImage(article, source, limitsOf(account).images) : null;
  const limits = image === null ? limitsOf(account) : besideImage(limitsOf(account));
  const { profile } = networkOf(account.network);
  const { hashtags: strategy, houseTags, maxHashtags } = account.settings;
  const hashtags = chooseHashtags(article, { strategy, houseTags });
  const most = maxHashtags ?? (strategy === 'headline' ? limits.hashtags.max : limits.hashtags.advised);
  const fitted = fitPost({ article, summary, link: article.url, limits, hashtags: tagsToPost(hashtags, most) });
  const card = profile.powers.linkCard === 'client' && image === null ? cardOf(article) : null;
  const parts: Part[] = fitted.parts.map((part, index) => ({
    text: limits.maxCashtags === undefined ? part.text : limitCashtags(part.text, limits.maxCashtags),
    media: index === 0 && image !== null ? [image] : [],
    card: index === 0 ? card : null,
  }));
  return contentOf(account.id, { parts, link: article.url, tags: fitted.tags, lang: article.lang });
}

/** The article's own image with its description, cut at a word where the network takes less; null where there is none. */
function leadImage({ image }: Article, source: string | null, rule: ImageRule | null): PartMedia | null {
  if (rule === null || rule.max === 0 || image === null || source === null) return null;
  const alt = image.alt?.trim() ?? '';
  const isShort = (text: string): boolean => rule.maxAlt === 0 || text.length <= rule.maxAlt;
  return { source, alt: isShort(alt) ? alt : (shortenToWords(alt, isShort) ?? '') };
}

/** An image takes the place of a link card, so the link goes into the text; some networks then take less text. */
function besideImage(limits: Limits): Limits {
  const max = Math.min(limits.text.max, limits.images?.maxText ?? limits.text.max);
  return { ...limits, text: { ...limits.text, max }, link: 'in-text' };
}

/** A card's description is cut by every network at about this many characters. */
const CARD_DESCRIPTION = 300;

function cardOf(article: Article): LinkCard | null {
  if (article.url === null) return null;
  return {
    url: article.url,
    title: article.title === '' ? article.url : article.title,
    description: (article.description ?? article.text.split('\n')[0] ?? '').slice(0, CARD_DESCRIPTION),
    image: article.image === null ? null : { url: article.image.url, alt: article.image.alt ?? '' },
  };
}
