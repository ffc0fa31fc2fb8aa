import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join as inFolder } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditView } from '../../src/api/schemas/audit.ts';
import { closeWindows, WINDOW_MS } from '../../src/pipeline/refused-entries.ts';
import { makeApiKey } from '../../src/secrets/token.ts';
import { openDatabase } from '../../src/store/database.ts';
import type { Database } from '../../src/store/database.ts';
import { startServer } from '../faults/processes.ts';
import type { Server } from '../faults/processes.ts';
import { describeWith } from '../servers/backends.ts';
import { freshDatabase } from '../servers/databases.ts';
import type { Installation } from './installation.ts';
import { openInstallation } from './installation.ts';
import { join, keepWindowsOpen, newAddress, PASSWORD, postForm } from './member.ts';

describeWith(['postgres'], 'tries at a way in, over two processes on one database', () => {
  let dataDir: string;
  let env: Record<string, string>;
  let servers: Server[];
  let database: Database;
  beforeAll(async () => {
    dataDir = await mkdtemp(inFolder(tmpdir(), 'standfirst-ways-in-'));
    const connectionString = await freshDatabase();
    database = openDatabase({ connectionString, max: 1 });
    env = {
      PORT: '0',
      STANDFIRST_DATA: dataDir,
      DATABASE_URL: connectionString,
      STANDFIRST_TRUSTED_PROXIES: '127.0.0.0/8,::1/128',
    };
    const first = await startServer(env, 'api');
    servers = [first, await startServer(env, 'api')];
  });
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.stop()));
    await database.close();
    await rm(dataDir, { recursive: true });
  });

  const signIn = async (process: number, login: string, ip: string): Promise<number> => {
    const answer = await fetch(`${servers[process]?.address}/sign-in`, {
      method: 'POST',
      headers: { 'sec-fetch-site': 'same-origin', 'x-forwarded-for': ip },
      body: new URLSearchParams({ login, password: 'wrong-wrong-wrong' }),
    });
    return answer.status;
  };
  /** One after the other, by turns at each process. */
  const signInAll = async (tries: readonly { login: string; ip: string }[]): Promise<number[]> => {
    const statuses: number[] = [];
    for (const [n, { login, ip }] of tries.entries()) {
      statuses.push(await signIn(n % 2, login, ip));
      if (n === 0) await keepWindowsOpen(database);
    }
    return statuses;
  };
  const twenty = Array.from({ length: 20 }, () => 401);

  it('are five a minute for one account, whichever process is asked', async () => {
    const tries = Array.from({ length: 6 }, () => ({ login: 'Guessed Gerda', ip: newAddress() }));
    expect(await signInAll(tries)).toEqual([401, 401, 401, 401, 401, 429]);
  });

  it('are 20 a minute from one address, and a restart does not begin them anew', { timeout: 240_000 }, async () => {
    const ip = newAddress();
    expect(await signInAll(twenty.map((_, n) => ({ login: `Somebody ${n}`, ip })))).toEqual(twenty);
    expect(await signIn(0, 'Somebody else', ip)).toBe(429);
    await keepWindowsOpen(database);
    await servers[1]?.stop();
    servers[1] = await startServer(env, 'api');
    expect(await signIn(1, 'Somebody else', ip)).toBe(429);
    expect(await signIn(1, 'Somebody else', newAddress())).toBe(401);
  });

  it('are counted for the whole network of an IPv6 address', { timeout: 120_000 }, async () => {
    expect(await signInAll(twenty.map((_, n) => ({ login: `Nobody ${n}`, ip: `2001:db8:9:9::${n + 1}` })))).toEqual(
      twenty,
    );
    expect(await signIn(0, 'Nobody else', '2001:db8:9:9:abcd::1')).toBe(429);
  });
});

describe('ways in that stay shut', () => {
  let here: Installation;
  beforeAll(async () => void (here = await openInstallation()));
  afterAll(() => here.close());

  const withKey = (secret: string, remoteAddress: string) =>
    here.app.inject({ url: '/v1/posts', headers: { authorization: `Bearer ${secret}` }, remoteAddress });
  const audited = async (query: string): Promise<AuditView[]> => {
    const answer = await here.app.inject({ url: `/v1/audit?limit=100&${query}`, headers: await here.key() });
    return answer.json<{ data: AuditView[] }>().data;
  };
  const endWindows = async (): Promise<void> => {
    await here.context.database.run(
      `UPDATE standfirst.refused_entry SET begun_at = begun_at - make_interval(secs => $1 / 1000.0)`,
      [WINDOW_MS + 1_000],
    );
    await closeWindows(here.context.database);
  };

  it('have the prefix of an API key in the audit, and where it came from, and nothing of its secret', async () => {
    const ip = newAddress();
    const key = makeApiKey('live');
    expect((await withKey(key.text, ip)).statusCode).toBe(401);
    const [row, ...others] = await audited(`action=api-key.refused&ip=${ip}`);
    expect(others).toEqual([]);
    expect(row).toMatchObject({ subject: 'nobody', ip, data: { how: 'api-key', prefix: key.text.slice(0, 24) } });
    expect(row?.requestId).toMatch(/^req_/);
    expect(JSON.stringify(row)).not.toContain(key.text.slice(25));
    const foreign = 'ghp_0123456789abcdefghijABCDEFGHIJ012345';
    await withKey(foreign, newAddress());
    expect(JSON.stringify(await audited('action=api-key.refused'))).not.toContain(foreign.slice(0, 8));
  });

  it('name the key that was revoked and is still tried', async () => {
    const headers = await here.key();
    const made = await here.app.inject({
      method: 'POST',
      url: '/v1/api-keys',
      headers,
      payload: { name: 'old', scopes: ['posts:read'] },
    });
    const { id, secret } = made.json<{ id: string; secret: string }>();
    await here.app.inject({ method: 'DELETE', url: `/v1/api-keys/${id}`, headers });
    expect((await withKey(secret, newAddress())).statusCode).toBe(401);
    expect(await audited(`action=api-key.refused&subject=${id}`)).toHaveLength(1);
  });

  it('are two rows of an address and window, however often it tries: the first at once, then how often again', async () => {
    const ip = newAddress();
    for (let n = 0; n < 15; n++) await withKey(makeApiKey('live').text, ip);
    expect(await audited(`action=api-key.refused&ip=${ip}`)).toHaveLength(1);
    await endWindows();
    const [again, first, ...others] = await audited(`action=api-key.refused&ip=${ip}`);
    expect(others).toEqual([]);
    expect(again).toMatchObject({ ip, data: { how: 'api-key', again: 14 } });
    const since = new Date(String(again?.data['since'])).getTime();
    expect(new Date(first?.at ?? 0).getTime() - since).toBe(WINDOW_MS + 1_000);
    await endWindows();
    expect(await audited(`action=api-key.refused&ip=${ip}`)).toHaveLength(2);
  });

  it('are told apart for 200 places at a time; hundreds more are one row and its number', async () => {
    await endWindows();
    const rows = async (): Promise<number> => {
      const { rows: found } = await here.context.database.pool.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM standfirst.audit WHERE action = 'api-key.refused'`,
      );
      return found[0]?.n ?? 0;
    };
    const before = await rows();
    for (let n = 0; n < 500; n++) await withKey(makeApiKey('live').text, newAddress());
    expect(await rows()).toBe(before + 201);
    await endWindows();
    expect(await audited('action=api-key.refused&subject=many')).toMatchObject([
      { ip: null, data: { again: 299 } },
      { subject: 'many', data: { how: 'api-key' } },
    ]);
    expect(await rows()).toBe(before + 202);
  });

  const tryAs = async (login: string, password = 'wrong') => (await postForm(here, { login, password })).statusCode;

  it('do not tell that a name and an address are one person’s, nor that anybody has them', async () => {
    await join(here, 'Marit Solheim', 'editor', 'marit@herald.example');
    const statuses = async (logins: readonly string[]): Promise<number[]> => {
      const all: number[] = [];
      for (let round = 0; round < 6; round++) for (const login of logins) all.push(await tryAs(login));
      return all;
    };
    const ofMember = await statuses(['Marit Solheim', 'marit@herald.example']);
    expect(await statuses(['Nobody Nansen', 'nobody@herald.example'])).toEqual(ofMember);
    expect(ofMember.filter((status) => status === 401)).toHaveLength(10);
  });

  it('are ten a minute for one person, in however many ways the database reads their name', async () => {
    const { id } = await join(here, 'Ilse Tarn', 'editor');
    for (const login of ['ILSE TARN', ' ilse tarn ', 'Ilse Tarn']) expect(await tryAs(login)).toBe(401);
    // As many more under names that are others to us.
    const owner = [
      `UPDATE standfirst.try SET tries = tries + 7 WHERE limit_name = 'sign-in-owner' AND who = $1`,
      [id],
    ] as const;
    expect(await here.context.database.run(...owner)).toBe(1);
    expect(await tryAs('Ilse Tarn', PASSWORD)).toBe(429);
  });

  it('leave no name behind that was typed, and no window that is over', async () => {
    await postForm(here, { login: 'my-password-in-the-wrong-field', password: 'x' });
    const kept = async () =>
      (await here.context.database.pool.query<{ row: string }>('SELECT try::text AS row FROM standfirst.try')).rows;
    expect((await kept()).length).toBeGreaterThan(0);
    expect(JSON.stringify(await kept())).not.toContain('my-password');
    await here.context.database.run(`UPDATE standfirst.try SET ends_at = ends_at - interval '61 seconds'`);
    for (let n = 0; n < 3; n++) await closeWindows(here.context.database);
    expect(await kept()).toEqual([]);
  });
});
