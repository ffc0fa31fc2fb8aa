import { afterAll, beforeAll, expect, it } from 'vitest';
import { addAccount, checkAccount } from '../../src/pipeline/accounts.ts';
import { createPosts } from '../../src/pipeline/create-posts.ts';
import { publish } from '../../src/pipeline/publish.ts';
import { reconnect } from '../../src/pipeline/reconnect.ts';
import { getAccount } from '../../src/store/account.ts';
import type { AccountRow } from '../../src/store/account.ts';
import { eventsOf } from '../../src/store/event.ts';
import { getPost } from '../../src/store/post.ts';
import type { Fake } from '../fakes/fake.ts';
import { linkedinLogin, startLinkedin } from '../fakes/linkedin.ts';
import { installAnywhere } from './install-anywhere.ts';
import type { Installation } from './installation.ts';

let at: Installation;
let fake: Fake;
let account: AccountRow;
beforeAll(async () => {
  fake = await startLinkedin();
  at = await installAnywhere({ withWorkers: false });
  const credentials = { ...linkedinLogin, server: fake.url };
  account = await addAccount(at.context, { network: 'linkedin', credentials }, 'test');
});
afterAll(async () => {
  await at[Symbol.asyncDispose]();
  await fake[Symbol.asyncDispose]();
});

const stateOf = async (): Promise<AccountRow | null> => getAccount(at.context.database, account.id);
let serial = 0;
/** Publishes one post as a worker would. @returns the state it ends in. */
async function send(): Promise<string | undefined> {
  serial += 1;
  const parts = [{ text: `The harbour bridge opens on day ${serial}.`, media: [], card: null }];
  const [made] = await createPosts(at.context, { parts, accountIds: [account.id], schedule: 'now' }, 'test');
  const postId = made?.id ?? '';
  await publish(at.context, { postId, network: 'linkedin' }, new AbortController().signal);
  return (await getPost(at.context.database, postId))?.state;
}

it('pauses an account after three refusals in a row for want of a permission, and not before', async () => {
  await fake.setMode({ name: '403', times: 2 });
  expect([await send(), await send(), await send()]).toEqual(['failed', 'failed', 'published']);
  await fake.setMode({ name: '403' });
  expect([await send(), await send()]).toEqual(['failed', 'failed']);
  expect((await stateOf())?.state).toBe('connected');
  expect(await send()).toBe('failed');
  expect(await stateOf()).toMatchObject({
    state: 'paused',
    problem: { cause: 'permission', detail: expect.stringMatching(/^3 posts in a row were refused\. LinkedIn: /) },
  });
  expect((await eventsOf(at.context.database, account.id, 1))[0]?.type).toBe('account.paused');
});

it('sends nothing while it is paused, and goes on after a check that finds it in order', async () => {
  const before = fake.attempts;
  expect(await send()).toBe('scheduled');
  expect(fake.attempts).toBe(before);
  await fake.setMode({ name: 'ok' });
  expect(await checkAccount(at.context, account.id)).toMatchObject({ state: 'connected', problem: null });
  expect(await send()).toBe('published');
});

it('sends nothing with new credentials either, until a person lets it go on', async () => {
  await fake.setMode({ name: '403', times: 3 });
  expect([await send(), await send(), await send()]).toEqual(['failed', 'failed', 'failed']);
  const credentials = { ...linkedinLogin, server: fake.url };
  const given = (resume: boolean) => reconnect(at.context, account.id, { credentials, resume }, 'test');
  expect(await given(false)).toMatchObject({ state: 'paused', problem: { cause: 'permission' } });
  const before = fake.attempts;
  expect([await send(), fake.attempts]).toEqual(['scheduled', before]);
  expect(await given(true)).toMatchObject({ state: 'connected', problem: null });
  expect(await send()).toBe('published');
});

it('does not count refusals of the words', async () => {
  await fake.setMode({ name: '422', times: 3 });
  expect([await send(), await send(), await send()]).toEqual(['failed', 'failed', 'failed']);
  expect((await stateOf())?.state).toBe('connected');
});
