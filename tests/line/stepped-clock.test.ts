import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { realIo } from '../../src/context-io.ts';
import { addAccount } from '../../src/pipeline/accounts.ts';
import { createPosts } from '../../src/pipeline/create-posts.ts';
import type { ReadyPost } from '../../src/pipeline/check-posts.ts';
import { publish } from '../../src/pipeline/publish.ts';
import { getAccount } from '../../src/store/account.ts';
import type { AccountRow, AccountSettings } from '../../src/store/account.ts';
import { getPost } from '../../src/store/post.ts';
import type { PostRow } from '../../src/store/post.ts';
import { getSource } from '../../src/store/source.ts';
import { startX, xKeys } from '../fakes/x.ts';
import type { Fake } from '../fakes/fake.ts';
import { describeBackends, describeWith } from '../servers/backends.ts';
import { freshDatabase } from '../servers/databases.ts';
import { startRedis } from '../servers/redis.ts';
import { install, until } from './installation.ts';
import type { Installation } from './installation.ts';
import { addFeed, startPaper } from './newsroom.ts';

const never = new AbortController().signal;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const steps = [
  ['forward', HOUR],
  ['back', -HOUR],
] as const;

/** The wall clock of a process, which somebody sets while it runs; its monotonic clock goes on. */
class SteppedClock {
  #offMs = 0;
  #next: { ms: number; after: () => boolean } | null = null;

  readonly now = (): Date => {
    const shown = new Date(Date.now() + this.#offMs);
    if (this.#next?.after() === true) this.set(this.#next.ms);
    return shown;
  };

  set(ms: number): void {
    this.#offMs = ms;
    this.#next = null;
  }

  /** Set right after it was looked at for the first time since then. */
  setAfter(ms: number, after: () => boolean): void {
    this.#next = { ms, after };
  }
}

describeBackends('the times of a worker whose clock is set while it runs', (backend) => {
  const clock = new SteppedClock();
  let at: Installation;
  let fake: Fake;
  let serial = 0;
  beforeAll(async () => {
    at = await install(backend, { withWorkers: false, io: { now: clock.now } });
    fake = await startX();
  });
  afterEach(async () => {
    clock.set(0);
    await fake.setMode({ name: 'ok' });
  });
  afterAll(async () => {
    await at[Symbol.asyncDispose]();
    await fake[Symbol.asyncDispose]();
  });

  async function account(settings: Partial<AccountSettings> = {}): Promise<AccountRow> {
    const credentials = { kind: 'oauth1', ...xKeys, accessToken: `${2000 + ++serial}-token`, server: fake.url };
    return addAccount(at.context, { network: 'x', credentials, settings }, 'test');
  }
  async function make(on: AccountRow, schedule: ReadyPost['schedule']): Promise<PostRow> {
    const parts = [{ text: `By which clock ${++serial}`, media: [], card: null }];
    const [post] = await createPosts(at.context, { parts, accountIds: [on.id], schedule }, 'test');
    return post as PostRow;
  }
  const send = (post: PostRow): Promise<void> => publish(at.context, { postId: post.id, network: 'x' }, never);
  const read = async (post: PostRow): Promise<PostRow> => (await getPost(at.context.database, post.id)) as PostRow;
  const isOut = ({ parts }: PostRow): boolean => fake.log.some(({ text }) => text === parts[0]?.text);
  const minutesFromNow = (time: Date | null | undefined): number =>
    Math.round(((time?.getTime() ?? NaN) - Date.now()) / MINUTE) + 0;

  /** The database shares this machine's clock, which nobody sets: what it is to show in two minutes. */
  async function waitOf(post: PostRow): Promise<{ post: Date | null; account: Date | null }> {
    const { wakeAt, accountId } = await read(post);
    return { post: wakeAt, account: (await getAccount(at.context.database, accountId))?.blockedUntil ?? null };
  }
  const inTwoMinutes = (): number => Math.ceil(Date.now() / 1_000) + 120;
  const forms = [
    ['seconds', () => ({ 'retry-after': '120' })],
    ['the instant of a reset', () => ({ 'x-rate-limit-reset': String(inTwoMinutes()) })],
  ] as const;

  for (const [way, stepMs] of steps) {
    for (const [form, headers] of forms) {
      it(`are what a 429 says in ${form}, where it is set ${way} between the answer and the wait`, async () => {
        const post = await make(await account(), 'now');
        const answered = fake.attempts;
        const from = Date.now();
        await fake.setMode({ name: '429', headers: headers() });
        clock.setAfter(stepMs, () => fake.attempts > answered);
        await send(post);
        expect(fake.attempts).toBe(answered + 1);
        expect(minutesFromNow(clock.now())).toBe(stepMs / MINUTE);
        for (const until of Object.values(await waitOf(post))) {
          expect(until?.getTime()).toBeGreaterThanOrEqual(from + 120_000);
          expect(until?.getTime()).toBeLessThan(Date.now() + 122_500);
        }
        await fake.setMode({ name: 'ok' });
        await send(post);
        expect(isOut(post)).toBe(false);
      });
    }

    it(`are what a 429 says, where it was set ${way} before`, async () => {
      clock.set(stepMs);
      for (const [, headers] of forms) {
        const post = await make(await account(), 'now');
        const from = Date.now();
        await fake.setMode({ name: '429', headers: headers() });
        await send(post);
        for (const until of Object.values(await waitOf(post))) {
          expect(until?.getTime()).toBeGreaterThanOrEqual(from + 120_000);
          expect(until?.getTime()).toBeLessThan(Date.now() + 122_500);
        }
      }
    });

    it(`are never early and never the wrong slot, where it was set ${way}`, async () => {
      const desk = await account({ minGapMs: 10 * MINUTE });
      clock.set(stepMs);
      const soon = await make(desk, 'next-slot');
      const later = await make(desk, 'next-slot');
      expect([minutesFromNow(soon.dueAt), minutesFromNow(later.dueAt)]).toEqual([0, 10]);
      await send(later);
      expect(isOut(later)).toBe(false);
      await send(soon);
      expect(isOut(soon)).toBe(true);
    });

    it(`keep the account’s gap after an outage, where it was set ${way}`, async () => {
      const desk = await account({ minGapMs: 10 * MINUTE });
      const late = [];
      for (const n of [1, 2, 3]) late.push(await make(desk, { at: new Date(Date.now() + n * 10 * MINUTE) }));
      await at.context.database.run(
        `UPDATE standfirst.post SET due_at = due_at - interval '2 hours', wake_at = wake_at - interval '2 hours' WHERE account_id = $1`,
        [desk.id],
      );
      clock.set(stepMs);
      for (const post of late) await send(post);
      expect(late.map(isOut)).toEqual([true, false, false]);
      const waits = await Promise.all(late.slice(1).map(async (post) => minutesFromNow((await read(post)).wakeAt)));
      expect(waits).toEqual([10, 20]);
    });
  }
});

describeBackends('an alarm that was set by a clock which has been set back since', (backend) => {
  const attemptId = 'att_of_the_only_post';
  let at: Installation;
  beforeAll(async () => {
    const { id } = realIo();
    at = await install(backend, { io: { id: (kind) => (kind === 'attempt' ? attemptId : id(kind)) } });
  });
  afterAll(() => at[Symbol.asyncDispose]());

  it('does not keep a source waiting that is due', async () => {
    await using paper = await startPaper();
    // Its alarm lies in the queue for in five minutes, by a clock that shows an hour less now.
    const { id } = await addFeed(at.context, paper);
    const polls = async (): Promise<number> => (await getSource(at.context.database, id))?.polls ?? 0;
    await until('the first reading', async () => (await polls()) === 1);
    await at.context.database.run(`UPDATE standfirst.source SET next_at = standfirst.clock() WHERE id = $1`, [id]);
    await until('the second, by the sweep', async () => (await polls()) === 2);
  });

  it('does not keep a look-up waiting that is due', async () => {
    await using fake = await startX();
    const credentials = { kind: 'oauth1', ...xKeys, accessToken: '2999-token', server: fake.url };
    const { id: accountId } = await addAccount(at.context, { network: 'x', credentials }, 'test');
    await fake.setMode({ name: 'accept-then-reset', times: 1 });
    const parts = [{ text: 'Looked up late', media: [], card: null }];
    const { database, bell } = at.context;
    // The alarm of its look-up, as it lies in the queue by a clock that has been set back since.
    await bell.ring('reconcile', { attemptId, checks: 0 }, { at: new Date(Date.now() + HOUR) });
    const [post] = await createPosts(at.context, { parts, accountIds: [accountId], schedule: 'now' }, 'test');
    const state = async (): Promise<string | undefined> => (await getPost(database, post?.id ?? ''))?.state;
    await until('the answer being lost', async () => (await state()) === 'unknown');
    await database.run(`UPDATE standfirst.attempt SET check_at = standfirst.clock() - interval '36 seconds'`);
    await until('the look-up', async () => (await state()) === 'published');
    expect(fake.log).toHaveLength(1);
  });
});

describeWith(['redis', 'postgres'], 'the rest that is given to a Redis that was away', () => {
  it('is over after a second also where the clock was set back meanwhile', async () => {
    const clock = new SteppedClock();
    await using redis = await startRedis();
    const backend = { databaseUrl: await freshDatabase(), redisUrl: redis.url };
    await using at = await install(backend, { withWorkers: false, io: { now: clock.now } });
    const ring = (round: number): Promise<boolean> => at.context.bell.ring('tidy', { round });
    expect(await ring(1)).toBe(true);
    await redis.kill();
    expect(await ring(2)).toBe(false);
    clock.set(-HOUR);
    await redis.restart();
    await until('ringing again', () => ring(3));
  });
});
