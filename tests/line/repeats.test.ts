import { afterAll, beforeAll, expect, it } from 'vitest';
import { Refusal } from '../../src/domain/errors.ts';
import type { Fault } from '../../src/domain/errors.ts';
import { addAccount } from '../../src/pipeline/accounts.ts';
import { createManyPosts, createPosts } from '../../src/pipeline/create-posts.ts';
import type { ReadyPost } from '../../src/pipeline/check-posts.ts';
import { dryRun } from '../../src/pipeline/dry-run.ts';
import { approve, changePost, retry } from '../../src/pipeline/post-actions.ts';
import { publish } from '../../src/pipeline/publish.ts';
import { removePost } from '../../src/pipeline/remove.ts';
import { schedulePost } from '../../src/pipeline/schedule.ts';
import { compose } from '../../src/pipeline/compose.ts';
import { ingest, requestArticle } from '../../src/pipeline/ingest.ts';
import { summarize } from '../../src/pipeline/summarize.ts';
import type { AccountRow } from '../../src/store/account.ts';
import { articleRequest } from '../../src/store/article.ts';
import { getPost, postColumns, postFrom, postRow } from '../../src/store/post.ts';
import type { PostRow } from '../../src/store/post.ts';
import { facebookLogin, startFacebook } from '../fakes/facebook.ts';
import type { FakeFacebook } from '../fakes/facebook.ts';
import { startX, xKeys } from '../fakes/x.ts';
import type { FakeX } from '../fakes/x.ts';
import { installAnywhere } from './install-anywhere.ts';
import type { Installation } from './installation.ts';

const HOUR = 3_600_000;
const never = new AbortController().signal;
let at: Installation;
let x: FakeX;
let facebook: FakeFacebook;
let serial = 0;

beforeAll(async () => {
  // It would take the same words twice: what is refused here is refused by us.
  x = await startX({ takesTwins: true });
  facebook = await startFacebook();
  at = await installAnywhere({ withWorkers: false });
});
afterAll(async () => {
  await at[Symbol.asyncDispose]();
  await x[Symbol.asyncDispose]();
  await facebook[Symbol.asyncDispose]();
});

function account(settings = {}): Promise<AccountRow> {
  const credentials = { kind: 'oauth1', ...xKeys, accessToken: `${7000 + ++serial}-token`, server: x.url };
  return addAccount(at.context, { network: 'x', credentials, settings }, 'test');
}
const part = (text: string) => ({ text, media: [], card: null });
const ready = (on: AccountRow, text: string, schedule: ReadyPost['schedule']): ReadyPost => {
  return { parts: [part(text)], accountIds: [on.id], schedule };
};
async function queue(on: AccountRow, text: string, schedule: ReadyPost['schedule'] = 'now'): Promise<PostRow> {
  const [post] = await createPosts(at.context, ready(on, text, schedule), 'test');
  return post as PostRow;
}
async function send(post: PostRow): Promise<PostRow> {
  await publish(at.context, { postId: post.id, network: post.network }, never);
  return (await getPost(at.context.database, post.id)) as PostRow;
}
const inHours = (hours: number) => ({ at: new Date(Date.now() + hours * HOUR) });
/** The faults that something is refused with. */
async function faultsOf(attempt: Promise<unknown>): Promise<readonly Fault[]> {
  const error: unknown = await attempt.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Refusal)) throw new Error(`Not refused: ${String(error)}`);
  return error.faults;
}
const refused = (post: PostRow, place = '/parts/0/text') => [
  { pointer: place, code: 'refuses-repeat', message: expect.stringContaining(post.id) },
];

it('is found where a post is written, at the time it would go out', async () => {
  const desk = await account();
  const first = await send(await queue(desk, 'The ferry sails again.'));
  expect(first.state).toBe('published');
  for (const schedule of ['now', 'draft', 'review', 'next-slot', inHours(11)] as const) {
    expect(await faultsOf(queue(desk, 'The ferry  sails again. ', schedule))).toMatchObject(refused(first));
  }
  expect((await queue(desk, 'The ferry sails again.', inHours(13))).state).toBe('scheduled');
  expect((await queue(await account(), 'The ferry sails again.')).state).toBe('scheduled');
});

it('is found in the slot that a post takes, and not before', async () => {
  const tomorrow = new Date(Date.now() + 24 * HOUR).toISOString().slice(11, 16);
  const desk = await account({ timeZone: 'UTC', slots: [{ time: tomorrow }] });
  await send(await queue(desk, 'The tower is lit.'));
  expect((await queue(desk, 'The tower is lit.', 'next-slot')).state).toBe('scheduled');
});

it('is found between two that wait, and between two of one request', async () => {
  const desk = await account();
  const first = await queue(desk, 'The pier is closed.', inHours(24));
  expect(await faultsOf(queue(desk, 'The pier is closed.', inHours(20)))).toMatchObject(refused(first));
  const both = [ready(desk, 'The pier is open.', inHours(1)), ready(desk, 'The pier is open.', inHours(2))];
  expect(await faultsOf(createManyPosts(at.context, both, 'test', (index) => `/posts/${index}`))).toMatchObject([
    { pointer: '/posts/1/parts/0/text', message: expect.stringContaining('text 1 of this request') },
  ]);
  const apart = [ready(desk, 'The pier is open.', inHours(1)), ready(desk, 'The pier is open.', inHours(14))];
  expect(await createManyPosts(at.context, apart, 'test')).toHaveLength(2);
});

it('is found where a text is edited, approved, moved or tried again', async () => {
  const desk = await account();
  const first = await send(await queue(desk, 'The crane is red.'));
  const other = await queue(desk, 'The crane is blue.', 'draft');
  const edit = changePost(at.context, other.id, other.version, { parts: [part('The crane is red.')] }, 'ilse');
  expect(await faultsOf(edit)).toMatchObject(refused(first));

  const later = await queue(desk, 'The crane is red.', inHours(13));
  const move = (when: Parameters<typeof schedulePost>[3]) => schedulePost(at.context, later.id, null, when, 'ilse');
  expect(await faultsOf(move(inHours(10)))).toMatchObject(refused(first));
  expect(await faultsOf(move('now'))).toMatchObject(refused(first));
  await move(inHours(15));

  await x.setMode({ name: '422', times: 1 });
  const failed = await send(await queue(desk, 'The crane is green.'));
  const same = await send(await queue(desk, 'The crane is green.'));
  expect([failed.state, same.state]).toEqual(['failed', 'published']);
  expect(await faultsOf(retry(at.context, failed.id, null, 'ilse'))).toMatchObject(refused(same));
});

it('is found again by the worker, right before anything is sent', async () => {
  const desk = await account();
  const [one, two] = [
    await queue(desk, 'The bell rings.', inHours(1)),
    await queue(desk, 'The bell rang.', inHours(2)),
  ];
  // As if an older version had let both be written.
  await at.context.database.run(
    `UPDATE standfirst.post_revision SET parts = (SELECT parts FROM standfirst.post_revision WHERE post_id = $1) WHERE post_id = $2`,
    [one.id, two.id],
  );
  await at.context.database.run(
    `UPDATE standfirst.post SET due_at = standfirst.clock(), wake_at = standfirst.clock() WHERE id = ANY ($1)`,
    [[one.id, two.id]],
  );
  expect((await send(one)).state).toBe('published');
  const before = x.requests;
  expect(await send(two)).toMatchObject({
    state: 'failed',
    failure: { kind: 'refused', cause: 'duplicate', detail: expect.stringContaining(one.id) },
  });
  expect(x.requests).toBe(before);
});

it('is told by a dry run, once', async () => {
  const desk = await account({ repeatHours: 0 });
  const first = await send(await queue(desk, 'The mill turns.'));
  const again = await queue(desk, 'The mill turns.', 'draft');
  expect(await dryRun(at.context, again.id)).toMatchObject({
    faults: [],
    repeats: [{ code: 'text-already-out', message: expect.stringContaining(first.id) }],
  });
  await at.context.database.run(
    `UPDATE standfirst.account SET settings = settings || '{"repeatHours": null}' WHERE id = $1`,
    [desk.id],
  );
  expect(await dryRun(at.context, again.id)).toMatchObject({ faults: refused(first), repeats: [] });
});

it('ends with the hours that an editor has found, and with the post that was removed', async () => {
  const patient = await account({ repeatHours: 24 });
  const first = await send(await queue(patient, 'The lock is full.'));
  expect(await faultsOf(queue(patient, 'The lock is full.', inHours(23)))).toMatchObject(refused(first));
  await removePost(at.context, first.id, null, null, 'ilse');
  expect(await send(await queue(patient, 'The lock is full.'))).toMatchObject({ state: 'published' });
  const tolerant = await account({ repeatHours: 0 });
  for (let time = 0; time < 2; time += 1) {
    expect(await send(await queue(tolerant, 'The lock is full.'))).toMatchObject({ state: 'published' });
  }
});

it('is only what went out last where the network looks no further back', async () => {
  const credentials = { ...facebookLogin, server: facebook.url };
  const page = await addAccount(at.context, { network: 'facebook', credentials }, 'test');
  const first = await send(await queue(page, 'The fair begins.'));
  expect(await faultsOf(queue(page, 'The fair begins.'))).toMatchObject(refused(first));
  await send(await queue(page, 'The fair goes on.'));
  expect(await send(await queue(page, 'The fair begins.'))).toMatchObject({ state: 'published' });
});

it('holds back what the line would send by itself, and says why', async () => {
  const desk = await account({ needsApproval: false });
  const sentence = 'The harbour office of Tolvane has painted its oldest crane red again, after a vote of the town. ';
  async function write(): Promise<PostRow> {
    const request = articleRequest.parse({
      text: `${sentence.repeat(2)}\n\n${'It cost nine crowns. '.repeat(12)}`,
      title: `Crane is red again (${++serial})`,
      accountIds: [desk.id],
    });
    const { articleId } = await requestArticle(at.context, request, 'test');
    await ingest(at.context, articleId);
    await summarize(at.context, articleId);
    await compose(at.context, articleId);
    const [post] = await at.context.database.many(
      postRow,
      `SELECT ${postColumns} FROM ${postFrom} WHERE post.article_id = $1`,
      [articleId],
    );
    return post as PostRow;
  }
  const first = await write();
  expect(first.state).toBe('approved');
  await schedulePost(at.context, first.id, null, 'now', 'ilse');
  await send(first);
  const second = await write();
  expect(second.parts[0]?.text).toBe(first.parts[0]?.text);
  expect(second).toMatchObject({ state: 'in_review', reason: expect.stringContaining('refuses it again until') });
  expect(await faultsOf(approve(at.context, second.id, null, 'next-slot', 'ilse'))).toMatchObject(refused(first));
});
