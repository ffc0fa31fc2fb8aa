import { afterAll, beforeAll, expect, it } from 'vitest';
import { addAccount } from '../../src/pipeline/accounts.ts';
import type { ReadyPost } from '../../src/pipeline/check-posts.ts';
import { createManyPosts, createPosts } from '../../src/pipeline/create-posts.ts';
import { editStory } from '../../src/pipeline/stories.ts';
import type { Database, Sql } from '../../src/store/database.ts';
import { getPost } from '../../src/store/post.ts';
import { insertStory } from '../../src/store/story-likeness.ts';
import { installAnywhere } from './install-anywhere.ts';
import type { Installation } from './installation.ts';

/** Many texts in one call, each with a story of its own. */

const HOUR = 3_600_000;
let at: Installation;
let accountId: string;
let serial = 0;
beforeAll(async () => {
  at = await installAnywhere({ withWorkers: false });
  const account = { network: 'sandbox', name: 'Bulk', credentials: {}, settings: { minGapMs: HOUR / 6 } };
  accountId = (await addAccount(at.context, account, 'test')).id;
});
afterAll(() => at[Symbol.asyncDispose]());

async function story(): Promise<string> {
  const { database, io } = at.context;
  const id = io.id('story');
  const url = `https://merrow-herald.example/${id}`;
  await insertStory(database, { id, title: `Story ${++serial}`, url, urgency: 'normal' });
  return id;
}
const ready = (storyId: string, more: Partial<ReadyPost> = {}): ReadyPost => ({
  parts: [{ text: `Of a story ${++serial}`, media: [], card: null }],
  accountIds: [accountId],
  schedule: { at: new Date(Date.now() + HOUR + serial) },
  storyId,
  ...more,
});
const read = async (id: string | undefined) => getPost(at.context.database, id ?? '');

/** How many statements it takes to write that many. */
async function statementsFor(count: number): Promise<number> {
  const { database } = at.context;
  let asked = 0;
  const counted = (sql: Sql): Sql => ({
    many: (...given) => (asked++, sql.many(...given)),
    one: (...given) => (asked++, sql.one(...given)),
    run: (...given) => (asked++, sql.run(...given)),
  });
  const counting: Database = {
    ...database,
    ...counted(database),
    transaction: (work) => database.transaction((sql) => work(counted(sql))),
  };
  const stories = await Promise.all(Array.from({ length: count }, story));
  const texts = stories.map((id) => ready(id));
  expect(await createManyPosts({ ...at.context, database: counting }, texts, 'test')).toHaveLength(count);
  return asked;
}

it('takes as many statements for a hundred as for one', async () => {
  expect(await statementsFor(100)).toBe(await statementsFor(1));
});

it('waits for the end of each story’s embargo, and is worth as much from there', async () => {
  const [free, locked] = [await story(), await story()];
  const until = new Date(Date.now() + 5 * HOUR);
  await editStory(at.context, locked, { embargoUntil: until }, 'ed');
  const schedule = { at: new Date(Date.now() + HOUR) };
  const made = await createManyPosts(at.context, [ready(free, { schedule }), ready(locked, { schedule })], 'test');
  const [one, other] = await Promise.all(made.map(([id]) => read(id)));
  expect(one).toMatchObject({ state: 'scheduled', dueAt: schedule.at, wakeAt: schedule.at });
  expect(other).toMatchObject({ state: 'scheduled', dueAt: schedule.at, wakeAt: until });
  expect(other?.staleAt).toEqual(new Date(until.getTime() + 12 * HOUR));
});

it('is refused whole where one of them is worthless before its embargo ends', async () => {
  const [free, locked] = [await story(), await story()];
  await editStory(at.context, locked, { embargoUntil: new Date(Date.now() + 5 * HOUR) }, 'ed');
  const brief = ready(locked, { worthlessAfter: new Date(Date.now() + 3 * HOUR) });
  const text = ready(free);
  await expect(createManyPosts(at.context, [text, brief], 'test')).rejects.toThrow(/embargo of its story ends/);
  const rows = await at.context.database.run(`SELECT 1 FROM standfirst.post WHERE story_id = ANY ($1)`, [
    [free, locked],
  ]);
  expect(rows).toBe(0);
});

it('takes the urgency of the story, alone and among many: what collides goes behind it', async () => {
  const news = await story();
  await editStory(at.context, news, { urgency: 'breaking' }, 'ed');
  const time = { at: new Date(Date.now() + 48 * HOUR) };
  const [other] = await createPosts(at.context, ready(await story(), { schedule: time }), 'test');
  const [alone] = await createPosts(at.context, ready(news, { schedule: time }), 'test');
  expect(await read(alone?.id)).toMatchObject({ state: 'scheduled', urgency: 'breaking', dueAt: time.at });
  expect((await read(other?.id))?.dueAt?.getTime()).toBe(time.at.getTime() + HOUR / 6);
});
