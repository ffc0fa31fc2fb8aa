import { Redis } from 'ioredis';
import pg from 'pg';
import { expect, it } from 'vitest';
import { describeBackends, describeWith } from './backends.ts';
import { freshDatabase } from './databases.ts';
import { startPostgres } from './postgres.ts';
import { startRedis } from './redis.ts';

describeBackends('a backend', (backend) => {
  it('gives an empty database, and a Redis only where it names one', async () => {
    expect(
      await query(backend.databaseUrl, "SELECT count(*)::int AS n FROM pg_tables WHERE schemaname = 'public'"),
    ).toEqual([{ n: 0 }]);
    await query(backend.databaseUrl, 'CREATE TABLE public.mark (id int)');
    expect(backend.redisUrl === null).toBe(backend.name !== 'redis+postgres');
  });
});

describeWith(['postgres'], 'a PostgreSQL of the test’s own', () => {
  it('gives each file a database that no other file sees', async () => {
    const [one, other] = [await freshDatabase(), await freshDatabase()];
    await query(one, 'CREATE TABLE mark (id int)');
    expect(await query(other, "SELECT to_regclass('mark') AS found")).toEqual([{ found: null }]);
  });

  it('keeps its rows over a kill and a restart', async () => {
    await using server = await startPostgres();
    await query(server.url, 'CREATE TABLE mark AS SELECT 7 AS id');
    await server.kill();
    await expect(query(server.url, 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
    await server.restart();
    expect(await query(server.url, 'SELECT id FROM mark')).toEqual([{ id: 7 }]);
  });
});

describeWith(['redis'], 'a Redis of the test’s own', () => {
  it('is set up as production is, and takes other settings', async () => {
    await using server = await startRedis({ args: ['--hz', '10'] });
    const client = new Redis(server.url);
    try {
      expect(await client.config('GET', 'hz')).toContain('10');
      expect(await client.config('GET', 'maxmemory-policy')).toContain('noeviction');
      expect(await client.config('GET', 'appendonly')).toContain('yes');
    } finally {
      client.disconnect();
    }
  });
});

async function query(connectionString: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query(sql)).rows as unknown[];
  } finally {
    await client.end();
  }
}
