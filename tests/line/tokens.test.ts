import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { addAccount, checkAccount } from '../../src/pipeline/accounts.ts';
import { refresh } from '../../src/pipeline/refresh.ts';
import { getAccount } from '../../src/store/account.ts';
import type { AccountRow } from '../../src/store/account.ts';
import { eventsOf } from '../../src/store/event.ts';
import { accountsToRefresh } from '../../src/store/sweep.ts';
import type { Fake } from '../fakes/fake.ts';
import { linkedinLogin, startLinkedin } from '../fakes/linkedin.ts';
import { startX } from '../fakes/x.ts';
import { installAnywhere } from './installation.ts';
import type { Installation } from './installation.ts';

const HALF_AN_HOUR = 30 * 60_000;
const DAY = 86_400_000;
const inDays = (days: number): string => new Date(Date.now() + days * DAY).toISOString();

let at: Installation;
let xFake: Fake;
let linkedinFake: Fake;
beforeAll(async () => {
  [xFake, linkedinFake] = await Promise.all([startX(), startLinkedin()]);
  at = await installAnywhere({ withWorkers: false });
});
afterAll(async () => {
  await at[Symbol.asyncDispose]();
  await Promise.all([xFake[Symbol.asyncDispose](), linkedinFake[Symbol.asyncDispose]()]);
});
beforeEach(() => at.context.database.run(`UPDATE standfirst.account SET state = 'paused' WHERE state = 'connected'`));

const connectX = (more: object): Promise<AccountRow> =>
  addAccount(
    at.context,
    {
      network: 'x',
      credentials: { kind: 'oauth2', clientId: 'client', accessToken: 'user-77', server: xFake.url, ...more },
    },
    'test',
  );
const connectLinkedin = (expiresAt: string): Promise<AccountRow> =>
  addAccount(
    at.context,
    { network: 'linkedin', credentials: { ...linkedinLogin, expiresAt, server: linkedinFake.url } },
    'test',
  );
const row = async ({ id }: AccountRow): Promise<AccountRow> =>
  (await getAccount(at.context.database, id)) as AccountRow;
const due = async (): Promise<string[]> =>
  (await accountsToRefresh(at.context.database, HALF_AN_HOUR)).map(({ accountId }) => accountId);
/** As if nobody had looked at the account for two hours, and its token were `days` old. */
const age = ({ id }: AccountRow, days = 0): Promise<unknown> =>
  at.context.database.run(
    `UPDATE standfirst.account SET updated_at = updated_at - interval '2 hours',
            credentials_at = credentials_at - make_interval(days => $2) WHERE id = $1`,
    [id, days],
  );
const eventTypes = async ({ id }: AccountRow): Promise<string[]> =>
  (await eventsOf(at.context.database, id, 10)).map(({ type }) => type);

it('renews a token that can be renewed and is near its end, and knows the new end', async () => {
  const account = await connectX({
    refreshToken: 'refresh-77-1',
    expiresAt: new Date(Date.now() + 60_000).toISOString(),
  });
  expect(await due()).toEqual([account.id]);
  await refresh(at.context, account.id);
  const renewed = await row(account);
  expect(renewed.expiresAt?.getTime()).toBeGreaterThan(Date.now() + 3_600_000);
  expect(await due()).toEqual([]);
  expect((await checkAccount(at.context, account.id)).expiresAt).toEqual(renewed.expiresAt);
});

it('renews a token of unknown age before its first use', async () => {
  const account = await connectX({ refreshToken: 'refresh-77-50' });
  expect(await due()).toEqual([account.id]);
  await refresh(at.context, account.id);
  expect((await row(account)).state).toBe('connected');
  expect(await due()).toEqual([]);
});

it('leaves a token alone that cannot be renewed and names no end', async () => {
  await connectX({});
  expect(await due()).toEqual([]);
});

it('signs an account out whose refresh token was used by somebody else', async () => {
  const account = await connectX({ refreshToken: 'refresh-77-1', expiresAt: inDays(0) });
  await refresh(at.context, account.id);
  expect(await row(account)).toMatchObject({ state: 'signed-out', problem: { cause: 'auth_expired' } });
});

it('looks after a token of weeks from half of its life on, once an hour', async () => {
  const account = await connectLinkedin(inDays(40));
  expect(await due()).toEqual([]);
  await age(account);
  expect(await due()).toEqual([]);
  await age(account, 41);
  expect(await due()).toEqual([account.id]);
  await refresh(at.context, account.id);
  expect(await due()).toEqual([]);
  expect((await row(account)).problem).toBeNull();
});

it('tells 14 days ahead, once, that a connection ends which only a person can renew', async () => {
  const end = inDays(13);
  const account = await connectLinkedin(end);
  await age(account);
  expect(await due()).toEqual([account.id]);
  await refresh(at.context, account.id);
  await refresh(at.context, account.id);
  expect(await row(account)).toMatchObject({
    state: 'connected',
    problem: { cause: 'auth_expired', detail: expect.stringContaining(`ends on ${end.slice(0, 10)}`) },
  });
  expect(await eventTypes(account)).toEqual(['account.expiring', 'account.connected']);
});

it('signs an account out when its token has ended, and says so', async () => {
  const account = await connectLinkedin(inDays(-1));
  await refresh(at.context, account.id);
  expect(await row(account)).toMatchObject({
    state: 'signed-out',
    problem: { detail: expect.stringContaining('Connect it anew.') },
  });
  expect(await due()).toEqual([]);
});

it('keeps what it has when the network cannot be reached, and tries again later', async () => {
  const account = await connectX({ refreshToken: 'refresh-77-90', expiresAt: inDays(2) });
  await age(account, 2);
  await xFake.setMode({ name: '503', scope: 'all' });
  await refresh(at.context, account.id);
  await xFake.setMode({ name: 'ok' });
  expect((await row(account)).state).toBe('connected');
  expect(await due()).toEqual([]);
  await age(account);
  expect(await due()).toEqual([account.id]);
  const sealed = await at.context.database.one(
    z.object({ credentials: z.string() }),
    'SELECT credentials FROM standfirst.account WHERE id = $1',
    [account.id],
  );
  expect(sealed?.credentials).not.toContain('refresh-77-90');
});
