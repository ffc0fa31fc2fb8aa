import { z } from 'zod';
import { Refusal } from '../../domain/errors.ts';
import { networkOf } from '../../networks/registry.ts';
import { getAccount } from '../../store/account.ts';
import { found } from '../../store/database.ts';
import type { HoldRow } from '../../store/hold.ts';
import { liftHold, openHolds, placeHold } from '../../store/hold.ts';
import { callerOf } from '../authenticate.ts';
import type { Caller } from '../caller.ts';
import type { Api, ApiContext } from '../parts.ts';
import { ApiProblem } from '../problem.ts';
import { byId } from '../schemas/common.ts';
import type { HoldView } from '../schemas/hold.ts';
import { holdList, holdView, newHold } from '../schemas/hold.ts';
import { mayReach } from '../test-keys.ts';

/** Stopping and going on: from the moment a hold is answered, nothing that it matches is sent. */
export function holdRoutes(app: Api, context: ApiContext): void {
  const { database, io } = context;

  app.get(
    '/v1/holds',
    {
      schema: {
        operationId: 'listHolds',
        summary: 'Holds that are in force',
        tags: ['holds'],
        response: { 200: holdList },
      },
    },
    async () => ({ data: (await openHolds(database)).map(viewOf) }),
  );

  app.post(
    '/v1/holds',
    {
      schema: {
        operationId: 'placeHold',
        summary: 'Hold everything, a network or an account',
        description: 'What is due waits; it goes out, or is stale, once the hold is lifted.',
        tags: ['holds'],
        body: newHold,
        response: { 201: holdView },
      },
    },
    async (request, reply) => {
      const { scope, target, reason } = request.body;
      const caller = callerOf(request);
      const network =
        scope === 'account' ? found(await getAccount(database, target ?? ''), 'account', target ?? '').network : target;
      if (network !== undefined) mayReach(caller, networkOf(network).profile.id);
      else mayHoldAll(caller);
      const id = io.id('hold');
      const row = await database.transaction((sql) =>
        placeHold(sql, { id, scope, target: target ?? null, reason }, caller.id),
      );
      return reply.code(201).send(viewOf(row));
    },
  );

  app.delete(
    '/v1/holds/:id',
    {
      schema: {
        operationId: 'liftHold',
        summary: 'Lift a hold: publishing goes on',
        tags: ['holds'],
        params: byId,
        response: { 204: z.undefined().describe('Lifted.') },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const caller = callerOf(request);
      mayHoldAll(caller);
      const wasOpen = await database.transaction((sql) => liftHold(sql, id, caller.id));
      if (!wasOpen) throw new Refusal('not-found', `There is no hold ${id} in force.`);
      return reply.code(204).send();
    },
  );
}

/** @throws ApiProblem `not-allowed` for a test key: whatever it does must not be felt outside. */
function mayHoldAll(caller: Caller): void {
  if (caller.isTest) throw new ApiProblem('not-allowed', 'A test key reaches the sandbox only. Use a live key.');
}

function viewOf(row: HoldRow): HoldView {
  return { ...row, placedAt: row.placedAt.toISOString() };
}
