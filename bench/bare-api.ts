import { randomUUID } from 'node:crypto';
import fastify from 'fastify';
import pg from 'pg';
import { listStatement } from './list-statement.ts';

/**
 * A process of the benchmarks: bare Fastify routes, each with the one statement that ours cannot do without: the row of a
 * post, and the very statement of a list.
 */
const pool = new pg.Pool({ connectionString: process.argv[2] ?? '', max: 20 });
const list = await listStatement({});
const app = fastify();
app.post<{ Body: { text: string } }>('/posts', async ({ body }, reply) => {
  const id = randomUUID();
  await pool.query('INSERT INTO bench_row (id, remote_id) VALUES ($1, $2)', [id, body.text]);
  return reply.code(201).send({ id });
});
app.get('/posts', async () => ({ data: (await pool.query(list.text, list.values)).rows as unknown[] }));
const address = await app.listen({ host: '127.0.0.1', port: 0 });
process.send?.({ address });
