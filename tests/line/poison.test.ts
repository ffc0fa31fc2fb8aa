import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { addAccount } from '../../src/pipeline/accounts.ts';
import { createPosts } from '../../src/pipeline/create-posts.ts';
import { changePost, settle } from '../../src/pipeline/post-actions.ts';
import { publish } from '../../src/pipeline/publish.ts';
import { reconcile } from '../../src/pipeline/reconcile.ts';
import { listAttempts } from '../../src/store/attempt.ts';
import { claimPost } from '../../src/store/claim.ts';
import { getPost } from '../../src/store/post.ts';
import type { PostRow } from '../../src/store/post.ts';
import { orphanSent } from '../../src/store/sweep.ts';
import type { Fake } from '../fakes/fake.ts';
import { startWebhook, webhookSecret } from '../fakes/webhook.ts';
import { installAnywhere } from './install-anywhere.ts';
import type { Installation } from './installation.ts';

/** A post whose worker dies each time, with its request under way. */

const never = new AbortController().signal;
let at: Installation;
let fake: Fake;
let serial = 0;
beforeAll(async () => {
  fake = await startWebhook();
  at = await installAnywhere({ withWorkers: false });
});
afterEach(() => fake.setMode({ name: 'ok' }));
afterAll(async () => {
  await at[Symbol.asyncDispose]();
  await fake[Symbol.asyncDispose]();
});

async function dueOn(accountId: string): Promise<PostRow> {
  const parts = [{ text: `It kills (${++serial})`, media: [], card: null }];
  const [post] = await createPosts(at.context, { parts, accountIds: [accountId], schedule: 'now' }, 'test');
  return post as PostRow;
}
/** Due at a receiver that cannot be asked, and drops a second. */
async function due(): Promise<PostRow> {
  const credentials = { url: `${fake.url}/${++serial}`, secret: webhookSecret };
  const { id } = await addAccount(at.context, { network: 'webhook', credentials }, 'test');
  return dueOn(id);
}
const send = ({ id, network }: PostRow): Promise<void> => publish(at.context, { postId: id, network }, never);
const now = async ({ id }: PostRow): Promise<PostRow> => (await getPost(at.context.database, id)) as PostRow;
async function look({ id }: PostRow): Promise<void> {
  const open = (await listAttempts(at.context.database, id)).find(({ phase }) => phase === 'unknown');
  await reconcile(at.context, open?.id ?? '');
}
async function dieWith(post: PostRow): Promise<void> {
  const attemptId = at.context.io.id('attempt');
  await at.context.database.run(`UPDATE standfirst.post SET wake_at = standfirst.clock() WHERE id = $1`, [post.id]);
  const claim = { postId: post.id, workerId: 'wrk_dead', attemptId, phase: 'sent' } as const;
  expect(await claimPost(at.context.database, claim)).not.toBeNull();
  await orphanSent(at.context.database);
  await look(post);
}

it('is left to a person after the second where the network cannot be asked', async () => {
  const post = await due();
  await dieWith(post);
  expect((await now(post)).state).toBe('scheduled');
  await dieWith(post);
  const [, second] = await listAttempts(at.context.database, post.id);
  expect([(await now(post)).state, second?.phase, second?.checkAt]).toEqual(['unknown', 'unknown', null]);
  await look(post);
  expect((await now(post)).state).toBe('unknown');
  await settle(at.context, post.id, null, { there: false }, 'ed');
  await send(post);
  expect([(await now(post)).state, fake.log.filter(({ text }) => text === post.parts[0]?.text).length]).toEqual([
    'published',
    1,
  ]);
});

it('has failed for poison after the second where the network was asked and has not got it', async () => {
  const post = await dueOn(at.sandbox.id);
  await dieWith(post);
  expect((await now(post)).state).toBe('scheduled');
  await dieWith(post);
  expect(await now(post)).toMatchObject({ state: 'failed', failure: { cause: 'poison' } });
  const parts = [{ text: 'It kills nobody', media: [], card: null }];
  expect((await changePost(at.context, post.id, null, { parts }, 'ed')).state).toBe('in_review');
});

it('is no poison where answers are lost between its deaths, however many', async () => {
  const post = await due();
  const lose = async (): Promise<void> => {
    await at.context.database.run(`UPDATE standfirst.post SET wake_at = standfirst.clock() WHERE id = $1`, [post.id]);
    await fake.setMode({ name: 'reset' });
    await send(post);
    await look(post);
    expect((await now(post)).state).toBe('scheduled');
  };
  for (let n = 0; n < 3; n++) await lose();
  await dieWith(post);
  await lose();
  await dieWith(post);
  expect((await now(post)).state).toBe('scheduled');
});
