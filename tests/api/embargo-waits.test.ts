import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PostDetail, PostView } from '../../src/api/schemas/post.ts';
import { editStory } from '../../src/pipeline/stories.ts';
import { insertStory } from '../../src/store/story-likeness.ts';
import type { Installation } from './installation.ts';
import { openInstallation } from './installation.ts';

let here: Installation;
let headers: Record<string, string>;
beforeAll(async () => {
  here = await openInstallation();
  headers = await here.key();
});
afterAll(() => here.close());

const HOUR = 3_600_000;
const later = (hours: number): Date => new Date(Date.now() + hours * HOUR);
async function make(text: string, more: object = {}): Promise<PostView> {
  const payload = { accountIds: [here.sandboxId], text, ...more };
  const answer = await here.app.inject({ method: 'POST', url: '/v1/posts', headers, payload });
  expect(answer.statusCode).toBe(201);
  return answer.json<{ data: [PostView] }>().data[0];
}
async function waitsOf({ id }: PostView): Promise<PostDetail['waits']> {
  const answer = await here.app.inject({ method: 'GET', url: `/v1/posts/${id}`, headers });
  return answer.json<PostDetail>().waits;
}

it('says why a ready text waits that repeats an embargoed story, before its time has come', async () => {
  const { database, io } = here.context;
  const storyId = io.id('story');
  await insertStory(database, { id: storyId, title: 'Baths', url: null, urgency: 'normal' });
  const text = 'The council of Tarn Valley closes four of its seven swimming baths.';
  const own = await make(text, { storyId });
  const at = { at: later(1).toISOString() };
  const before = await make(text, { schedule: at });
  expect(await waitsOf(before)).toBeNull();
  const until = later(5);
  await editStory(here.context, storyId, { embargoUntil: until }, 'ed');
  const shown = expect.stringContaining('says what it says: it waits until');
  const after = await make(`“${text}”`, { schedule: at });
  for (const post of [before, after]) expect(await waitsOf(post)).toEqual({ until: until.toISOString(), why: shown });
  expect(await waitsOf(own)).toEqual({
    until: until.toISOString(),
    why: `Its story is under embargo: it waits until ${until.toISOString()}.`,
  });
  // Other words wait for nothing, and neither does what is planned for after its end.
  expect(await waitsOf(await make('Other words of another story of the valley.', { schedule: at }))).toBeNull();
  expect(await waitsOf(await make(text, { schedule: { at: later(6).toISOString() } }))).toBeNull();
  await editStory(here.context, storyId, { embargoUntil: null }, 'ed');
  for (const post of [before, after, own]) expect(await waitsOf(post)).toBeNull();
});
