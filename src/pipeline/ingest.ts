import type { Article } from '../domain/article.ts';
import { Refusal } from '../domain/errors.ts';
import { refuseTooFar } from '../domain/wall-time.ts';
import { readPage } from '../sources/page.ts';
import type { Page } from '../sources/page.ts';
import { found } from '../store/database.ts';
import type { Sql } from '../store/database.ts';
import { getArticle, insertArticle, refuseArticle, writeIngested } from '../store/article.ts';
import type { ArticleRequest } from '../store/article.ts';
import { startWatch, watchSoon } from '../store/article-watch.ts';
import { settleDecision } from '../store/decision.ts';
import { failStep, finishStep } from '../store/step.ts';
import { detectLanguage } from '../text/language.ts';
import { withoutKeys } from '../text/masked-address.ts';
import { whyNothingToSay } from '../text/nothing-to-say.ts';
import { articleFromText } from '../text/plain.ts';
import { placeArticle } from './place.ts';
import { pushArticle } from './push.ts';
import { rulesOn } from './source-rules.ts';
import { embargoWith, refuseEmbargo } from './stories.ts';
import type { Tools } from './tools.ts';

/**
 * Accepts an article for the line: the row is committed before this answers.
 * @param sourceId the source that pushes it; null where somebody hands it in.
 * @returns its id. @throws Refusal where no post could say anything of its text, the source cannot take it, for an embargo of more than ten years, or one on a story
 * that is there already by somebody who may not move its posts.
 */
export async function requestArticle(
  { database, bell, io }: Pick<Tools, 'database' | 'bell' | 'io'>,
  request: ArticleRequest,
  actor: string,
  sourceId: string | null = null,
): Promise<{ articleId: string }> {
  refuseEmpty(request);
  if (request.embargoUntil !== undefined) refuseTooFar(new Date(request.embargoUntil), io.now(), '/embargoUntil');
  await refuseEmbargo(database, request);
  const articleId = io.id('article');
  await database.transaction(async (sql) => {
    if (sourceId === null) return insertArticle(sql, articleId, request, actor);
    return pushArticle(sql, { articleId, decisionId: io.id('decision'), sourceId }, request, actor);
  });
  await bell.ring('ingest', { articleId });
  return { articleId };
}

/** Said while somebody listens: what is only found out in the background reads like a story that has come. */
function refuseEmpty(request: ArticleRequest): void {
  if (request.text === undefined) return;
  const message = whyNothingToSay(articleIn(request, request.text));
  if (message !== null) throw new Refusal('invalid', message, [{ pointer: '/text', code: 'too-short', message }]);
}

type Read =
  | {
      kind: 'article';
      article: Article;
      /** What was left out of its address because it may be a key. */
      linkCut: readonly string[];
      confidence: number;
      /** Where it was found: after redirects, and what the page calls itself. */
      addresses: readonly string[];
      /** The page that was fetched, which can be looked at again; null where none was. */
      page: { readonly isNoindex: boolean } | null;
    }
  | { kind: 'refused'; reason: string; detail: string };

/**
 * Asks for an article again: the same words of the request, read as they stand now.
 * @throws Refusal where its text was given, so that there is no page to read.
 */
export async function rereadArticle(
  tools: Pick<Tools, 'database' | 'bell' | 'io'>,
  id: string,
  actor: string,
): Promise<{ articleId: string }> {
  const { request, state } = found(await getArticle(tools.database, id), 'article', id);
  if (request.text !== undefined || request.html !== undefined)
    throw new Refusal('conflict', `Article ${id} was handed in as text: hand in the new text.`);
  if (state === 'pending') return { articleId: id };
  // One that is gone makes no revision: the look at its page holds what waits.
  await watchSoon(tools.database, id);
  // Its story came under embargo then; what people have made of that since stands.
  const { embargoUntil: _then, ...again } = request;
  return requestArticle(tools, again, actor);
}

/**
 * Reads what was asked for and writes the article. A refusal is the article's own end, told in one sentence; trouble that
 * may pass is thrown and tried again by the sweep.
 */
export async function ingest(
  tools: Pick<Tools, 'database' | 'bell' | 'http' | 'extract' | 'io' | 'timeZone'>,
  articleId: string,
): Promise<void> {
  const { database, bell, io } = tools;
  const row = found(await getArticle(database, articleId), 'article', articleId);
  if (row.state !== 'pending') return;
  const refuse = (reason: string, detail: string): Promise<void> =>
    database.transaction(async (sql) => {
      await refuseArticle(sql, articleId, reason, detail);
      await settleDecision(sql, articleId, { outcome: 'refused', detail });
    });
  let read: Read;
  try {
    read = await readRequest(tools, row.request);
  } catch (error) {
    const { message } = error as Error;
    const isLastTry = await failStep(database, articleId, 'ingest', message);
    if (isLastTry) await settleDecision(database, articleId, { outcome: 'refused', detail: message });
    throw error;
  }
  if (read.kind === 'refused') {
    return refuse(read.reason, read.detail);
  }
  const { article, confidence } = read;
  let ringMoved = (): Promise<void> => Promise.resolve();
  const take = async (sql: Sql): Promise<boolean> => {
    const judged = await rulesOn(sql, row, article, io.now());
    const about = { title: article.title, lang: article.lang, length: article.text.length };
    if (judged !== null && !judged.passes) {
      const { rule, detail } = judged;
      await refuseArticle(sql, articleId, 'filtered', detail);
      await settleDecision(sql, articleId, { outcome: 'filtered', rule, detail, article: about });
      return false;
    }
    const urgency = judged?.isUrgent === true ? 'breaking' : row.request.urgency;
    const newId = io.id('story');
    const placed = await placeArticle(sql, row, article, read.addresses, { newId, urgency });
    const { storyId } = placed;
    const place = { storyId, isNew: storyId === newId };
    ringMoved = await embargoWith(sql, tools, place, row.request, row.createdBy ?? 'line');
    if (placed.kind === 'copy') {
      await refuseArticle(sql, articleId, 'duplicate', placed.why, storyId);
      await settleDecision(sql, articleId, { outcome: 'duplicate', detail: placed.why, storyId, article: about });
      return false;
    }
    if (!(await writeIngested(sql, articleId, { ...placed, urgency, confidence, linkCut: read.linkCut }, article)))
      return false;
    if (read.page !== null && !row.request.isTest) await startWatch(sql, articleId, storyId, read.page.isNoindex);
    const { why, revision } = placed;
    const joined = why === null ? {} : { detail: `It is revision ${revision} of ${storyId}: ${why}` };
    await settleDecision(sql, articleId, { outcome: 'accepted', ...joined, storyId, article: about });
    await finishStep(sql, articleId, 'ingest');
    return true;
  };
  const isTaken = await database.transaction(take).catch(async (error: unknown) => {
    if (!(error instanceof Refusal) || error.reason !== 'not-allowed') throw error;
    await refuse('not-allowed', error.message);
    return false;
  });
  await ringMoved();
  if (isTaken) await bell.ring('summarize', { articleId });
}

/** Reads the article that a request carries or points to; stores nothing. Trouble that may pass is thrown. */
export async function readRequest(tools: Pick<Tools, 'http' | 'extract'>, request: ArticleRequest): Promise<Read> {
  if (request.text !== undefined) {
    const article = articleIn(request, request.text);
    const why = whyNothingToSay(article);
    if (why !== null) return { kind: 'refused', reason: 'too-short', detail: why };
    const shown = withoutKeyIn(article);
    return {
      kind: 'article',
      ...shown,
      confidence: 1,
      addresses: article.url === null ? [] : [article.url],
      page: null,
    };
  }
  const page =
    request.html === undefined
      ? await fetched(tools, request.url)
      : { kind: 'page' as const, html: request.html, url: request.url ?? null, isNoindex: false };
  if (page.kind === 'refused') return page;
  const extraction = await tools.extract(page.html, page.url);
  if (extraction.kind === 'refused') return { kind: 'refused', reason: extraction.reason, detail: extraction.detail };
  const article = withGiven(extraction.article, request);
  const addresses = [page.url, article.url].filter((url) => url !== null);
  const isFetched = request.html === undefined;
  return {
    kind: 'article',
    ...withoutKeyIn(article),
    confidence: extraction.confidence,
    addresses,
    page: isFetched ? page : null,
  };
}

async function fetched(
  tools: Pick<Tools, 'http'>,
  url: string | undefined,
): Promise<Page | (Read & { kind: 'refused' })> {
  if (url === undefined) throw new Refusal('invalid', 'An article needs a url, a text or html.');
  const page = await readPage(url, { get: tools.http.get });
  if (page.kind === 'page') return page;
  // A site in trouble may recover: thrown, and tried again. Everything else is final.
  if (page.reason === 'server-error') throw new Error(page.detail);
  return { kind: 'refused', reason: page.reason, detail: page.detail };
}

function articleIn({ title, lang, section, ...request }: ArticleRequest, text: string): Article {
  const about = {
    url: request.url ?? null,
    keywords: request.tags,
    ...(title === undefined ? {} : { title }),
    ...(lang === undefined ? {} : { lang }),
    ...(section === undefined ? {} : { section }),
  };
  return articleFromText(text, about, detectLanguage);
}

/** An item of a feed for subscribers may hand the key on: readers get the address without it, and a person looks whether it opens. */
function withoutKeyIn(article: Article): { article: Article; linkCut: readonly string[] } {
  if (article.url === null) return { article, linkCut: [] };
  const { address, left } = withoutKeys(article.url);
  return { article: { ...article, url: address }, linkCut: left };
}

/** What the caller gave is worth more than what the page says. */
function withGiven(article: Article, request: ArticleRequest): Article {
  return {
    ...article,
    title: request.title ?? article.title,
    section: request.section ?? article.section,
    lang: request.lang ?? article.lang,
    keywords: [...new Set([...request.tags, ...article.keywords])],
  };
}
