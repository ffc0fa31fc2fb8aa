import { afterAll, beforeAll, expect, it } from 'vitest';
import { addAccount } from '../../src/pipeline/accounts.ts';
import { getAccount } from '../../src/store/account.ts';
import { recordCheck } from '../../src/store/account-health.ts';
import type { AccountRow } from '../../src/store/account.ts';
import { accountsToCheck } from '../../src/store/sweep.ts';
import { mastodonToken, startMastodon } from '../fakes/mastodon.ts';
import type { FakeMastodon } from '../fakes/mastodon.ts';
import { startWorkers } from '../../workers/run.ts';
import { runJob } from '../../workers/steps.ts';
import { installAnywhere } from './install-anywhere.ts';
import { until } from './installation.ts';
import type { Installation } from './installation.ts';

let at: Installation;
let fake: FakeMastodon;
let account: AccountRow;

beforeAll(async () => {
  fake = await startMastodon();
  at = await installAnywhere({ withWorkers: false });
  const credentials = { server: fake.url, accessToken: mastodonToken };
  account = await addAccount(at.context, { network: 'mastodon', credentials }, 'test');
});
afterAll(async () => {
  await at[Symbol.asyncDispose]();
  await fake[Symbol.asyncDispose]();
});

const now = async (): Promise<AccountRow> => (await getAccount(at.context.database, account.id)) as AccountRow;
const maxNow = async (): Promise<unknown> => ((await now()).limits as { text?: { max: number } } | null)?.text?.max;
const due = async (): Promise<string[]> =>
  (await accountsToCheck(at.context.database, 100)).map(({ accountId }) => accountId);
/** As if nobody had asked for so many hours. */
const age = (hours: number): Promise<unknown> =>
  at.context.database.run(
    `UPDATE standfirst.account SET checked_at = checked_at - make_interval(hours => $2) WHERE id = $1`,
    [account.id, hours],
  );
const check = (): Promise<void> => runJob(at.context, 'check', { accountId: account.id }, new AbortController().signal);

it('is made once a day', async () => {
  expect(await due()).toEqual([]);
  await age(23);
  expect(await due()).toEqual([]);
  await age(2);
  expect(await due()).toEqual([account.id]);
  await check();
  expect(await due()).toEqual([]);
});

it('learns limits that the account’s server changed', async () => {
  expect(await maxNow()).toBe(500);
  fake.announce(5000);
  await check();
  expect(await maxNow()).toBe(5000);
});

it('keeps them where the server does not say them this time', async () => {
  fake.announce(null);
  await check();
  expect([await maxNow(), (await now()).state]).toEqual([5000, 'connected']);
});

it('keeps what is not told this time beside what is', async () => {
  const checked = { remoteId: '7', url: null, expiresAt: null, missing: [] };
  await recordCheck(at.context.database, account.id, { ...checked, limits: { images: null }, powers: null });
  expect((await now()).limits).toMatchObject({ images: null, text: { max: 5000 } });
});

it.each([
  ['the server is in trouble', '503'],
  ['a page of maintenance stands in its place', 'redirect'],
  ['it refuses the question for no reason that we know', '422'],
] as const)('changes nothing where %s, and is made again in an hour', async (_why, name) => {
  await age(48);
  await fake.setMode({ name, scope: 'all' });
  await check();
  await fake.setMode({ name: 'ok' });
  expect((await now()).state).toBe('connected');
  expect(await due()).toEqual([]);
  await age(1);
  expect(await due()).toEqual([account.id]);
});

it('keeps the warning that the connection will end, and the name that a person gave', async () => {
  await at.context.database.run(
    `UPDATE standfirst.account SET name = 'Evening desk', problem = '{"cause": "auth_expired", "detail": "It ends."}' WHERE id = $1`,
    [account.id],
  );
  await check();
  expect(await now()).toMatchObject({ name: 'Evening desk', problem: { detail: 'It ends.' } });
});

it.each([
  ['token was withdrawn', '401'],
  ['permission was', '403'],
] as const)('signs an account out whose %s', async (_what, name) => {
  await at.context.database.run(`UPDATE standfirst.account SET state = 'connected' WHERE id = $1`, [account.id]);
  await fake.setMode({ name, scope: 'all' });
  await check();
  await fake.setMode({ name: 'ok' });
  expect((await now()).state).toBe('signed-out');
  await age(48);
  expect(await due()).toEqual([]);
});

it('is rung by the sweep', async () => {
  await at.context.database.run(`UPDATE standfirst.account SET state = 'connected' WHERE id = $1`, [account.id]);
  await age(48);
  const workers = await startWorkers(at.context);
  await until('the daily check', async () => (await due()).length === 0);
  await workers.stop();
});
