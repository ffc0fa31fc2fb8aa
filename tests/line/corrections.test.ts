import { afterAll, beforeAll, expect, it } from 'vitest';
import { addAccount } from '../../src/pipeline/accounts.ts';
import { carryOut, decideCorrection } from '../../src/pipeline/carry-out.ts';
import { hold, lift } from '../../src/pipeline/holds.ts';
import { requestArticle, rereadArticle } from '../../src/pipeline/ingest.ts';
import { approve, changePost } from '../../src/pipeline/post-actions.ts';
import { publish } from '../../src/pipeline/publish.ts';
import { removePost } from '../../src/pipeline/remove.ts';
import { watch } from '../../src/pipeline/watch.ts';
import { changeTeamRules, getTeamRules } from '../../src/store/team.ts';
import { articleRequest } from '../../src/store/article.ts';
import { getCorrection } from '../../src/store/correction.ts';
import { pagesToWatch, WATCH } from '../../src/store/article-watch.ts';
import { storyHold } from '../../src/store/hold.ts';
import { getPost } from '../../src/store/post.ts';
import { discordHook, startDiscord } from '../fakes/discord.ts';
import type { FakeDiscord } from '../fakes/discord.ts';
import { mastodonToken, startMastodon } from '../fakes/mastodon.ts';
import type { FakeMastodon } from '../fakes/mastodon.ts';
import { startX, xKeys } from '../fakes/x.ts';
import type { FakeX } from '../fakes/x.ts';
import { changingStories } from './changing-stories.ts';
import { installAnywhere } from './install-anywhere.ts';
import type { Installation } from './installation.ts';
import { addFeed, pageOf, readNow, runLine, startPaper, story } from './newsroom.ts';
import type { Paper } from './newsroom.ts';

let at: Installation;
let paper: Paper;
let discord: FakeDiscord;
let mastodon: FakeMastodon;
let x: FakeX;
beforeAll(async () => {
  at = await installAnywhere({ withWorkers: false, hostFloorMs: 0 });
  [paper, discord, mastodon, x] = await Promise.all([startPaper(), startDiscord(), startMastodon(), startX()]);
  await addAccount(
    at.context,
    { network: 'discord', credentials: { webhookUrl: `${discord.url}${discordHook}` } },
    'test',
  );
  const login = { server: mastodon.url, accessToken: mastodonToken, visibility: 'public' };
  await addAccount(at.context, { network: 'mastodon', credentials: login }, 'test');
  const keys = { kind: 'oauth1', ...xKeys, accessToken: '1001-token', server: x.url };
  await addAccount(at.context, { network: 'x', credentials: keys }, 'test');
});
afterAll(async () => {
  await at[Symbol.asyncDispose]();
  for (const server of [paper, discord, mastodon, x]) await server[Symbol.asyncDispose]();
});

const { article, postsOf, send, correctionOf } = changingStories(() => ({ at, paper }));

it('writes posts that have not left anew, and takes their approval', async () => {
  const { storyId, say } = await article('Norrby');
  const before = await postsOf(storyId);
  await approve(at.context, before['sandbox']?.id ?? '', null, { at: new Date(Date.now() + 3_600_000) }, 'test');
  const next = await say('Norrby stays closed');
  const after = await postsOf(storyId);
  expect(Object.keys(after)).toHaveLength(4);
  expect(after['sandbox']).toMatchObject({
    id: before['sandbox']?.id,
    state: 'in_review',
    revision: 2,
    approvedBy: null,
    articleId: next,
    wakeAt: null,
  });
  expect(after['sandbox']?.parts[0]?.text).not.toBe(before['sandbox']?.parts[0]?.text);
  expect(await correctionOf(storyId)).toBeUndefined();
});

it('does not write over what a person wrote: it is flagged, and waits for a person again', async () => {
  const { storyId, say } = await article('Osby');
  const { sandbox } = await postsOf(storyId);
  const parts = [{ text: 'By hand: Osby opens', media: [], card: null }];
  await changePost(at.context, sandbox?.id ?? '', null, { parts }, 'member_1');
  await approve(at.context, sandbox?.id ?? '', null, null, 'member_1');
  await say('Osby stays closed');
  expect((await postsOf(storyId))['sandbox']).toMatchObject({
    state: 'in_review',
    approvedBy: null,
    parts: [{ text: 'By hand: Osby opens' }],
    reason: expect.stringContaining('The article has changed since somebody wrote this text'),
  });
});

it('leaves approved posts alone where nothing of theirs has changed', async () => {
  const { storyId, id } = await article('Palme');
  const { sandbox } = await postsOf(storyId);
  await approve(at.context, sandbox?.id ?? '', null, null, 'test');
  await rereadArticle(at.context, id, 'test');
  await runLine(at.context);
  expect((await postsOf(storyId))['sandbox']).toMatchObject({ state: 'approved', revision: 1 });
});

it('raises a correction of what is out, with a plan by what each network can do, and one call carries it out, once', async () => {
  const { storyId, say } = await article('Rasmus');
  const sent = await postsOf(storyId);
  for (const post of Object.values(sent)) await send(post);
  await say('Rasmus stays closed');
  const raised = await correctionOf(storyId);
  expect(raised).toMatchObject({ state: 'open', storyTitle: 'Rasmus stays closed' });
  const plan = Object.fromEntries(raised?.posts.map(({ network, options }) => [network, options]) ?? []);
  expect(plan['mastodon']?.[0]).toBe('edit');
  expect(plan['discord']?.[0]).toBe('edit');
  expect(plan['x']?.[0]).toBe('replace');
  expect(plan['x']).toContain('reply');

  const choices = [{ postId: sent['sandbox']?.id ?? '', choice: 'reply' as const }];
  const decided = await decideCorrection(at.context, raised?.id ?? '', choices, 'member_1');
  expect(decided.state).toBe('carrying-out');
  // Asked again, and run by two workers at once: nothing happens twice.
  await decideCorrection(at.context, raised?.id ?? '', choices, 'member_1');
  await Promise.all([carryOut(at.context, decided.id), carryOut(at.context, decided.id)]);
  const done = await getCorrection(at.context.database, decided.id);
  expect(done).toMatchObject({ state: 'done', chosenBy: 'member_1' });
  await carryOut(at.context, decided.id);
  await decideCorrection(at.context, raised?.id ?? '', choices, 'member_1');

  const saying = (network: string): string =>
    done?.posts.find((post) => post.network === network)?.content.parts[0]?.text ?? '';
  expect(mastodon.statuses.map(({ text }) => text)).toEqual([saying('mastodon')]);
  const replaced = done?.posts.find((post) => post.network === 'x');
  expect((await getPost(at.context.database, sent['x']?.id ?? ''))?.removedAt).toBeInstanceOf(Date);
  await send((await getPost(at.context.database, replaced?.newPostId ?? '')) ?? undefined);
  const reply = done?.posts.find((post) => post.network === 'sandbox');
  await send((await getPost(at.context.database, reply?.newPostId ?? '')) ?? undefined);
  const timeline = await at.context.database.pool.query(
    `SELECT answer.text, answer.reply_to, first.text AS first FROM standfirst.timeline AS answer JOIN standfirst.timeline AS first ON first.id = answer.reply_to`,
  );
  expect(timeline.rows).toMatchObject([{ text: saying('sandbox'), first: sent['sandbox']?.parts[0]?.text }]);
  const rows = await at.context.database.pool.query(
    `SELECT network, count(*)::int AS n FROM standfirst.post WHERE story_id = $1 GROUP BY 1 ORDER BY 1`,
    [storyId],
  );
  expect(rows.rows).toEqual([
    { network: 'discord', n: 1 },
    { network: 'mastodon', n: 1 },
    { network: 'sandbox', n: 2 },
    { network: 'x', n: 2 },
  ]);
});

it('takes a post away where the card that we built says the old headline, and never calls that corrected by its text', async () => {
  const { storyId, say } = await article('Varnby');
  const { sandbox: sent } = await postsOf(storyId);
  await send(sent);
  await say('Varnby stays closed');
  const raised = await correctionOf(storyId);
  const plan = raised?.posts.find(({ postId }) => postId === sent?.id);
  expect(sent?.parts[0]?.card?.title).toContain('opens');
  expect(plan?.content.parts[0]?.card?.title).toContain('stays closed');
  expect(plan?.options).toEqual(['replace', 'reply', 'by-hand', 'leave']);
  await decideCorrection(at.context, raised?.id ?? '', [], 'member_1');
  await carryOut(at.context, raised?.id ?? '');
  const done = await getCorrection(at.context.database, raised?.id ?? '');
  const next = done?.posts.find(({ postId }) => postId === sent?.id)?.newPostId ?? '';
  await send((await getPost(at.context.database, next)) ?? undefined);
  const { rows } = await at.context.database.pool.query(
    `SELECT card ->> 'title' AS title FROM standfirst.timeline WHERE card ->> 'title' LIKE 'Varnby%' AND removed_at IS NULL`,
  );
  expect(rows).toEqual([{ title: 'Varnby stays closed' }]);
});

it('takes no post away whose right words are held, and replaces it when it is asked again after the hold', async () => {
  const { storyId, say } = await article('Lervik');
  const { sandbox: sent } = await postsOf(storyId);
  await send(sent);
  await say('Lervik stays closed');
  const { id = '' } = (await correctionOf(storyId)) ?? {};
  const { context } = at;
  const carriedOut = async () => {
    await decideCorrection(context, id, [{ postId: sent?.id ?? '', choice: 'replace' }], 'member_1');
    await carryOut(context, id);
    return [
      (await getCorrection(context.database, id))?.posts,
      (await getPost(context.database, sent?.id ?? ''))?.removedAt,
    ];
  };
  const { id: everything } = await hold(context, { scope: 'all', target: null, reason: 'A court order.' }, 'test');
  const { id: word } = await hold(
    context,
    { scope: 'word', target: 'Lervik stays closed', reason: 'A court order.' },
    'test',
  );
  const problem = expect.stringContaining('A court order.');
  const refused = [[expect.objectContaining({ state: 'failed', problem, newPostId: null })], null];
  expect(await carriedOut()).toEqual(refused);
  await lift(context, everything, 'as-planned', 'test');
  expect(await carriedOut()).toEqual(refused);
  await lift(context, word, 'as-planned', 'test');
  const newPostId = expect.stringMatching(/^post_/u);
  expect(await carriedOut()).toEqual([[expect.objectContaining({ state: 'done', newPostId })], expect.any(Date)]);
});

it('is no hold on taking a post away: nothing goes out by that', async () => {
  const { storyId } = await article('Solvik');
  const { sandbox: sent } = await postsOf(storyId);
  await send(sent);
  const { id } = await hold(at.context, { scope: 'all', target: null, reason: 'A court order.' }, 'test');
  await removePost(at.context, sent?.id ?? '', null, 'A court order.', 'test');
  await lift(at.context, id, 'as-planned', 'test');
  expect((await getPost(at.context.database, sent?.id ?? ''))?.removedAt).toBeInstanceOf(Date);
});

it('under four eyes takes the words of the line, and none of whoever decides', async () => {
  const { storyId, say } = await article('Holmen');
  const { mastodon: sent } = await postsOf(storyId);
  await send(sent);
  await say('Holmen stays closed');
  const raised = await correctionOf(storyId);
  const { database } = at.context;
  const { version } = await getTeamRules(database);
  const on = await changeTeamRules(database, version, { fourEyes: true }, 'test');
  try {
    const own = [{ postId: sent?.id ?? '', texts: ['Words of my own.'] }];
    await expect(decideCorrection(at.context, raised?.id ?? '', own, 'member_1')).rejects.toThrow('wants four eyes');
    expect((await getCorrection(database, raised?.id ?? ''))?.state).toBe('open');
    await decideCorrection(at.context, raised?.id ?? '', [], 'member_1');
    await carryOut(at.context, raised?.id ?? '');
    expect((await getCorrection(database, raised?.id ?? ''))?.state).toBe('done');
  } finally {
    await changeTeamRules(database, on.version, { fourEyes: false }, 'test');
  }
});

it('under four eyes is not carried out by who handed in the text that it follows', async () => {
  const { storyId, path } = await article('Hagby');
  const { mastodon: sent } = await postsOf(storyId);
  await send(sent);
  const said = {
    url: `${paper.url}${path}`,
    title: 'Hagby stays closed',
    html: pageOf('Hagby stays closed', story('Hagby')),
  };
  await requestArticle(at.context, articleRequest.parse(said), 'user_own');
  await runLine(at.context);
  const raised = await correctionOf(storyId);
  const { database } = at.context;
  const { version } = await getTeamRules(database);
  const on = await changeTeamRules(database, version, { fourEyes: true }, 'test');
  try {
    await expect(decideCorrection(at.context, raised?.id ?? '', [], 'user_own')).rejects.toThrow(
      'You handed in the text',
    );
    expect((await getCorrection(database, raised?.id ?? ''))?.state).toBe('open');
    const decided = await decideCorrection(at.context, raised?.id ?? '', [], 'user_other');
    expect(decided.chosenBy).toBe('user_other');
  } finally {
    await changeTeamRules(database, on.version, { fourEyes: false }, 'test');
  }
});

it('goes on where a worker died, and writes no second post', async () => {
  const { storyId, say } = await article('Sandvik');
  const { x: sent } = await postsOf(storyId);
  await send(sent);
  await say('Sandvik stays closed');
  const raised = await correctionOf(storyId);
  const { database } = at.context;
  await decideCorrection(at.context, raised?.id ?? '', [], 'member_1');
  // Dies after the removal, before the new post: the database goes away under it.
  const real = at.context.io.id;
  const dying = {
    ...at.context,
    io: {
      ...at.context.io,
      id: (kind: Parameters<typeof real>[0]) => {
        if (kind === 'post') throw new Error('killed');
        return real(kind);
      },
    },
  };
  await expect(carryOut(dying, raised?.id ?? '')).rejects.toThrow('killed');
  expect((await getPost(database, sent?.id ?? ''))?.removedAt).toBeInstanceOf(Date);
  await carryOut(at.context, raised?.id ?? '');
  expect(await getCorrection(database, raised?.id ?? '')).toMatchObject({ state: 'carrying-out' });
  await database.run(`UPDATE standfirst.correction SET busy_until = busy_until - interval '1 hour' WHERE id = $1`, [
    raised?.id,
  ]);
  await Promise.all([1, 2, 3].map(() => carryOut(at.context, raised?.id ?? '')));
  const done = await getCorrection(database, raised?.id ?? '');
  expect(done).toMatchObject({ state: 'done', posts: [{ state: 'done', newPostId: expect.stringMatching(/^post_/) }] });
  const rows = await database.pool.query(`SELECT 1 FROM standfirst.post WHERE story_id = $1 AND network = 'x'`, [
    storyId,
  ]);
  expect(rows.rowCount).toBe(2);
});

it('says why a post could not be corrected, and tries it again when asked again', async () => {
  const { storyId, say } = await article('Tunfeld');
  const { discord: sent } = await postsOf(storyId);
  await send(sent);
  await say('Tunfeld stays closed');
  const raised = await correctionOf(storyId);
  // Its account has no credentials for this moment.
  const { database } = at.context;
  await database.run(`UPDATE standfirst.account SET state = 'removed' WHERE id = $1`, [sent?.accountId]);
  const sealed = await database.pool.query(
    `UPDATE standfirst.account SET credentials = '' WHERE id = $1 RETURNING (SELECT credentials FROM standfirst.account WHERE id = $1) AS was`,
    [sent?.accountId],
  );
  await decideCorrection(at.context, raised?.id ?? '', [], 'member_1');
  await carryOut(at.context, raised?.id ?? '');
  expect(await getCorrection(database, raised?.id ?? '')).toMatchObject({
    state: 'open',
    posts: [{ state: 'failed', problem: expect.stringContaining('The account of this post was removed') }],
  });
  await database.run(`UPDATE standfirst.account SET state = 'connected', credentials = $2 WHERE id = $1`, [
    sent?.accountId,
    sealed.rows[0]?.was,
  ]);
  await decideCorrection(at.context, raised?.id ?? '', [], 'member_1');
  await carryOut(at.context, raised?.id ?? '');
  expect(await getCorrection(database, raised?.id ?? '')).toMatchObject({
    state: 'done',
    posts: [{ state: 'done', problem: null }],
  });
});

it('takes a changed item of a feed for a revision of its story, and a re-dated one for nothing', async () => {
  const item = {
    guid: 'u1',
    title: 'Ulvik opens',
    link: 'https://ulvik.example/1',
    content: story('Ulvik'),
    date: 'Wed, 25 Nov 2026 08:00:00 GMT',
  };
  paper.items = [];
  const { id } = await addFeed(at.context, paper, { text: 'feed', rules: { maxAgeHours: null } }, '/feed-u.xml');
  await readNow(at.context, id);
  const show = async (next: object): Promise<number> => {
    paper.items = [{ ...item, ...next }];
    await readNow(at.context, id);
    await runLine(at.context);
    const { rows } = await at.context.database.pool.query(
      `SELECT max(revision)::int AS n FROM standfirst.article WHERE source_id = $1`,
      [id],
    );
    return rows[0]?.n as number;
  };
  expect(await show({})).toBe(1);
  expect(await show({ date: 'Wed, 25 Nov 2026 20:00:00 GMT' })).toBe(1);
  expect(await show({ title: 'Ulvik stays closed', content: story('Ulvik again') })).toBe(2);
  const { rows } = await at.context.database.pool.query(
    `SELECT count(DISTINCT story_id)::int AS stories, (SELECT count(*)::int FROM standfirst.post JOIN standfirst.article ON article.id = post.article_id WHERE article.source_id = $1) AS posts
       FROM standfirst.article WHERE source_id = $1`,
    [id],
  );
  expect(rows).toEqual([{ stories: 1, posts: 4 }]);
});

it.each([
  ['404', (path: string) => paper.pages.delete(path), 'there is no such page'],
  [
    'noindex',
    (path: string) =>
      paper.pages.set(path, pageOf('Gone', story('Gone'), '<meta name="robots" content="noindex, follow">')),
    'noindex',
  ],
])('holds the posts of a page that becomes %s, and lets them go when it is back', async (_what, take, why) => {
  const { id, storyId, path } = await article('Varde');
  const page = paper.pages.get(path) ?? '';
  const look = async (): Promise<void> => {
    await at.context.database.run(`UPDATE standfirst.article SET watch_at = standfirst.clock() WHERE id = $1`, [id]);
    await watch(at.context, id, new AbortController().signal);
  };
  await look();
  expect(await storyHold(at.context.database, storyId, WATCH)).toBeNull();
  take(path);
  await look();
  await look();
  expect(await storyHold(at.context.database, storyId, WATCH)).toMatchObject({
    scope: 'story',
    target: storyId,
    reason: expect.stringContaining(why),
  });
  const { sandbox } = await postsOf(storyId);
  await approve(at.context, sandbox?.id ?? '', null, 'now', 'test');
  await publish(at.context, { postId: sandbox?.id ?? '', network: 'sandbox' }, new AbortController().signal);
  expect(await getPost(at.context.database, sandbox?.id ?? '')).toMatchObject({ state: 'scheduled' });
  paper.pages.set(path, page);
  await look();
  expect(await storyHold(at.context.database, storyId, WATCH)).toBeNull();
  await send((await postsOf(storyId))['sandbox']);
});

it('finds by itself that a page has changed', async () => {
  const { id, storyId, path } = await article('Wessel');
  paper.pages.set(path, pageOf('Wessel stays closed', story('Wessel closed')));
  await at.context.database.run(`UPDATE standfirst.article SET watch_at = standfirst.clock() WHERE id = $1`, [id]);
  await watch(at.context, id, new AbortController().signal);
  await runLine(at.context);
  expect((await postsOf(storyId))['sandbox']).toMatchObject({ revision: 2, state: 'in_review' });
});

it('looks at a page at once that somebody has read again, and holds its posts where it is gone', async () => {
  const { id, storyId, path } = await article('Vetlanda');
  const due = async (): Promise<string[]> =>
    (await pagesToWatch(at.context.database, 100)).map(({ articleId }) => articleId);
  expect(await due()).not.toContain(id);
  paper.pages.delete(path);
  await rereadArticle(at.context, id, 'test');
  await runLine(at.context);
  expect(await due()).toContain(id);
  await watch(at.context, id, new AbortController().signal);
  expect(await storyHold(at.context.database, storyId, WATCH)).toMatchObject({ target: storyId });
  // Back with other words: the revision is looked at in the next round, not in a quarter of an hour.
  paper.pages.set(path, pageOf('Vetlanda is back', story('Vetlanda back')));
  await rereadArticle(at.context, id, 'test');
  await runLine(at.context);
  const [newest = ''] = await due();
  expect(newest).not.toBe(id);
  await watch(at.context, newest, new AbortController().signal);
  expect(await storyHold(at.context.database, storyId, WATCH)).toBeNull();
});
