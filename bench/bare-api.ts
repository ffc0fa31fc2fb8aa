import { randomUUID } from 'node:crypto';
import fastify from 'fastify';
import pg from 'pg';
import { insertStatement, listStatement } from './statements.ts';

/**
 * A process of the benchmarks: bare Fastify routes, each with one statement: the very ones that write a post and read a page
 * of posts, and for comparison the least that can be written, a row of two texts.
 */
const pool = new pg.Pool({ connectionString: process.argv[2] ?? '', max: 20 });
const insert = await insertStatement('bare id', process.argv[3] ?? '', 'bare text');
const list = await listStatement({});
const app = fastify();
app.post<{ Body: { text: string } }>('/posts', async ({ body }, reply) => {
  const id = `post_${randomUUID()}`;
  const values = insert.values.map((value) =>
    String(value).replaceAll('bare id', id).replaceAll('bare text', JSON.stringify(body.text).slice(1, -1)),
  );
  const { rows } = await pool.query({ ...insert, values });
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
