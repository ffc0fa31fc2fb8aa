import { z } from 'zod';
import { Refusal } from '../../domain/errors.ts';
import { recur } from '../../pipeline/recurrences.ts';
import type { RecurrenceRow } from '../../store/recurrence.ts';
import { endRecurrence, pageRecurrences } from '../../store/recurrence.ts';
import { callerOf } from '../authenticate.ts';
import { sendPage } from '../page.ts';
import type { Api, ApiContext } from '../parts.ts';
import { byId, pageQuery } from '../schemas/common.ts';
import type { RecurrenceView } from '../schemas/recurrence.ts';
import { createdRecurrence, newRecurrence, recurrencePage } from '../schemas/recurrence.ts';
import { mayReachPost } from '../test-keys.ts';

export function recurrenceRoutes(app: Api, context: ApiContext): void {
  const { database } = context;

  app.post(
    '/v1/recurrences',
    {
      schema: {
        operationId: 'createRecurrence',
        summary: 'Let an approved text come again at a wall time',
        tags: ['posts'],
        body: newRecurrence,
        response: { 201: createdRecurrence },
      },
    },
    async (request, reply) => {
      const { endsAt, ...rest } = request.body;
      const caller = callerOf(request);
      await mayReachPost(caller, database, rest.postId);
      const until = endsAt === undefined ? null : new Date(endsAt);
      return reply.code(201).send({ id: await recur(context, { ...rest, endsAt: until }, caller.id) });
    },
  );

  app.get(
    '/v1/recurrences',
    {
      schema: {
        operationId: 'listRecurrences',
        summary: 'What comes again, and when next',
        tags: ['posts'],
        querystring: pageQuery,
        response: { 200: recurrencePage },
      },
    },
    (request, reply) =>
      sendPage(
        request,
        reply,
        (page) => pageRecurrences(database, page),
        (row) => [row.id],
        viewOf,
      ),
  );

  app.delete(
    '/v1/recurrences/:id',
    {
      schema: {
        operationId: 'endRecurrence',
        summary: 'Let it not come again; the posts that are made stay',
        tags: ['posts'],
        params: byId,
        response: { 204: z.undefined().describe('Ended.') },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const ended = await database.transaction((sql) => endRecurrence(sql, id, callerOf(request).id));
      if (!ended) throw new Refusal('not-found', `There is no recurrence ${id} that still runs.`);
      return reply.code(204).send();
    },
  );
}

function viewOf({
  nextAt,
  endsAt,
  createdAt,
  revision: _revision,
  endedAt: _endedAt,
  ...rest
}: RecurrenceRow): RecurrenceView {
  return {
    ...rest,
    nextAt: nextAt.toISOString(),
    endsAt: endsAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  };
}
