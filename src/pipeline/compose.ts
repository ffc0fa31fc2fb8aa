import { decide } from '../domain/approval.ts';
import { forStory } from '../domain/campaign.ts';
import type { Article } from '../domain/article.ts';
import { listAccounts } from '../store/account.ts';
import type { AccountRow } from '../store/account.ts';
import { articleOf, getArticle } from '../store/article.ts';
import type { ArticleRow } from '../store/article.ts';
import { found } from '../store/database.ts';
import type { Sql } from '../store/database.ts';
import { recordEvent } from '../store/event.ts';
import { getHouseRules } from '../store/house-rules.ts';
import { insertPosts } from '../store/new-post.ts';
import { failStep, finishStep, isStepDone } from '../store/step.ts';
import { campaignOfStory } from '../store/story-campaign.ts';
import { getSummary } from '../store/summary.ts';
import { embargoOnOriginal } from '../store/told-under-embargo.ts';
import { grounded } from '../text/grounding-summary.ts';
import { sensitiveIn } from '../text/house.ts';
import { repeatsBeside } from '../text/repeats.ts';
import { altTextFaults } from './alt-text.ts';
import { faultsAt, limitsOf, repeatsIn } from './limits.ts';
import { keepArticleImage } from './media.ts';
import { revisePosts } from './revise-posts.ts';
import type { Tools } from './tools.ts';
import { write } from './write.ts';

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
    const all = await listAccounts(database);
    const accounts = all.filter((account) => wanted === undefined || wanted.includes(account.id));
    const { rules: ofHouse } = await getHouseRules(database);
    const sensitive = sensitiveIn(article, ofHouse);
    const imageSource = await imageSourceOf(tools, articleId, article, accounts);
    const byId = new Map(all.map((account) => [account.id, account]));
    await database.transaction(async (sql) => {
      const rules = forStory(ofHouse, await campaignOfStory(sql, row.storyId));
      const taken = await revisePosts(sql, tools, row, (accountId) => {
        const account = byId.get(accountId);
        return account === undefined ? null : write(article, summary, account, rules, { imageSource });
      });
      const without = taken === null ? [] : accounts.filter((candidate) => !taken.has(candidate.id));
      const likeness = await likenessOf(sql, row);
      for (const account of without) {
        const id = io.id('post');
        const content = write(article, summary, account, rules, { imageSource });
        const candidate = {
          needsApproval: account.settings.needsApproval,
          sourceId: row.sourceId,
          urgency: row.request.urgency,
          confidence: row.confidence,
          engine: summary.engine,
          sensitive,
          lacksAltText: altTextFaults(content.parts, account, rules).length > 0,
          linkCut: row.linkCut,
          likeness,
        };
        const decided = decide(candidate, rules);
        const given = { id, accountId: account.id, ...content };
        const faults = await faultsAt(sql, { account, postId: id, parts: content.parts, at: io.now() });
        const needsPerson = decided.needsPerson || faults.length > 0;
        const told = [...faults, ...repeatsBeside(faults, await repeatsIn(sql, given))].map(({ message }) => message);
        const post = {
          id,
          accountId: account.id,
          network: account.network,
          storyId: row.storyId,
          articleId,
          urgency: row.request.urgency,
          state: needsPerson ? ('in_review' as const) : ('approved' as const),
          content,
          reason: [decided.reason, ...told].filter(Boolean).join(' ') || null,
        };
        await insertPosts(sql, [post], needsPerson ? 'line' : 'policy');
        if (!needsPerson) approved.push(id);
      }
      if (row.storyId !== null)
        await recordEvent(sql, { type: 'story.ready', subject: row.storyId, data: { articleId } });
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

/** What its story may be a copy of; where that is under embargo, its posts wait for the end of it. */
async function likenessOf(sql: Sql, { possibleDuplicate, storyId }: ArticleRow): Promise<string | null> {
  if (possibleDuplicate === null || storyId === null) return null;
  const { why } = possibleDuplicate;
  const until = await embargoOnOriginal(sql, { storyId });
  return until === null ? why : `${why} That one is under embargo until ${until.toISOString()}, and so is this one.`;
}

/** The source of the article's image where any account shows it, kept here; null where there is none to show. */
async function imageSourceOf(
  tools: Parameters<typeof keepArticleImage>[0],
  articleId: string,
  article: Article,
  accounts: readonly AccountRow[],
): Promise<string | null> {
  const isShown = accounts.some((account) => account.settings.images && (limitsOf(account).images?.max ?? 0) > 0);
  return isShown ? keepArticleImage(tools, articleId, article) : null;
}
