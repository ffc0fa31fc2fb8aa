import { afterAll, beforeAll, expect, it } from 'vitest';
import { insertStory } from '../../src/store/story-likeness.ts';
import type { Installation } from './installation.ts';
import { openInstallation, problemOf } from './installation.ts';
import { join } from './member.ts';

/** What a story's links say of their campaign, over HTTP. */

let here: Installation;
let auth: Record<string, string>;
let storyId: string;
beforeAll(async () => {
  here = await openInstallation();
  auth = await here.key();
  storyId = here.context.io.id('story');
  const url = 'https://merrow-herald.example/budget';
  await insertStory(here.context.database, { id: storyId, title: 'Budget', url, urgency: 'normal' });
});
afterAll(() => here.close());

const patch = (payload: object) =>
  here.app.inject({ method: 'PATCH', url: `/v1/stories/${storyId}`, headers: auth, payload });
const post = async (link: string) => {
  const payload = {
    accountIds: [here.sandboxId],
    text: `At ${link}`,
    link,
    storyId,
    schedule: { at: '2031-03-01T08:00:00Z' },
  };
  const answer = await here.app.inject({ method: 'POST', url: '/v1/posts', headers: auth, payload });
  return answer.json<{ data: [{ id: string; link: string; state: string }] }>().data[0];
};
const read = async (id: string) =>
  (await here.app.inject({ url: `/v1/posts/${id}`, headers: auth })).json<{ link: string; state: string }>();

it('is set, shown, taken back, and in the audit with what was before', async () => {
  const set = await patch({ utm: { campaign: ' budget ', medium: null } });
  expect(set.json()).toMatchObject({ utm: { campaign: 'budget', medium: null }, urgency: 'normal' });
  expect((await patch({ urgency: 'breaking' })).json()).toMatchObject({ utm: { campaign: 'budget', medium: null } });
  expect((await patch({ utm: null })).json()).toMatchObject({ utm: null, urgency: 'breaking' });
  const audit = await here.app.inject({ url: `/v1/audit?subject=${storyId}`, headers: auth });
  expect(audit.json<{ data: object[] }>().data[0]).toMatchObject({ action: 'story.changed' });
});

it('changes the link of a scheduled post, which waits for approval again', async () => {
  const made = await post('https://merrow-herald.example/budget/tables');
  expect(made).toMatchObject({ state: 'scheduled', link: 'https://merrow-herald.example/budget/tables' });
  expect((await patch({ utm: { campaign: 'budget' } })).statusCode).toBe(200);
  expect(await read(made.id)).toMatchObject({
    state: 'in_review',
    link: 'https://merrow-herald.example/budget/tables?utm_campaign=budget',
  });
});

it('is refused where somebody has decided something else since it was read', async () => {
  await patch({ utm: { campaign: 'budget' } });
  const late = await patch({ utm: { campaign: 'council' }, utmSeen: null });
  expect(problemOf(late)).toMatchObject({ status: 412, detail: expect.stringContaining('somebody changed it') });
  expect((await patch({ urgency: 'normal' })).json()).toMatchObject({ utm: { campaign: 'budget' } });
  expect((await patch({ utm: { campaign: 'council' }, utmSeen: { campaign: 'budget' } })).statusCode).toBe(200);
  expect(problemOf(await patch({ utmSeen: null })).status).toBe(400);
});

it('says which parameter there is not, and which is empty', async () => {
  const { errors } = problemOf(await patch({ utm: { campaign: '  ', chanel: 'x' } }));
  expect(errors).toMatchObject([
    { pointer: '/utm/campaign', message: 'is empty: null leaves it out' },
    { pointer: expect.stringContaining('/utm') },
  ]);
});

it('is changed by who may publish only', async () => {
  const writer = await join(here, 'Ada Quill', 'writer');
  const refused = await writer.ask('PATCH', `/v1/stories/${storyId}`, { utm: null });
  expect(problemOf(refused).status).toBe(403);
});
