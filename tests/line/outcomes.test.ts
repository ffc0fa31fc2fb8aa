import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { addAccount } from '../../src/pipeline/accounts.ts';
import { createPosts } from '../../src/pipeline/create-posts.ts';
import { changePost } from '../../src/pipeline/post-actions.ts';
import { publish } from '../../src/pipeline/publish.ts';
import { reconcile } from '../../src/pipeline/reconcile.ts';
import { getAccount } from '../../src/store/account.ts';
import type { AccountRow } from '../../src/store/account.ts';
import { listAttempts, releaseClaim } from '../../src/store/attempt.ts';
import { claimPost } from '../../src/store/claim.ts';
import type { Claim } from '../../src/store/claim.ts';
import { liftHold, placeHold } from '../../src/store/hold.ts';
import { insertPosts } from '../../src/store/new-post.ts';
import { getPost } from '../../src/store/post.ts';
import type { PostRow } from '../../src/store/post.ts';
import { cancelPost, setDueNow } from '../../src/store/post-moves.ts';
import { orphanSent, releaseReserved } from '../../src/store/sweep.ts';
import { replaceCredentials } from '../../src/store/account-credentials.ts';
import { sealCredentials } from '../../src/pipeline/credentials.ts';
import { startX, xKeys } from '../fakes/x.ts';
import type { Fake } from '../fakes/fake.ts';
import { describeBackends } from '../servers/backends.ts';
import { install, until } from './installation.ts';
import type { Installation } from './installation.ts';

const never = new AbortController().signal;

describeBackends(
  'what becomes of a post',
  (backend) => {
    let at: Installation;
    let fake: Fake;
    let account: AccountRow;
    let serial = 0;

    beforeAll(async () => {
      at = await install(backend, { withWorkers: false });
      fake = await startX();
    });
    afterEach(() => fake.setMode({ name: 'ok' }));
    afterAll(async () => {
      await at[Symbol.asyncDispose]();
      await fake[Symbol.asyncDispose]();
    });

    /** A post due now on an account of its own, so that one test's limits do not reach the next. */
    async function due(text = `Outcome ${++serial}`): Promise<PostRow> {
      const credentials = { kind: 'oauth1', ...xKeys, accessToken: `${1000 + ++serial}-token`, server: fake.url };
      account = await addAccount(at.context, { network: 'x', credentials }, 'test');
      const [post] = await createPosts(
        at.context,
        { parts: [{ text, media: [], card: null }], accountIds: [account.id], schedule: 'now' },
        'test',
      );
      return post as PostRow;
    }
    const send = (post: PostRow): Promise<void> => publish(at.context, { postId: post.id, network: 'x' }, never);
    const claimDead = (post: PostRow, phase: 'reserved' | 'sent'): Promise<Claim | null> => {
      const attemptId = at.context.io.id('attempt');
      return claimPost(at.context.database, { postId: post.id, workerId: 'wrk_dead', attemptId, phase });
    };
    const now = async (post: PostRow): Promise<PostRow> => (await getPost(at.context.database, post.id)) as PostRow;
    const phases = async (post: PostRow): Promise<string[]> =>
      (await listAttempts(at.context.database, post.id)).map((attempt) => attempt.phase);
    const accepted = (post: PostRow): number => fake.log.filter((entry) => entry.text === post.parts[0]?.text).length;

    it('is sent once, however many workers wake for it', async () => {
      const post = await due();
      await Promise.all(Array.from({ length: 10 }, () => send(post)));
      expect(accepted(post)).toBe(1);
      expect(await phases(post)).toEqual(['published']);
    });

    it('is unknown when the answer is lost, is not sent again, and is found by asking', async () => {
      const post = await due();
      await fake.setMode({ name: 'accept-then-reset' });
      await send(post);
      expect((await now(post)).state).toBe('unknown');
      await send(post);
      expect(accepted(post)).toBe(1);
      await fake.setMode({ name: 'ok' });
      const [attempt] = await listAttempts(at.context.database, post.id);
      expect((await reconcile(at.context, attempt?.id ?? ''))?.kind).toBe('published');
      expect((await now(post)).state).toBe('published');
      expect(accepted(post)).toBe(1);
    });

    it('stays unknown for a person where the network has not got it and would take a second', async () => {
      const post = await due();
      await fake.setMode({ name: 'reset' });
      await send(post);
      await fake.setMode({ name: 'ok' });
      const [attempt] = await listAttempts(at.context.database, post.id);
      expect((await reconcile(at.context, attempt?.id ?? ''))?.kind).toBe('absent');
      expect((await now(post)).state).toBe('unknown');
      expect(accepted(post)).toBe(0);
    });

    it('waits as long as the network says, and its account with it, without counting a try', async () => {
      const post = await due();
      const from = Date.now();
      const reset = Math.ceil(from / 1000) + 120;
      await fake.setMode({ name: '429', headers: { 'x-rate-limit-reset': String(reset) } });
      await send(post);
      const wayMs = Date.now() - from;
      const waiting = await now(post);
      expect(waiting.state).toBe('scheduled');
      // Never before; and later by no more than the second that a network's clock is rounded to, and the way.
      const isThen = (at: Date | null | undefined): boolean => {
        const lateMs = (at?.getTime() ?? NaN) - reset * 1000;
        return lateMs >= 0 && lateMs < 2_000 + wayMs;
      };
      expect(isThen(waiting.wakeAt)).toBe(true);
      expect(waiting.tries).toBe(0);
      expect(isThen((await getAccount(at.context.database, account.id))?.blockedUntil)).toBe(true);
    });

    it('fails at once where it has nothing to send, though it was approved', async () => {
      const { accountId, network } = await due();
      const content = { parts: [], link: null, tags: [], lang: 'en', hash: 'empty' };
      const given = { id: at.context.io.id('post'), accountId, network, storyId: null, articleId: null, content };
      const approved = { ...given, urgency: 'normal' as const, state: 'approved' as const };
      await insertPosts(at.context.database, [{ ...approved, due: { at: null, staleAfterMs: 60_000 } }], 'test');
      const post = (await getPost(at.context.database, given.id)) as PostRow;
      const before = fake.attempts;
      await send(post);
      expect(fake.attempts).toBe(before);
      expect(await now(post)).toMatchObject({
        state: 'failed',
        failure: { kind: 'refused', cause: 'content_rejected' },
      });
      expect(await phases(post)).not.toContain('unknown');
    });

    it('fails and signs its account out when the credentials are refused', async () => {
      const post = await due();
      await fake.setMode({ name: '401' });
      await send(post);
      expect((await now(post)).state).toBe('failed');
      expect((await getAccount(at.context.database, account.id))?.state).toBe('signed-out');
    });

    it('does not sign out an account that somebody has reconnected while the old credentials were on their way', async () => {
      const post = await due();
      const { database, keyring } = at.context;
      const credentials = { kind: 'oauth1', ...xKeys, accessToken: 'withdrawn', server: fake.url };
      await replaceCredentials(database, account.id, sealCredentials(keyring, account.id, credentials), null);
      await fake.setMode({ name: 'slow', ms: 500 });
      const before = fake.attempts;
      const sending = send(post);
      await until('the request', async () => fake.attempts > before);
      const anew = { ...credentials, accessToken: `${1000 + serial}-token` };
      await replaceCredentials(database, account.id, sealCredentials(keyring, account.id, anew), null);
      await sending;
      expect((await now(post)).failure).toMatchObject({ kind: 'signed-out' });
      expect((await getAccount(database, account.id))?.state).toBe('connected');
    });

    it('is tried again when nothing was delivered, and counts the try', async () => {
      const post = await due();
      await fake.setMode({ name: 'refuse' });
      await send(post);
      const waiting = await now(post);
      expect(waiting.state).toBe('scheduled');
      expect(waiting.tries).toBe(1);
      expect(waiting.wakeAt?.getTime()).toBeGreaterThan(Date.now());
      expect(await phases(post)).toEqual(['down']);
    });

    it('lets the account’s other posts wait behind it while the network cannot be reached', async () => {
      const post = await due();
      const parts = [{ text: `Outcome ${++serial}`, media: [], card: null }];
      const [other] = await createPosts(at.context, { parts, accountIds: [account.id], schedule: 'now' }, 'test');
      const elsewhere = await due();
      await fake.setMode({ name: 'refuse' });
      await send(post);
      const asks = await now(post);
      const waits = await now(other as PostRow);
      expect(waits.wakeAt?.getTime()).toBe((asks.wakeAt?.getTime() ?? 0) + 2_000);
      expect(waits).toMatchObject({ state: 'scheduled', tries: 0, dueAt: other?.dueAt });
      expect((await now(elsewhere)).wakeAt).toEqual(elsewhere.wakeAt);
    });

    it('goes out after all where the worker that was taken for dead knows that its request never left', async () => {
      const post = await due();
      const claim = (await claimDead(post, 'sent')) as Claim;
      await orphanSent(at.context.database);
      expect((await now(post)).state).toBe('unknown');
      await releaseClaim(
        at.context.database,
        claim.attemptId,
        'This process stood still before the request could leave.',
      );
      // Nothing of standfirst failed, and nobody is to send a bundle of it.
      const failure = expect.objectContaining({ kind: 'down', cause: 'given_back' }) as unknown;
      expect(await now(post)).toMatchObject({ state: 'scheduled', failure });
      await send(post);
      expect(await phases(post)).toEqual(['down', 'published']);
      expect(accepted(post)).toBe(1);
    });

    it('is given back where its worker’s last heartbeat is of an hour that has not come: the clock was set back', async () => {
      const post = await due();
      await at.context.database.run(
        `INSERT INTO standfirst.worker (id, version, host, pid, started_at, seen_at)
         VALUES ('wrk_ahead', '', '', 1, now(), now() + interval '1 hour')`,
      );
      const attemptId = at.context.io.id('attempt');
      const claim = { postId: post.id, workerId: 'wrk_ahead', attemptId, phase: 'reserved' } as const;
      await claimPost(at.context.database, claim);
      const released = await releaseReserved(at.context.database);
      expect(released.map(({ postId }) => postId)).toEqual([post.id]);
    });

    it('does not go out while a hold matches it: all, its network, its account, or a word in it', async () => {
      const post = await due('The trial of Ilse Brandt begins');
      const holds = [
        { scope: 'all', target: null },
        { scope: 'network', target: 'x' },
        { scope: 'account', target: account.id },
        { scope: 'word', target: 'ilse brandt' },
      ] as const;
      for (const hold of holds) {
        const id = at.context.io.id('hold');
        await placeHold(at.context.database, { id, reason: 'a court order', ...hold }, 'test');
        await send(post);
        expect((await now(post)).state, hold.scope).toBe('scheduled');
        await liftHold(at.context.database, id, 'test');
      }
      await send(post);
      expect((await now(post)).state).toBe('published');
    });

    it('is stale, and not sent, once it is worthless', async () => {
      const post = await due();
      await at.context.database.run(`UPDATE standfirst.post SET stale_at = now() - interval '1 second' WHERE id = $1`, [
        post.id,
      ]);
      await send(post);
      expect((await now(post)).state).toBe('stale');
      expect(accepted(post)).toBe(0);
    });

    it('is never sent after its cancellation was confirmed', async () => {
      const post = await due();
      await cancelPost(at.context.database, post.id, null, null, 'test');
      await send(post);
      expect(accepted(post)).toBe(0);
    });

    it('goes back to review when its text changes, and cannot be scheduled before it is approved again', async () => {
      const post = await due();
      const edited = await changePost(
        at.context,
        post.id,
        null,
        { parts: [{ text: `Edited ${++serial}`, media: [], card: null }] },
        'test',
      );
      expect(edited.state).toBe('in_review');
      await expect(setDueNow(at.context.database, post.id, null, 1000, 'test')).rejects.toThrow(
        /is in_review; publish now is possible when it is approved, scheduled or stale/,
      );
      await send(post);
      expect(accepted(post)).toBe(0);
    });

    it('is released when its worker died before the request left, and fails as poison the second time', async () => {
      const post = await due();
      for (const claim of [1, 2]) {
        expect(await claimDead(post, 'reserved'), `claim ${claim}`).not.toBeNull();
        await releaseReserved(at.context.database);
        if (claim === 1) expect((await now(post)).state).toBe('scheduled');
      }
      expect(await now(post)).toMatchObject({ state: 'failed', failure: { cause: 'poison' } });
      expect(accepted(post)).toBe(0);
    });

    it('is unknown when its worker died with the request under way', async () => {
      const post = await due();
      await claimDead(post, 'sent');
      const orphans = await orphanSent(at.context.database);
      expect(orphans).toHaveLength(1);
      expect((await now(post)).state).toBe('unknown');
      await send(post);
      expect(accepted(post)).toBe(0);
    });

    it('is not sent by a process that stood still for six seconds after its claim', async () => {
      const post = await due();
      const { ledger, io } = at.context;
      let stoodMs = 0;
      const markSent: typeof ledger.markSent = async (ask) => {
        const isMine = await ledger.markSent(ask);
        stoodMs = 6_000;
        return isMine;
      };
      const stood = { io: { ...io, monotonic: () => io.monotonic() + stoodMs }, ledger: { ...ledger, markSent } };
      await publish({ ...at.context, ...stood }, { postId: post.id, network: 'x' }, never);
      expect(accepted(post)).toBe(0);
      expect(await now(post)).toMatchObject({ state: 'scheduled' });
    });
  },
  ['postgres', 'embedded'],
);
