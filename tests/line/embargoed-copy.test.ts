import { afterAll, beforeAll, expect, it } from 'vitest';
import { requestArticle } from '../../src/pipeline/ingest.ts';
import { approve } from '../../src/pipeline/post-actions.ts';
import { publish } from '../../src/pipeline/publish.ts';
import { editStory } from '../../src/pipeline/stories.ts';
import { tellApart } from '../../src/pipeline/tell-apart.ts';
import { articleRequest } from '../../src/store/article.ts';
import { getPost, postColumns, postFrom, postRow } from '../../src/store/post.ts';
import type { PostRow } from '../../src/store/post.ts';
import { installAnywhere } from './install-anywhere.ts';
import type { Installation } from './installation.ts';
import { plainStory, runLine } from './newsroom.ts';

/** An article that is handed in again while its story is under embargo, and becomes a story of its own. */

let at: Installation;
beforeAll(async () => {
  at = await installAnywhere({ withWorkers: false, hostFloorMs: 0 });
});
afterAll(() => at[Symbol.asyncDispose]());

const ends = (): Date => new Date(Date.now() + 3_600_000);
async function handIn(request: object): Promise<PostRow & { articleId: string }> {
  const { articleId } = await requestArticle(at.context, articleRequest.parse(request), 'ed');
  await runLine(at.context);
  const [post] = await at.context.database.many(
    postRow,
    `SELECT ${postColumns} FROM ${postFrom} WHERE post.article_id = $1`,
    [articleId],
  );
  if (post === undefined) throw new Error('It has no post.');
  return { ...post, articleId };
}
/** Now, whatever it was to wait for. */
async function send({ id }: PostRow): Promise<PostRow> {
  await at.context.database.run(`UPDATE standfirst.post SET wake_at = standfirst.clock() WHERE id = $1`, [id]);
  await publish(at.context, { postId: id, network: 'sandbox' }, new AbortController().signal);
  return (await getPost(at.context.database, id)) as PostRow;
}
const embargo = (post: PostRow, embargoUntil: Date | null) =>
  editStory(at.context, post.storyId ?? '', { embargoUntil }, 'ed');

it('keeps the copies back, says so, and lets out the one that a person has told apart', async () => {
  const [text, url] = [plainStory('Aldersund'), 'https://aldersund.example/bridge'];
  const first = await handIn({ title: 'Aldersund rebuilds its bridge', text, url });
  const until = ends();
  await embargo(first, until);
  const copies = [
    await handIn({ title: 'Aldersund rebuilds its bridge', text }),
    await handIn({ title: 'Aldersund rebuilds its bridge', text, url: `${url}?v=2` }),
    await handIn({ title: 'A bridge for the town', text }),
  ];
  for (const copy of copies) {
    expect(copy).toMatchObject({ state: 'in_review', reason: expect.stringContaining(until.toISOString()) });
    expect(copy.storyId).not.toBe(first.storyId);
    // Other words than those of the embargoed post: what is told is enough.
    await at.context.database.run(
      `UPDATE standfirst.post_revision SET parts = jsonb_set(parts, '{0,text}', to_jsonb('Words of my own: ' || post_id)), link = NULL WHERE post_id = $1`,
      [copy.id],
    );
    await approve(at.context, copy.id, null, 'now', 'ed');
    expect(await send(copy)).toMatchObject({ state: 'scheduled', wakeAt: until });
  }
  const [one, ...others] = copies as [(typeof copies)[number]];
  await tellApart(at.context, one.articleId, 'ed');
  const woken = await getPost(at.context.database, one.id);
  expect(woken?.wakeAt).toEqual(woken?.dueAt);
  expect(await send(one)).toMatchObject({ state: 'published' });
  for (const other of others) expect(await send(other)).toMatchObject({ state: 'scheduled', wakeAt: until });
  await embargo(first, null);
  for (const other of others) expect(await send(other)).toMatchObject({ state: 'published' });
});

it('keeps nothing back for a story that is like one under embargo no more than by its subject', async () => {
  const first = await handIn({ title: 'Brekke opens its baths', text: plainStory('Brekke') });
  await embargo(first, ends());
  const other = await handIn({ title: 'Carlow opens its market', text: plainStory('Carlow') });
  await approve(at.context, other.id, null, 'now', 'ed');
  expect(await send(other)).toMatchObject({ state: 'published' });
});
