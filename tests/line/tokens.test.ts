import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { addAccount, checkAccount } from '../../src/pipeline/accounts.ts';
import { createPosts } from '../../src/pipeline/create-posts.ts';
import { sealCredentials } from '../../src/pipeline/credentials.ts';
import { publish } from '../../src/pipeline/publish.ts';
import { refresh } from '../../src/pipeline/refresh.ts';
import { replaceCredentials } from '../../src/store/account-credentials.ts';
import { getPost } from '../../src/store/post.ts';
import type { PostRow } from '../../src/store/post.ts';
import { getAccount } from '../../src/store/account.ts';
import type { AccountRow } from '../../src/store/account.ts';
import { eventsOf } from '../../src/store/event.ts';
import { accountsToRefresh } from '../../src/store/sweep.ts';
import type { Fake } from '../fakes/fake.ts';
import { linkedinLogin, startLinkedin } from '../fakes/linkedin.ts';
import { slackBot, startSlack } from '../fakes/slack.ts';
import { startThreads, threadsToken } from '../fakes/threads.ts';
import { startX } from '../fakes/x.ts';
import { installAnywhere } from './install-anywhere.ts';
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

it('takes the end of a pasted token that names none, renews it from its second day, and announces what it cannot renew', async () => {
  const threadsFake = await startThreads();
  try {
    const credentials = { accessToken: threadsToken, server: threadsFake.url };
    const account = await addAccount(at.context, { network: 'threads', credentials }, 'test');
    expect(Math.round(((account.expiresAt?.getTime() ?? 0) - Date.now()) / DAY)).toBe(15);
    await at.context.database.run(
      `UPDATE standfirst.account SET credentials_at = credentials_at - interval '26 hours', expires_at = expires_at - interval '26 hours',
              updated_at = updated_at - interval '2 hours' WHERE id = $1`,
      [account.id],
    );
    expect(await due()).toEqual([account.id]);
    await refresh(at.context, account.id);
    expect(Math.round((((await row(account)).expiresAt?.getTime() ?? 0) - Date.now()) / DAY)).toBe(60);
    // A look at the account does not forget it, though Threads does not say.
    expect((await checkAccount(at.context, account.id)).expiresAt).not.toBeNull();
  } finally {
    await threadsFake[Symbol.asyncDispose]();
  }
  const linkedin = { ...linkedinLogin, server: linkedinFake.url };
  const account = await addAccount(at.context, { network: 'linkedin', credentials: linkedin }, 'test');
  expect(Math.round(((account.expiresAt?.getTime() ?? 0) - Date.now()) / DAY)).toBe(60);
});

it('leaves an account connected whose token cannot be renewed and is good for days yet, and tells', async () => {
  const account = await connectX({ refreshToken: 'spent', expiresAt: inDays(3) });
  await refresh(at.context, account.id);
  expect(await row(account)).toMatchObject({ state: 'connected', problem: { cause: 'auth_expired' } });
  expect(await eventTypes(account)).toContain('account.expiring');
});

it('says at once what a new account’s token lacks', async () => {
  const slackFake = await startSlack({ scopes: 'files:write,files:read' });
  try {
    const credentials = { kind: 'bot', ...slackBot, server: slackFake.url };
    const account = await addAccount(at.context, { network: 'slack', credentials }, 'test');
    const lack = { cause: 'permission', detail: 'Missing: chat:write, channels:history.' };
    expect(account).toMatchObject({ state: 'connected', problem: lack });
    expect((await checkAccount(at.context, account.id)).problem).toMatchObject(lack);
  } finally {
    await slackFake[Symbol.asyncDispose]();
  }
});

it('sends a post whose token was refused once more with a renewed one, and not for ever', async () => {
  const wrong = { accessToken: 'user-not-a-number', refreshToken: 'refresh-88-1', expiresAt: inDays(1) };
  const account = await connectX({ refreshToken: 'refresh-88-1' });
  const seal = (credentials: object): string => sealCredentials(at.context.keyring, account.id, credentials);
  const keep = (more: object): Promise<void> =>
    replaceCredentials(
      at.context.database,
      account.id,
      seal({ kind: 'oauth2', clientId: 'client', server: xFake.url, ...more }),
      null,
    );
  const queue = async (text: string): Promise<PostRow> => {
    const parts = [{ text, media: [], card: null }];
    const [post] = await createPosts(at.context, { parts, accountIds: [account.id], schedule: 'now' }, 'test');
    return post as PostRow;
  };
  const send = async ({ id }: PostRow): Promise<PostRow> => {
    await at.context.database.run('UPDATE standfirst.post SET wake_at = standfirst.clock() WHERE id = $1', [id]);
    await publish(at.context, { postId: id, network: 'x' }, new AbortController().signal);
    return (await getPost(at.context.database, id)) as PostRow;
  };
  await keep(wrong);
  const post = await queue('The pilot boat is back.');
  expect((await send(post)).state).toBe('scheduled');
  expect((await row(account)).state).toBe('connected');
  expect((await send(post)).state).toBe('published');
  // Nobody can renew this one any more.
  await keep({ ...wrong, refreshToken: 'spent' });
  const other = await queue('The pilot boat is out again.');
  expect((await send(other)).state).toBe('failed');
  expect((await row(account)).state).toBe('signed-out');
});
