import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPosts } from '../../src/pipeline/create-posts.ts';
import { cancelPost } from '../../src/store/post-moves.ts';
import { tidy } from '../../src/pipeline/tidy.ts';
import { installAnywhere } from '../line/installation.ts';
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
  await cancelPost(database, gone?.id ?? '', null, null, 'test');

  await tidy(at.context, new AbortController().signal);

  expect(await count('event', `type = 'old'`)).toBe(0);
  expect(await count('event', `type = 'young'`)).toBe(10);
  expect([await count('trace_mark'), await count('trace_mark', `subject = 'old'`)]).toEqual([1, 0]);
  expect(await count('article', `request ? 'html'`)).toBe(2);
  expect(await count('article', `request ->> 'title' = 'A page' AND text = 'A page.'`)).toBe(6);
  // The receipt of a post is never forgotten, nor a try at one that still waits.
  expect(await count('attempt', `post_id = '${gone?.id}'`)).toBe(1);
  expect(await count('attempt', `post_id = '${waiting?.id}'`)).toBe(2);
});
