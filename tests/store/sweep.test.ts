import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { placeHold } from '../../src/store/hold.ts';
import type { Sql } from '../../src/store/database.ts';
import { overduePosts } from '../../src/store/sweep.ts';
import { describeBackends } from '../servers/backends.ts';
import { install } from '../line/installation.ts';
import type { Installation } from '../line/installation.ts';

const DUE = 5_000;
const LIMIT = 100;

describeBackends(
  'the look for what is overdue',
  (backend) => {
    let at: Installation;
    beforeAll(async () => {
      at = await install(backend, { withWorkers: false });
      await at.context.database.run(
        `INSERT INTO standfirst.post (id, account_id, network, state, approved_hash, due_at, wake_at, wake, stale_at, created_by)
         SELECT 'post_due-' || lpad(n::text, 5, '0'), $1, 'sandbox', 'scheduled', 'due', standfirst.clock(),
                standfirst.clock() - interval '1 hour' + n * interval '100 milliseconds', 1, standfirst.clock() + interval '1 day', 'test'
           FROM generate_series(1, $2::int) AS n`,
        [at.sandbox.id, DUE],
      );
      await at.context.database.run('ANALYZE standfirst.post');
    });
    afterAll(() => at[Symbol.asyncDispose]());

    it('reads the oldest, and not all that are due', async () => {
      const { found, read } = await at.context.database.transaction(async (sql) => {
        const due = await overduePosts(sql, 0, LIMIT);
        const rows = await sql.one(
          z.object({ read: z.number() }),
          `SELECT (seq_tup_read + coalesce(idx_tup_fetch, 0))::int AS read FROM pg_stat_xact_user_tables
            WHERE schemaname = 'standfirst' AND relname = 'post'`,
        );
        return { found: due, read: rows?.read };
      });
      const oldest = Array.from({ length: LIMIT }, (_, n) => `post_due-${String(n + 1).padStart(5, '0')}`);
      expect(found.map(({ postId }) => postId)).toEqual(oldest);
      expect(read).toBeLessThan(LIMIT * 3);
    });

    it('goes on behind what it is told to leave out, and finds nothing in a lane that is full', async () => {
      const { database } = at.context;
      const first = await overduePosts(database, 0, LIMIT);
      const [next] = await overduePosts(database, 0, LIMIT, { postIds: first.map(({ postId }) => postId) });
      expect(next?.postId).toBe(`post_due-${String(LIMIT + 1).padStart(5, '0')}`);
      expect(await overduePosts(database, 0, LIMIT, { lanes: [first[0]?.lane ?? ''] })).toEqual([]);
      expect(await overduePosts(database, 0, LIMIT, { isBreaking: true })).toEqual([]);
    });

    it('finds nothing that a hold or an embargo keeps back', async () => {
      const { database } = at.context;
      const kept = async (what: (sql: Sql) => Promise<unknown>): Promise<string[]> => {
        const gone = new Error('rolled back');
        let found: string[] = [];
        await database
          .transaction(async (sql) => {
            await what(sql);
            found = (await overduePosts(sql, 0, 3)).map(({ postId }) => postId.slice(-1));
            throw gone;
          })
          .catch((error: unknown) => expect(error).toBe(gone));
        return found;
      };
      const hold = (scope: 'all' | 'network' | 'account' | 'story' | 'word', target: string | null) => (sql: Sql) =>
        placeHold(sql, { id: `hold_${scope}`, scope, target, reason: 'A check.' }, 'test');
      const inStory = (sql: Sql) =>
        sql.run(
          `WITH story AS (INSERT INTO standfirst.story (id, title) VALUES ('story_a', 'Harbour'), ('story_b', 'Ferry'))
           UPDATE standfirst.post SET story_id = CASE id WHEN 'post_due-00001' THEN 'story_a' ELSE 'story_b' END
            WHERE id IN ('post_due-00001', 'post_due-00002')`,
        );
      expect(await kept(inStory)).toEqual(['1', '2', '3']);
      expect(await kept(hold('all', null))).toEqual([]);
      expect(await kept(hold('network', 'sandbox'))).toEqual([]);
      expect(await kept(hold('network', 'webhook'))).toEqual(['1', '2', '3']);
      expect(await kept(hold('account', at.sandbox.id))).toEqual([]);
      expect(await kept(async (sql) => [await inStory(sql), await hold('story', 'story_a')(sql)])).toEqual([
        '2',
        '3',
        '4',
      ]);
      const saying = (text: string) => (sql: Sql) =>
        sql.run(
          `INSERT INTO standfirst.post_revision (post_id, n, parts, link, tags, lang, hash, author)
           VALUES ('post_due-00002', 1, $1, NULL, '{}', 'en', 'due', 'test')`,
          [JSON.stringify([{ text, media: [], card: null }])],
        );
      const named = saying('The mayor of Port Merrow resigns.');
      const word = hold('word', 'port merrow');
      expect(await kept(async (sql) => [await named(sql), await word(sql)])).toEqual(['1', '3', '4']);
      expect(await kept(async (sql) => [await saying('A ferry is late.')(sql), await word(sql)])).toEqual([
        '1',
        '2',
        '3',
      ]);
      const embargo = `UPDATE standfirst.story SET embargo_until = standfirst.clock() + interval '1 hour' WHERE id = 'story_b'`;
      expect(await kept(async (sql) => [await inStory(sql), await sql.run(embargo)])).toEqual(['1', '3', '4']);
      const blocked = `UPDATE standfirst.account SET blocked_until = standfirst.clock() + interval '1 hour'`;
      expect(await kept((sql) => sql.run(blocked))).toEqual([]);
    });
  },
  ['postgres', 'embedded'],
);
