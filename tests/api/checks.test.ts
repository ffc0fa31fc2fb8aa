import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clockApartMs, runChecks } from '../../src/api/checks.ts';
import type { Check, Checked } from '../../src/api/checks.ts';
import { openRedisBackend } from '../../src/jobs/backend.ts';
import { makeKey, parseKeyring } from '../../src/secrets/keyring.ts';
import type { Sql } from '../../src/store/database.ts';
import { beat } from '../../src/store/worker.ts';
import { standfirst } from '../cli/run.ts';
import { describeWith } from '../servers/backends.ts';
import { startRedis } from '../servers/redis.ts';
import { openInstallation } from './installation.ts';
import type { Installation } from './installation.ts';

describe('what is looked at before work', () => {
  let here: Installation;
  beforeAll(async () => {
    here = await openInstallation();
  });
  afterAll(() => here.close());

  async function found(changed: Partial<Checked>, name: Check['name']): Promise<Check | undefined> {
    const { database, backend, keyring, io, settings } = here.context;
    const checks = await runChecks({
      database,
      backend,
      keyring: () => keyring,
      now: io.now,
      timeZone: settings.timeZone,
      dataDir: settings.dataDir,
      zoneData: '2026a',
      ...changed,
    });
    return checks.find((check) => check.name === name);
  }
  const hourLater = (): Date => new Date(Date.now() + 3_600_000);

  it.each([
    ['clock', 'advice', /database's clock is 3[56]\d\d\.\d s behind this machine's/, { now: hourLater }],
    ['zones', 'advice', /does not know the time zone Mars\/Base: set STANDFIRST_TIME_ZONE/, { timeZone: 'Mars/Base' }],
    ['zones', 'advice', /time zone data is of 2019a: .* Update Node\.$/, { zoneData: '2019a' }],
    [
      'keys',
      'wrong',
      /^This is not the key ring .* set STANDFIRST_KEYS/,
      { keyring: () => parseKeyring(makeKey('k1')) },
    ],
    ['disk', 'advice', /^0 MB are left on the disk of \/proc: make room/, { dataDir: '/proc' }],
  ] as const)('tells in one sentence what is wrong with the %s (%s)', async (name, state, sentence, changed) => {
    expect(await found(changed, name)).toEqual({ name, state, sentence: expect.stringMatching(sentence) });
  });

  it('tells where the queue is not to be reached', async () => {
    const backend = openRedisBackend({ url: 'redis://127.0.0.1:9', cluster: false, sentinel: null }, () => {});
    expect(await found({ backend }, 'queue')).toMatchObject({
      state: 'wrong',
      sentence: expect.stringMatching(/^Redis at 127\.0\.0\.1:9 cannot be used/),
    });
    await backend.close();
  });
});

describeWith(['redis', 'postgres'], 'standfirst doctor', () => {
  it(
    'says a line for each, gives advice on Redis, and ends with 0 where work can be done',
    { timeout: 240_000 },
    async () => {
      await using redis = await startRedis({ args: ['--hz', '10'] });
      const key = makeKey('k1');
      const here = await openInstallation({ STANDFIRST_KEYS: key });
      const env = {
        DATABASE_URL: databaseOf(here),
        REDIS_URL: redis.url,
        STANDFIRST_KEYS: key,
        STANDFIRST_TIME_ZONE: 'Europe/Bucharest',
      };
      const { code, stdout, stderr } = await standfirst(['doctor'], { env });
      expect([code, stderr]).toEqual([0, '']);
      const lines = stdout.trim().split('\n');
      expect(lines).toHaveLength(8);
      expect(lines).toContain('ok      database');
      expect(stdout).toMatch(/^advice {2}queue {6}Redis hz is 10: .*Set it to 100\.$/m);

      const post = { accountIds: [here.sandboxId], text: 'A ferry is late.', schedule: 'now' };
      await here.app.inject({ method: 'POST', url: '/v1/posts', headers: await here.key(), payload: post });
      const idle = await standfirst(['doctor'], { env });
      expect(idle.code).toBe(0);
      expect(idle.stdout).toMatch(
        /^advice {2}workers {4}No worker runs, and 1 post is due and does not go out: start one/m,
      );
      const { database } = here.context;
      await beat(database, { id: 'wrk_1', version: '', host: '', pid: 1, concurrency: 1, memoryBytes: 1 });
      expect((await standfirst(['doctor'], { env })).stdout).toContain('ok      workers');
      await database.run(`UPDATE standfirst.worker SET seen_at = now() - interval '5 minutes'`);
      expect((await standfirst(['doctor'], { env })).stdout).toMatch(
        /No worker has been heard of for 3\d\d s, and 1 post/,
      );

      const elsewhere = new URL(env.DATABASE_URL);
      elsewhere.pathname = '/no_news';
      const missing = await standfirst(['doctor'], { env: { ...env, DATABASE_URL: elsewhere.href } });
      expect(missing.code).toBe(69);
      expect(missing.stdout).toMatch(
        /^wrong +database +PostgreSQL at .*, database no_news, .*does not exist\. Create it \(createdb no_news\)/,
      );

      const wrong = await standfirst(['doctor', '--json'], { env: { ...env, STANDFIRST_KEYS: makeKey('k1') } });
      expect(wrong.code).toBe(69);
      const checks = wrong.stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, string>);
      expect(checks.find(({ state }) => state === 'wrong')).toMatchObject({ check: 'keys' });
      await here.close();
    },
  );
});

describe('standfirst doctor without an installation', () => {
  it('says so in one line and ends with 69', async () => {
    const ran = await standfirst(['doctor'], { env: { STANDFIRST_DATA: '/nowhere/standfirst' } });
    expect(ran.code).toBe(69);
    expect(ran.stdout.trim()).toMatch(/^wrong +database +There is no installation in \/nowhere\/standfirst yet/);
  });

  it('looks at all the rest where PostgreSQL is away, and tells each by itself', async () => {
    const env = {
      DATABASE_URL: 'postgres://user:secret@127.0.0.1:9/news',
      REDIS_URL: 'redis://127.0.0.1:10',
      STANDFIRST_KEYS: 'k1:short',
      STANDFIRST_TIME_ZONE: 'Europe/Bucharest',
      STANDFIRST_DATA: '/proc',
    };
    const ran = await standfirst(['doctor'], { env });
    expect([ran.code, ran.stderr]).toEqual([69, '']);
    const lines = ran.stdout.trim().split('\n');
    expect(lines).toEqual([
      expect.stringMatching(/^wrong +database +PostgreSQL at 127\.0\.0\.1:9, .*set DATABASE_URL right\.$/),
      expect.stringMatching(/^wrong +migrations +Nobody can know/),
      expect.stringMatching(/^wrong +queue +Redis at 127\.0\.0\.1:10 cannot be used/),
      expect.stringMatching(/^advice +clock +Nobody can know/),
      expect.stringMatching(/^(?:ok|advice) +zones/),
      expect.stringMatching(/^wrong +keys +.*k1/),
      expect.stringMatching(/^advice +disk +0 MB are left/),
    ]);
    expect(ran.stdout).not.toContain('secret');
  });

  it('ends with 2 where the environment is not right', async () => {
    const ran = await standfirst(['doctor'], { env: { PORT: 'ninety' } });
    expect([ran.code, ran.stdout]).toEqual([2, '']);
    expect(ran.stderr).toContain('PORT must be a port from 0 to 65535');
  });
});

function databaseOf(here: Installation): string {
  const { options } = here.context.database.pool as unknown as { options: { connectionString: string } };
  return options.connectionString;
}

it.each([
  ['read while we waited', 300, 0],
  ['read at once', 0, 0],
  ['read just before the answer', 400, 0],
  ['that is ahead', 1_000, 600],
  ['that is behind', -500, -500],
])('a clock %s differs by what its answer cannot have taken: 400 ms, at %d it is %d', async (_, at, apartMs) => {
  const ours = [0, 400];
  const database = { one: async () => ({ at: new Date(at) }) } as unknown as Sql;
  expect(await clockApartMs(database, () => new Date(ours.shift() ?? NaN))).toBe(apartMs);
});
