import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPosts } from '../../src/pipeline/create-posts.ts';
import { addAccount } from '../../src/pipeline/accounts.ts';
import { carryOut, decideCorrection } from '../../src/pipeline/carry-out.ts';
import { getCorrection } from '../../src/store/correction.ts';
import { getPost } from '../../src/store/post.ts';
import type { PostRow } from '../../src/store/post.ts';
import { startX, xKeys } from '../fakes/x.ts';
import type { FakeX } from '../fakes/x.ts';
import { changingStories } from './changing-stories.ts';
import { installAnywhere } from './install-anywhere.ts';
import type { Installation } from './installation.ts';
import { startPaper } from './newsroom.ts';
import type { Paper } from './newsroom.ts';

/** A post that is wrong stays until the right one is known to be able to go out. */

let at: Installation;
let paper: Paper;
let x: FakeX;
beforeAll(async () => {
  at = await installAnywhere({ withWorkers: false, hostFloorMs: 0 });
  [paper, x] = await Promise.all([startPaper(), startX()]);
  const keys = { kind: 'oauth1', ...xKeys, accessToken: '1001-token', server: x.url };
  await addAccount(at.context, { network: 'x', credentials: keys }, 'test');
});
afterAll(async () => {
  await at[Symbol.asyncDispose]();
  for (const server of [paper, x]) await server[Symbol.asyncDispose]();
});

const { article, postsOf, send, correctionOf } = changingStories(() => ({ at, paper }));

/** What became of a post whose correction was to take its place. */
async function replace(sent: PostRow, storyId: string, texts?: string[]) {
  const { context } = at;
  const id = (await correctionOf(storyId))?.id ?? '';
  await decideCorrection(context, id, [{ postId: sent.id, choice: 'replace', ...(texts ? { texts } : {}) }], 'test');
  await carryOut(context, id);
  const mine = (await getCorrection(context.database, id))?.posts.find(({ postId }) => postId === sent.id);
  const now = await getPost(context.database, sent.id);
  return { problem: mine?.problem ?? null, newPostId: mine?.newPostId ?? null, removedAt: now?.removedAt ?? null };
}
const stays = (why: RegExp) => ({ problem: expect.stringMatching(why) as unknown, newPostId: null, removedAt: null });

it('stays where the network would refuse the new words as a repeat', async () => {
  const { storyId, say } = await article('Zrby');
  const sent = await send((await postsOf(storyId))['x']);
  const text = 'CORRECTED: Zrby stays closed until Monday.';
  const parts = [{ text, media: [], card: null }];
  const [other] = await createPosts(at.context, { parts, accountIds: [sent.accountId], schedule: 'now' }, 'test');
  await send(other);
  await say('Zrby stays closed');
  expect(await replace(sent, storyId, [text])).toEqual(stays(/stays where it is, .* could not go out: /));
});

it.each([
  ['signed out', `state = 'signed-out'`, /is signed-out\.$/],
  ['paused', `state = 'paused'`, /is paused\.$/],
  ['limited', `blocked_until = standfirst.clock() + interval '3 hours'`, /takes nothing more from account .* until /],
  ['over its cap', `settings = settings || '{"monthlyCapMicroUsd": 1}'`, /this month are spent/],
  ['asked for a link', `settings = settings || '{"linkMustAnswer": true}'`, /waits for its link/],
] as const)('stays where the account is %s, and is replaced once it is not', async (name, set, why) => {
  const { storyId, path, say } = await article(`Yrby${name.replaceAll(' ', '')}`);
  const sent = await send((await postsOf(storyId))['x']);
  await say(`Yrby stays closed ${name}`);
  const page = paper.pages.get(path);
  if (name === 'asked for a link') paper.pages.delete(path);
  const change = (what: string) =>
    at.context.database.run(`UPDATE standfirst.account SET ${what} WHERE id = $1`, [sent.accountId]);
  await change(set);
  const kept = await replace(sent, storyId);
  await change(
    `blocked_until = NULL, state = 'connected', settings = settings - 'monthlyCapMicroUsd' - 'linkMustAnswer'`,
  );
  if (page !== undefined) paper.pages.set(path, page);
  expect(kept).toEqual(stays(why));
  expect(await replace(sent, storyId)).toMatchObject({
    problem: null,
    newPostId: expect.any(String),
    removedAt: expect.any(Date),
  });
});
