import { z } from 'zod';
import type { Sql } from './database.ts';

const feedsRow = z.object({
  active: z.number(),
  paused: z.number(),
  failing: z.array(z.object({ id: z.string(), name: z.string(), since: z.coerce.date().nullable() })),
  failingCount: z.number(),
});
const webhooksRow = z.object({
  active: z.number(),
  paused: z.number(),
  disabled: z.number(),
  failingCount: z.number(),
  waiting: z.number(),
  oldestWaitingAt: z.date().nullable(),
});

export interface OutsideFacts {
  readonly feeds: z.infer<typeof feedsRow>;
  readonly webhooks: z.infer<typeof webhooksRow>;
}

const MOST_NAMED = 5;

/** How those outside do from whom articles come, and who is told of what happens. No addresses: they may hold a key. */
export async function outsideFacts(sql: Sql): Promise<OutsideFacts> {
  const feeds = await sql.one(
    feedsRow,
    `WITH failing AS (SELECT id, name, failing_since FROM standfirst.source WHERE state = 'active' AND failures > 0)
     SELECT count(*) FILTER (WHERE state = 'active')::int AS active, count(*) FILTER (WHERE state = 'paused')::int AS paused,
            (SELECT count(*)::int FROM failing) AS "failingCount",
            (SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', name, 'since', failing_since) ORDER BY failing_since), '[]')
               FROM (SELECT * FROM failing ORDER BY failing_since LIMIT ${MOST_NAMED}) AS first) AS failing
       FROM standfirst.source`,
  );
  const webhooks = await sql.one(
    webhooksRow,
    `SELECT count(*) FILTER (WHERE state = 'active')::int AS active, count(*) FILTER (WHERE state = 'paused')::int AS paused,
            count(*) FILTER (WHERE state = 'disabled')::int AS disabled,
            count(*) FILTER (WHERE state = 'active' AND failing_since IS NOT NULL)::int AS "failingCount",
            (SELECT count(*)::int FROM standfirst.delivery WHERE state = 'waiting') AS waiting,
            (SELECT min(created_at) FROM standfirst.delivery WHERE state = 'waiting') AS "oldestWaitingAt"
       FROM standfirst.endpoint`,
  );
  if (feeds === null || webhooks === null) throw new Error('An aggregate without groups has one row.');
  return { feeds, webhooks };
}
