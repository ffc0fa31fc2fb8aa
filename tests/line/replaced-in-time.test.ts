import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPosts } from '../../src/pipeline/create-posts.ts';
import { addAccount } from '../../src/pipeline/accounts.ts';
import { carryOut, decideCorrection } from '../../src/pipeline/carry-out.ts';
import { requestArticle, rereadArticle } from '../../src/pipeline/ingest.ts';
import { approve } from '../../src/pipeline/post-actions.ts';
import { publish } from '../../src/pipeline/publish.ts';
import { articleRequest, getArticle } from '../../src/store/article.ts';
import { getCorrection, pageCorrections } from '../../src/store/correction.ts';
import type { CorrectionRow } from '../../src/store/correction.ts';
import { getPost, postColumns, postFrom, postRow } from '../../src/store/post.ts';
import type { PostRow } from '../../src/store/post.ts';
import { startX, xKeys } from '../fakes/x.ts';
import type { FakeX } from '../fakes/x.ts';
import { installAnywhere } from './install-anywhere.ts';
import { until } from './installation.ts';
import type { Installation } from './installation.ts';
import { pageOf, runLine, startPaper, story } from './newsroom.ts';
import type { Paper } from './newsroom.ts';

/** A post that is wrong stays until the right one is known to be able to go out. */

let at: Installation;
let paper: Paper;
let x: FakeX;
let serial = 0;
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

/** A page of the paper that the line has read, and its posts. */
async function article(
  name: string,
): Promise<{ id: string; storyId: string; path: string; say(headline: string): Promise<string> }> {
  const path = `/${name}-${++serial}`;
  const write = (headline: string): void => void paper.pages.set(path, pageOf(headline, story(`${name} ${serial}`)));
  write(`${name} opens`);
  const { articleId } = await requestArticle(at.context, articleRequest.parse({ url: `${paper.url}${path}` }), 'test');
  await runLine(at.context);
  const row = await getArticle(at.context.database, articleId);
  return {
    id: articleId,
    storyId: row?.storyId ?? '',
    path,
    async say(headline) {
      const body = story(`${name} ${serial} ${headline}`);
      paper.pages.set(path, pageOf(headline, body));
      const { articleId: next } = await rereadArticle(at.context, articleId, 'test');
      await runLine(at.context);
      return next;
    },
  };
}

async function postsOf(storyId: string): Promise<Record<string, PostRow>> {
  const rows = await at.context.database.many(
    postRow,
    `SELECT ${postColumns} FROM ${postFrom} WHERE post.story_id = $1 ORDER BY post.id`,
    [storyId],
  );
  return Object.fromEntries(rows.map((row) => [row.network, row]));
}

async function send(post: PostRow | undefined): Promise<PostRow> {
  if (post === undefined) throw new Error('There is no such post.');
  const { context } = at;
  if (post.state === 'in_review') await approve(context, post.id, null, 'now', 'test');
  await publish(context, { postId: post.id, network: post.network }, new AbortController().signal);
  return until(`publishing ${post.id}`, async () => {
    const now = await getPost(context.database, post.id);
    return now?.state === 'published' ? now : null;
  });
}

async function correctionOf(storyId: string): Promise<CorrectionRow | undefined> {
  const rows = await pageCorrections(at.context.database, null, { limit: 100, after: null });
  return rows.find((row) => row.storyId === storyId);
}

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
