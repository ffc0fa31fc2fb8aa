import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import type { Database } from '../../src/store/database.ts';
import { openEmbedded } from '../../src/store/embedded/open.ts';
import { migrate, newestVersion, schemaVersion } from '../../src/store/migrate.ts';
import { standfirst } from '../cli/run.ts';
import { callerOf, startServer } from '../faults/processes.ts';
import type { Server } from '../faults/processes.ts';
import { describeWith } from '../servers/backends.ts';
import { freshDatabase } from '../servers/databases.ts';

// A server that starts is waited for as long as a test may take elsewhere, and some of these start two.
vi.setConfig({ testTimeout: 240_000 });

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Runs the server until it ends by itself. */
async function endOf(
  args: readonly string[],
  env: Record<string, string>,
): Promise<{ code: number | null; words: string }> {
  const child = spawn(process.execPath, ['src/server.ts', ...args], {
    cwd: root,
    env: { PATH: process.env['PATH'] ?? '', PORT: '0', ...env },
  });
  let words = '';
  child.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { code, words: words.trim() };
}

async function withDatabase<T>(dataDir: string, work: (database: Database) => Promise<T>): Promise<T> {
  await using embedded = await openEmbedded({ dataDir });
  const database = openDatabase({ connectionString: embedded.connectionString, max: 1 });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

describe('starting', () => {
  let dataDir: string;
  beforeAll(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'standfirst-start-'));
  });
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

  it.each([
    { args: ['--role', 'editor'], env: {}, says: '--role editor is not one of all, api, worker.' },
    { args: ['--role', 'worker'], env: {}, says: '--role worker needs DATABASE_URL' },
    { args: ['--colour'], env: {}, says: "Unknown option '--colour'" },
    { args: [], env: { DATABASE_URL: 'mysql://here' }, says: 'DATABASE_URL must be a PostgreSQL address' },
    { args: [], env: { STANDFIRST_TIME_ZONE: 'Mars/Olympus' }, says: 'STANDFIRST_TIME_ZONE is not an IANA time zone' },
    { args: [], env: { STANDFIRST_KEYS: 'k1:short' }, says: 'STANDFIRST_KEYS is not a key ring. Key "k1" is 3 bytes' },
    { args: [], env: { DATABASE_URL: 'garbage' }, says: 'DATABASE_URL must be a PostgreSQL address' },
  ])('ends with 2 and says in one sentence: $says', async ({ args, env, says }) => {
    const { code, words } = await endOf(args, { STANDFIRST_DATA: dataDir, ...env });
    expect(words).toContain(says);
    expect(words.split('\n')).toHaveLength(1);
    expect(code).toBe(2);
  });

  it('ends with 69 and one sentence where PostgreSQL is not there, without the password', async () => {
    const { code, words } = await endOf([], {
      STANDFIRST_DATA: dataDir,
      DATABASE_URL: 'postgres://desk:hush@127.0.0.1:9/news',
    });
    expect(words).toMatch(
      /^PostgreSQL at 127\.0\.0\.1:9, database news, cannot be used: .*Start it, or set DATABASE_URL right\.$/,
    );
    expect(words).not.toContain('hush');
    expect(code).toBe(69);
  });

  it.each(['/proc/standfirst', '/dev/null/standfirst'])(
    'ends with 69 and one sentence on the folder %s',
    async (folder) => {
      const { code, words } = await endOf([], { STANDFIRST_DATA: folder });
      expect(words).toMatch(/^The data folder .* cannot be used .*name another with STANDFIRST_DATA\.$/);
      expect(code).toBe(69);
    },
  );
});

describe('the way in', () => {
  it('is a link at every start, until what is kept of the output need not hold one', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'standfirst-start-'));
    const env = { PORT: '0', STANDFIRST_DATA: dataDir };
    const first = await startServer(env);
    const link = first.lines.map((line) => /^Sign in \(once, .*\): (\S+)$/.exec(line)?.[1]).find(Boolean) ?? '';
    const send = (path: string, fields: Record<string, string>, cookie = ''): Promise<Response> =>
      fetch(first.address + path, {
        method: 'POST',
        redirect: 'manual',
        headers: { cookie, 'sec-fetch-site': 'same-origin' },
        body: new URLSearchParams(fields),
      });
    const came = await send('/sign-in', { token: new URL(link).searchParams.get('token') ?? '' });
    const cookie = came.headers.get('set-cookie')?.split(';')[0];
    const kept = await send('/sign-in/keep', { password: 'gulls-over-the-quay' }, cookie);
    expect(kept.status).toBe(303);
    await first.stop();

    const second = await startServer(env);
    await second.stop();
    rmSync(dataDir, { recursive: true, force: true });
    expect(second.lines).toContain(`Sign in: ${second.address}/sign-in`);
    expect(second.lines.join('\n')).not.toContain('token=');
  });
});

describe('an embedded database of an older version', () => {
  it('is copied whole before its tables are changed', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'standfirst-start-'));
    const older = newestVersion() - 1;
    await withDatabase(dataDir, (database) => migrate(database, older));
    const server = await startServer({ PORT: '0', STANDFIRST_DATA: dataDir });
    await server.stop();
    expect(await withDatabase(dataDir, schemaVersion)).toBe(newestVersion());

    const backups = join(dataDir, 'backups');
    expect(readdirSync(backups)).toEqual([`0001-before-migration-from-${older}`]);
    rmSync(join(dataDir, 'postgres'), { recursive: true });
    renameSync(join(backups, `0001-before-migration-from-${older}`), join(dataDir, 'postgres'));
    expect(await withDatabase(dataDir, schemaVersion)).toBe(older);
    rmSync(dataDir, { recursive: true, force: true });
  });
});

describe('a data folder', () => {
  let dataDir: string;
  let server: Server;
  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'standfirst-start-'));
    server = await startServer({ PORT: '0', STANDFIRST_DATA: dataDir });
  });
  afterAll(async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('belongs to one process: a second is refused with the pid of the first', async () => {
    const { code, words } = await endOf([], { STANDFIRST_DATA: dataDir });
    expect(words).toContain(String(server.pid));
    expect(words.split('\n')).toHaveLength(1);
    expect(code).toBe(69);
  });

  it('keeps its keys from other users of the machine', () => {
    for (const file of ['key', 'api-key']) expect(statSync(join(dataDir, file)).mode & 0o777, file).toBe(0o600);
  });

  it('is given free by SIGTERM within seconds, with exit code 0', async () => {
    const other = mkdtempSync(join(tmpdir(), 'standfirst-start-'));
    const short = await startServer({ PORT: '0', STANDFIRST_DATA: other });
    const { code, ms } = await short.stop();
    rmSync(other, { recursive: true, force: true });
    expect(code).toBe(0);
    // Work that does not end is waited for 28 s.
    expect(ms).toBeLessThan(25_000);
  });
});

describe('a data folder whose key is not as it was', () => {
  it('is refused in the same words by a start and by doctor, and is given no other key', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'standfirst-start-'));
    const env = { STANDFIRST_DATA: dataDir };
    await (await startServer({ PORT: '0', ...env })).stop();
    const key = join(dataDir, 'key');
    const refused = async (): Promise<[number | null, string]> => {
      const { code, words } = await endOf([], env);
      const { stdout } = await standfirst(['doctor', '--json'], { env });
      expect(stdout).toContain(JSON.stringify({ check: 'keys', state: 'wrong', sentence: words }));
      return [code, words];
    };
    chmodSync(key, 0o644);
    expect(await refused()).toEqual([69, expect.stringMatching(/has mode 644, .*: run chmod 600 /)]);
    chmodSync(key, 0o600);
    renameSync(key, `${key}.lost`);
    const missing = `There is no key: set STANDFIRST_KEYS, or put the file back at ${key}.`;
    expect(await refused()).toEqual([69, missing]);
    expect(existsSync(key)).toBe(false);
    rmSync(dataDir, { recursive: true, force: true });
  });
});

describe('stopping', () => {
  const environments = [
    { where: 'with the database of its own', servers: [], env: async () => ({}) },
    { where: 'beside a PostgreSQL', servers: ['postgres'], env: async () => ({ DATABASE_URL: await freshDatabase() }) },
  ] as const;
  for (const { where, servers, env } of environments) {
    describeWith(servers, where, () => {
      it('says that it stops, and nothing else: no warning, no stack', async () => {
        const dataDir = mkdtempSync(join(tmpdir(), 'standfirst-start-'));
        const server = await startServer({
          PORT: '0',
          STANDFIRST_DATA: dataDir,
          STANDFIRST_LOG_FORMAT: 'json',
          ...(await env()),
        });
        const call = callerOf(server.address, dataDir);
        const { data } = await call<{ data: { id: string }[] }>('GET', '/v1/accounts');
        const accountIds = data.map(({ id }) => id);
        const posts = Array.from({ length: 20 }, (_, n) => ({
          text: `Ferry ${n} is late.`,
          accountIds,
          schedule: 'now',
        }));
        await Promise.all(posts.map((post) => call('POST', '/v1/posts', post)));
        const { code } = await server.stop();
        rmSync(dataDir, { recursive: true, force: true });
        expect(code).toBe(0);
        const from = server.lines.findIndex((line) => line.includes('"msg":"stopping"'));
        expect(from).toBeGreaterThan(0);
        expect(server.lines.slice(from + 1)).toEqual([]);
      });
    });
  }
});

describeWith(['postgres'], 'starting on a PostgreSQL', () => {
  it('ends with 69 and says what to do where the database is not there', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'standfirst-start-'));
    const address = new URL(await freshDatabase());
    address.pathname = '/nowhere';
    const { code, words } = await endOf([], { STANDFIRST_DATA: dataDir, DATABASE_URL: address.href });
    rmSync(dataDir, { recursive: true, force: true });
    expect(words).toMatch(
      /^PostgreSQL at \S+, database nowhere, cannot be used: .*Create it \(createdb nowhere\), or name another in DATABASE_URL\.$/,
    );
    expect(code).toBe(69);
  });

  it('ends with 69 and one sentence where Redis is not there', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'standfirst-start-'));
    const { code, words } = await endOf([], {
      STANDFIRST_DATA: dataDir,
      DATABASE_URL: await freshDatabase(),
      REDIS_URL: 'redis://127.0.0.1:9',
    });
    rmSync(dataDir, { recursive: true, force: true });
    expect(words).toMatch(/^Redis at 127\.0\.0\.1:9 cannot be used: .*Start it, or set REDIS_URL right\.$/);
    expect(code).toBe(69);
  });
});
