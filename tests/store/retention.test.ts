import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPosts } from '../../src/pipeline/create-posts.ts';
import { cancelPost } from '../../src/store/post-moves.ts';
import { tidy } from '../../src/pipeline/tidy.ts';
import { installAnywhere } from '../line/install-anywhere.ts';
import type { Installation } from '../line/installation.ts';

let at: Installation;
beforeAll(async () => {
  at = await installAnywhere({ withWorkers: false, env: { STANDFIRST_RETENTION: 'events=7' } });
});
afterAll(() => at[Symbol.asyncDispose]());

async function count(table: string, where = 'true'): Promise<number> {
  const { rows } = await at.context.database.pool.query(
    `SELECT count(*)::int AS n FROM standfirst.${table} WHERE ${where}`,
  );
  return (rows[0] as { n: number }).n;
}

it('forgets what is older than it is kept, and nothing younger', async () => {
  const { database } = at.context;
  const age = (days: number): string => `standfirst.clock() - make_interval(days => ${days})`;
  await database.run(
    `INSERT INTO standfirst.event (type, subject, at) SELECT 'old', 'x', ${age(8)} FROM generate_series(1, 4500)`,
  );
  await database.run(
    `INSERT INTO standfirst.event (type, subject, at) SELECT 'young', 'x', ${age(6)} FROM generate_series(1, 10)`,
  );
  await database.run(
    `INSERT INTO standfirst.trace_mark (subject, traceparent, at) VALUES ('old', '', ${age(8)}), ('young', '', ${age(6)})`,
  );
  await database.run(
    `INSERT INTO standfirst.article (id, state, request, text, created_at)
     SELECT 'art_' || n, 'ready', '{"html": "<p>A page.</p>", "title": "A page"}', 'A page.', standfirst.clock() - make_interval(days => n)
       FROM generate_series(28, 33) AS n`,
  );
  const parts = [{ text: 'A post.', media: [], card: null }];
  const [gone, waiting] = await createPosts(
    at.context,
    { parts, accountIds: [at.sandbox.id], schedule: 'draft' },
    'test',
  ).then(async ([one]) => [
    one,
    (await createPosts(at.context, { parts, accountIds: [at.sandbox.id], schedule: 'draft' }, 'test'))[0],
  ]);
  for (const post of [gone, waiting]) {
    await database.run(
      `INSERT INTO standfirst.attempt (id, post_id, revision, part, n, fence, request_hash, idempotency_key, phase, started_at, ended_at)
       SELECT 'att_' || $1 || phase, $1, 1, 0, 1, 1, '', '', phase, ${age(200)}, ${age(200)} FROM unnest(ARRAY['down', 'published']) AS phase`,
      [post?.id],
    );
  }
  await database.run(
    `INSERT INTO standfirst.media (id, type, width, height, size, bytes, created_by, created_at)
     SELECT 'media_' || name, 'image/png', 1, 1, 1, ''::bytea, 'test', standfirst.clock() - make_interval(days => days)
       FROM (VALUES ('unused', 91), ('shown', 91), ('new', 89)) AS image (name, days)`,
  );
  await database.run(`INSERT INTO standfirst.media_use (media_id, post_id, revision) VALUES ('media_shown', $1, 1)`, [
    gone?.id,
  ]);
  await database.run(
    `INSERT INTO standfirst.endpoint (id, url, events, secret, created_by, created_at, state)
     VALUES ('whk_on', 'https://a.example', '{}', '', 'test', now(), 'active'), ('whk_off', 'https://b.example', '{}', '', 'test', now(), 'paused')`,
  );
  await database.run(
    `INSERT INTO standfirst.delivery (id, webhook_id, type, payload, next_at, created_at)
     SELECT webhook || days, webhook, 'post.published', '{}', ${age(0)}, standfirst.clock() - make_interval(days => days)
       FROM unnest(ARRAY['whk_on', 'whk_off']) AS webhook, unnest(ARRAY[31, 29]) AS days`,
  );
  await cancelPost(database, gone?.id ?? '', null, null, 'test');

  await tidy(at.context, new AbortController().signal);

  expect(await count('event', `type = 'old'`)).toBe(0);
  expect(await count('event', `type = 'young'`)).toBe(10);
  expect([await count('trace_mark'), await count('trace_mark', `subject = 'old'`)]).toEqual([1, 0]);
  expect(await count('article', `request ? 'html'`)).toBe(2);
  expect(await count('article', `request ->> 'title' = 'A page' AND text = 'A page.'`)).toBe(6);
  const kept = async (table: string): Promise<unknown[]> => {
    const { rows } = await database.pool.query(`SELECT id FROM standfirst.${table} ORDER BY id`);
    return rows.map((row: { id: string }) => row.id);
  };
  expect(await kept('media')).toEqual(['media_new', 'media_shown']);
  // What an active receiver was not told yet is still news to it.
  expect(await kept('delivery')).toEqual(['whk_off29', 'whk_on29', 'whk_on31']);
  // The receipt of a post is never forgotten, nor a try at one that still waits.
  expect(await count('attempt', `post_id = '${gone?.id}'`)).toBe(1);
  expect(await count('attempt', `post_id = '${waiting?.id}'`)).toBe(2);
});
