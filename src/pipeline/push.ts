import { Refusal } from '../domain/errors.ts';
import { insertArticle } from '../store/article.ts';
import type { ArticleRequest } from '../store/article.ts';
import type { Sql } from '../store/database.ts';
import { insertDecisions } from '../store/decision.ts';
import { lockSource } from '../store/source.ts';
import type { SourceRow } from '../store/source.ts';
import { urlKey } from '../text/url.ts';
import { refuseOverCap } from './intake.ts';

/**
 * Hands in an article that a source pushes, in the caller's transaction: what the source's settings say stands in for what
 * was not given, and the log of the source tells of it.
 * @throws Refusal where there is no such source, it is read and not pushed to, is paused, or is over its cap.
 */
export async function pushArticle(
  sql: Sql,
  ids: { readonly articleId: string; readonly decisionId: string; readonly sourceId: string },
  request: ArticleRequest,
  actor: string,
): Promise<void> {
  const source = await lockSource(sql, ids.sourceId);
  if (source === null) throw noSource('not-found', `There is no source ${ids.sourceId}.`);
  if (source.kind !== 'push')
    throw noSource('not-push', `Source ${source.id} (“${source.name}”) is read by us: make one of kind push.`);
  if (source.state === 'paused')
    throw new Refusal('conflict', `Source ${source.id} (“${source.name}”) is paused: resume it first.`);
  await refuseOverCap(sql, source);
  const { articleId, decisionId, sourceId } = ids;
  await insertArticle(sql, articleId, withDefaults(request, source), actor, sourceId);
  await insertDecisions(sql, [
    {
      id: decisionId,
      sourceId,
      // What is pushed is an item of its own each time: whether it is a known story, its text tells.
      guid: articleId,
      urlKey: request.url === undefined ? null : urlKey(request.url),
      outcome: 'accepted',
      rule: null,
      detail: null,
      articleId,
      storyId: null,
      url: request.url ?? null,
      title: (request.title ?? '').slice(0, 500),
      teaser: null,
      sections: request.section === undefined ? [] : [request.section],
      lang: request.lang ?? null,
      publishedAt: null,
      content: null,
      hash: articleId,
    },
  ]);
}

function noSource(code: string, message: string): Refusal {
  return new Refusal('invalid', message, [{ pointer: '/sourceId', code, message }]);
}

function withDefaults(request: ArticleRequest, { settings }: SourceRow): ArticleRequest {
  const { section, lang, accountIds, urgency, tags } = settings;
  return {
    ...(section === null ? {} : { section }),
    ...(lang === null ? {} : { lang }),
    ...(accountIds === null ? {} : { accountIds }),
    ...request,
    urgency: request.urgency === 'normal' ? urgency : request.urgency,
    tags: [...new Set([...request.tags, ...tags])],
  };
}
