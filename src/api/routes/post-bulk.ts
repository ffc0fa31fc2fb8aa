import type { FastifyRequest } from 'fastify';
import { getListedPost } from '../../store/post-list.ts';
import { found } from '../../store/database.ts';
import { callerOf } from '../authenticate.ts';
import type { Api, ApiContext } from '../parts.ts';
import { actOn, mayAct, postVerbs } from '../post-verbs.ts';
import { problemOf } from '../problem.ts';
import { bulkAction, bulkResult } from '../schemas/post-bulk.ts';
import { faultsOf, invalid } from '../validate.ts';
import { postViewOf } from '../views/post.ts';

/** One verb on many posts. */
export function postBulkRoutes(app: Api, context: ApiContext): void {
  const verbs = postVerbs(context);

  app.post(
    '/v1/post-actions',
    {
      schema: {
        operationId: 'actOnPosts',
        summary: 'Do one thing to many posts',
        description:
          'One after the other, in the order asked for, each by itself: what is refused is told beside what was done. A version refuses a post that somebody changed meanwhile.',
        tags: ['posts'],
        body: bulkAction,
        response: { 200: bulkResult },
      },
    },
    async (request) => {
      const caller = callerOf(request);
      const { action, ids } = request.body;
      const verb = verbs[action];
      const parsed = verb.body.safeParse(request.body.with ?? {});
      if (!parsed.success) throw invalid(parsed.error.issues.flatMap((issue) => faultsOf(issue, '/with')));
      const body = parsed.data;
      mayAct(caller, action, body);
      const results: Result[] = [];
      for (const one of ids) {
        const { id, version } = typeof one === 'string' ? { id: one, version: null } : one;
        results.push(await resultOf(id, request, () => actOn(context, verb, { id, version, body }, caller)));
      }
      const done = results.filter((result) => result.problem === null).length;
      return { done, refused: results.length - done, results };
    },
  );

  type Result = ReturnType<typeof bulkResult.parse>['results'][number];

  async function resultOf(id: string, request: FastifyRequest, act: () => Promise<void>): Promise<Result> {
    try {
      await act();
      const row = found(await getListedPost(context.database, id), 'post', id);
      return { id, post: postViewOf(row, callerOf(request)), problem: null };
    } catch (error) {
      return { id, post: null, problem: problemOf(error, request, context.log) };
    }
  }
}
