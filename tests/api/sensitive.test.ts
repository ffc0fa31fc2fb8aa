import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Scope } from '../../src/api/access.ts';
import { scopeNames } from '../../src/api/access.ts';
import type { PostView } from '../../src/api/schemas/post.ts';
import type { Installation } from './installation.ts';
import { openInstallation, problemOf } from './installation.ts';
import type { Member } from './member.ts';
import { join } from './member.ts';

let here: Installation;
let publisher: Member;
let key: Record<string, string>;
beforeAll(async () => {
  here = await openInstallation();
  publisher = await join(here, 'Petra', 'publisher');
  key = await here.key();
  const rules = { hashtags: { sensitive: ['Harbour Board', 'arson'] } };
  const set = await here.app.inject({
    method: 'PUT',
    url: '/v1/house-rules',
    headers: { ...key, 'if-match': '"0"' },
    payload: rules,
  });
  expect(set.statusCode).toBe(200);
});
afterAll(() => here.close());

const later = (): { at: string } => ({ at: new Date(Date.now() + 3_600_000).toISOString() });
const send = (url: string, payload: object, headers = key) =>
  here.app.inject({ method: 'POST', url, headers, payload });
const post = (more: object, headers = key) =>
  send('/v1/posts', { accountIds: [here.sandboxId], schedule: later(), ...more }, headers);
const made = (answer: Awaited<ReturnType<typeof post>>): PostView => answer.json<{ data: [PostView] }>().data[0];
const without = (...lacking: Scope[]) => here.key(scopeNames.filter((scope) => !lacking.includes(scope)));

describe('words that reach the readers', () => {
  it('are approved by whoever gives them a time: both scopes are needed, in every way', async () => {
    const text = { text: 'The lock keeper has the day off.' };
    for (const lacking of ['posts:approve', 'posts:publish'] as const) {
      const headers = await without(lacking);
      const refused = await post(text, headers);
      expect(refused.statusCode).toBe(403);
      expect(problemOf(refused).detail).toContain(lacking);
      const rows = [{ accountIds: [here.sandboxId], ...text, schedule: 'now' }];
      expect((await send('/v1/post-imports', { rows }, headers)).statusCode).toBe(403);
      const { id } = made(await post({ ...text, schedule: 'review' }, headers));
      expect((await send(`/v1/posts/${id}/approve`, { schedule: 'now' }, headers)).statusCode).toBe(403);
      expect((await here.app.inject({ url: `/v1/posts/${id}`, headers })).json<PostView>().state).toBe('in_review');
    }
    expect(made(await post(text)).state).toBe('scheduled');
  });

  it('are approved by whoever puts them on a post that is out', async () => {
    const { id } = made(await post({ text: 'The weir is closed.' }));
    await here.context.database.run(`UPDATE standfirst.post SET state = 'published' WHERE id = $1`, [id]);
    const headers = await without('posts:approve');
    const refused = await send(`/v1/posts/${id}/correct`, { text: 'The weir is open.' }, headers);
    expect(refused.statusCode).toBe(403);
    expect(problemOf(refused).detail).toContain('posts:approve');
    const plan = await send('/v1/corrections/cor_none/carry-out', { choices: [] }, headers);
    expect(plan.statusCode).toBe(403);
  });
});

describe('a text with a name that the house calls sensitive', () => {
  it.each([
    ['in its words', { text: 'The harbour board resigned on Monday.' }],
    ['in a hashtag', { text: 'All of them resigned on Monday. #HarbourBoard' }],
    ['in a later message', { parts: [{ text: 'A fire in the old mill.' }, { text: 'The police speak of arson.' }] }],
    [
      'on its link card',
      { parts: [{ text: 'Read this.', card: { url: 'https://merrow.example/1', title: 'Arson in the mill' } }] },
    ],
  ])('%s waits in review where a key sends it, and says why', async (_, given) => {
    const answer = await post(given);
    expect(answer.statusCode).toBe(201);
    const waiting = made(answer);
    expect(waiting).toMatchObject({ state: 'in_review', dueAt: null, approvedBy: null });
    expect(waiting.reason).toMatch(
      /^A person decides, because it names (Harbour Board|arson), which the house rules call sensitive\.$/,
    );
  });

  it('goes where no such name is in it, also as part of another word', async () => {
    expect(made(await post({ text: 'The parson of Harbour Boardwalk sails.' })).state).toBe('scheduled');
  });

  it('goes where the person behind the key has looked, or sends it', async () => {
    const text = 'The harbour board thanks the volunteers.';
    expect(made(await post({ text, confirmSensitive: true })).state).toBe('scheduled');
    const byPerson = await publisher.ask('POST', '/v1/posts', {
      accountIds: [here.sandboxId],
      text: 'The harbour board meets today.',
      schedule: later(),
    });
    expect(made(byPerson).state).toBe('scheduled');
  });

  it('waits out of a file too, and the report says which', async () => {
    const csv = 'accounts,text,schedule\nSandbox,Arson at the depot.,next-slot\nSandbox,A new ferry sails.,next-slot\n';
    type Report = { rows: { postIds: string[]; reason: string | null }[] };
    const dry = (await send('/v1/post-imports', { csv, dryRun: true })).json<Report>();
    expect(dry.rows.map(({ reason }) => reason)).toEqual([expect.stringContaining('it names arson'), null]);
    const { rows } = (await send('/v1/post-imports', { csv })).json<Report>();
    expect(rows[0]?.reason).toContain('it names arson');
    const states = await Promise.all(
      rows.map(
        async ({ postIds: [id] }) =>
          (await here.app.inject({ url: `/v1/posts/${id}`, headers: key })).json<PostView>().state,
      ),
    );
    expect(states).toEqual(['in_review', 'scheduled']);
  });

  it('is approved by a person, or by a key that says a person has looked; not by a key alone', async () => {
    const ids = await Promise.all(
      ['one', 'two'].map(async (n) => made(await post({ text: `Arson in street ${n}.`, schedule: 'review' })).id),
    );
    const [first = '', second = ''] = ids;
    const refused = await send(`/v1/posts/${first}/approve`, {});
    expect(refused.statusCode).toBe(409);
    expect(problemOf(refused).errors).toMatchObject([{ pointer: '/confirmSensitive', code: 'sensitive' }]);
    expect((await send('/v1/post-actions', { action: 'approve', ids })).json()).toMatchObject({ done: 0, refused: 2 });
    const seen = await here.app.inject({ url: `/v1/posts/${first}`, headers: key });
    expect(seen.json<PostView>().state).toBe('in_review');
    expect((await publisher.ask('POST', `/v1/posts/${first}/approve`)).statusCode).toBe(200);
    expect((await send(`/v1/posts/${second}/approve`, { confirmSensitive: true })).statusCode).toBe(200);
  });

  it('is new on a post that is out only where a person has looked', async () => {
    const { id } = made(await post({ text: 'Fire in the granary.' }));
    await here.context.database.run(`UPDATE standfirst.post SET state = 'published' WHERE id = $1`, [id]);
    const refused = await send(`/v1/posts/${id}/correct`, { text: 'Arson in the granary.' });
    expect(refused.statusCode).toBe(409);
    expect(problemOf(refused).errors).toMatchObject([{ code: 'sensitive' }]);
  });
});
