import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer } from '../faults/processes.ts';
import type { Server } from '../faults/processes.ts';
import { describeWith } from '../servers/backends.ts';
import { freshDatabase } from '../servers/databases.ts';

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
  ])('ends with 2 and says: $says', async ({ args, env, says }) => {
    const { code, words } = await endOf(args, { STANDFIRST_DATA: dataDir, ...env });
    expect(words).toContain(says);
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
    expect(ms).toBeLessThan(10_000);
  });
});

describeWith(['postgres'], 'starting on a PostgreSQL', () => {
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
