import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { noHouseRules } from '../../src/domain/house-rules.ts';
import type { HouseRules } from '../../src/domain/house-rules.ts';
import { addAccount } from '../../src/pipeline/accounts.ts';
import { createPosts } from '../../src/pipeline/create-posts.ts';
import { checkPosts } from '../../src/pipeline/check-posts.ts';
import { changeHouseRules } from '../../src/pipeline/house-rules.ts';
import { publish } from '../../src/pipeline/publish.ts';
import type { AccountRow } from '../../src/store/account.ts';
import { getAccount } from '../../src/store/account.ts';
import { getHouseRules } from '../../src/store/house-rules.ts';
import { getPost } from '../../src/store/post.ts';
import { blueskyLogin, startBluesky } from '../fakes/bluesky.ts';
import type { FakeBluesky } from '../fakes/bluesky.ts';
import { startX, xKeys } from '../fakes/x.ts';
import type { FakeX } from '../fakes/x.ts';
import { installAnywhere } from './install-anywhere.ts';
import type { Installation } from './installation.ts';

const never = new AbortController().signal;
const link = 'https://merrow-herald.example.com/ferry';
let at: Installation;
let x: FakeX;
let bluesky: FakeBluesky;
let serial = 0;
beforeAll(async () => {
  x = await startX();
  bluesky = await startBluesky();
  at = await installAnywhere({ withWorkers: false });
});
afterAll(async () => {
  await at[Symbol.asyncDispose]();
  await x[Symbol.asyncDispose]();
  await bluesky[Symbol.asyncDispose]();
});
beforeEach(() => decide({}));

async function decide(rules: Partial<HouseRules>): Promise<void> {
  const { version } = await getHouseRules(at.context.database);
  await changeHouseRules(at.context.database, true, version, { ...noHouseRules, ...rules }, 'test');
}
function onX(): Promise<AccountRow> {
  const credentials = { kind: 'oauth1', ...xKeys, accessToken: `${8000 + ++serial}-token`, server: x.url };
  return addAccount(at.context, { network: 'x', credentials }, 'test');
}
let onBluesky: Promise<AccountRow> | undefined;
const skyAccount = (): Promise<AccountRow> =>
  (onBluesky ??= addAccount(
    at.context,
    { network: 'bluesky', credentials: { ...blueskyLogin, service: bluesky.url } },
    'test',
  ));
const part = (text: string, media: { source: string; alt: string }[] = []) => ({ text, media, card: null });
async function made(account: AccountRow, parts: ReturnType<typeof part>[], address = link) {
  const ready = { parts, accountIds: [account.id], link: address, schedule: 'now' } as const;
  const [listed] = await createPosts(at.context, ready, 'test');
  return (await getPost(at.context.database, listed?.id ?? '')) ?? expect.fail('not made');
}

it('stands after the text that goes out, and is paid for', async () => {
  const account = await onX();
  const post = await made(account, [part('The ferry sails again.'), part('Fares stay as they are.')]);
  const texts = [`The ferry sails again.\n${link}`, 'Fares stay as they are.'];
  expect(post.parts.map(({ text }) => text)).toEqual(texts);
  expect(post.link).toBe(link);
  await publish(at.context, { postId: post.id, network: 'x' }, never);
  expect(x.log.slice(-2).map(({ text }) => text)).toEqual(texts);
  // https://docs.x.com/x-api/getting-started/pricing: 0.20 with a link, 0.015 without.
  expect((await getAccount(at.context.database, account.id))?.spentMicroUsd).toBe(215_000);
});

it('has the campaign of the house', async () => {
  await decide({ utm: { '*': { source: '{network}' } } });
  const post = await made(await onX(), [part('The ferry sails again.')]);
  expect(post).toMatchObject({
    link: `${link}?utm_source=x`,
    parts: [{ text: expect.stringMatching(/\n.*utm_source=x$/) }],
  });
});

it.each([
  `The ferry sails: ${link}`,
  `The ferry sails (${link}?utm_source=desk).`,
  'The ferry sails: merrow-herald.example.com/ferry',
])('does not stand there twice: %s', async (text) => {
  await decide({ utm: { '*': { source: '{network}' } } });
  const post = await made(await onX(), [part(text)]);
  expect(post.parts).toEqual([part(text)]);
});

it('is a card where the network shows links so, and stands in the text where an image takes its place', async () => {
  const account = await skyAccount();
  const carded = await made(account, [part('The ferry sails again.')]);
  expect(carded.parts).toMatchObject([{ text: 'The ferry sails again.', card: { url: link } }]);
  await publish(at.context, { postId: carded.id, network: 'bluesky' }, never);
  expect([...bluesky.records.values()].at(-1)?.embed?.external).toMatchObject({ uri: link });
  const pictured = await made(account, [
    part('The ferry again.', [{ source: 'https://a.example/x.jpg', alt: 'A ferry' }]),
  ]);
  expect(pictured.parts).toMatchObject([{ text: `The ferry again.\n${link}`, card: null }]);
});

it('counts when the text is checked, with the fault at the text', async () => {
  const account = await onX();
  const check = (text: string) =>
    checkPosts(at.context, [{ parts: [part(text)], accountIds: [account.id], link, schedule: 'draft' }]);
  expect(await check('a'.repeat(280 - 24))).toEqual([[]]);
  expect(await check('a'.repeat(280 - 23))).toMatchObject([[{ pointer: '/parts/0/text', code: 'too-long' }]]);
});
