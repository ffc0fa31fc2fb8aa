import { groupFailures } from '../../domain/failure-groups.ts';
import { pageAttempts } from '../../store/attempt.ts';
import { pagePosts } from '../../store/post-list.ts';
import { callerOf } from '../authenticate.ts';
import { sendPage } from '../page.ts';
import type { Api, ApiContext } from '../parts.ts';
import { attemptPage, attemptQuery, failurePage, MOST_FAILURES } from '../schemas/attempt.ts';
import { attemptViewOf, postViewOf } from '../views/post.ts';

/** Every try at sending, and what of it a person has to look at. */
export function attemptRoutes(app: Api, { database }: ApiContext): void {
  app.get(
    '/v1/attempts',
    {
      schema: {
        operationId: 'listAttempts',
        summary: 'Tries at sending posts, the latest first',
        tags: ['posts'],
        querystring: attemptQuery,
        response: { 200: attemptPage },
      },
    },
    (request, reply) => {
      const { post = null, account = null, network = null, outcome = null, since, until } = request.query;
      const [from = null, to = null] = [since, until].map((time) => (time === undefined ? null : new Date(time)));
      const filter = { postId: post, accountId: account, network, phases: outcome, since: from, until: to };
      return sendPage(
        request,
        reply,
        (page) => pageAttempts(database, filter, page),
        (row) => [row.id],
        attemptViewOf,
      );
    },
  );

  app.get(
    '/v1/failures',
    {
      schema: {
        operationId: 'listFailures',
        summary: 'What failed, is in doubt or came too late, by cause and account, the largest harm first',
        tags: ['posts'],
        response: { 200: failurePage },
      },
    },
    async (request) => {
      const page = { limit: MOST_FAILURES + 1, after: null };
      const rows = await pagePosts(database, { states: ['failed', 'unknown', 'stale'] }, '-createdAt', page);
      const posts = rows.slice(0, MOST_FAILURES).map((row) => postViewOf(row, callerOf(request)));
      const data = groupFailures(posts).map(({ posts: failed, oldest, ...group }) => ({
        ...group,
        oldestAt: new Date(oldest).toISOString(),
        count: failed.length,
        postIds: failed.map(({ id }) => id),
      }));
      return { data, isWhole: rows.length <= MOST_FAILURES };
    },
  );
}
