import { found } from '../../store/database.ts';
import type { Sql } from '../../store/database.ts';
import { requestArticle, rereadArticle } from '../../pipeline/ingest.ts';
import { tellApart } from '../../pipeline/tell-apart.ts';
import { getArticleItem, listSteps, pageArticles } from '../../store/article-list.ts';
import { articleRequest, getArticle } from '../../store/article.ts';
import { getSummary } from '../../store/summary.ts';
import { callerOf } from '../authenticate.ts';
import type { Caller } from '../caller.ts';
import { checkAccountIds } from '../account-ids.ts';
import { mayDo } from '../may-do.ts';
import { sendPage } from '../page.ts';
import type { Api, ApiContext } from '../parts.ts';
import { acceptedArticle, articlePage, articleQuery, articleView, newArticle } from '../schemas/article.ts';
import type { ArticleView } from '../schemas/article.ts';
import { byId, noBody } from '../schemas/common.ts';
import { articleItemOf, shownTo } from '../views/article.ts';
import { accountsWithin, mayReachOutside } from '../test-keys.ts';

export function articleRoutes(app: Api, context: ApiContext): void {
  const { database } = context;

  app.post(
    '/v1/articles',
    {
      schema: {
        operationId: 'createArticle',
        summary: 'Hand in an article: a URL, a text or HTML',
        description:
          'Answers at once; the posts are written in the background. Look at `Location`, or listen to events.',
        tags: ['articles'],
        body: newArticle,
        response: { 202: acceptedArticle },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      const accountIds = await accountsWithin(caller, database, request.body.accountIds);
      await checkAccountIds(database, accountIds);
      const { sourceId = null, ...given } = request.body;
      // A source's log and its cap are felt by what it brings in earnest.
      if (sourceId !== null) mayReachOutside(caller);
      const mayMovePosts = mayDo(caller, 'schedule');
      const asked = articleRequest.parse({ ...given, accountIds, isTest: caller.isTest, mayMovePosts });
      const { articleId } = await requestArticle(context, asked, caller.id, sourceId);
      const href = `/v1/articles/${articleId}`;
      void reply.header('location', href);
      return reply.code(202).send({ id: articleId, state: 'pending', href });
    },
  );

  app.get(
    '/v1/articles',
    {
      schema: {
        operationId: 'listArticles',
        summary: 'Articles, newest first',
        tags: ['articles'],
        querystring: articleQuery,
        response: { 200: articlePage },
      },
    },
    (request, reply) =>
      sendPage(
        request,
        reply,
        (page) => pageArticles(database, page, request.query.state ?? null, request.query.q ?? null),
        (row) => [row.id],
        (row) => articleItemOf(row, callerOf(request)),
      ),
  );

  app.get(
    '/v1/articles/:id',
    {
      schema: {
        operationId: 'getArticle',
        summary: 'One article: what was read, its summary, what each step did',
        tags: ['articles'],
        params: byId,
        response: { 200: articleView },
      },
    },
    (request) => viewOf(database, request.params.id, callerOf(request)),
  );

  app.post(
    '/v1/articles/:id/reread',
    {
      schema: {
        operationId: 'rereadArticle',
        summary: 'Read an article’s page again: one that could not be read, or one that may have changed',
        description: 'Answers with the article that is read now. What has changed is a new revision of its story.',
        tags: ['articles'],
        params: byId,
        body: noBody,
        response: { 202: acceptedArticle },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      const { articleId } = await rereadArticle(context, request.params.id, caller.id);
      const href = `/v1/articles/${articleId}`;
      void reply.header('location', href);
      return reply.code(202).send({ id: articleId, state: 'pending', href });
    },
  );

  app.post(
    '/v1/articles/:id/tell-apart',
    {
      schema: {
        operationId: 'tellArticleApart',
        summary: 'Say that an article tells another story than the one that it may be a copy of',
        description:
          'A person has compared the two (`possibleDuplicate`): an embargo of that story keeps the posts of this one back no longer. Does nothing where the article is like no story.',
        tags: ['articles'],
        params: byId,
        body: noBody,
        response: { 200: articleView },
      },
    },
    async (request) => {
      const caller = callerOf(request);
      await tellApart(context, request.params.id, caller.id);
      return viewOf(database, request.params.id, caller);
    },
  );
}

async function viewOf(sql: Sql, id: string, caller: Caller): Promise<ArticleView> {
  const item = found(await getArticleItem(sql, id), 'article', id);
  const row = found(await getArticle(sql, id), 'article', id);
  const { text, keywords, authors, modifiedAt, image, confidence, possibleDuplicate } = row;
  const steps = await listSteps(sql, id);
  return {
    ...articleItemOf(item, caller),
    text,
    keywords,
    authors,
    modifiedAt,
    image,
    confidence,
    possibleDuplicate,
    steps: steps.map((step) => ({ ...shownTo(caller, step), at: step.at.toISOString() })),
    summary: await getSummary(sql, id),
  };
}
