import { z } from 'zod';
import { hold, lift } from '../../pipeline/holds.ts';
import type { HoldRow } from '../../store/hold.ts';
import { pageHolds } from '../../store/hold.ts';
import { callerOf } from '../authenticate.ts';
import { sendPage } from '../page.ts';
import type { Api, ApiContext } from '../parts.ts';
import { byId } from '../schemas/common.ts';
import type { HoldView } from '../schemas/hold.ts';
import { holdPage, holdQuery, holdView, liftBody, newHold } from '../schemas/hold.ts';

export function holdRoutes(app: Api, context: ApiContext): void {
  app.post(
    '/v1/holds',
    {
      schema: {
        operationId: 'placeHold',
        summary: 'Hold publishing: everything, a network, an account, or posts that mention a word',
        description: 'No request of a matching post leaves later than a second after the answer.',
        tags: ['holds'],
        body: newHold,
        response: { 201: holdView },
      },
    },
    async (request, reply) => {
      const { scope, target = null, reason } = request.body;
      const caller = callerOf(request);
      const row = await hold(context, { scope, target, reason }, caller.id);
      return reply.code(201).send(viewOf(row));
    },
  );

  app.get(
    '/v1/holds',
    {
      schema: {
        operationId: 'listHolds',
        summary: 'What is held, by whom and why',
        tags: ['holds'],
        querystring: holdQuery,
        response: { 200: holdPage },
      },
    },
    (request, reply) =>
      sendPage(
        request,
        reply,
        (page) => pageHolds(context.database, request.query.state === 'open', page),
        (row) => [row.id],
        viewOf,
      ),
  );

  app.post(
    '/v1/holds/:id/lift',
    {
      schema: {
        operationId: 'liftHold',
        summary: 'Resume publishing: as planned, shifted, or without what came due meanwhile',
        tags: ['holds'],
        params: byId,
        body: liftBody,
        response: { 200: holdView },
      },
    },
    async (request) => {
      const caller = callerOf(request);
      return viewOf(await lift(context, request.params.id, request.body.resume, caller.id));
    },
  );

  app.delete(
    '/v1/holds/:id',
    {
      schema: {
        operationId: 'removeHold',
        summary: 'Resume publishing as planned',
        description:
          'The same as `POST /v1/holds/{id}/lift` with `as-planned`, which asks how to go on: what came due meanwhile goes out now, by the account’s gap and caps; past its `staleAt` it is stale and not sent.',
        tags: ['holds'],
        params: byId,
        response: { 204: z.undefined().describe('Lifted.') },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      await lift(context, request.params.id, 'as-planned', caller.id);
      return reply.code(204).send();
    },
  );
}

function viewOf(row: HoldRow): HoldView {
  return { ...row, placedAt: row.placedAt.toISOString(), liftedAt: row.liftedAt?.toISOString() ?? null };
}
