import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { addAccount, checkAccount } from '../../src/pipeline/accounts.ts';
import { standfirst } from '../cli/run.ts';
import { discordHook, startDiscord } from '../fakes/discord.ts';
import type { FakeDiscord } from '../fakes/discord.ts';
import { install } from '../line/installation.ts';
import { whyMissing } from '../servers/binaries.ts';
import { freshDatabase } from '../servers/databases.ts';

let folder: string;
let fake: FakeDiscord;
let place: Record<string, string>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'standfirst-keys-'));
  fake = await startDiscord();
  place = {
    STANDFIRST_DATA: folder,
    ...(whyMissing('postgres') === undefined ? { DATABASE_URL: await freshDatabase() } : {}),
  };
});
afterAll(async () => {
  await fake[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

const open = () =>
  install({ databaseUrl: place['DATABASE_URL'] ?? null, redisUrl: null }, { withWorkers: false, env: place });
const keys = (...args: string[]) => standfirst(['keys', ...args], { env: place });
const keyFile = (): string => readFileSync(join(folder, 'key'), 'utf8').trim();

it('moves every secret to a new key, after which the old one may go', { timeout: 60_000 }, async () => {
  let id: string;
  {
    await using here = await open();
    const credentials = { webhookUrl: `${fake.url}${discordHook}` };
    id = (await addAccount(here.context, { network: 'discord', credentials }, 'test')).id;
  }
  const [old] = [keyFile()];
  expect(await keys('new')).toMatchObject({ code: 0, stderr: '' });
  expect(keyFile()).toMatch(/^k2:.+,k1:/);
  expect(keyFile().endsWith(old)).toBe(true);
  expect(statSync(join(folder, 'key')).mode & 0o777).toBe(0o600);

  const rotated = await keys('rotate');
  expect(rotated).toMatchObject({ code: 0, stderr: '' });
  expect(rotated.stdout).toMatch(/sealed again with k2; still on another key: 0\.\nk1 may be taken out/);
  expect((await keys('rotate')).stdout).toContain('0 sealed again');

  place = { ...place, STANDFIRST_KEYS: keyFile().split(',')[0] ?? '' };
  await using here = await open();
  expect((await checkAccount(here.context, id)).state).toBe('connected');
  const row = await here.context.database.one(
    z.object({ credentials: z.string() }),
    'SELECT credentials FROM standfirst.account WHERE id = $1',
    [id],
  );
  expect(row?.credentials).toMatch(/^v1\.k2\./);
});

it('names keys and never shows one', async () => {
  const { code, stdout } = await keys('list');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^k2\nfingerprint k2:[0-9a-f]{12}\n$/);
});

it('says in one sentence which key is missing', async () => {
  const other = `k9:${Buffer.alloc(32, 1).toString('base64')}`;
  const { code, stderr } = await standfirst(['keys', 'rotate'], { env: { ...place, STANDFIRST_KEYS: other } });
  expect(code).not.toBe(0);
  expect(stderr.trim()).toMatch(/^The secret was sealed with key "k2", and the ring has k9: add that key\.$/);
});
