import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PostView } from '../../src/api/schemas/post.ts';
import { editStory } from '../../src/pipeline/stories.ts';
import { insertStory } from '../../src/store/story-likeness.ts';
import type { Installation } from './installation.ts';
import { openInstallation, problemOf } from './installation.ts';

/** A ready text that tells a story. */

const ENDS = new Date('2031-03-01T12:00:00Z');
let here: Installation;
let storyId: string;
beforeAll(async () => {
  here = await openInstallation();
  const { database, io } = here.context;
  storyId = io.id('story');
  const url = 'https://merrow-herald.example/budget';
  await insertStory(database, { id: storyId, title: 'Budget', url, urgency: 'breaking' });
  await editStory(here.context, storyId, { embargoUntil: ENDS }, 'user_ed');
});
afterAll(() => here.close());

async function ask(more: object, headers?: Record<string, string>) {
  const payload = { accountIds: [here.sandboxId], text: 'The budget stands.', storyId, ...more };
  return here.app.inject({ method: 'POST', url: '/v1/posts', headers: headers ?? (await here.key()), payload });
}

it.each(['now', { at: '2031-03-01T08:00:00Z' }])(
  'waits for the end of its embargo, whatever its time: %j',
  async (schedule) => {
    const answer = await ask({ schedule });
    expect(answer.statusCode).toBe(201);
    const post = answer.json<{ data: [PostView] }>().data[0];
    expect(post).toMatchObject({ storyId, urgency: 'breaking', state: 'scheduled', wakeAt: ENDS.toISOString() });
  },
);

it('waits for it too where it is approved later', async () => {
  const { id } = (await ask({ schedule: 'review' })).json<{ data: [PostView] }>().data[0];
  const headers = await here.key();
  const payload = { schedule: { now: true } };
  const answer = await here.app.inject({ method: 'POST', url: `/v1/posts/${id}/approve`, headers, payload });
  expect(answer.json<PostView>()).toMatchObject({ state: 'scheduled', wakeAt: ENDS.toISOString() });
});

it('is refused where it is worthless before the embargo ends', async () => {
  const answer = await ask({ schedule: 'now', worthlessAfter: '2031-02-01T12:00:00Z' });
  expect(answer.statusCode).toBe(409);
  expect(problemOf(answer).detail).toContain('before the embargo of its story ends at 2031-03-01T12:00:00.000Z');
});

it('is refused where there is no such story', async () => {
  const answer = await ask({ storyId: 'story_gone' });
  expect(answer.statusCode).toBe(400);
  expect(problemOf(answer).errors).toMatchObject([{ pointer: '/storyId', code: 'not-found' }]);
});

it('comes from no test key', async () => {
  const answer = await ask({ schedule: 'draft' }, await here.key(['posts:write'], true));
  expect(answer.statusCode).toBe(403);
});
