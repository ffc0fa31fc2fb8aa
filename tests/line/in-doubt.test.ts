import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { addAccount } from '../../src/pipeline/accounts.ts';
import { createPosts } from '../../src/pipeline/create-posts.ts';
import { lift } from '../../src/pipeline/holds.ts';
import { changePost, settle } from '../../src/pipeline/post-actions.ts';
import { publish } from '../../src/pipeline/publish.ts';
import { reconcile } from '../../src/pipeline/reconcile.ts';
import { recur } from '../../src/pipeline/recurrences.ts';
import { listAttempts } from '../../src/store/attempt.ts';
import { eventsOf } from '../../src/store/event.ts';
import { expirePosts } from '../../src/store/expire.ts';
import { placeHold } from '../../src/store/hold.ts';
import { getPost } from '../../src/store/post.ts';
import type { PostRow } from '../../src/store/post.ts';
import { postViewOf } from '../../src/api/views/post.ts';
import { scopes } from '../../src/api/access.ts';
import type { Caller } from '../../src/api/caller.ts';
import { isBarredInDoubt } from '../../src/domain/post.ts';
import { getListedPost } from '../../src/store/post-list.ts';
import type { ListedPost } from '../../src/store/post-list.ts';
import { cancelPost, rejectPost, returnPost, setDueNow, unschedulePost } from '../../src/store/post-moves.ts';
import { postsOfStory, returnToReview } from '../../src/store/story-posts.ts';
import type { Fake } from '../fakes/fake.ts';
import { startWebhook, webhookSecret } from '../fakes/webhook.ts';
import { installAnywhere } from './install-anywhere.ts';
import type { Installation } from './installation.ts';

/** What becomes of a post of which nobody knows whether it arrived, and nobody can ask. */

const never = new AbortController().signal;
const MAY_BE_THERE = /may be on its network already.*sent again as it is/;
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

async function due(more: readonly string[] = []): Promise<PostRow> {
  const text = `The harbour bridge opens (${++serial})`;
  const credentials = { url: `${fake.url}/${serial}`, secret: webhookSecret };
  const { id } = await addAccount(at.context, { network: 'webhook', credentials }, 'test');
  const parts = [text, ...more].map((one) => ({ text: one, media: [], card: null }));
  const [post] = await createPosts(at.context, { parts, accountIds: [id], schedule: 'now' }, 'test');
  return post as PostRow;
}
const send = ({ id, network }: PostRow): Promise<void> => publish(at.context, { postId: id, network }, never);
const now = async ({ id }: PostRow): Promise<PostRow> => (await getPost(at.context.database, id)) as PostRow;
const phases = async ({ id }: PostRow): Promise<string[]> =>
  (await listAttempts(at.context.database, id)).map(({ phase }) => phase);
const accepted = ({ id }: PostRow): number =>
  fake.log.filter((entry) => String(entry['id']).startsWith(id.replace('post_', ''))).length;
async function look({ id }: PostRow): Promise<void> {
  const open = (await listAttempts(at.context.database, id)).find(({ phase }) => phase === 'unknown');
  await reconcile(at.context, open?.id ?? '');
}
/** A post that the receiver has, and whose answer was lost: it waits to be sent again. */
async function lost(more: readonly string[] = []): Promise<PostRow> {
  const post = await due(more);
  await fake.setMode({ name: 'accept-then-reset' });
  await send(post);
  await look(post);
  await fake.setMode({ name: 'ok' });
  return post;
}
/** Who may do all that there is. */
const anybody = { person: 'somebody', scopes: Object.keys(scopes) } as unknown as Caller;
const otherWords = [{ text: 'The harbour bridge stays shut', media: [], card: null }];
const edit = ({ id }: PostRow) => changePost(at.context, id, null, { parts: otherWords }, 'ed');

describe('a post that waits to be sent again, after nobody could be asked whether it is there,', () => {
  it('may be given neither another text nor be taken back, and arrives once', async () => {
    const post = await lost();
    const { database } = at.context;
    expect([(await now(post)).state, await phases(post)]).toEqual(['scheduled', ['absent']]);
    const listed = await getListedPost(database, post.id);
    expect(listed?.isInDoubt).toBe(true);
    const { can } = postViewOf(listed as ListedPost, anybody);
    expect(can.filter((action) => isBarredInDoubt(action))).toEqual([]);
    await expect(edit(post)).rejects.toThrow(MAY_BE_THERE);
    await expect(cancelPost(database, post.id, null, null, 'ed')).rejects.toThrow(MAY_BE_THERE);
    await expect(rejectPost(database, post.id, null, 'no', 'ed')).rejects.toThrow(MAY_BE_THERE);
    await expect(returnPost(database, post.id, null, 'no', 'ed')).rejects.toThrow(MAY_BE_THERE);
    await expect(unschedulePost(database, post.id, null, 'ed')).rejects.toThrow(MAY_BE_THERE);
    await setDueNow(database, post.id, null, 60_000, 'ed');
    await send(post);
    expect((await getListedPost(database, post.id))?.isInDoubt).toBe(false);
    expect([(await now(post)).state, accepted(post)]).toEqual(['published', 1]);
  });

  it('is settled by a person who has seen it there, and not sent again', async () => {
    const post = await lost();
    const { version } = await now(post);
    const { can } = postViewOf((await getListedPost(at.context.database, post.id)) as ListedPost, anybody);
    expect(can).toEqual(expect.arrayContaining(['markPublished', 'sendAgain']));
    await expect(settle(at.context, post.id, version - 1, { there: true, url: null }, 'ed')).rejects.toMatchObject({
      reason: 'stale-version',
    });
    const eventsBefore = await eventsOf(at.context.database, post.id, 100);
    await settle(at.context, post.id, version, { there: true, url: null }, 'ed');
    expect([(await now(post)).state, await phases(post)]).toEqual(['published', ['published']]);
    const events = await eventsOf(at.context.database, post.id, 100);
    const told = events.slice(0, events.length - eventsBefore.length).map(({ type }) => type);
    expect(told).toEqual(['post.published']);
    await send(post);
    expect(accepted(post)).toBe(1);
  });

  it('is edited once a person has seen that it is not there and taken its time away', async () => {
    const post = await lost();
    await settle(at.context, post.id, null, { there: false }, 'ed');
    expect(await phases(post)).toEqual(['absent']);
    await unschedulePost(at.context.database, post.id, null, 'ed');
    expect((await edit(post)).state).toBe('in_review');
  });

  it('has left for its story: an article that changes puts no other text in its place', async () => {
    const post = await lost();
    const { database } = at.context;
    await database.run(`INSERT INTO standfirst.story (id, title) VALUES ('story_bridge', 'Bridge')`);
    await database.run(
      `INSERT INTO standfirst.article (id, story_id, request) VALUES ('art_bridge', 'story_bridge', '{}')`,
    );
    await database.run(
      `UPDATE standfirst.post SET story_id = 'story_bridge', article_id = 'art_bridge' WHERE id = $1`,
      [post.id],
    );
    expect(await postsOfStory(database, 'story_bridge')).toMatchObject([{ id: post.id, isOut: true }]);
    expect(await returnToReview(database, post.id, 'art_bridge', 'It has changed.')).toBe(false);
    expect((await now(post)).state).toBe('scheduled');
  });

  it('stays where the text that it repeats is taken back', async () => {
    const [copy, source] = [await lost(), await due()];
    const { database } = at.context;
    const id = await recur(
      at.context,
      { postId: source.id, time: '08:30', days: ['mon'], timeZone: 'UTC', endsAt: null },
      'ed',
    );
    await database.run(`UPDATE standfirst.post SET recurrence_id = $2 WHERE id = $1`, [copy.id, id]);
    await database.transaction((sql) => cancelPost(sql, source.id, null, null, 'ed'));
    expect((await now(copy)).state).toBe('scheduled');
  });

  it('may be edited again once a person has said that it is not there', async () => {
    const post = await lost();
    await fake.setMode({ name: '422' });
    await send(post);
    await settle(at.context, post.id, null, { there: false }, 'ed');
    expect((await edit(post)).state).toBe('in_review');
  });
});

describe('a post in doubt that is not sent again', () => {
  it('is unknown and not failed, so that a person says what became of it', async () => {
    const post = await lost();
    await fake.setMode({ name: '422' });
    await send(post);
    const left = await now(post);
    expect([left.state, left.failure?.cause, await phases(post)]).toEqual([
      'unknown',
      'timeout_unknown',
      ['unknown', 'refused'],
    ]);
    const told = (await eventsOf(at.context.database, post.id, 2)).map(({ type }) => type);
    expect(told.sort()).toEqual(['post.failed', 'post.unknown']);
    await settle(at.context, post.id, null, { there: true, url: null }, 'ed');
    expect([(await now(post)).state, accepted(post)]).toEqual(['published', 1]);
  });

  it('is unknown and not stale', async () => {
    const post = await lost();
    await at.context.database.run(
      `UPDATE standfirst.post SET stale_at = standfirst.clock() - interval '1 second' WHERE id = $1`,
      [post.id],
    );
    await expirePosts(at.context.database, 1000);
    expect([(await now(post)).state, await phases(post)]).toEqual(['unknown', ['unknown']]);
  });

  it('is unknown where it is dropped with the end of a hold', async () => {
    const post = await lost();
    const id = at.context.io.id('hold');
    await placeHold(at.context.database, { id, scope: 'post', target: post.id, reason: 'a court order' }, 'ed');
    await lift(at.context, id, 'drop-stale', 'ed');
    expect((await now(post)).state).toBe('unknown');
  });

  it('fails as ever where nothing of it is in doubt', async () => {
    const post = await due();
    await fake.setMode({ name: '422' });
    await send(post);
    expect([(await now(post)).state, await phases(post)]).toEqual(['failed', ['refused']]);
    expect((await edit(post)).state).toBe('in_review');
  });

  it('goes on with the parts after the one that a person has seen', async () => {
    const post = await lost(['Cars go first.']);
    await fake.setMode({ name: '422' });
    await send(post);
    await fake.setMode({ name: 'ok' });
    await settle(at.context, post.id, null, { there: true, url: null }, 'ed');
    await send(post);
    expect([(await now(post)).state, accepted(post)]).toEqual(['published', 2]);
  });
});
