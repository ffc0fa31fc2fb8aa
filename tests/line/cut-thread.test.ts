import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Sql } from '../../src/store/database.ts';
import { addAccount } from '../../src/pipeline/accounts.ts';
import { createPosts } from '../../src/pipeline/create-posts.ts';
import { hold, lift } from '../../src/pipeline/holds.ts';
import { publish } from '../../src/pipeline/publish.ts';
import { removePost } from '../../src/pipeline/remove.ts';
import { schedulePost } from '../../src/pipeline/schedule.ts';
import type { Tools } from '../../src/pipeline/tools.ts';
import { postViewOf } from '../../src/api/views/post.ts';
import { scopeNames } from '../../src/api/access.ts';
import type { Caller } from '../../src/api/caller.ts';
import type { PostView } from '../../src/api/schemas/post.ts';
import type { AccountRow } from '../../src/store/account.ts';
import { getListedPost } from '../../src/store/post-list.ts';
import { cancelPost, rejectPost, returnPost, unschedulePost } from '../../src/store/post-moves.ts';
import type { FakeMastodon } from '../fakes/mastodon.ts';
import { mastodonToken, startMastodon } from '../fakes/mastodon.ts';
import { installAnywhere } from './install-anywhere.ts';
import type { Installation } from './installation.ts';

/** A thread of which the first message is out, and that nothing more goes out of. */

const never = new AbortController().signal;
const editor = { scopes: scopeNames, person: 'user_ed' } as unknown as Caller;
let at: Installation;
let mastodon: FakeMastodon;
let desk: AccountRow;
let serial = 0;
beforeAll(async () => {
  mastodon = await startMastodon();
  at = await installAnywhere({ withWorkers: false });
  const credentials = { server: mastodon.url, accessToken: mastodonToken, visibility: 'public' };
  desk = await addAccount(at.context, { network: 'mastodon', credentials }, 'test');
});
afterAll(async () => {
  await at[Symbol.asyncDispose]();
  await mastodon[Symbol.asyncDispose]();
});

async function view(id: string): Promise<PostView> {
  const row = await getListedPost(at.context.database, id);
  if (row === null) throw new Error(`There is no post ${id}.`);
  return postViewOf(row, editor);
}

/** Its id, and that of the hold that cut it. */
async function cut(): Promise<{ id: string; holdId: string }> {
  const parts = [1, 2, 3].map((n) => ({ text: `Thread ${++serial}, part ${n}`, media: [], card: null }));
  const [post] = await createPosts(at.context, { parts, accountIds: [desk.id], schedule: 'now' }, 'test');
  const id = post?.id ?? '';
  const { ledger } = at.context;
  let holdId = '';
  const recordPublished: Tools['ledger']['recordPublished'] = async (receipt) => {
    const isSettled = await ledger.recordPublished(receipt);
    if (holdId === '') holdId = (await hold(at.context, { scope: 'post', target: id, reason: 'wrong' }, 'ed')).id;
    return isSettled;
  };
  await publish({ ...at.context, ledger: { ...ledger, recordPublished } }, { postId: id, network: 'mastodon' }, never);
  return { id, holdId };
}
const goStale = (id: string): Promise<number> =>
  at.context.database.run('UPDATE standfirst.post SET stale_at = standfirst.clock() WHERE id = $1', [id]);
const one = <T>(work: (sql: Sql) => Promise<T>): Promise<T> => at.context.database.transaction(work);

it.each<[string, string, (of: { id: string; holdId: string }) => Promise<unknown>]>([
  ['cancelled', 'cancelled', ({ id }) => one((sql) => cancelPost(sql, id, null, null, 'ed'))],
  ['rejected', 'cancelled', ({ id }) => one((sql) => rejectPost(sql, id, null, 'libel', 'ed'))],
  ['sent back', 'draft', ({ id }) => one((sql) => returnPost(sql, id, null, 'wrong', 'ed'))],
  ['without its time', 'approved', ({ id }) => one((sql) => unschedulePost(sql, id, null, 'ed'))],
  [
    'dropped with its hold',
    'stale',
    async ({ id, holdId }) => {
      await goStale(id);
      await lift(at.context, holdId, 'drop-stale', 'ed');
    },
  ],
])('is taken down where it is %s, says what is online, and goes nowhere after', async (_, state, end) => {
  const thread = await cut();
  const { id } = thread;
  expect(await view(id)).toMatchObject({ state: 'scheduled', partsOnline: [0] });
  expect((await view(id)).can).not.toContain('remove');
  await end(thread);
  const ended = await view(id);
  expect(ended).toMatchObject({ state, partsOnline: [0] });
  expect(ended.can).toContain('remove');
  const there = mastodon.statuses.length;
  await removePost(at.context, id, null, 'wrong', 'ed');
  expect(mastodon.statuses.length).toBe(there - 1);
  const gone = await view(id);
  expect(gone).toMatchObject({ state: 'cancelled', partsOnline: [], removedAt: expect.any(String) });
  expect(gone.can).not.toContain('remove');
  await expect(schedulePost(at.context, id, null, 'now', 'ed')).rejects.toThrow(/cancelled/u);
  await expect(removePost(at.context, id, null, null, 'ed')).rejects.toThrow(/nothing of post .* is on its network/iu);
});

it('of which nothing is out cannot be taken down', async () => {
  const parts = [{ text: `Nothing ${++serial}`, media: [], card: null }];
  const [post] = await createPosts(
    at.context,
    { parts, accountIds: [desk.id], schedule: { at: new Date(Date.now() + 3_600_000) } },
    'test',
  );
  const id = post?.id ?? '';
  await one((sql) => cancelPost(sql, id, null, null, 'ed'));
  expect((await view(id)).can).not.toContain('remove');
  await expect(removePost(at.context, id, null, null, 'ed')).rejects.toThrow(/nothing of post .* is on its network/iu);
});
