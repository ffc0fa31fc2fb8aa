import { Redis } from 'ioredis';
import { afterEach, expect, it, vi } from 'vitest';
import type { OpenOptions } from '../../src/context.ts';
import { makeKey, parseKeyring } from '../../src/secrets/keyring.ts';
import { standfirst } from '../cli/run.ts';
import { injectClock, turnClock } from '../faults/clock.ts';
import { startProxy } from '../faults/proxy.ts';
import { describeWith } from '../servers/backends.ts';
import { freshDatabase } from '../servers/databases.ts';
import { startPostgres } from '../servers/postgres.ts';
import { startRedis } from '../servers/redis.ts';
import { openInstallation } from './installation.ts';
import type { Installation } from './installation.ts';

// A command of its own after another: on a busy machine each of them takes seconds to begin.
vi.setConfig({ testTimeout: 240_000 });

interface Answer {
  readonly code: number;
  /** By the name of the check. */
  readonly checks: Readonly<Record<string, string>>;
}

const HOUR = 3_600_000;

/** What each way of asking says of the same fault: a probe of a running server, and the command beside it. */
describeWith(['redis', 'postgres'], 'a fault that /readyz and standfirst doctor tell', () => {
  let here: Installation;
  afterEach(() => here.close());
  const key = makeKey('k1');

  async function open(env: Record<string, string>, options: OpenOptions = {}): Promise<void> {
    here = await openInstallation({ STANDFIRST_KEYS: key, ...env }, options);
  }
  async function probe(): Promise<Answer> {
    const { statusCode, body } = await here.app.inject({ url: '/readyz' });
    return { code: statusCode, ...(JSON.parse(body) as { checks: Record<string, string> }) };
  }
  async function doctor(env: Record<string, string>): Promise<Answer> {
    const { code, stdout } = await standfirst(['doctor', '--json'], {
      env: { STANDFIRST_KEYS: key, STANDFIRST_TIME_ZONE: 'Europe/Bucharest', ...env },
    });
    const lines = stdout.trim().split('\n');
    const found = lines.map((line) => JSON.parse(line) as { check: string; state: string; sentence: string });
    const checks = found.map(({ check, state, sentence }) => [check, state === 'ok' ? 'ok' : sentence]);
    return { code: code ?? -1, checks: Object.fromEntries(checks) as Record<string, string> };
  }

  it('Redis that is full, that hangs, and that is gone', async () => {
    await using redis = await startRedis();
    const env = { DATABASE_URL: await freshDatabase(), REDIS_URL: redis.url };
    await open(env);
    expect((await probe()).checks['queue']).toBe('ok');

    const client = new Redis(redis.url);
    await client.config('SET', 'maxmemory', '1mb');
    const full = /^Redis uses \d+\.\d of the 1\.0 MB of its maxmemory: .* Give it more\.$/;
    expect(await probe()).toMatchObject({ code: 200, checks: { queue: expect.stringMatching(full) } });
    expect(await doctor(env)).toMatchObject({ code: 0, checks: { queue: expect.stringMatching(full) } });
    client.disconnect();

    process.kill(redis.pid, 'SIGSTOP');
    const queue = expect.stringMatching(
      /^Redis at 127\.0\.0\.1:\d+ cannot be used: it has not answered within 1\.5 s\. Start it/,
    );
    expect(await probe()).toMatchObject({ code: 503, checks: { database: 'ok', queue } });
    expect(await doctor(env)).toMatchObject({ code: 69, checks: { database: 'ok', queue } });
    process.kill(redis.pid, 'SIGCONT');
    expect((await probe()).code).toBe(200);

    await redis.kill();
    const gone = /^Redis at 127\.0\.0\.1:\d+ cannot be used: .* Start it, or set REDIS_URL right\.$/;
    expect(await probe()).toMatchObject({ code: 503, checks: { database: 'ok', queue: expect.stringMatching(gone) } });
    expect(await doctor(env)).toMatchObject({ code: 69, checks: { queue: expect.stringMatching(gone) } });
  });

  it('PostgreSQL that hangs, and that is gone: once, not for all that is in it', async () => {
    await using postgres = await startPostgres({ settings: { fsync: 'off' } });
    await using link = await startProxy(postgres.port);
    const url = new URL(await postgres.createDatabase());
    url.port = String(link.port);
    const env = { DATABASE_URL: url.href };
    await open(env);
    const unknown = 'Nobody can know while the database does not answer.';
    // Looked at all the same, whatever is found: how old this Node's time zones may be is told by the year.
    const zones = expect.stringMatching(/^(ok$|Node's time zone data is of 20)/);
    const rest = { migrations: unknown, clock: unknown, keys: unknown, zones, disk: 'ok' };
    link.halfOpen(true);
    const database = 'The database has not answered within 2 s.';
    expect(await probe()).toMatchObject({ code: 503, checks: { database, ...rest } });
    link.halfOpen(false);
    link.cut();
    await postgres.kill();
    const gone = expect.stringMatching(/\. Start PostgreSQL, or set DATABASE_URL right\.$/);
    expect(await probe()).toMatchObject({ code: 503, checks: { database: gone, ...rest } });
    const said = await doctor(env);
    expect(said.code).toBe(69);
    expect(said.checks['database']).toMatch(
      /^PostgreSQL at .* cannot be reached: start it, or set DATABASE_URL right\.$/,
    );
    await postgres.restart();
    await expect.poll(async () => (await probe()).code).toBe(200);
  });

  it('PostgreSQL that takes no writes, and what else is so there', async () => {
    const env = { DATABASE_URL: await freshDatabase() };
    await open(env);
    await setReadOnly('on');
    const database = expect.stringMatching(
      /^This database takes no writes: .* default_transaction_read_only to off\.$/,
    );
    const said = { database, migrations: 'ok', queue: 'ok', clock: 'ok', keys: 'ok' };
    // The pool may still hand out a connection that has ended.
    await expect.poll(probe).toMatchObject({ code: 503, checks: said });
    expect(await doctor(env)).toMatchObject({ code: 69, checks: said });
    await setReadOnly('off');
    await expect.poll(probe).toMatchObject({ code: 200, checks: { database: 'ok' } });
  });

  /** For every connection from now on; those that stand are ended. */
  async function setReadOnly(value: 'on' | 'off'): Promise<void> {
    const client = await here.context.database.connect();
    await client.query('SET default_transaction_read_only = off');
    const { rows } = await client.query<{ name: string }>('SELECT current_database() AS name');
    await client.query(`ALTER DATABASE "${rows[0]?.name}" SET default_transaction_read_only = ${value}`);
    await client.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
    await client.end();
  }

  it.each([
    ['ahead of', HOUR],
    ['behind', -HOUR],
  ])('a database whose clock is %s this machine’s', async (way, ms) => {
    const env = { DATABASE_URL: await freshDatabase() };
    await open(env);
    const client = await here.context.database.connect();
    await injectClock(client as never);
    await turnClock(client as never, ms);
    await client.end();
    // Connections ask the clock that was there when they were made.
    await here.close();
    await open(env);
    // Less by as much as the answer took, which may be two seconds.
    const sentence = new RegExp(
      `^The database's clock is 3(600|59\\d)\\.\\d s ${way} this machine's: .* network time\\.$`,
    );
    expect(await probe()).toMatchObject({ code: 200, checks: { clock: expect.stringMatching(sentence) } });
    expect(await doctor(env)).toMatchObject({ code: 0, checks: { clock: expect.stringMatching(sentence) } });
  });

  it('a key ring that is another’s', async () => {
    const env = { DATABASE_URL: await freshDatabase() };
    await open(env);
    const other = parseKeyring(makeKey('k1')).canary();
    await here.context.database.run(
      `UPDATE standfirst.setting SET value = to_jsonb($1::text) WHERE key = 'key-canary'`,
      [other],
    );
    const keys = expect.stringMatching(/^This is not the key ring .* set STANDFIRST_KEYS/);
    expect(await probe()).toMatchObject({ code: 503, checks: { keys } });
    expect(await doctor(env)).toMatchObject({ code: 69, checks: { keys } });
  });

  it('tables of a newer version, beside which this one works on', async () => {
    const env = { DATABASE_URL: await freshDatabase() };
    await open(env);
    await here.context.database.run(`INSERT INTO standfirst.migration (version, name) VALUES (9999, 'next')`);
    const migrations = expect.stringMatching(/^The database is at version 9999, newer than this standfirst/);
    expect(await probe()).toMatchObject({ code: 200, checks: { migrations } });
    expect(await doctor(env)).toMatchObject({ checks: { migrations } });
  });

  it('a disk without room', async () => {
    const env = { DATABASE_URL: await freshDatabase() };
    await open(env);
    expect(await doctor({ ...env, STANDFIRST_DATA: '/proc' })).toMatchObject({
      code: 0,
      checks: { disk: '0 MB are left on the disk of /proc: make room for at least 512.' },
    });
  });
});
