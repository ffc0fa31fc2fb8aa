import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { weekdays } from '../../src/domain/slot-rules.ts';
import { addAccount } from '../../src/pipeline/accounts.ts';
import { createPosts } from '../../src/pipeline/create-posts.ts';
import { pace } from '../../src/pipeline/pace.ts';
import type { AccountRow, AccountSettings } from '../../src/store/account.ts';
import { whyNotClaimed } from '../../src/store/claim.ts';
import { installAnywhere } from './install-anywhere.ts';
import type { Installation } from './installation.ts';

/** Thousands of posts that are late on one account. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const MANY = 6_000;
let at: Installation;
beforeAll(async () => {
  at = await installAnywhere({ withWorkers: false });
});
afterAll(() => at[Symbol.asyncDispose]());

/** Posts a second apart, the oldest late by five hours. @returns the oldest and the newest. */
async function late(settings: Partial<AccountSettings>, count: number): Promise<[AccountRow, string, string]> {
  const { database } = at.context;
  const add = { network: 'sandbox', name: `Late ${JSON.stringify(settings)}`, credentials: {}, settings };
  const desk = await addAccount(at.context, add, 'test');
  const parts = [{ text: 'Late', media: [], card: null }];
  const schedule = { at: new Date(Date.now() + HOUR) };
  const [post] = await createPosts(at.context, { parts, accountIds: [desk.id], schedule }, 'test');
  const id = post?.id ?? '';
  for (let n = 1; n < count; n += 1_000) {
    await database.run(
      `INSERT INTO standfirst.post SELECT (jsonb_populate_record(post, jsonb_build_object('id', post.id || lpad(n::text, 8, '0'),
       'due_at', post.due_at + n * interval '1 second', 'wake_at', post.wake_at + n * interval '1 second'))).*
       FROM standfirst.post, generate_series($2::int, least($2 + 999, $3 - 1)) AS n WHERE post.id = $1`,
      [id, n, count],
    );
  }
  await database.run(
    `INSERT INTO standfirst.post_revision (post_id, n, parts, link, tags, lang, hash)
     SELECT rev.post_id || lpad(g::text, 8, '0'), rev.n, rev.parts, rev.link, rev.tags, rev.lang, rev.hash
       FROM standfirst.post_revision AS rev, generate_series(1, $2::int - 1) AS g WHERE rev.post_id = $1`,
    [id, count],
  );
  await database.run(
    `UPDATE standfirst.post SET due_at = due_at - interval '6 hours', wake_at = wake_at - interval '6 hours',
            stale_at = standfirst.clock() + interval '30 days' WHERE account_id = $1`,
    [desk.id],
  );
  await database.run('ANALYZE standfirst.post');
  return [desk, id, `${id}${String(count - 1).padStart(8, '0')}`];
}
const pacedOf = async (desk: AccountRow): Promise<string[]> => {
  const text = `SELECT id FROM standfirst.post WHERE account_id = $1 AND apart_at IS NOT NULL`;
  return (await at.context.database.many(z.object({ id: z.string() }), text, [desk.id])).map(({ id }) => id);
};
const needsPace = async (id: string): Promise<boolean | undefined> =>
  (await whyNotClaimed(at.context.database, id))?.needsPace;
const rows = async (desk: AccountRow) =>
  at.context.database.many(
    z.object({ id: z.string(), at: z.date(), version: z.number() }),
    `SELECT id, wake_at AS at, version FROM standfirst.post WHERE account_id = $1 AND state = 'scheduled' ORDER BY due_at, id`,
    [desk.id],
  );

it('are given their times some at a time, in their order, and none past its worth', { timeout: 120_000 }, async () => {
  const { database } = at.context;
  const [desk, oldest, newest] = await late({ minGapMs: MINUTE }, MANY);
  await database.run(`UPDATE standfirst.post SET stale_at = standfirst.clock() + interval '2 minutes' WHERE id = $1`, [
    newest,
  ]);
  const began = performance.now();
  const { first, all } = pace(at.context, desk.id);
  await first;
  const firstMs = performance.now() - began;
  const paced = await pacedOf(desk);
  expect(paced.length).toBeLessThan(MANY);
  expect(paced).toContain(newest);
  await all;
  console.log(`first ms ${Math.round(firstMs)}, all ${MANY} ms ${Math.round(performance.now() - began)}`);
  const [brief, ...others] = (await rows(desk)).toSorted(
    (one, other) => Number(other.id === newest) - Number(one.id === newest),
  );
  expect(brief?.at.getTime()).toBeLessThan(Date.now() + MINUTE);
  expect(others[0]?.id).toBe(oldest);
  const gaps = others.slice(1).map((post, n) => post.at.getTime() - (others[n]?.at.getTime() ?? 0));
  expect(new Set(gaps)).toEqual(new Set([MINUTE]));
  await database.run(
    `UPDATE standfirst.post SET state = 'published', published_at = wake_at, wake_at = NULL WHERE id = $1`,
    [brief?.id],
  );
  await pace(at.context, desk.id).all;
  expect((await rows(desk)).map(({ version }) => version)).toEqual(others.map(({ version }) => version));
});

it('ask for their times once, where quiet hours alone are set and they take their time to leave', async () => {
  const clock = (ms: number): string => new Date(Date.now() + ms).toISOString().slice(11, 16);
  const quietHours = [{ from: clock(8 * HOUR), to: clock(10 * HOUR), days: [...weekdays] }];
  const [desk, oldest] = await late({ timeZone: 'UTC', quietHours }, 3);
  expect(await needsPace(oldest)).toBe(true);
  await pace(at.context, desk.id).all;
  const age = (ms: number): Promise<number> =>
    at.context.database.run(
      `UPDATE standfirst.post SET wake_at = wake_at - $2 * interval '1 ms', apart_at = apart_at - $2 * interval '1 ms' WHERE account_id = $1`,
      [desk.id, ms],
    );
  await age(4 * MINUTE);
  expect(await needsPace(oldest)).toBe(false);
  await age(2 * MINUTE);
  expect(await needsPace(oldest)).toBe(true);
});
