import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Refusal } from '../../src/domain/errors.ts';
import { noHouseRules } from '../../src/domain/house-rules.ts';
import { addAccount } from '../../src/pipeline/accounts.ts';
import { compose } from '../../src/pipeline/compose.ts';
import { createPosts } from '../../src/pipeline/create-posts.ts';
import { changeHouseRules } from '../../src/pipeline/house-rules.ts';
import { ingest, requestArticle } from '../../src/pipeline/ingest.ts';
import { approve, changePost } from '../../src/pipeline/post-actions.ts';
import { rewrite } from '../../src/pipeline/rewrite.ts';
import { editStory } from '../../src/pipeline/stories.ts';
import { summarize } from '../../src/pipeline/summarize.ts';
import type { AccountRow } from '../../src/store/account.ts';
import { articleRequest } from '../../src/store/article.ts';
import { getHouseRules } from '../../src/store/house-rules.ts';
import { getPost, postColumns, postFrom, postRow } from '../../src/store/post.ts';
import type { PostRow } from '../../src/store/post.ts';
import { getStory } from '../../src/store/story.ts';
import { discordHook, startDiscord } from '../fakes/discord.ts';
import type { FakeDiscord } from '../fakes/discord.ts';
import { installAnywhere } from './install-anywhere.ts';
import type { Installation } from './installation.ts';
import { plainStory } from './newsroom.ts';

/** What the links of one story say of their campaign. */

let at: Installation;
let discord: FakeDiscord;
let channel: AccountRow;
let serial = 0;
beforeAll(async () => {
  at = await installAnywhere({ withWorkers: false });
  discord = await startDiscord();
  const credentials = { webhookUrl: `${discord.url}${discordHook}` };
  channel = await addAccount(at.context, { network: 'discord', credentials }, 'test');
  const { version } = await getHouseRules(at.context.database);
  const utm = { '*': { source: '{network}', medium: 'social' } };
  await changeHouseRules(at.context.database, true, version, { ...noHouseRules, utm }, 'test');
});
afterAll(async () => {
  await at[Symbol.asyncDispose]();
  await discord[Symbol.asyncDispose]();
});

const LINK = 'https://merrow-herald.example/ferry-';

/** A story with a post on the sandbox and one on Discord. */
async function story(): Promise<{ id: string; address: string; posts: Record<string, PostRow> }> {
  serial += 1;
  const address = `${LINK}${serial}`;
  const request = {
    title: `Ferry ${serial} of Tolvane ${'abcdefghij'[serial]}ort returns`,
    text: `The ferry number ${serial} to Tolvane Island sails again from Monday. ${plainStory(`Tolvane ${serial}`)}`,
    url: address,
  };
  const { articleId } = await requestArticle(at.context, articleRequest.parse(request), 'test');
  for (const step of [ingest, summarize, compose]) await step(at.context, articleId);
  const made = await at.context.database.many(
    postRow,
    `SELECT ${postColumns} FROM ${postFrom} WHERE post.article_id = $1`,
    [articleId],
  );
  const posts = Object.fromEntries(made.map((post) => [post.network, post]));
  return { id: posts['sandbox']?.storyId ?? '', address, posts };
}

const now = async (post: PostRow | undefined): Promise<PostRow> =>
  (await getPost(at.context.database, post?.id ?? '')) as PostRow;
const decide = (id: string, utm: Parameters<typeof editStory>[2]['utm']) =>
  editStory(at.context, id, { utm }, 'user_ed');

describe('the campaign of a story', () => {
  it('says of each parameter whether it is as in the house, another, or left out, in text, link and card', async () => {
    const { id, address, posts } = await story();
    expect((await decide(id, { campaign: 'ferry', medium: null })).utm).toEqual({ campaign: 'ferry', medium: null });
    const other = await now(posts['discord']);
    expect(other.link).toBe(`${address}?utm_source=discord&utm_campaign=ferry`);
    expect(other.parts[0]?.text).toContain(`${address}?utm_source=discord&utm_campaign=ferry`);
    expect(other.parts[0]?.text).not.toContain('utm_medium');
    const sandbox = await now(posts['sandbox']);
    expect(sandbox.link).toBe(`${address}?utm_source=sandbox&utm_campaign=ferry`);
    for (const { card } of sandbox.parts) if (card !== null) expect(card.url).toBe(sandbox.link);
  });

  it('can be none at all, and as in the house again', async () => {
    const { id, address, posts } = await story();
    await decide(id, { source: null, medium: null });
    expect((await now(posts['discord'])).link).toBe(address);
    expect((await now(posts['discord'])).parts[0]?.text).not.toContain('utm_');
    expect((await decide(id, {})).utm).toBeNull();
    expect((await now(posts['discord'])).link).toBe(posts['discord']?.link);
    expect((await now(posts['discord'])).hash).toBe(posts['discord']?.hash);
  });

  it('returns what was approved to review, for an approval binds the link, and leaves what does not change alone', async () => {
    const { id, posts } = await story();
    await approve(at.context, posts['discord']?.id ?? '', null, { at: new Date('2031-01-01T08:00:00Z') }, 'user_ed');
    expect(await now(posts['discord'])).toMatchObject({ state: 'scheduled' });
    await decide(id, { medium: 'social' });
    expect(await now(posts['discord'])).toMatchObject({ state: 'scheduled' });
    await decide(id, { medium: 'push' });
    expect(await now(posts['discord'])).toMatchObject({ state: 'in_review', approvedHash: null });
  });

  it('keeps what somebody wrote, and what the line wrote stays the line’s', async () => {
    const { id, address, posts } = await story();
    const { parts, id: postId } = posts['discord'] as PostRow;
    const text = `Mind ${address}/map too. ${parts[0]?.text ?? ''}`;
    await changePost(at.context, postId, null, { parts: [{ text, media: [], card: null }] }, 'user_ines');
    await decide(id, { medium: 'push' });
    const edited = await now(posts['discord']);
    expect(edited.parts[0]?.text).toBe(text.replace('utm_medium=social', 'utm_medium=push'));
    const authors = async (of: PostRow | undefined): Promise<string[]> =>
      (
        await at.context.database.many(
          postRow.pick({ lang: true }),
          `SELECT author AS lang FROM standfirst.post_revision WHERE post_id = $1 ORDER BY n`,
          [of?.id],
        )
      ).map(({ lang }) => lang);
    expect(await authors(posts['discord'])).toEqual(['line', 'user_ines', 'user_ed']);
    expect(await authors(posts['sandbox'])).toEqual(['line', 'line']);
  });

  it('holds for what is written anew and for ready texts that tell the story', async () => {
    const { id, address, posts } = await story();
    await decide(id, { source: 'desk', medium: null });
    await rewrite(at.context, posts['discord']?.id ?? '', null, 'other-sentence', 'user_ed');
    expect((await now(posts['discord'])).link).toBe(`${address}?utm_source=desk`);
    const ready = {
      parts: [{ text: 'The ferry is back.', media: [], card: null }],
      accountIds: [channel.id],
      storyId: id,
      link: 'https://merrow-herald.example/tickets?seat=2',
      schedule: 'draft' as const,
    };
    const [draft] = await createPosts(at.context, ready, 'user_ed');
    expect(draft?.link).toBe('https://merrow-herald.example/tickets?seat=2&utm_source=desk');
    await decide(id, null);
    expect((await getPost(at.context.database, draft?.id ?? ''))?.link).toBe(
      'https://merrow-herald.example/tickets?seat=2&utm_source=discord&utm_medium=social',
    );
  });

  it('makes room for a longer link in what the line wrote to the limit', async () => {
    const { id, posts } = await story();
    const before = posts['sandbox'] as PostRow;
    await decide(id, { campaign: 'c'.repeat(200) });
    const after = await now(before);
    expect(after.link).toContain(`&utm_campaign=${'c'.repeat(200)}`);
    expect(after.parts[0]?.text).toContain(after.link);
    expect(after.parts[0]?.text.length).toBeLessThanOrEqual(500);
    expect(before.parts[0]?.text.length).toBeGreaterThan(300);
  });

  it('is refused whole where what somebody wrote has no room for the longer link', async () => {
    const { id, posts } = await story();
    const { id: postId, parts } = posts['discord'] as PostRow;
    const own = parts[0]?.text ?? '';
    const text = `${'x'.repeat(2_000 - own.length - 1)} ${own}`;
    await changePost(at.context, postId, null, { parts: [{ text, media: [], card: null }] }, 'user_ed');
    const refused = decide(id, { campaign: 'a-name-that-is-longer' });
    await expect(refused).rejects.toThrow(Refusal);
    await expect(refused).rejects.toThrow(/has no room for its link then/);
    expect((await getStory(at.context.database, id))?.utm).toBeNull();
    expect((await now(posts['sandbox'])).revision).toBe(1);
  });
});
