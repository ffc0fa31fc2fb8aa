import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { addAccount } from '../../src/pipeline/accounts.ts';
import { createPosts } from '../../src/pipeline/create-posts.ts';
import { notify } from '../../src/pipeline/notify.ts';
import { settle } from '../../src/pipeline/post-actions.ts';
import { publish } from '../../src/pipeline/publish.ts';
import { noHouseRules } from '../../src/domain/house-rules.ts';
import { getHouseRules, putHouseRules } from '../../src/store/house-rules.ts';
import { listAttempts } from '../../src/store/attempt.ts';
import { eventsOf } from '../../src/store/event.ts';
import { recordLateReceipt } from '../../src/store/late-receipt.ts';
import { getPost } from '../../src/store/post.ts';
import type { PostRow } from '../../src/store/post.ts';
import { orphanSent } from '../../src/store/sweep.ts';
import type { Fake } from '../fakes/fake.ts';
import { startTelegram, telegramBot } from '../fakes/telegram.ts';
import { installAnywhere } from './install-anywhere.ts';
import type { Installation } from './installation.ts';

/** The network's answer comes after somebody has settled the try without it. */

const never = new AbortController().signal;
let at: Installation;
let telegram: Fake;
let serial = 0;
beforeAll(async () => {
  telegram = await startTelegram();
  at = await installAnywhere({ withWorkers: false });
});
afterEach(() => telegram.setMode({ name: 'ok' }));
afterAll(async () => {
  await at[Symbol.asyncDispose]();
  await telegram[Symbol.asyncDispose]();
});

const read = async ({ id }: PostRow): Promise<PostRow> => (await getPost(at.context.database, id)) as PostRow;
const triesOf = ({ id }: PostRow) => listAttempts(at.context.database, id);
const accepted = (post: PostRow): number => telegram.log.filter(({ text }) => text === post.parts[0]?.text).length;
const send = ({ id }: PostRow): Promise<void> => publish(at.context, { postId: id, network: 'telegram' }, never);

/** A post whose request is under way for a second and whose worker counts as dead. @returns it, and the end of the request. */
async function orphaned(more: readonly string[] = []): Promise<{ post: PostRow; answered: Promise<void> }> {
  const { database } = at.context;
  const credentials = { ...telegramBot, server: telegram.url };
  const account = await addAccount(at.context, { network: 'telegram', name: `Late ${++serial}`, credentials }, 'test');
  const parts = [`The answer is late (${serial})`, ...more].map((text) => ({ text, media: [], card: null }));
  const [made] = await createPosts(at.context, { parts, accountIds: [account.id], schedule: 'now' }, 'test');
  const post = made as PostRow;
  await telegram.setMode({ name: 'slow', ms: 1_500 });
  const answered = send(post);
  while (!(await triesOf(post)).some(({ phase }) => phase === 'sent')) await new Promise((go) => setTimeout(go, 20));
  await new Promise((go) => setTimeout(go, 300));
  await telegram.setMode({ name: 'ok' });
  expect(await orphanSent(database)).toHaveLength(1);
  return { post, answered };
}

it('is published, and not sent again, where it was settled as not sent and still waits', async () => {
  const { post, answered } = await orphaned();
  await settle(at.context, post.id, null, { there: false }, 'ed');
  await answered;
  expect(await read(post)).toMatchObject({ state: 'published', url: expect.any(String) });
  expect((await triesOf(post)).map(({ phase }) => phase)).toEqual(['published']);
  await send(post);
  expect(accepted(post)).toBe(1);
  const types = (await eventsOf(at.context.database, post.id, 2)).map(({ type }) => type);
  expect(types.sort()).toEqual(['post.answered-late', 'post.published']);
});

it('goes on with the next part of a thread', async () => {
  const { post, answered } = await orphaned(['And the second part.']);
  await settle(at.context, post.id, null, { there: false }, 'ed');
  await answered;
  expect(await read(post)).toMatchObject({ state: 'scheduled' });
  await send(post);
  expect(await read(post)).toMatchObject({ state: 'published' });
  expect(accepted(post)).toBe(1);
});

it('is told as sent twice where it was sent again meanwhile, in its history, on its try and to a person', async () => {
  const { database } = at.context;
  const telling = { ...noHouseRules.telling, mail: ['desk@merrow-herald.example'] };
  const { version } = await getHouseRules(database);
  await putHouseRules(database, version, { ...noHouseRules, telling }, 'ed');
  // What was before the rules is told to nobody.
  await notify(at.context);
  const { post, answered } = await orphaned();
  await settle(at.context, post.id, null, { there: false }, 'ed');
  await send(post);
  await answered;
  expect(accepted(post)).toBe(2);
  const [first, second] = await triesOf(post);
  expect(first).toMatchObject({ phase: 'absent', failure: { cause: 'sent_twice' }, url: expect.any(String) });
  expect(second).toMatchObject({ phase: 'published' });
  expect(second?.remoteId).not.toBe(first?.remoteId);
  const [told] = await eventsOf(database, post.id, 1);
  const data = { cause: 'sent_twice', attemptId: first?.id, remoteId: first?.remoteId, url: first?.url };
  expect(told).toMatchObject({ type: 'post.sent-twice', data });
  await notify(at.context);
  const noticed = await database.run(`SELECT 1 FROM standfirst.notice WHERE cause = 'sent_twice' AND subject = $1`, [
    post.id,
  ]);
  expect(noticed).toBe(1);
  // Told twice, it is one.
  const receipt = { remoteId: first?.remoteId ?? '', url: first?.url ?? null };
  const again = { first: { id: first?.id ?? '', receipt, microUsd: 0 }, rest: [], isLast: true };
  expect(await recordLateReceipt(database, again)).toBe('known');
});

it('gives what a person has seen there the name by which the network calls it', async () => {
  const { post, answered } = await orphaned();
  await settle(at.context, post.id, null, { there: true, url: null }, 'ed');
  await answered;
  const [only] = await triesOf(post);
  expect(only).toMatchObject({
    phase: 'published',
    remoteId: expect.any(String),
    failure: expect.not.objectContaining({ cause: 'sent_twice' }),
  });
  expect((await read(post)).url).toBe(only?.url);
  const types = (await eventsOf(at.context.database, post.id, 5)).map(({ type }) => type);
  expect(types).toContain('post.answered-late');
  expect(types).not.toContain('post.sent-twice');
});
