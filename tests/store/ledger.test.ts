import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { createPosts } from '../../src/pipeline/create-posts.ts';
import type { Claim } from '../../src/store/claim.ts';
import type { PostRow } from '../../src/store/post.ts';
import { describeBackends } from '../servers/backends.ts';
import { install } from '../line/installation.ts';
import type { Installation } from '../line/installation.ts';

describeBackends(
  'claims and receipts of one moment',
  (backend) => {
    let at: Installation;
    beforeAll(async () => {
      at = await install(backend, { withWorkers: false });
    });
    afterAll(() => at[Symbol.asyncDispose]());

    async function due(count: number): Promise<PostRow[]> {
      const made: PostRow[] = [];
      for (let n = 0; n < count; n++) {
        const parts = [{ text: `Ferry timetable ${n}`, media: [], card: null }];
        made.push(...(await createPosts(at.context, { parts, accountIds: [at.sandbox.id], schedule: 'now' }, 'test')));
      }
      return made;
    }
    const claim = ({ id }: PostRow): Promise<Claim | null> =>
      at.context.ledger.claim({
        postId: id,
        workerId: 'wrk_test',
        attemptId: at.context.io.id('attempt'),
        phase: 'sent',
      });
    const receive = ({ attemptId, postId }: Claim, isLast = true): Promise<boolean> =>
      at.context.ledger.recordPublished({
        attemptId,
        receipt: { remoteId: `remote-${postId}`, url: null },
        isLast,
        microUsd: 0,
      });
    async function count(what: string, posts: readonly PostRow[]): Promise<number> {
      const row = await at.context.database.one(
        z.object({ n: z.number() }),
        `SELECT count(${what})::int AS n FROM standfirst.post WHERE id = ANY ($1)`,
        [posts.map((post) => post.id)],
      );
      return row?.n ?? 0;
    }

    it('share a commit, and each post has its own', async () => {
      const posts = await due(5);
      const claims = await Promise.all(posts.map(claim));
      expect(claims.map((won) => won?.postId)).toEqual(posts.map((post) => post.id));
      expect(await count('DISTINCT xmin::text', posts)).toBe(1);
      expect(await Promise.all(claims.map((won) => receive(won as Claim)))).toEqual(Array(5).fill(true));
      expect(await count('DISTINCT xmin::text', posts)).toBe(1);
      expect(await count(`* ) FILTER (WHERE state = 'published'`, posts)).toBe(5);
    });

    it('are one for a post that is asked for twice in that moment', async () => {
      const [post] = await due(1);
      const claims = await Promise.all([claim(post as PostRow), claim(post as PostRow)]);
      expect(claims.filter((won) => won !== null)).toHaveLength(1);
    });

    it('do not wait for one whose row is in other hands, which has its turn after that', async () => {
      const posts = await due(3);
      const held = posts[1] as PostRow;
      let isFree = false;
      const { promise: freed, resolve: free } = Promise.withResolvers<void>();
      const { promise: locked, resolve: lock } = Promise.withResolvers<void>();
      const hands = at.context.database.transaction(async (sql) => {
        await sql.run('SELECT FROM standfirst.post WHERE id = $1 FOR UPDATE', [held.id]);
        lock();
        await freed;
      });
      await locked;
      const late = claim(held).then((won) => ({ won, isFree }));
      const others = await Promise.all(posts.filter((post) => post !== held).map(claim));
      expect(others.every((won) => won !== null)).toBe(true);
      isFree = true;
      free();
      await hands;
      expect(await late).toMatchObject({ won: { postId: held.id }, isFree: true });
    });

    it('are not spoilt by one that the lock of its attempts refuses', async () => {
      const posts = await due(3);
      const doubtful = posts[0] as PostRow;
      await at.context.database.run(
        `INSERT INTO standfirst.attempt (id, post_id, revision, part, n, fence, request_hash, idempotency_key, phase, started_at)
         VALUES ($1, $2, 1, 0, 1, 1, '', '', 'unknown', now())`,
        [at.context.io.id('attempt'), doubtful.id],
      );
      const claims = await Promise.all(posts.map(claim));
      expect(claims.map((won) => won !== null)).toEqual([false, true, true]);
    });

    it('say of a receipt that came twice the same as of the first, and of one that came too late that it did', async () => {
      const [post, gone] = await due(2);
      const [won, lost] = (await Promise.all([claim(post as PostRow), claim(gone as PostRow)])) as [Claim, Claim];
      await at.context.database.run(`UPDATE standfirst.attempt SET phase = 'down' WHERE id = $1`, [lost.attemptId]);
      expect(await receive(won)).toBe(true);
      expect(await Promise.all([receive(won), receive(lost)])).toEqual([true, false]);
    });
  },
  ['postgres', 'embedded'],
);
