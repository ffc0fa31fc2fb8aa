import { randomUUID } from 'node:crypto';
import fastify from 'fastify';
import pg from 'pg';
import { HOUSE_MARK } from '../src/store/house-account.ts';
import { insertStatement, listStatement } from './statements.ts';

/**
 * A process of the benchmarks: bare Fastify routes, each with one statement: the very ones that write a post and read a page
 * of posts, and for comparison the least that can be written, a row of two texts.
 */
const pool = new pg.Pool({ connectionString: process.argv[2] ?? '', max: 20 });
const accountId = process.argv[3] ?? '';
const account = await pool.query<{ mark: string }>(
  `SELECT ${HOUSE_MARK} AS mark FROM standfirst.account WHERE id = $1`,
  [accountId],
);
const insert = await insertStatement('bare id', accountId, 'bare text', account.rows[0]?.mark ?? '');
const list = await listStatement({});
const app = fastify();
app.post<{ Body: { text: string } }>('/posts', async ({ body }, reply) => {
  const id = `post_${randomUUID()}`;
  const values = insert.values.map((value) =>
    typeof value === 'string'
      ? value.replaceAll('bare id', id).replaceAll('bare text', JSON.stringify(body.text).slice(1, -1))
      : value,
  );
  const { rows } = await pool.query({ ...insert, values });
  if (rows.length === 0) throw new Error('The account changed: nothing was written.');
  return reply.code(201).send({ data: rows as unknown[] });
});
app.post<{ Body: { text: string } }>('/rows', async ({ body }, reply) => {
  const id = randomUUID();
  await pool.query('INSERT INTO bench_row (id, remote_id) VALUES ($1, $2)', [id, body.text]);
  return reply.code(201).send({ id });
});
app.get('/posts', async () => ({ data: (await pool.query({ ...list, values: [...list.values] })).rows as unknown[] }));
const address = await app.listen({ host: '127.0.0.1', port: 0 });
process.send?.({ address });
// Not longer than who asks it.
process.on('disconnect', () => process.exit(0));
