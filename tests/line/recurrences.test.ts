import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { weekdays } from '../../src/domain/slot-rules.ts';
import { addAccount } from '../../src/pipeline/accounts.ts';
import type { ReadyPost } from '../../src/pipeline/check-posts.ts';
import { createPosts } from '../../src/pipeline/create-posts.ts';
import { approve, changePost } from '../../src/pipeline/post-actions.ts';
import { publish } from '../../src/pipeline/publish.ts';
import { recur, runRecurrences } from '../../src/pipeline/recurrences.ts';
import { removePost } from '../../src/pipeline/remove.ts';
import type { AccountRow, AccountSettings } from '../../src/store/account.ts';
import type { Sql } from '../../src/store/database.ts';
import { eventsOf } from '../../src/store/event.ts';
import { getPost } from '../../src/store/post.ts';
import type { PostRow } from '../../src/store/post.ts';
import { countUnlinked } from '../../src/store/audit.ts';
import { cancelPost, rejectPost, returnPost } from '../../src/store/post-moves.ts';
import { startWorkers } from '../../workers/run.ts';
import { installAnywhere } from './install-anywhere.ts';
import { until } from './installation.ts';
import type { Installation } from './installation.ts';

/** A text that comes again does so as long as somebody approves it, and stands for itself. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ALL_DAY = [{ from: '00:00', to: '00:00', days: [...weekdays] }];
const never = new AbortController().signal;
let at: Installation;
let serial = 0;
beforeAll(async () => {
  at = await installAnywhere({ withWorkers: false });
});
afterAll(() => at[Symbol.asyncDispose]());

const later = (ms: number): Date => new Date(Date.now() + ms);
const account = (settings: Partial<AccountSettings> = {}): Promise<AccountRow> =>
  addAccount(at.context, { network: 'sandbox', name: `Again ${++serial}`, credentials: {}, settings }, 'test');
async function make(on: AccountRow, schedule: ReadyPost['schedule'] = { at: later(48 * HOUR) }): Promise<PostRow> {
  const parts = [{ text: `It comes again ${++serial}`, media: [], card: null }];
  const [post] = await createPosts(at.context, { parts, accountIds: [on.id], schedule }, 'test');
  return post as PostRow;
}
/** The wall time in UTC an hour or so from now, every day. */
const timeAfter = (ms: number): string => later(ms).toISOString().slice(11, 16);
const again = (postId: string, time = timeAfter(HOUR), endsAt: Date | null = null): Promise<string> =>
  recur(at.context, { postId, time, days: [...weekdays], timeZone: 'UTC', endsAt }, 'user_ed');
const run = (): Promise<void> => runRecurrences(at.context);
const inOne = (work: (sql: Sql) => Promise<void>): Promise<void> => at.context.database.transaction(work);
async function madeOf(recurrenceId: string): Promise<PostRow[]> {
  const { database } = at.context;
  const rows = await database.many(
    z.object({ id: z.string() }),
    `SELECT id FROM standfirst.post WHERE recurrence_id = $1 ORDER BY due_at`,
    [recurrenceId],
  );
  return Promise.all(rows.map(async ({ id }) => (await getPost(database, id)) as PostRow));
}
const told = async (id: string): Promise<{ type: string; data: Record<string, unknown> }[]> =>
  (await eventsOf(at.context.database, id, 20)).map(({ type, data }) => ({ type, data }));
const ended = async (id: string): Promise<Record<string, unknown> | undefined> =>
  (await told(id)).find(({ type }) => type === 'recurrence.ended')?.data;
/** The next time of a recurrence comes a day nearer, as if a day had gone by. */
const nextDay = (id: string): Promise<number> =>
  at.context.database.run(
    `UPDATE standfirst.recurrence SET next_at = next_at - interval '1 day' WHERE id = $1 AND next_at > standfirst.clock() + interval '1 day'`,
    [id],
  );

describe('the approval of a text', () => {
  it('has its latest time in every post that comes again of it', async () => {
    const post = await make(await account(), 'review');
    const until = later(3 * HOUR);
    await approve(at.context, post.id, null, null, 'ed', { until });
    const id = await again(post.id);
    await run();
    const [made] = await madeOf(id);
    expect(made).toMatchObject({ state: 'scheduled', approvedUntil: until });
    await at.context.database.run(
      `UPDATE standfirst.recurrence SET next_at = next_at - interval '1 day' WHERE id = $1`,
      [id],
    );
    await at.context.database.run(
      `UPDATE standfirst.post SET approved_until = standfirst.clock() - interval '1 minute' WHERE id = $1`,
      [post.id],
    );
    await run();
    expect(await madeOf(id)).toHaveLength(1);
    expect(await ended(id)).toMatchObject({ because: 'approval-ended', postId: post.id });
  });

  it('lets nothing come again after it has ended, or before it could come once', async () => {
    const post = await make(await account(), 'review');
    await approve(at.context, post.id, null, null, 'ed', { until: later(30 * MINUTE) });
    await expect(again(post.id)).rejects.toMatchObject({ reason: 'conflict' });
    await expect(again(post.id)).rejects.toThrow(
      /^The approval of post \S+ ends at \S+Z, before it would first come again at \S+Z: have it approved again\.$/,
    );
  });

  it('is gone with a post that was cancelled or rejected: it cannot come again', async () => {
    const desk = await account();
    const [cancelled, rejected] = [await make(desk), await make(desk)];
    await inOne((sql) => cancelPost(sql, cancelled.id, null, null, 'ed'));
    await inOne((sql) => rejectPost(sql, rejected.id, null, 'libel', 'ed'));
    for (const { id } of [cancelled, rejected]) {
      await expect(again(id)).rejects.toMatchObject({
        reason: 'conflict',
        message: `Post ${id} is cancelled, so its text cannot come again: have a post with this text approved, and let that come again.`,
      });
    }
  });

  it('is gone with a post that was taken off its network: it cannot come again', async () => {
    const post = await make(await account(), 'now');
    await publish(at.context, { postId: post.id, network: 'sandbox' }, never);
    await removePost(at.context, post.id, null, 'wrong', 'ed');
    await expect(again(post.id)).rejects.toThrow(/was taken off its network, so its text cannot come again/);
  });
});

describe('a post that is taken back', () => {
  const ways: [string, string, (post: PostRow) => Promise<unknown>][] = [
    ['rejected', 'libel', (post) => inOne((sql) => rejectPost(sql, post.id, null, 'libel', 'ed'))],
    ['cancelled', 'cancelled', (post) => inOne((sql) => cancelPost(sql, post.id, null, null, 'ed'))],
    ['changes-requested', 'too soon', (post) => inOne((sql) => returnPost(sql, post.id, null, 'too soon', 'ed'))],
    [
      'edited',
      'was given another text',
      (post) =>
        changePost(at.context, post.id, null, { parts: [{ text: `Edited ${++serial}`, media: [], card: null }] }, 'ed'),
    ],
  ];
  it.each(ways)(
    'and was %s ends what comes again of it, and takes back what waits',
    async (because, reason, takeBack) => {
      const post = await make(await account());
      const id = await again(post.id);
      await run();
      const [made] = await madeOf(id);
      expect(made?.state).toBe('scheduled');
      await takeBack(post);
      expect(await ended(id)).toEqual({ because, postId: post.id, takenBack: [made?.id] });
      const [copy] = await madeOf(id);
      expect(copy?.state).toBe('cancelled');
      expect(copy?.reason).toContain(post.id);
      expect(copy?.reason).toContain(reason);
      expect((await told(copy?.id ?? ''))[0]).toEqual({
        type: 'post.cancelled',
        data: { reason: copy?.reason, recurrence: id },
      });
      await nextDay(id);
      await run();
      expect(await madeOf(id)).toHaveLength(1);
    },
  );

  it('and is a copy that was rejected ends the others too; one that was cancelled leaves out its own time', async () => {
    const post = await make(await account());
    const id = await again(post.id);
    await run();
    const [first] = await madeOf(id);
    await inOne((sql) => cancelPost(sql, first?.id ?? '', null, null, 'ed'));
    expect(await ended(id)).toBeUndefined();
    await nextDay(id);
    await run();
    const second = (await madeOf(id)).find(({ state }) => state === 'scheduled')?.id ?? '';
    await inOne((sql) => rejectPost(sql, second, null, 'libel', 'ed'));
    expect(await ended(id)).toEqual({ because: 'rejected', postId: second, takenBack: [] });
    await nextDay(id);
    await run();
    expect(await madeOf(id)).toHaveLength(2);
  });

  it('takes no post back whose text somebody has approved by itself', async () => {
    const post = await make(await account());
    const id = await again(post.id);
    await run();
    const [made] = await madeOf(id);
    await changePost(
      at.context,
      made?.id ?? '',
      null,
      { parts: [{ text: `Its own ${++serial}`, media: [], card: null }] },
      'ed',
    );
    await approve(at.context, made?.id ?? '', null, { at: later(HOUR) }, 'ed');
    await inOne((sql) => rejectPost(sql, post.id, null, 'libel', 'ed'));
    expect((await madeOf(id))[0]?.state).toBe('scheduled');
    expect(await ended(id)).toMatchObject({ because: 'rejected', takenBack: [] });
  });

  it('takes back what waits also where it had been ended by itself before', async () => {
    const post = await make(await account(), 'now');
    await publish(at.context, { postId: post.id, network: 'sandbox' }, never);
    const id = await again(post.id);
    await run();
    await at.context.database.run(
      `UPDATE standfirst.recurrence SET ended_at = standfirst.clock(), ended_by = 'ed' WHERE id = $1`,
      [id],
    );
    await removePost(at.context, post.id, null, 'wrong', 'ed');
    expect((await madeOf(id))[0]).toMatchObject({ state: 'cancelled' });
  });
});

describe('a recurrence', () => {
  it('that would end before its first time is refused', async () => {
    const post = await make(await account());
    const pointer = '/endsAt';
    await expect(again(post.id, timeAfter(HOUR), later(-HOUR))).rejects.toMatchObject({
      reason: 'invalid',
      faults: [{ pointer, code: 'in-the-past' }],
    });
    await expect(again(post.id, timeAfter(HOUR), later(30 * MINUTE))).rejects.toMatchObject({
      reason: 'invalid',
      faults: [{ pointer, code: 'before-its-time' }],
    });
    await again(post.id, timeAfter(HOUR), later(2 * HOUR));
  });

  it('without a free time before it comes again is skipped, and runs past no end', async () => {
    const desk = await account({ minGapMs: 23 * HOUR });
    const post = await make(desk, { at: later(30 * MINUTE) });
    const [first, second] = [await again(post.id), await again(post.id, timeAfter(2 * HOUR), later(3 * HOUR))];
    await run();
    expect(await madeOf(first)).toMatchObject([{ dueAt: new Date((post.dueAt?.getTime() ?? 0) + 23 * HOUR) }]);
    expect(await madeOf(second)).toEqual([]);
    expect((await told(second)).find(({ type }) => type === 'recurrence.skipped')?.data['reason']).toMatch(
      /^Its account has no free time before \S+Z\.$/,
    );
  });

  it('that is asked for five times at once is one', async () => {
    const post = await make(await account());
    const asked = await Promise.allSettled(Array.from({ length: 5 }, () => again(post.id)));
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(asked.flatMap((one) => (one.status === 'rejected' ? [String(one.reason.message)] : []))[3]).toMatch(
      /comes again at that time already: see rec_/,
    );
  });

  it('without a free time is skipped, told once, and keeps no other from its time', async () => {
    const full = await account({ quietHours: ALL_DAY });
    const broken = await again((await make(full)).id, timeAfter(HOUR));
    const well = await again((await make(await account())).id, timeAfter(2 * HOUR));
    await run();
    await run();
    expect(await madeOf(broken)).toEqual([]);
    expect(await madeOf(well)).toHaveLength(1);
    const skipped = (await told(broken)).filter(({ type }) => type === 'recurrence.skipped');
    expect(skipped).toHaveLength(1);
    expect(skipped[0]?.data.reason).toMatch(/has no free slot within a year/);
  });

  it('that fails keeps no other from its time, however many fail, and the round says that it failed', async () => {
    const { database } = at.context;
    const ids: string[] = [];
    const post = await make(await account());
    for (let n = 0; n < 101; n++) ids.push(await again(post.id, timeAfter(HOUR + n * 2 * MINUTE)));
    await database.run(`UPDATE standfirst.recurrence SET days = '{noday}' WHERE id = ANY ($1)`, [ids]);
    const well = await again((await make(await account())).id, timeAfter(5 * HOUR));
    try {
      await expect(run()).rejects.toThrow(/101 recurrences could not be run/);
      expect(await madeOf(well)).toHaveLength(1);
    } finally {
      await database.run(
        `UPDATE standfirst.recurrence SET ended_at = standfirst.clock(), days = '{mon}' WHERE id = ANY ($1)`,
        [ids],
      );
    }
  });

  it('that fails keeps no later step of the sweep from its work', async () => {
    const { database } = at.context;
    const id = await again((await make(await account())).id);
    await database.run(`UPDATE standfirst.recurrence SET days = '{noday}' WHERE id = $1`, [id]);
    expect(await countUnlinked(database)).toBeGreaterThan(0);
    const workers = await startWorkers(at.context);
    try {
      await until('linking what was audited', async () => (await countUnlinked(database)) === 0);
      expect(await ended(id)).toBeUndefined();
    } finally {
      await workers.stop();
    }
  });
});
