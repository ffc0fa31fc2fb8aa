import { randomUUID } from 'node:crypto';
import fastify from 'fastify';
import pg from 'pg';

/** A process of `bench/api.ts`: one Fastify route, and the one statement without which a post would be lost. */
const pool = new pg.Pool({ connectionString: process.argv[2] ?? '', max: 20 });
const app = fastify();
app.post<{ Body: { text: string } }>('/posts', async ({ body }, reply) => {
  const id = randomUUID();
  await pool.query('INSERT INTO bench_row (id, remote_id) VALUES ($1, $2)', [id, body.text]);
  return reply.code(201).send({ id });
});
const address = await app.listen({ host: '127.0.0.1', port: 0 });
process.send?.({ address });
