import { Refusal } from '../../domain/errors.ts';
import { slotPlanOf, timesOf } from '../../pipeline/slot-plan.ts';
import type { SlotPlan } from '../../pipeline/slot-plan.ts';
import { pageAccounts } from '../../store/account-list.ts';
import { getAccount } from '../../store/account.ts';
import { found } from '../../store/database.ts';
import { getPost } from '../../store/post.ts';
import { sendPage } from '../page.ts';
import type { Api, ApiContext } from '../parts.ts';
import { byId } from '../schemas/common.ts';
import { postTimes, postTimesQuery, slotPlan, slotPlanPage, slotPlansQuery, slotQuery } from '../schemas/slot.ts';

const DAY_MS = 86_400_000;
const MOST_DAYS = 62;

/** What a plan draws: slots and quiet times of accounts, how full their days are, and where one post may go. */
export function slotRoutes(app: Api, { database, io, timeZone }: ApiContext): void {
  const between = (query: { from: string; to: string }) => ({ ...stretchOf(query), now: io.now(), timeZone });

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
      const about = between(request.query);
      return planViewOf(await slotPlanOf(database, found(await getAccount(database, id), 'account', id), about));
    },
  );

  app.get(
    '/v1/slots',
    {
      schema: {
        operationId: 'listSlotPlans',
        summary: 'The same of every account, and how full its days are',
        tags: ['accounts'],
        querystring: slotPlansQuery,
        response: { 200: slotPlanPage },
      },
    },
    async (request, reply) => {
      const about = between(request.query);
      const { account } = request.query;
      return sendPage(
        request,
        reply,
        async (page) => {
          const accounts =
            account === undefined
              ? await pageAccounts(database, { network: null, state: null }, page)
              : [found(await getAccount(database, account), 'account', account)];
          const plans = [];
          for (const one of accounts) plans.push({ id: one.id, plan: await slotPlanOf(database, one, about) });
          return plans;
        },
        ({ id }) => [id],
        ({ id, plan }) => ({ accountId: id, ...planViewOf(plan) }),
      );
    },
  );

  app.get(
    '/v1/posts/:id/times',
    {
      schema: {
        operationId: 'listPostTimes',
        summary: 'When a post may go out: free slots, and what speaks against other times, in at most 62 days',
        tags: ['posts'],
        params: byId,
        querystring: postTimesQuery,
        response: { 200: postTimes },
      },
    },
    async (request) => {
      const { id } = request.params;
      const { without = [] } = request.query;
      const about = between(request.query);
      const times = await timesOf(database, found(await getPost(database, id), 'post', id), about, without);
      return {
        timeZone: times.timeZone,
        slots: times.slots.map(({ at, taken }) => ({ at: at.toISOString(), taken })),
        barred: times.barred.map(({ by, from, to }) => ({ by, from: from.toISOString(), to: to.toISOString() })),
      };
    },
  );
}

/** @throws Refusal where it is none, or too long. */
function stretchOf(query: { from: string; to: string }): { from: Date; to: Date } {
  const [from, to] = [new Date(query.from), new Date(query.to)];
  const days = (to.getTime() - from.getTime()) / DAY_MS;
  if (days > 0 && days <= MOST_DAYS) return { from, to };
  const message = `must be after from, by ${MOST_DAYS} days at most`;
  throw new Refusal('invalid', `to ${message}.`, [{ pointer: '?to', code: 'out-of-range', message }]);
}

function planViewOf({ timeZone, slots, quiet, days, nextFree }: SlotPlan) {
  return {
    timeZone,
    slots: slots.map(({ at, taken }) => ({ at: at.toISOString(), taken })),
    quiet: quiet.map((time) => ({ from: time.from.toISOString(), to: time.to.toISOString() })),
    days: days.map((day) => ({ ...day, from: day.from.toISOString(), to: day.to.toISOString() })),
    nextFree: nextFree?.toISOString() ?? null,
  };
}
