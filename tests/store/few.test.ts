import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { claimPosts } from '../../src/store/claim.ts';
import { openDatabase } from '../../src/store/database.ts';
import type { Database, Sql } from '../../src/store/database.ts';
import { recordPublishedParts } from '../../src/store/receipt.ts';
import { describeBackends } from '../servers/backends.ts';
import { install } from '../line/installation.ts';
import type { Installation } from '../line/installation.ts';

/** Runs after which PostgreSQL keeps a plan. */
const RUNS = 6;
const BATCH = 10;
const MANY = 4_000;

describeBackends(
  'claims and receipts whose plan was made when there were few posts',
  (backend) => {
    let at: Installation;
    /** With one connection, so that every statement meets the plan of those before it. */
    let one: Database;
    beforeAll(async () => {
      at = await install(backend, { withWorkers: false });
      one = openDatabase({ connectionString: backend.databaseUrl, max: 1 });
    });
    afterAll(async () => {
      await one.close();
      await at[Symbol.asyncDispose]();
    });

    async function addPosts(from: number, count: number): Promise<void> {
      await one.run(
        `INSERT INTO standfirst.post (id, account_id, network, state, approved_hash, due_at, wake_at, wake, stale_at, created_by)
         SELECT 'post_few-' || n, $1, 'sandbox', 'scheduled', 'few', now() - interval '1 minute', now() - interval '1 second', 1, now() + interval '1 day', 'test'
           FROM generate_series($2::int, $3::int) AS n`,
        [at.sandbox.id, from, from + count - 1],
      );
      await one.run(
        `INSERT INTO standfirst.post_revision (post_id, n, parts, hash)
         SELECT 'post_few-' || n, 1, jsonb_build_array(jsonb_build_object('text', 'Ferry ' || n)), 'few' FROM generate_series($1::int, $2::int) AS n`,
        [from, from + count - 1],
      );
    }
    /** Of posts and attempts, on this connection. */
    async function rowsRead(sql: Sql): Promise<number> {
      const read = await sql.one(
        z.object({ rows: z.number() }),
        `SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::int AS rows FROM pg_stat_xact_user_tables
          WHERE schemaname = 'standfirst' AND relname IN ('post', 'attempt')`,
      );
      return read?.rows ?? Infinity;
    }
    /** Sends a batch on paper. @returns how many rows were read for it, of posts and attempts. */
    async function goOut(from: number): Promise<number> {
      const posts = Array.from({ length: BATCH }, (_, n) => `post_few-${from + n}`);
      return one.transaction(async (sql) => {
        const before = await rowsRead(sql);
        const ask = (postId: string) => ({
          postId,
          workerId: 'wrk_few',
          attemptId: `att_${postId}`,
          phase: 'sent' as const,
        });
        const claims = await claimPosts(sql, posts.map(ask));
        expect(claims.map((claim) => claim?.postId)).toEqual(posts);
        const receipt = (postId: string) => ({ remoteId: `remote-${postId}`, url: null });
        const parts = posts.map((id) => ({ attemptId: `att_${id}`, receipt: receipt(id), isLast: true, microUsd: 0 }));
        expect(await recordPublishedParts(sql, parts)).toEqual(posts.map(() => true));
        return (await rowsRead(sql)) - before;
      });
    }

    it('read the rows of their batch, and not all that have come since', async () => {
      await addPosts(1, RUNS * BATCH);
      for (let run = 0; run < RUNS; run++) await goOut(1 + run * BATCH);
      await addPosts(1 + RUNS * BATCH, MANY);
      expect(await goOut(1 + RUNS * BATCH)).toBeLessThan(BATCH * 30);
    });
  },
  ['postgres', 'embedded'],
);
