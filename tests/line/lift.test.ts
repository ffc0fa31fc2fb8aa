import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { weekdays } from '../../src/domain/slot-rules.ts';
import { addAccount } from '../../src/pipeline/accounts.ts';
import { createPosts } from '../../src/pipeline/create-posts.ts';
import { shiftAll } from '../../src/pipeline/go-on.ts';
import { hold, lift } from '../../src/pipeline/holds.ts';
import { recur, runRecurrences } from '../../src/pipeline/recurrences.ts';
import { editStory } from '../../src/pipeline/stories.ts';
import type { AccountRow, AccountSettings } from '../../src/store/account.ts';
import { getHold } from '../../src/store/hold.ts';
import type { HoldRow } from '../../src/store/hold.ts';
import { AT_ONCE } from '../../src/store/kept-back.ts';
import { getPost } from '../../src/store/post.ts';
import type { PostRow } from '../../src/store/post.ts';
import { lockTimes } from '../../src/store/post-times.ts';
import { insertStory } from '../../src/store/story-likeness.ts';
import { installAnywhere } from './install-anywhere.ts';
import type { Installation } from './installation.ts';

/** What lifting a hold does to what it had nothing to do with, and to a great many posts. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
let at: Installation;
let serial = 0;
beforeAll(async () => {
  at = await installAnywhere({ withWorkers: false });
});
afterAll(() => at[Symbol.asyncDispose]());

const account = (settings: Partial<AccountSettings> = {}): Promise<AccountRow> =>
  addAccount(at.context, { network: 'sandbox', name: `Lift ${++serial}`, credentials: {}, settings }, 'test');
async function make(on: AccountRow, inMs: number, more: object = {}): Promise<PostRow> {
  const parts = [{ text: `Lifted ${++serial}`, media: [], card: null }];
  const schedule = { at: new Date(Date.now() + inMs) };
  const [post] = await createPosts(at.context, { parts, accountIds: [on.id], schedule, ...more }, 'test');
  return post as PostRow;
}
const read = async ({ id }: PostRow): Promise<PostRow> => (await getPost(at.context.database, id)) as PostRow;
const minutes = (from: Date | null, to: Date | null): number =>
  Math.round(((to?.getTime() ?? NaN) - (from?.getTime() ?? NaN)) / MINUTE);
/** Holds as if since some minutes. */
async function heldFor(since: number, scope: HoldRow['scope'], target: string): Promise<HoldRow> {
  const { database } = at.context;
  const { id } = await hold(at.context, { scope, target, reason: 'A check.' }, 'ed');
  await database.run(`UPDATE standfirst.hold SET placed_at = placed_at - $2 * interval '1 minute' WHERE id = $1`, [
    id,
    since,
  ]);
  return (await getHold(database, id)) as HoldRow;
}
/** Many posts like one, a minute apart. */
async function copied({ id }: PostRow, times: number): Promise<void> {
  const { database } = at.context;
  await database.run(
    `INSERT INTO standfirst.post SELECT (jsonb_populate_record(post, jsonb_build_object('id', id || lpad(n::text, 6, '0'),
            'due_at', due_at + n * interval '1 minute', 'wake_at', wake_at + n * interval '1 minute', 'stale_at', stale_at + n * interval '1 minute'))).*
       FROM standfirst.post, generate_series(1, $2::int) AS n WHERE id = $1`,
    [id, times],
  );
  await database.run(
    `INSERT INTO standfirst.post_revision (post_id, n, parts, hash) SELECT post_id || lpad(g::text, 6, '0'), n, parts, hash
       FROM standfirst.post_revision, generate_series(1, $2::int) AS g WHERE post_id = $1`,
    [id, times],
  );
}

it('with a shift leaves what was not held back its time where it would be worthless by another', async () => {
  const desk = await account();
  const worthlessAfter = new Date(Date.now() + 10 * HOUR + 10 * MINUTE);
  const [short, long] = [await make(desk, 10 * HOUR, { worthlessAfter }), await make(desk, 10 * HOUR)];
  const { id } = await heldFor(20, 'account', desk.id);
  await lift(at.context, id, 'shift', 'ed');
  expect(await read(short)).toMatchObject({ state: 'scheduled', wakeAt: short.wakeAt, dueAt: short.dueAt });
  expect(minutes(long.wakeAt, (await read(long)).wakeAt)).toBe(20);
});

it.each([
  ['onto', 24 * 60, 'stale'],
  ['before', 23 * 60 + 40, 'scheduled'],
] as const)('with a shift %s the next time of a text that comes again sends it once', async (_where, since, state) => {
  const { context } = at;
  const desk = await account();
  const source = await make(desk, 480 * HOUR);
  const time = new Date(Date.now() + HOUR).toISOString().slice(11, 16);
  await recur(context, { postId: source.id, time, days: [...weekdays], timeZone: 'UTC', endsAt: null }, 'ed');
  await runRecurrences(context);
  const { id } = await heldFor(since, 'account', desk.id);
  // A day goes by, and the copy of the next one is written under the hold.
  await context.database.run(
    `UPDATE standfirst.post SET due_at = due_at - interval '1 day', wake_at = wake_at - interval '1 day', stale_at = stale_at - interval '1 day',
            worthless_after = worthless_after - interval '1 day' WHERE account_id = $1 AND recurrence_id IS NOT NULL`,
    [desk.id],
  );
  await context.database.run(
    `UPDATE standfirst.recurrence SET next_at = next_at - interval '1 day' WHERE account_id = $1`,
    [desk.id],
  );
  await runRecurrences(context);
  await lift(context, id, 'shift', 'ed');
  const copies = await context.database.many(
    z.object({ state: z.string(), reason: z.string().nullable() }),
    `SELECT state, reason FROM standfirst.post WHERE account_id = $1 AND recurrence_id IS NOT NULL ORDER BY id`,
    [desk.id],
  );
  const reason = state === 'stale' ? 'Its text comes again by its time after the hold: A check.' : null;
  expect(copies).toEqual([
    { state, reason },
    { state: 'scheduled', reason: null },
  ]);
});

it('with a shift makes no embargo end later', async () => {
  const desk = await account();
  const { context } = at;
  const storyId = context.io.id('story');
  await insertStory(context.database, { id: storyId, title: 'B', url: 'https://a.example/1', urgency: 'normal' });
  const posts = [await make(desk, 2 * HOUR, { storyId }), await make(desk, 2.5 * HOUR, { storyId })];
  const embargoUntil = new Date(Date.now() + 3 * HOUR);
  await editStory(context, storyId, { embargoUntil }, 'ed');
  const { id } = await heldFor(45, 'account', desk.id);
  await lift(context, id, 'shift', 'ed');
  const now = await Promise.all(posts.map(read));
  expect(now.map(({ dueAt }, n) => minutes(posts[n]?.dueAt ?? null, dueAt))).toEqual([45, 45]);
  expect(now.map(({ wakeAt }) => minutes(embargoUntil, wakeAt))).toEqual([0, 15]);
  // It is worth as long as ever after it can go.
  expect(now.map(({ wakeAt, staleAt }) => minutes(wakeAt, staleAt))).toEqual([12 * 60, 12 * 60]);
});

it('with a shift moves a great many a few at a time, each once, also where it broke off', async () => {
  const desk = await account({ minGapMs: MINUTE });
  const post = await make(desk, HOUR);
  await copied(post, 2 * AT_ONCE + 10);
  const held = await heldFor(30, 'account', desk.id);
  const ahead = (): Promise<number[]> =>
    at.context.database
      .many(
        z.object({ by: z.number() }),
        `SELECT DISTINCT round(extract(epoch FROM copy.due_at - $2::timestamptz - interval '1 minute' * coalesce(nullif(right(copy.id, 6), right($3::text, 6))::int, 0)) / 60)::int AS by
           FROM standfirst.post AS copy WHERE account_id = $1`,
        [desk.id, post.dueAt, post.id],
      )
      .then((rows) => rows.map(({ by }) => by));
  expect(await ahead()).toEqual([0]);
  const most = `SELECT max(moved)::int AS moved FROM (SELECT count(*) AS moved FROM standfirst.event WHERE type = 'post.moved' AND data ->> 'hold' = $1 GROUP BY tx) AS each`;
  await shiftAll(at.context, held, 'ed');
  expect(await ahead()).toEqual([30]);
  expect((await getHold(at.context.database, held.id))?.liftedAt).toBeNull();
  await lift(at.context, held.id, 'shift', 'ed');
  expect(await ahead()).toEqual([30]);
  expect(await at.context.database.one(z.object({ moved: z.number() }), most, [held.id])).toEqual({ moved: AT_ONCE });
  await shiftAll(at.context, held, 'ed');
  expect(await ahead()).toEqual([30]);
  expect(
    await at.context.database.many(z.unknown(), `SELECT FROM standfirst.setting WHERE key LIKE 'lifting%'`),
  ).toEqual([]);
});

it('as planned, or without what came due, reads no post that did not come due', async () => {
  // It reads what is written.
  await at.context.database.run(`DROP INDEX standfirst.post_revision_texts`);
  for (const resume of ['as-planned', 'drop-stale'] as const) {
    const desk = await account();
    const [due, later] = [await make(desk, HOUR), await make(desk, 2 * HOUR)];
    await at.context.database.run(`UPDATE standfirst.post SET wake_at = standfirst.clock() WHERE id = $1`, [due.id]);
    const { id } = await heldFor(30, 'word', 'Lifted');
    // Who reads it fails.
    const parts = `UPDATE standfirst.post_revision SET parts = $2 WHERE post_id = $1`;
    await at.context.database.run(parts, [later.id, '"none"']);
    await lift(at.context, id, resume, 'ed');
    expect((await read(due)).state).toBe(resume === 'drop-stale' ? 'stale' : 'scheduled');
    await at.context.database.run(parts, [later.id, JSON.stringify(later.parts)]);
    expect(await read(later)).toMatchObject({ state: 'scheduled', wakeAt: later.wakeAt });
  }
});

it('twice at a time is done once, and the other is told so', async () => {
  const { database } = at.context;
  const desk = await account();
  const post = await make(desk, HOUR);
  const { id } = await heldFor(20, 'account', desk.id);
  await database.run(
    `UPDATE standfirst.post SET due_at = standfirst.clock(), wake_at = standfirst.clock() WHERE id = $1`,
    [post.id],
  );
  const lifts: Promise<unknown>[] = [];
  const waiting = async (): Promise<number> => {
    const found = await database.one(
      z.object({ n: z.number() }),
      `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      [],
    );
    return found?.n ?? 0;
  };
  // One is about to move what came due when the other comes to lift the hold.
  await database.transaction(async (sql) => {
    await lockTimes(sql, [desk.id]);
    lifts.push(lift(at.context, id, 'shift', 'ed'));
    await expect.poll(waiting).toBe(1);
    lifts.push(lift(at.context, id, 'as-planned', 'ed'));
    await expect.poll(waiting).toBe(2);
  });
  const ends = await Promise.allSettled(lifts);
  expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(ends.find((end) => end.status === 'rejected')?.reason).toMatchObject({ reason: 'conflict' });
  expect((await read(post)).state).toBe('scheduled');
});
