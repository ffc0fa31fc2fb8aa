import { afterAll, beforeAll, expect, it } from 'vitest';
import { ingest } from '../../src/pipeline/ingest.ts';
import { keysOfUrl } from '../../src/pipeline/place.ts';
import { getArticle } from '../../src/store/article.ts';
import { getStory } from '../../src/store/story.ts';
import { addStoryKeys, insertStory } from '../../src/store/story-likeness.ts';
import type { Installation } from './installation.ts';
import { openInstallation, problemOf } from './installation.ts';

/** An embargo moves what is approved: on a story that is there, handing in an article asks for what `PATCH` asks for. */

const UNTIL = '2030-01-01T00:00:00.000Z';
const text = 'The council of Westmouth approves the budget for the next year after a debate of four hours. '.repeat(12);
let here: Installation;
let serial = 0;
beforeAll(async () => {
  here = await openInstallation();
});
afterAll(() => here.close());

/** The id and the address of a story that is there. */
async function story(): Promise<{ id: string; url: string }> {
  const { database, io } = here.context;
  const [id, url] = [io.id('story'), `https://paper.example/budget-${++serial}`];
  await insertStory(database, { id, title: 'Budget', url, urgency: 'normal' });
  await addStoryKeys(database, id, keysOfUrl(url));
  return { id, url };
}
async function handIn(scopes: Parameters<Installation['key']>[0], payload: object) {
  const headers = await here.key(scopes);
  return here.app.inject({ method: 'POST', url: '/v1/articles', headers, payload: { text, ...payload } });
}
const embargoOf = async (id: string): Promise<string | undefined> =>
  (await getStory(here.context.database, id))?.embargoUntil?.toISOString();

it('is refused with one sentence to whoever may not schedule', async () => {
  const { id, url } = await story();
  const answer = await handIn(['articles:write'], { url, embargoUntil: UNTIL });
  expect(answer.statusCode).toBe(403);
  expect(problemOf(answer).detail).toMatch(new RegExp(`^Story ${id} is there already, .* posts:publish\\.`));
  expect(await embargoOf(id)).toBeUndefined();
});

it('is put by whoever may, and by nobody else at the reading, where the story was found after the answer', async () => {
  const { context } = here;
  const url = `https://paper.example/late-${++serial}`;
  const late = await handIn(['articles:write'], { url, embargoUntil: UNTIL });
  expect(late.statusCode).toBe(202);
  const id = context.io.id('story');
  await insertStory(context.database, { id, title: 'Late', url, urgency: 'normal' });
  await addStoryKeys(context.database, id, keysOfUrl(url));
  const { id: articleId } = late.json<{ id: string }>();
  await ingest(context, articleId);
  expect(await getArticle(context.database, articleId)).toMatchObject({
    state: 'refused',
    refusal: { reason: 'not-allowed', detail: expect.stringContaining('posts:publish') },
  });
  expect(await embargoOf(id)).toBeUndefined();
  const may = await handIn(['articles:write', 'posts:publish'], { url, embargoUntil: UNTIL });
  await ingest(context, may.json<{ id: string }>().id);
  expect(await embargoOf(id)).toBe(UNTIL);
  // It moves nothing any more: handed in again by the first, it is taken.
  expect((await handIn(['articles:write'], { url, embargoUntil: UNTIL })).statusCode).toBe(202);
});

it('of a new story is given by whoever hands it in', async () => {
  const url = `https://paper.example/new-${++serial}`;
  const answer = await handIn(['articles:write'], { url, embargoUntil: UNTIL });
  const { id: articleId } = answer.json<{ id: string }>();
  await ingest(here.context, articleId);
  const article = await getArticle(here.context.database, articleId);
  expect(article?.state).toBe('ready');
  expect(await embargoOf(article?.storyId ?? '')).toBe(UNTIL);
});
