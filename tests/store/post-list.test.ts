import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import type { Sql } from '../../src/store/database.ts';
import type { PostFilter } from '../../src/store/post-filter.ts';
import { addAccount } from '../../src/pipeline/accounts.ts';
import { pagePosts } from '../../src/store/post-list.ts';
import { describeBackends } from '../servers/backends.ts';
import { install } from '../line/installation.ts';
import type { Installation } from '../line/installation.ts';

const EACH = 4_000;
const LIMIT = 50;

describeBackends(
  'a page of many posts by their due times',
  (backend) => {
    let at: Installation;
    beforeAll(async () => {
      at = await install(backend, { withWorkers: false });
      const { database } = at.context;
      await database.run(
        `INSERT INTO standfirst.post (id, account_id, network, state, approved_hash, due_at, wake, created_by)
         SELECT 'post_' || state || '-' || lpad(n::text, 5, '0'), $1, 'sandbox', state, 'many',
                '2031-05-04T06:00:00Z'::timestamptz + n * interval '1 minute', 1, 'test'
           FROM generate_series(1, $2::int) AS n, unnest(ARRAY['scheduled', 'published']) AS state`,
        [at.sandbox.id, EACH],
      );
      const other = await addAccount(at.context, { network: 'sandbox', name: 'Another', credentials: {} }, 'test');
      // Before what is cancelled of an account: all of another's, and what is stale of its own.
      await database.run(
        `INSERT INTO standfirst.post (id, account_id, network, state, approved_hash, due_at, wake, created_by)
         SELECT 'post_' || owner || '-' || state || '-' || n, owner, 'sandbox', state, 'many',
                '2031-05-01T06:00:00Z'::timestamptz + CASE WHEN owner = $1 AND state = 'cancelled' THEN n ELSE -n END * interval '1 minute', 1, 'test'
           FROM generate_series(1, $3::int) AS n, unnest(ARRAY['cancelled', 'stale']) AS state, unnest(ARRAY[$1, $2]) AS owner`,
        [at.sandbox.id, other.id, EACH],
      );
      await database.run(
        `INSERT INTO standfirst.post_revision (post_id, n, parts, hash)
         SELECT id, 1, '[{"text": "A ferry leaves."}]', 'many' FROM standfirst.post`,
      );
      await database.run('ANALYZE');
    });
    afterAll(() => at[Symbol.asyncDispose]());

    /** Rows of posts and of their texts that were read, on this connection. */
    async function rowsRead(sql: Sql): Promise<number> {
      const seen = await sql.one(
        z.object({ read: z.number() }),
        `SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::int AS read FROM pg_stat_xact_user_tables
          WHERE schemaname = 'standfirst' AND relname IN ('post', 'post_revision')`,
      );
      return seen?.read ?? Infinity;
    }
    async function page(filter: PostFilter, sort: 'dueAt' | '-dueAt'): Promise<{ ids: string[]; read: number }> {
      return at.context.database.transaction(async (sql) => {
        const before = await rowsRead(sql);
        const rows = await pagePosts(sql, filter, sort, { limit: LIMIT, after: null });
        return { ids: rows.map(({ id }) => id), read: (await rowsRead(sql)) - before };
      });
    }
    const numbered = (state: string, n: number): string => `post_${state}-${String(n).padStart(5, '0')}`;
    const first = (state: string): string[] => Array.from({ length: LIMIT }, (_, n) => numbered(state, n + 1));

    it('reads those of the page, of one state', async () => {
      const next = await page({ states: ['scheduled'] }, 'dueAt');
      expect(next.ids).toEqual(first('scheduled'));
      expect(next.read).toBeLessThan(LIMIT * 4);
      const last = await page({ states: ['published'] }, '-dueAt');
      expect(last.ids[0]).toBe(numbered('published', EACH));
      expect(last.read).toBeLessThan(LIMIT * 4);
    });

    it('reads those of the page, of one state of an account that has much behind it', async () => {
      const accountId = at.sandbox.id;
      const next = await page({ accountId, states: ['cancelled'] }, 'dueAt');
      expect(next.ids.slice(0, 2)).toEqual([`post_${accountId}-cancelled-1`, `post_${accountId}-cancelled-2`]);
      expect(next.read).toBeLessThan(LIMIT * 4);
    });

    it('reads those of the page, of all states and of a stretch of time', async () => {
      const all = await page({}, '-dueAt');
      expect(all.ids.slice(0, 2)).toEqual([numbered('scheduled', EACH), numbered('published', EACH)]);
      expect(all.read).toBeLessThan(LIMIT * 4);
      const from = new Date('2031-05-05T06:00:00Z');
      const day = await page({ dueAfter: from, dueBefore: new Date(from.getTime() + 3_600_000) }, 'dueAt');
      expect(day.ids.slice(0, 2)).toEqual([numbered('published', 1440), numbered('scheduled', 1440)]);
      expect(day.read).toBeLessThan(LIMIT * 4);
    });

    it('holds the posts of several states in one order', async () => {
      const { ids } = await page({ states: ['scheduled', 'published'] }, 'dueAt');
      expect(ids.slice(0, 3)).toEqual([numbered('published', 1), numbered('scheduled', 1), numbered('published', 2)]);
      expect((await page({ states: ['failed'] }, 'dueAt')).ids).toEqual([]);
    });
  },
  ['postgres', 'embedded'],
);
