import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { addAccount } from '../../src/pipeline/accounts.ts';
import { createPosts } from '../../src/pipeline/create-posts.ts';
import { settle } from '../../src/pipeline/post-actions.ts';
import { publish } from '../../src/pipeline/publish.ts';
import { reconcile } from '../../src/pipeline/reconcile.ts';
import type { AccountRow, AccountSettings } from '../../src/store/account.ts';
import { listAttempts } from '../../src/store/attempt.ts';
import { eventsOf } from '../../src/store/event.ts';
import { getPost } from '../../src/store/post.ts';
import type { PostRow } from '../../src/store/post.ts';
import type { Fake } from '../fakes/fake.ts';
import { slackHook, startSlack } from '../fakes/slack.ts';
import { startTelegram, telegramBot } from '../fakes/telegram.ts';
import { startX, xKeys } from '../fakes/x.ts';
import { installAnywhere } from './install-anywhere.ts';
import type { Installation } from './installation.ts';

const never = new AbortController().signal;
let at: Installation;
let fakes: { readonly telegram: Fake; readonly slack: Fake; readonly x: Fake };
let serial = 0;

beforeAll(async () => {
  const [telegram, slack, x] = await Promise.all([startTelegram(), startSlack(), startX()]);
  fakes = { telegram, slack, x };
  at = await installAnywhere({ withWorkers: false });
});
afterEach(() => Promise.all(Object.values(fakes).map((fake) => fake.setMode({ name: 'ok' }))));
afterAll(async () => {
  await at[Symbol.asyncDispose]();
  await Promise.all(Object.values(fakes).map((fake) => fake[Symbol.asyncDispose]()));
});

type Where = keyof typeof fakes;
const credentialsOf = (where: Where): object =>
  ({
    telegram: { ...telegramBot, server: fakes.telegram.url },
    slack: { kind: 'webhook', webhookUrl: `${fakes.slack.url}${slackHook}` },
    x: { kind: 'oauth1', ...xKeys, accessToken: `${7000 + serial}-token`, server: fakes.x.url },
  })[where];

/** Publishes a post whose answer is lost after it arrived, as often as it goes out. */
async function lose(
  where: Where,
  unknown: AccountSettings['unknown'],
  mode: 'accept-then-reset' | 'reset',
  more: readonly string[] = [],
) {
  serial += 1;
  const request = { network: where, credentials: credentialsOf(where), settings: { unknown } };
  const account: AccountRow = await addAccount(at.context, request, 'test');
  const texts = [`The harbour bridge opens (${serial})`, ...more];
  const parts = texts.map((text) => ({ text, media: [], card: null }));
  const [post] = await createPosts(at.context, { parts, accountIds: [account.id], schedule: 'now' }, 'test');
  await fakes[where].setMode({ name: mode });
  await send(post as PostRow);
  return post as PostRow;
}
const send = ({ id, network }: PostRow): Promise<void> => publish(at.context, { postId: id, network }, never);
const phases = async ({ id }: PostRow): Promise<string[]> =>
  (await listAttempts(at.context.database, id)).map(({ phase }) => phase);
const stateOf = async ({ id }: PostRow): Promise<string | undefined> => (await getPost(at.context.database, id))?.state;
const accepted = (where: Where, post: PostRow): number =>
  fakes[where].log.filter(({ text }) => text === post.parts[0]?.text).length;
async function look(post: PostRow): Promise<void> {
  const open = (await listAttempts(at.context.database, post.id)).find(({ phase }) => phase === 'unknown');
  await reconcile(at.context, open?.id ?? '');
}

it.each(['telegram', 'slack'] as const)('wait for a person on %s, which cannot be asked', async (where) => {
  const post = await lose(where, 'hold', 'accept-then-reset');
  await look(post);
  expect([await stateOf(post), await phases(post), accepted(where, post)]).toEqual(['unknown', ['unknown'], 1]);
  const [attempt] = await listAttempts(at.context.database, post.id);
  // Nobody will ever be told: it is not asked for again.
  expect(attempt?.checkAt).toBeNull();
});

it.each(['telegram', 'slack'] as const)('are sent once more on %s where the account says so', async (where) => {
  const post = await lose(where, 'send-again', 'reset');
  await fakes[where].setMode({ name: 'ok' });
  await look(post);
  await send(post);
  expect([await stateOf(post), await phases(post)]).toEqual(['published', ['absent', 'published']]);
  expect(accepted(where, post)).toBe(1);
  const told = (await eventsOf(at.context.database, post.id, 10)).find(({ type }) => type === 'post.retried');
  expect(told?.data).toMatchObject({ settledBy: 'policy', detail: expect.stringContaining('cannot be asked') });
});

it('may be there twice then, and are not sent a third time', async () => {
  const post = await lose('telegram', 'send-again', 'accept-then-reset');
  await look(post);
  await send(post);
  await look(post);
  await send(post);
  expect([await stateOf(post), await phases(post)]).toEqual(['unknown', ['absent', 'unknown']]);
  expect(accepted('telegram', post)).toBe(2);
});

it('are never sent again where the network can be asked, whatever the account says', async () => {
  const post = await lose('x', 'send-again', 'reset');
  await fakes.x.setMode({ name: 'ok' });
  await look(post);
  await send(post);
  expect([await stateOf(post), await phases(post)]).toEqual(['unknown', ['unknown']]);
  expect(accepted('x', post)).toBe(0);
});

it('settle one part of a thread where a person has seen it, and the parts after it go out once', async () => {
  const post = await lose('telegram', 'hold', 'accept-then-reset', ['Cars go first.', 'Lorries from Monday.']);
  await fakes.telegram.setMode({ name: 'ok' });
  await settle(at.context, post.id, null, { there: true, url: null }, 'test');
  expect([await stateOf(post), await phases(post)]).toEqual(['scheduled', ['published']]);
  await send(post);
  expect([await stateOf(post), await phases(post)]).toEqual(['published', ['published', 'published', 'published']]);
  const texts = fakes.telegram.log
    .map(({ text }) => text)
    .filter((text) => post.parts.some((part) => part.text === text));
  expect(texts).toEqual(post.parts.map(({ text }) => text));
});
