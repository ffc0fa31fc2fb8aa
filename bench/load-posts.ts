import type pg from 'pg';

/** Words that one post in 12, one in 1,000 and one in 20,000 has, and two together. */
export const searches = ['harbour', 'lighthouse', 'regatta', 'harbour ferry'] as const;

/** Writes published posts straight into the tables, one a minute back from now; their ids are `post_bench-1` and on. */
export async function loadPosts(pool: pg.Pool, accountId: string, posts: number): Promise<void> {
  await pool.query(
    `INSERT INTO standfirst.post (id, account_id, network, state, approved_hash, due_at, wake, published_at, created_at, created_by)
     SELECT 'post_bench-' || n, $1, 'sandbox', 'published', 'bench', now() - n * interval '1 minute', 1,
            now() - n * interval '1 minute', now() - n * interval '1 minute', 'bench'
       FROM generate_series(1, $2::int) AS n`,
    [accountId, posts],
  );
  await pool.query(
    `INSERT INTO standfirst.post_revision (post_id, n, parts, hash)
     SELECT 'post_bench-' || n, 1, jsonb_build_array(jsonb_build_object('text', concat_ws(' ',
              'The', (ARRAY['council','harbour','school','market','library','museum','station','theatre','stadium','bridge','hospital','park'])[1 + n % 12],
              'of', (ARRAY['Merrow','Westmouth','Brandvold','Tidewell','Orrin'])[1 + n % 5], 'opened a', (ARRAY['ferry','garden','line'])[1 + n / 12 % 3],
              'on day', n, CASE WHEN n % 1000 = 0 THEN 'beside the lighthouse' END, CASE WHEN n % 20000 = 0 THEN 'at the regatta' END),
              'media', '[]'::jsonb, 'card', null)), 'bench'
       FROM generate_series(1, $1::int) AS n`,
    [posts],
  );
  await pool.query('VACUUM ANALYZE standfirst.post');
  await pool.query('VACUUM ANALYZE standfirst.post_revision');
}
