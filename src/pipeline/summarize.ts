import { articleOf, getArticle } from '../store/article.ts';
import { found } from '../store/database.ts';
import { getHouseRules } from '../store/house-rules.ts';
import { failStep, finishStep, isStepDone } from '../store/step.ts';
import { insertSummary } from '../store/summary.ts';
import { grounded } from '../text/grounding-summary.ts';
import { hashtagsInHouse } from '../text/house.ts';
import { summarize as rank } from '../text/summary.ts';
import type { Tools } from './tools.ts';
import { writeSummary } from './write-summary.ts';

/** Ranks the article's sentences, leaves out what it does not bear out, and chooses its hashtags, with a reason for each. */
export async function summarize(
  tools: Pick<Tools, 'database' | 'bell' | 'io' | 'log' | 'writer'>,
  articleId: string,
): Promise<void> {
  const { database, bell, io } = tools;
  const row = found(await getArticle(database, articleId), 'article', articleId);
  if (row.state !== 'ready' || (await isStepDone(database, articleId, 'summarize'))) return;
  try {
    const article = articleOf(row);
    const { rules } = await getHouseRules(database);
    const own = grounded(rank(article, { hashtags: { strategy: 'smart', ...hashtagsInHouse(rules) } }), article);
    const summary = await writeSummary(tools, own, article);
    await database.transaction(async (sql) => {
      await insertSummary(sql, io.id('summary'), articleId, summary);
      await finishStep(sql, articleId, 'summarize');
    });
  } catch (error) {
    await failStep(database, articleId, 'summarize', (error as Error).message);
    throw error;
  }
  await bell.ring('compose', { articleId });
}
