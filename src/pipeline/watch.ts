import { readPage } from '../sources/page.ts';
import type { Page, PageFailure } from '../sources/page.ts';
import { getArticle, insertArticle } from '../store/article.ts';
import type { ArticleRow } from '../store/article.ts';
import { claimWatch, wasNoindex, WATCH } from '../store/article-watch.ts';
import { placeHold, storyHold } from '../store/hold.ts';
import { lift } from './holds.ts';
import { INTAKE } from './intake.ts';
import type { ScheduleTools } from './schedule.ts';
import type { Tools } from './tools.ts';

type WatchTools = ScheduleTools & Pick<Tools, 'http' | 'extract' | 'log'>;

/**
 * Looks again at the page of an article whose posts wait or are out. Other words are a new revision, and the line is asked
 * for it; a page that is gone, or was taken out of search engines, holds the posts of its story, and one that is back lets
 * them go. A site in trouble says nothing.
 */
export async function watch(tools: WatchTools, articleId: string, signal: AbortSignal): Promise<void> {
  const { database } = tools;
  const row = await getArticle(database, articleId);
  const url = row?.request.url;
  if (row === null || row.storyId === null || url === undefined || !(await claimWatch(database, articleId))) return;
  const page = await readPage(url, { get: tools.http.get, signal });
  const why = await whyGone(tools, row, page);
  if (why !== null) return holdStory(tools, row.storyId, why);
  if (page.kind === 'failed') return;
  const open = await storyHold(database, row.storyId, WATCH);
  if (open !== null) await lift(tools, open.id, 'as-planned', WATCH);
  const read = await tools.extract(page.html, page.url);
  if (read.kind === 'refused') return;
  const title = row.request.title ?? read.article.title;
  if (read.article.text === row.text && title === row.title) return;
  const revision = tools.io.id('article');
  await database.transaction((sql) => insertArticle(sql, revision, row.request, INTAKE, row.sourceId));
  await tools.bell.ring('ingest', { articleId: revision });
}

async function whyGone({ database }: WatchTools, row: ArticleRow, page: Page | PageFailure): Promise<string | null> {
  if (page.kind === 'failed') return page.reason === 'not-found' ? page.detail : null;
  // A site that has always kept its pages from search engines says nothing by it.
  if (!page.isNoindex || (await wasNoindex(database, row.id))) return null;
  return `${page.url} asks search engines to leave it out now (noindex): it may have been taken back.`;
}

async function holdStory({ database, io }: WatchTools, storyId: string, reason: string): Promise<void> {
  await database.transaction(async (sql) => {
    if ((await storyHold(sql, storyId, WATCH)) !== null) return;
    await placeHold(sql, { id: io.id('hold'), scope: 'story', target: storyId, reason }, WATCH);
  });
}
