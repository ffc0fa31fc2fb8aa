import { Refusal } from '../../domain/errors.ts';
import { nextFreeSlot, slotsBetween } from '../../domain/slot.ts';
import { rulesFor } from '../../pipeline/free-slot.ts';
import { getAccount } from '../../store/account.ts';
import { found } from '../../store/database.ts';
import { takenTimes } from '../../store/post-times.ts';
import type { Api, ApiContext } from '../parts.ts';
import { byId } from '../schemas/common.ts';
import { slotPlan, slotQuery } from '../schemas/slot.ts';

const DAY_MS = 86_400_000;
const MOST_DAYS = 62;
const MOST_TAKEN = 20_000;

/** What a plan of an account's time draws: its slots, which are taken, its quiet times, and where the next post would go. */
export function slotRoutes(app: Api, { database, io, timeZone }: ApiContext): void {
  app.get(
    '/v1/accounts/:id/slots',
    {
      schema: {
        operationId: 'listSlots',
        summary: 'Slots and quiet times of an account in a stretch of time of at most 62 days',
        tags: ['accounts'],
        params: byId,
        querystring: slotQuery,
        response: { 200: slotPlan },
      },
    },
    async (request) => {
      const { id } = request.params;
      const from = new Date(request.query.from);
      const to = new Date(request.query.to);
      const days = (to.getTime() - from.getTime()) / DAY_MS;
      if (days <= 0 || days > MOST_DAYS) {
        const message = `must be after from, by ${MOST_DAYS} days at most`;
        throw new Refusal('invalid', `to ${message}.`, [{ pointer: '?to', code: 'out-of-range', message }]);
      }
      const account = found(await getAccount(database, id), 'account', id);
      const rules = await rulesFor(database, account, timeZone);
      const start = new Date(Math.max(from.getTime(), io.now().getTime()));
      const since = new Date(Math.min(from.getTime(), start.getTime()) - 2 * DAY_MS);
      const taken = await takenTimes(database, id, since, { skip: 0, limit: MOST_TAKEN });
      const busy = new Set(taken.map((at) => at.getTime()));
      const { slots, quiet } = slotsBetween(from, to, rules);
      return {
        timeZone: rules.timeZone,
        slots: slots.map((at) => ({ at: at.toISOString(), taken: busy.has(at.getTime()) })),
        quiet: quiet.map((time) => ({ from: time.from.toISOString(), to: time.to.toISOString() })),
        nextFree: nextFreeSlot(start, rules, taken)?.toISOString() ?? null,
      };
    },
  );
}
