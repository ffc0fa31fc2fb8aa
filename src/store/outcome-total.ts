import { z } from 'zod';
import type { Database, Sql } from './database.ts';
import { outcomesAfter } from './figures.ts';
import type { Outcome } from './figures.ts';

/** Upper bounds in seconds: from a lone post on a quiet system to a quarter of an hour. A change of them begins the counts anew. */
export const LATENESS_BOUNDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 15, 60, 300, 900];
const PAGE = 1_000;

const totalRow = z.object({
  network: z.string(),
  outcome: z.string(),
  posts: z.number(),
  /** Sent at most so late, for each bound in turn. */
  within: z.array(z.coerce.number()),
  measured: z.number(),
  latenessS: z.number(),
});
export type OutcomeTotal = z.infer<typeof totalRow>;

/** Adds what has happened since anybody asked, once for all processes, and answers the totals of the installation. */
export async function outcomeTotals(database: Database): Promise<OutcomeTotal[]> {
  while ((await database.transaction(addPage)) === PAGE);
  return database.many(
    totalRow,
    `SELECT network, outcome, posts::float8, within::float8[], measured::float8, lateness_s AS "latenessS"
       FROM standfirst.outcome_total ORDER BY network, outcome`,
  );
}

/** One process at a time, each after the other. @returns how many outcomes were added. */
async function addPage(sql: Sql): Promise<number> {
  const at = await sql.one(
    z.object({ cursor: z.string() }),
    `SELECT cursor FROM standfirst.event_reader WHERE name = 'totals' FOR UPDATE`,
  );
  const outcomes = await outcomesAfter(sql, at?.cursor ?? '0-0', PAGE);
  const last = outcomes.at(-1);
  if (last === undefined) return 0;
  for (const some of Map.groupBy(outcomes, ({ network, outcome }) => `${network} ${outcome}`).values())
    await add(sql, some);
  await sql.run(`UPDATE standfirst.event_reader SET cursor = $1 WHERE name = 'totals'`, [last.cursor]);
  return outcomes.length;
}

async function add(sql: Sql, outcomes: readonly Outcome[]): Promise<void> {
  const seconds = outcomes.flatMap(({ latenessMs }) => (latenessMs === null ? [] : [latenessMs / 1000]));
  const within = LATENESS_BOUNDS.map((bound) => seconds.filter((one) => one <= bound).length);
  const sum = seconds.reduce((all, one) => all + one, 0);
  await sql.run(
    `INSERT INTO standfirst.outcome_total AS total (network, outcome, posts, within, measured, lateness_s) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (network, outcome) DO UPDATE SET posts = total.posts + excluded.posts, measured = total.measured + excluded.measured,
            lateness_s = total.lateness_s + excluded.lateness_s,
            within = (SELECT array_agg(was + new ORDER BY n) FROM unnest(total.within, excluded.within) WITH ORDINALITY AS sums (was, new, n))`,
    [outcomes[0]?.network, outcomes[0]?.outcome, outcomes.length, within, seconds.length, sum],
  );
}
