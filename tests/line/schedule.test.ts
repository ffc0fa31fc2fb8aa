import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { weekdays } from '../../src/domain/slot-rules.ts';
import { addAccount } from '../../src/pipeline/accounts.ts';
import { freeSlotUnder, rulesFor } from '../../src/pipeline/free-slot.ts';
import { hold, lift } from '../../src/pipeline/holds.ts';
import { createManyPosts, createPosts } from '../../src/pipeline/create-posts.ts';
import { approve, changePost, retry } from '../../src/pipeline/post-actions.ts';
import type { ReadyPost } from '../../src/pipeline/check-posts.ts';
import { publish } from '../../src/pipeline/publish.ts';
import { recur, runRecurrences } from '../../src/pipeline/recurrences.ts';
import { schedulePost } from '../../src/pipeline/schedule.ts';
import { editStory } from '../../src/pipeline/stories.ts';
import { blockAccount } from '../../src/store/account-health.ts';
import type { AccountRow, AccountSettings } from '../../src/store/account.ts';
import { eventsOf } from '../../src/store/event.ts';
import { getPost } from '../../src/store/post.ts';
import type { PostRow } from '../../src/store/post.ts';
import { expirePosts } from '../../src/store/expire.ts';
import { overduePosts, postsWithin } from '../../src/store/sweep.ts';
import { lockTimes } from '../../src/store/post-times.ts';
import { insertStory } from '../../src/store/story-likeness.ts';
import { listTimeline } from '../../src/store/timeline.ts';
import { describeBackends } from '../servers/backends.ts';
import { install, until } from './installation.ts';
import type { Installation } from './installation.ts';

const never = new AbortController().signal;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const minutes = (from: Date | null, to: Date | null): number =>
  Math.round(((to?.getTime() ?? NaN) - (from?.getTime() ?? NaN)) / MINUTE) + 0;

describeBackends(
  'the time of a post',
  (backend) => {
    let at: Installation;
    let serial = 0;
    beforeAll(async () => {
      at = await install(backend, { withWorkers: false });
    });
    afterAll(() => at[Symbol.asyncDispose]());

    const account = (settings: Partial<AccountSettings> = {}): Promise<AccountRow> =>
      addAccount(at.context, { network: 'sandbox', name: `Desk ${++serial}`, credentials: {}, settings }, 'test');
    async function make(
      on: AccountRow,
      schedule: ReadyPost['schedule'],
      more: Partial<ReadyPost> = {},
    ): Promise<PostRow> {
      const parts = [{ text: `On time ${++serial}`, media: [], card: null }];
      const [post] = await createPosts(at.context, { parts, accountIds: [on.id], schedule, ...more }, 'test');
      return post as PostRow;
    }
    const now = async (post: PostRow): Promise<PostRow> => (await getPost(at.context.database, post.id)) as PostRow;
    const send = (post: PostRow): Promise<void> => publish(at.context, { postId: post.id, network: 'sandbox' }, never);
    const isOut = async (post: PostRow): Promise<boolean> =>
      (await listTimeline(at.context.database, 1000)).some((entry) => entry.text === post.parts[0]?.text);
    /** Shifts a post into the past, as if that much time had gone by. */
    const age = (post: PostRow, byMs: number): Promise<number> =>
      at.context.database.run(
        `UPDATE standfirst.post SET due_at = due_at - $2 * interval '1 ms', wake_at = wake_at - $2 * interval '1 ms',
                stale_at = stale_at - $2 * interval '1 ms' WHERE id = $1`,
        [post.id, byMs],
      );
    /** Holds an account as if since two hours. @returns the hold's id. */
    async function heldForTwoHours(desk: AccountRow): Promise<string> {
      const { id } = await hold(at.context, { scope: 'account', target: desk.id, reason: 'A check.' }, 'ed');
      await at.context.database.run(
        `UPDATE standfirst.hold SET placed_at = placed_at - interval '2 hours' WHERE id = $1`,
        [id],
      );
      return id;
    }
    async function ofStory(on: AccountRow): Promise<{ post: PostRow; storyId: string }> {
      const post = await make(on, 'review');
      const storyId = at.context.io.id('story');
      const url = `https://merrow-herald.example/${post.id}`;
      await insertStory(at.context.database, { id: storyId, title: 'Budget', url, urgency: 'normal' });
      await at.context.database.run(`UPDATE standfirst.post SET story_id = $2 WHERE id = $1`, [post.id, storyId]);
      return { post, storyId };
    }

    it('is the next free slot: one for each of several that ask at once', async () => {
      const desk = await account({ minGapMs: 10 * MINUTE });
      const posts = await Promise.all(Array.from({ length: 6 }, () => make(desk, 'next-slot')));
      const times = posts.map((post) => post.dueAt?.getTime() ?? 0).sort((one, other) => one - other);
      expect(times.slice(1).map((time, index) => time - (times[index] ?? 0))).toEqual(Array(5).fill(10 * MINUTE));
    });

    it('is one after the other for many that are handed in together, each account by its own rules, after an embargo', async () => {
      const desk = await account({ minGapMs: 10 * MINUTE });
      const other = await account({ minGapMs: 25 * MINUTE });
      const { storyId } = await ofStory(desk);
      const embargo = new Date(Math.ceil(Date.now() / HOUR + 5) * HOUR);
      await at.context.database.run(`UPDATE standfirst.story SET embargo_until = $2 WHERE id = $1`, [storyId, embargo]);
      await make(desk, 'now');
      const some = Array.from({ length: 4 }, (_, n) => ({
        parts: [{ text: `Together ${++serial}`, media: [], card: null }],
        accountIds: n === 0 ? [desk.id] : [desk.id, other.id],
        schedule: 'next-slot' as const,
        ...(n === 3 ? { storyId } : {}),
      }));
      const ids = await createManyPosts(at.context, some, 'test');
      const due = (id: string | undefined): Promise<Date | null> =>
        getPost(at.context.database, id ?? '').then((post) => post?.dueAt ?? null);
      const onDesk = await Promise.all(ids.map(([id]) => due(id)));
      expect(minutes(onDesk[0] ?? null, onDesk[1] ?? null)).toBe(10);
      expect(minutes(onDesk[1] ?? null, onDesk[2] ?? null)).toBe(10);
      expect(onDesk[3]).toEqual(embargo);
      const onOther = await Promise.all(ids.slice(1).map(([, id]) => due(id)));
      expect(minutes(onOther[0] ?? null, onOther[1] ?? null)).toBe(25);
      expect(onOther[2]).toEqual(embargo);
      const told = await eventsOf(at.context.database, ids[0]?.[0] ?? '', 10);
      const given = told
        .filter(({ type }) => type === 'post.scheduled')
        .map(({ data }) => new Date(String(data['dueAt'])));
      expect(given).toEqual([onDesk[0]]);
    });

    it('is found after the times of all other posts that are handed in with it, in the order of the rows', async () => {
      const desk = await account({ minGapMs: 10 * MINUTE });
      const stories = [(await ofStory(await account())).storyId, (await ofStory(await account())).storyId];
      const inTwenty = new Date(Math.ceil(Date.now() / MINUTE) * MINUTE + 20 * MINUTE);
      const row = (schedule: ReadyPost['schedule'], storyId?: string): ReadyPost => ({
        parts: [{ text: `Together ${++serial}`, media: [], card: null }],
        accountIds: [desk.id],
        schedule,
        ...(storyId === undefined ? {} : { storyId }),
      });
      const rows = [
        row('next-slot'),
        row('now'),
        row('next-slot', stories[0]),
        row({ at: inTwenty, isStrict: true }),
        row('next-slot'),
        row('next-slot', stories[1]),
      ];
      const ids = (await createManyPosts(at.context, rows, 'test')).flat();
      const due = await Promise.all(
        ids.map(async (id) => (await getPost(at.context.database, id))?.dueAt?.getTime() ?? 0),
      );
      const ordered = due.toSorted((one, other) => one - other);
      expect(ordered.slice(1).every((time, index) => time - (ordered[index] ?? 0) >= 10 * MINUTE)).toBe(true);
      const slotted = [0, 2, 4, 5].map((index) => due[index] ?? 0);
      expect(slotted).toEqual(slotted.toSorted((one, other) => one - other));
      expect([due[1], due[3]]).toEqual([ordered[0], inTwenty.getTime()]);
    });

    it('is given to breaking news, and at the end of a hold, while nobody else chooses one on the account', async () => {
      const desk = await account({ minGapMs: 10 * MINUTE });
      const waiting = await make(desk, { at: new Date(Date.now() + HOUR) });
      const { id } = await hold(at.context, { scope: 'account', target: desk.id, reason: 'A check.' }, 'ed');
      await age(waiting, 2 * HOUR);
      for (const choose of [
        () => lift(at.context, id, 'as-planned', 'ed'),
        () => make(desk, 'now', { urgency: 'breaking' }),
      ]) {
        const { promise: leave, resolve: goOn } = Promise.withResolvers<void>();
        const { promise: isLocked, resolve: locked } = Promise.withResolvers<void>();
        const other = at.context.database.transaction(async (sql) => {
          await lockTimes(sql, [desk.id]);
          locked();
          await leave;
        });
        await isLocked;
        let isChosen = false;
        const chosen = choose().then(() => (isChosen = true));
        await sleep(500);
        expect(isChosen).toBe(false);
        goOn();
        await Promise.all([other, chosen]);
      }
    });

    it('is found for none of many where one of them cannot go out by then', async () => {
      const desk = await account({ minGapMs: HOUR });
      const some = Array.from({ length: 3 }, () => ({
        parts: [{ text: `Together ${++serial}`, media: [], card: null }],
        accountIds: [desk.id],
        schedule: 'next-slot' as const,
        worthlessAfter: new Date(Date.now() + 90 * MINUTE),
      }));
      await expect(createManyPosts(at.context, some, 'test')).rejects.toThrow('so it cannot go out at');
      expect(await at.context.database.run(`SELECT FROM standfirst.post WHERE account_id = $1`, [desk.id])).toBe(0);
    });

    it('is written with the post or not at all', async () => {
      const full = await account({
        slots: [{ time: '23:00', days: ['mon'] }],
        quietHours: [{ from: '22:00', to: '06:00', days: ['mon'] }],
      });
      await expect(make(full, 'next-slot')).rejects.toThrow(/no free slot within a year: its quiet hours leave none/);
      const left = await at.context.database.run(`SELECT FROM standfirst.post WHERE account_id = $1`, [full.id]);
      expect(left).toBe(0);
    });

    it('moves behind breaking news where it collides, each by the gap, and says so', async () => {
      const desk = await account({ minGapMs: 10 * MINUTE });
      const inTime = (ms: number): { at: Date } => ({ at: new Date(Date.now() + ms) });
      const first = await make(desk, inTime(2 * MINUTE));
      const second = await make(desk, inTime(12 * MINUTE));
      const far = await make(desk, inTime(3 * HOUR));
      const news = await make(desk, 'now', { urgency: 'breaking' });
      expect(minutes(news.dueAt, (await now(first)).dueAt)).toBe(10);
      expect(minutes(news.dueAt, (await now(second)).dueAt)).toBe(20);
      expect((await now(far)).dueAt).toEqual(far.dueAt);
      const [event] = await eventsOf(at.context.database, first.id, 1);
      expect(event).toMatchObject({ type: 'post.moved', actor: 'test', data: { behind: news.id } });
      await send(first);
      expect(await isOut(first)).toBe(false);
    });

    it('keeps the gap also after an outage: the oldest goes, the others follow one by one, breaking news waits for none', async () => {
      const desk = await account({ minGapMs: 10 * MINUTE });
      const inTime = (ms: number): { at: Date } => ({ at: new Date(Date.now() + ms) });
      const posts = [];
      for (const n of [1, 2, 3]) posts.push(await make(desk, inTime(HOUR + n * 10 * MINUTE)));
      const news = await make(desk, inTime(3 * HOUR), { urgency: 'breaking' });
      for (const post of posts) await age(post, 2 * HOUR);
      const [oldest, second, third] = posts as [PostRow, PostRow, PostRow];
      // They wake as they like, several at once.
      await Promise.all([third, oldest, second].map(send));
      // And each as its new time rings, in case another's look at the gap came between.
      await Promise.all([oldest, second, third].map(send));
      expect(await Promise.all([oldest, second, third].map(isOut))).toEqual([true, false, false]);
      const from = (await now(oldest)).publishedAt;
      for (const [post, gaps] of [
        [second, 1],
        [third, 2],
      ] as const) {
        const { wakeAt, dueAt } = await now(post);
        expect(minutes(from, wakeAt)).toBe(gaps * 10);
        // It was planned for when it was: that is what it is late by.
        expect(minutes(dueAt, wakeAt)).toBeGreaterThan(40);
      }
      await age(news, 3 * HOUR + MINUTE);
      await send(news);
      expect(await isOut(news)).toBe(true);
    });

    it('is at once where posts stand as close as they may and one woke seconds late: the others move by as much', async () => {
      const desk = await account({ minGapMs: 10 * MINUTE });
      const inTime = (ms: number): { at: Date } => ({ at: new Date(Date.now() + ms) });
      const posts = [];
      for (const n of [1, 2, 3]) posts.push(await make(desk, inTime(HOUR + n * 10 * MINUTE)));
      const far = await make(desk, inTime(HOUR + 60 * MINUTE));
      for (const post of [...posts, far]) await age(post, HOUR + 10 * MINUTE + 5_000);
      const [late, second, third] = posts as [PostRow, PostRow, PostRow];
      const farBefore = await now(far);
      await send(late);
      await send(late);
      expect(await Promise.all([...posts, far].map(isOut))).toEqual([true, false, false, false]);
      const gaps = await Promise.all(
        [second, third].map(async (post) => minutes((await now(late)).publishedAt, (await now(post)).wakeAt)),
      );
      expect(gaps).toEqual([10, 20]);
      const times = await Promise.all([second, third].map(now));
      // Not a millisecond less than the gap, and still planned for when they were.
      expect((times[0]?.wakeAt?.getTime() ?? 0) - (times[0]?.dueAt?.getTime() ?? 0)).toBeGreaterThan(4_000);
      expect((times[1]?.wakeAt?.getTime() ?? 0) - (times[0]?.wakeAt?.getTime() ?? 0)).toBe(10 * MINUTE);
      expect(await now(far)).toEqual(farBefore);
    });

    it('moves nothing for a late one where that were stale then, or over a cap, or without a token for the late one', async () => {
      const inTime = (ms: number): { at: Date } => ({ at: new Date(Date.now() + ms) });
      const dense = async (settings: Partial<AccountSettings>, worthMs: number): Promise<[PostRow, PostRow]> => {
        const desk = await account({ minGapMs: 10 * MINUTE, ...settings });
        const late = await make(desk, inTime(HOUR));
        const worthlessAfter = new Date(Date.now() + HOUR + worthMs);
        const next = await make(desk, inTime(HOUR + 10 * MINUTE), { worthlessAfter });
        for (const post of [late, next]) await age(post, HOUR + 5_000);
        return [late, next];
      };
      for (const [late, next] of [await dense({}, 10 * MINUTE + 1_000), await dense({ hourlyCap: 1 }, HOUR)]) {
        const before = await now(next);
        await send(late);
        expect(await now(next)).toEqual(before);
        expect(await isOut(late)).toBe(false);
      }
      const [late, next] = await dense({}, HOUR);
      await at.context.database.run(`UPDATE standfirst.account SET expires_at = now() WHERE id = $1`, [late.accountId]);
      const before = await Promise.all([late, next].map(now));
      await send(late);
      await send(late);
      expect(await Promise.all([late, next].map(now))).toEqual(before);
    });

    it('keeps the hourly cap also after an outage', async () => {
      const desk = await account({ hourlyCap: 2 });
      const posts = [];
      for (let n = 1; n <= 4; n++) posts.push(await make(desk, { at: new Date(Date.now() + HOUR * n) }));
      for (const post of posts) await age(post, 5 * HOUR);
      for (const post of posts) await send(post);
      expect(await Promise.all(posts.map(isOut))).toEqual([true, true, false, false]);
      for (const post of posts.slice(2)) expect(minutes(new Date(), (await now(post)).wakeAt)).toBeGreaterThan(58);
    });

    it('has an end: a while after by urgency, or as somebody said', async () => {
      const desk = await account();
      for (const [urgency, hours] of [
        ['breaking', 1],
        ['normal', 12],
        ['evergreen', 168],
      ] as const) {
        const post = await make(desk, { at: new Date(Date.now() + HOUR) }, { urgency });
        expect(minutes(post.dueAt, post.staleAt), urgency).toBe(hours * 60);
      }
      const post = await make(desk, { at: new Date(Date.now() + HOUR) });
      const end = new Date(Date.now() + 2 * HOUR);
      await changePost(at.context, post.id, null, { worthlessAfter: end }, 'test');
      expect(await now(post)).toMatchObject({ staleAt: end, state: 'scheduled', approvedHash: post.hash });
      await expect(
        schedulePost(at.context, post.id, null, { at: new Date(Date.now() + 3 * HOUR) }, 'test'),
      ).rejects.toThrow(/is worthless after .*, so it cannot go out at/);
      await age(post, 3 * HOUR);
      await send(post);
      expect((await now(post)).state).toBe('stale');
      expect(await isOut(post)).toBe(false);
    });

    it('cannot get past the embargo of its story, whatever is done to it', async () => {
      const desk = await account();
      const { post, storyId } = await ofStory(desk);
      const ends = new Date(Date.now() + HOUR);
      await editStory(at.context, storyId, { embargoUntil: ends }, 'test');
      const tried = async (how: string): Promise<void> => {
        await send(post);
        // Even with an alarm that rings too early.
        await at.context.database.run(`UPDATE standfirst.post SET wake_at = now() WHERE id = $1`, [post.id]);
        await send(post);
        expect((await now(post)).state, how).toBe('scheduled');
        expect(await isOut(await now(post)), how).toBe(false);
      };
      await approve(at.context, post.id, null, 'now', 'test');
      expect((await now(post)).wakeAt).toEqual(ends);
      await tried('approve now');
      await schedulePost(at.context, post.id, null, { at: new Date() }, 'test');
      await tried('schedule');
      await schedulePost(at.context, post.id, null, 'now', 'test');
      await tried('publish');
      await schedulePost(at.context, post.id, null, 'next-slot', 'test');
      expect((await now(post)).dueAt).toEqual(ends);
      await tried('next slot');
      await changePost(
        at.context,
        post.id,
        null,
        { parts: [{ text: `Edited ${++serial}`, media: [], card: null }] },
        'test',
      );
      await approve(at.context, post.id, null, 'now', 'test');
      await tried('edit');
      await at.context.database.run(`UPDATE standfirst.post SET state = 'failed' WHERE id = $1`, [post.id]);
      await retry(at.context, post.id, null, 'test');
      await tried('retry');
      expect((await overduePosts(at.context.database, 0, 100)).map((due) => due.postId)).not.toContain(post.id);
      await editStory(at.context, storyId, { embargoUntil: null }, 'test');
      await send(post);
      expect((await now(post)).state).toBe('published');
    });

    it('is, after a hold, as planned: what came due goes out by the gap, breaking news first', async () => {
      const desk = await account({ minGapMs: 10 * MINUTE });
      const placed = await hold(at.context, { scope: 'account', target: desk.id, reason: 'A check.' }, 'ed');
      const older = await make(desk, 'now');
      const newer = await make(desk, 'now');
      const later = await make(desk, { at: new Date(Date.now() + 2 * HOUR) });
      await age(older, 9 * MINUTE);
      await age(newer, 5 * MINUTE);
      await send(older);
      expect(await isOut(older)).toBe(false);
      await lift(at.context, placed.id, 'as-planned', 'ed');
      const [one, two] = [await now(older), await now(newer)];
      expect(minutes(new Date(), one.wakeAt)).toBe(0);
      expect(minutes(one.wakeAt, two.wakeAt)).toBe(10);
      expect((await now(later)).dueAt).toEqual(later.dueAt);
      await send(older);
      await send(newer);
      expect([await isOut(older), await isOut(newer)]).toEqual([true, false]);
    });

    it('is, after a hold, shifted by as long as it lasted, where that is asked', async () => {
      const desk = await account();
      const post = await make(desk, { at: new Date(Date.now() + HOUR) });
      await lift(at.context, await heldForTwoHours(desk), 'shift', 'ed');
      const moved = await now(post);
      expect(minutes(post.dueAt, moved.dueAt)).toBe(120);
      expect(minutes(post.staleAt, moved.staleAt)).toBe(120);
      expect(moved.wakeAt).toEqual(moved.dueAt);
    });

    it('keeps, after a hold that is shifted, the time that it was given meanwhile', async () => {
      const desk = await account();
      const [moved, idle] = [await make(desk, { at: new Date(Date.now() + HOUR) }), await make(desk, 'review')];
      const placed = await heldForTwoHours(desk);
      const made = await make(desk, { at: new Date(Date.now() + HOUR) });
      await approve(at.context, idle.id, null, { at: new Date(Date.now() + HOUR) }, 'ed');
      await schedulePost(at.context, moved.id, null, { at: new Date(Date.now() + 2 * HOUR) }, 'ed');
      const due = await make(desk, 'now');
      const before = await Promise.all([made, idle, moved].map((post) => now(post)));
      await lift(at.context, placed, 'shift', 'ed');
      const after = await Promise.all([made, idle, moved].map((post) => now(post)));
      expect(after.map(({ dueAt }) => dueAt)).toEqual(before.map(({ dueAt }) => dueAt));
      await send(due);
      expect(await isOut(due)).toBe(true);
    });

    it('is stale, and told so, where a hold that is shifted would put it beyond its worth', async () => {
      const desk = await account();
      const post = await make(desk, 'now', { worthlessAfter: new Date(Date.now() + HOUR) });
      await lift(at.context, await heldForTwoHours(desk), 'shift', 'ed');
      expect(await now(post)).toMatchObject({
        state: 'stale',
        dueAt: post.dueAt,
        wakeAt: null,
        reason: 'Worthless by its time after the hold: A check.',
      });
      const [event] = await eventsOf(at.context.database, post.id, 1);
      expect(event).toMatchObject({ type: 'post.stale', actor: 'ed' });
    });

    it('is gone, after a hold, for what came due meanwhile, where that is asked; what another hold matches waits on', async () => {
      const desk = await account();
      const placed = await hold(at.context, { scope: 'account', target: desk.id, reason: 'A check.' }, 'ed');
      const other = await hold(at.context, { scope: 'word', target: 'merrow bay', reason: 'A court order.' }, 'ed');
      const due = await make(desk, 'now');
      const named = await make(desk, 'now', { parts: [{ text: `Merrow Bay ${++serial}`, media: [], card: null }] });
      const later = await make(desk, { at: new Date(Date.now() + HOUR) });
      await lift(at.context, placed.id, 'drop-stale', 'ed');
      expect(await now(due)).toMatchObject({ state: 'stale', reason: 'Due while held: A check.' });
      expect((await now(named)).state).toBe('scheduled');
      expect((await now(later)).state).toBe('scheduled');
      await expect(lift(at.context, placed.id, 'shift', 'ed')).rejects.toThrow(/was lifted at .* by ed/);
      await lift(at.context, other.id, 'as-planned', 'ed');
      await send(named);
      expect(await isOut(named)).toBe(true);
    });

    it('is nobody else’s matter where a network lets one account wait', async () => {
      const [limited, free] = [await account(), await account()];
      const [waits, goes] = [await make(limited, 'now'), await make(free, 'now')];
      await blockAccount(at.context.database, limited.id, HOUR);
      await send(waits);
      await send(goes);
      expect([await isOut(waits), await isOut(goes)]).toEqual([false, true]);
      const rung = (await overduePosts(at.context.database, 0, 1000)).map((post) => post.postId);
      expect(rung).not.toContain(waits.id);
    });

    it('is over when its approval’s latest time is, even if nobody moves it', async () => {
      const desk = await account();
      const post = await make(desk, 'review');
      const latest = new Date(Date.now() + HOUR);
      await approve(at.context, post.id, null, { at: new Date(Date.now() + MINUTE) }, 'ed', { until: latest });
      expect((await now(post)).staleAt).toEqual(latest);
      await expect(
        schedulePost(at.context, post.id, null, { at: new Date(Date.now() + 2 * HOUR) }, 'ed'),
      ).rejects.toThrow(/The approval of post .* ends at .*Choose an earlier time/);
      await age(post, 2 * HOUR);
      await expirePosts(at.context.database, 1000);
      expect((await now(post)).state).toBe('stale');
      await send(post);
      expect(await isOut(post)).toBe(false);
    });

    it('moves with a trace of who moved it, from when and to when', async () => {
      const post = await make(await account(), { at: new Date(Date.now() + HOUR) });
      const to = new Date(Date.now() + 2 * HOUR);
      await schedulePost(at.context, post.id, null, { at: to }, 'ed');
      const [event] = await eventsOf(at.context.database, post.id, 1);
      const data = { from: post.dueAt?.toISOString(), dueAt: to.toISOString() };
      expect(event).toMatchObject({ type: 'post.moved', actor: 'ed', data });
      expect((await now(post)).approvedHash).toBe(post.hash);
    });

    it('comes again by the clock, ten minutes apart at least, and what an outage has passed over is skipped', async () => {
      const desk = await account();
      const { database } = at.context;
      const today = (): Promise<{ dueAt: Date | null; state: string }[]> =>
        database.many(
          z.object({ dueAt: z.date().nullable(), state: z.string() }),
          `SELECT due_at AS "dueAt", state FROM standfirst.post WHERE account_id = $1 AND recurrence_id IS NOT NULL ORDER BY due_at`,
          [desk.id],
        );
      const days = [...weekdays];
      const time = new Intl.DateTimeFormat('en-GB', {
        timeZone: 'Asia/Kolkata',
        hour: '2-digit',
        minute: '2-digit',
      }).format(Date.now() + HOUR);
      const ids: string[] = [];
      for (let n = 0; n < 3; n++) {
        const post = await make(desk, { at: new Date(Date.now() + 48 * HOUR) });
        ids.push(
          await recur(at.context, { postId: post.id, time, days, timeZone: 'Asia/Kolkata', endsAt: null }, 'ed'),
        );
      }
      await runRecurrences(at.context);
      await runRecurrences(at.context);
      const made = await today();
      expect(made.map((post) => post.state)).toEqual(['scheduled', 'scheduled', 'scheduled']);
      expect(minutes(made[0]?.dueAt ?? null, made[2]?.dueAt ?? null)).toBe(20);
      const shown = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Kolkata', hour: '2-digit', minute: '2-digit' });
      expect(shown.format(made[0]?.dueAt ?? 0)).toBe(time);
      await database.run(`UPDATE standfirst.recurrence SET next_at = next_at - interval '9 days' WHERE id = ANY ($1)`, [
        ids,
      ]);
      await runRecurrences(at.context);
      expect(await today()).toEqual(made);
      expect((await eventsOf(database, ids[0] ?? '', 1))[0]?.type).toBe('recurrence.skipped');
    });

    it('lies in the database alone until a day before', async () => {
      const desk = await account();
      const [near, far] = [
        await make(desk, { at: new Date(Date.now() + 23 * HOUR) }),
        await make(desk, { at: new Date(Date.now() + 25 * HOUR) }),
      ];
      const rung: string[] = [];
      const bell: typeof at.context.bell = {
        ...at.context.bell,
        ringMany: async (_name, rings) => {
          rung.push(...rings.map((ring) => (ring.payload as { postId: string }).postId));
          return true;
        },
      };
      for (const post of [near, far]) {
        const later = new Date((post.dueAt?.getTime() ?? 0) + MINUTE);
        await schedulePost({ ...at.context, bell }, post.id, null, { at: later }, 'ed');
      }
      expect(rung).toEqual([near.id]);
      const within = (await postsWithin(at.context.database, 24 * HOUR, null, 1000)).map((post) => post.postId);
      expect(within).toContain(near.id);
      expect(within).not.toContain(far.id);
    });

    it('is found in milliseconds among 100,000 scheduled posts of 50 accounts', { timeout: 180_000 }, async () => {
      const { database } = at.context;
      const slots = ['08:00', '10:00', '12:00', '14:00', '16:00', '18:00', '20:00'].flatMap((hour) =>
        ['00', '10', '20', '30', '40'].map((minute) => ({
          time: `${hour.slice(0, 2)}:${minute}`,
          days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const,
        })),
      );
      const settings = {
        slots: slots.map((slot) => ({ ...slot, days: [...slot.days] })),
        minGapMs: 5 * MINUTE,
        hourlyCap: 6,
        dailyCap: 40,
      };
      const desks: AccountRow[] = [];
      for (let n = 0; n < 50; n++) desks.push(await account(settings));
      // 2,000 for each account, on its slots of the next 57 days: all that is near is full.
      const { slotsBetween } = await import('../../src/domain/slot.ts');
      for (const desk of desks) {
        const plan = slotsBetween(
          new Date(),
          new Date(Date.now() + 62 * 24 * HOUR),
          await rulesFor(database, desk, 'Europe/Bucharest'),
        );
        await database.run(
          `INSERT INTO standfirst.post (id, account_id, network, state, due_at, wake_at)
           SELECT 'post_' || $1 || '-' || n, $1, 'sandbox', 'scheduled', at, at FROM unnest($2::timestamptz[]) WITH ORDINALITY AS slots (at, n)`,
          [desk.id, plan.slots.slice(0, 2000)],
        );
      }
      await database.run('ANALYZE standfirst.post');
      const took: number[] = [];
      for (const desk of desks) {
        const began = performance.now();
        const slot = await freeSlotUnder(
          database,
          desk,
          await rulesFor(database, desk, 'Europe/Bucharest'),
          new Date(),
        );
        took.push(performance.now() - began);
        expect(slot.getTime()).toBeGreaterThan(Date.now() + 50 * 24 * HOUR);
      }
      took.sort((one, other) => one - other);
      const [best, median, p95] = [took[0] ?? NaN, took[25] ?? NaN, took[47] ?? NaN];
      console.log(`a slot among 100,000 posts: median ${median.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms`);
      // The aim is 20 ms on a machine with nothing else to do; what is slow by its own doing is so for each of the fifty.
      expect(best).toBeLessThan(200);
      expect(median).toBeLessThan(1_000);
    });
  },
  ['postgres', 'embedded'],
);

describeBackends(
  'breaking news',
  (backend) => {
    it(
      'is out within seconds of its approval, before 10,000 posts of the same account',
      { timeout: 120_000 },
      async () => {
        await using at = await install(backend);
        const { database } = at.context;
        const parts = [{ text: 'The bridge is closed', media: [], card: null }];
        const [news] = await createPosts(
          at.context,
          { parts, accountIds: [at.sandbox.id], schedule: 'review', urgency: 'breaking' },
          'test',
        );
        await database.run(
          `WITH made AS (
           INSERT INTO standfirst.post (id, account_id, network, state, due_at, wake_at, approved_hash)
           SELECT 'post_backlog-' || n, $1, 'sandbox', 'scheduled', now(), now(), 'h' FROM generate_series(1, 10000) AS n RETURNING id)
         INSERT INTO standfirst.post_revision (post_id, n, parts, hash)
         SELECT id, 1, jsonb_build_array(jsonb_build_object('text', id)), 'h' FROM made`,
          [at.sandbox.id],
        );
        const backlog = Array.from({ length: 10_000 }, (_, n) => ({
          payload: { postId: `post_backlog-${n + 1}`, network: 'sandbox', wake: 0 },
        }));
        await at.context.bell.ringMany('publish', backlog);
        const began = performance.now();
        await approve(at.context, news?.id ?? '', null, 'now', 'test');
        await until('publishing', async () => (await getPost(database, news?.id ?? ''))?.state === 'published');
        const tookMs = performance.now() - began;
        const left = await database.run(`SELECT FROM standfirst.post WHERE state = 'scheduled'`);
        console.log(`breaking news behind ${left} of 10,000 on ${backend.name}: ${tookMs.toFixed(0)} ms`);
        // Of those that were before it, hardly one goes first; how many had gone until it was approved is the machine's affair.
        expect(left).toBeGreaterThan(0);
        const between = await database.run(
          `SELECT FROM standfirst.post JOIN standfirst.post AS news ON news.id = $1
            WHERE post.id LIKE 'post_backlog-%' AND post.published_at BETWEEN news.due_at AND news.published_at`,
          [news?.id],
        );
        expect(between).toBeLessThan(1_000);
        // The aim is 2 s on a machine with nothing else to do; overtaking is what counts here.
        expect(tookMs).toBeLessThan(20_000);
      },
    );
  },
  ['redis+postgres', 'postgres'],
);
