import { promote } from '../../pipeline/sources.ts';
import { found } from '../../store/database.ts';
import { pageDecisions } from '../../store/decision.ts';
import { getSource } from '../../store/source.ts';
import { callerOf } from '../authenticate.ts';
import { sendPage } from '../page.ts';
import type { Api, ApiContext } from '../parts.ts';
import { byId, noBody } from '../schemas/common.ts';
import { decisionPage, decisionQuery, promotedView } from '../schemas/source.ts';
import { decisionViewOf } from '../views/source.ts';

/** The decision log: why an item of a source became a story, or did not. */
export function decisionRoutes(app: Api, context: ApiContext): void {
  const { database } = context;

  app.get(
    '/v1/sources/:id/decisions',
    {
      schema: {
        operationId: 'listDecisions',
        summary: 'What was decided about each item of a source and why, the newest first',
        tags: ['sources'],
        params: byId,
        querystring: decisionQuery,
        response: { 200: decisionPage },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      found(await getSource(database, id), 'source', id);
      return sendPage(
        request,
        reply,
        (page) => pageDecisions(database, id, request.query.outcome ?? null, page),
        (row) => [row.id],
        (row) => decisionViewOf(row, callerOf(request)),
      );
    },
  );

  app.post(
    '/v1/decisions/:id/promote',
    {
      schema: {
        operationId: 'promoteItem',
        summary: 'Take an item in although it was skipped; try again to read one that could not be read',
        tags: ['sources'],
        params: byId,
        body: noBody,
        response: { 202: promotedView },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      const { articleId } = await promote(context, request.params.id, caller.id);
      const href = `/v1/articles/${articleId}`;
      void reply.header('location', href);
      return reply.code(202).send({ articleId, href });
    },
  );
}
