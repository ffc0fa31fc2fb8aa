import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PostView } from '../../src/api/schemas/post.ts';
import { claimPost } from '../../src/store/claim.ts';
import { keptBackBy } from '../../src/store/keeper.ts';
import { insertStory } from '../../src/store/story-likeness.ts';
import type { Installation } from './installation.ts';
import { openInstallation, problemOf } from './installation.ts';

let here: Installation;
let headers: Record<string, string>;
beforeAll(async () => {
  here = await openInstallation();
  headers = await here.key();
});
afterAll(() => here.close());

function ask(method: 'GET' | 'POST' | 'PATCH', url: string, payload?: object, more: Record<string, string> = {}) {
  return here.app.inject({
    method,
    url,
    headers: { ...headers, ...more },
    ...(payload === undefined ? {} : { payload }),
  });
}

async function makePost(more: object = {}): Promise<PostView> {
  const body = { accountIds: [here.sandboxId], text: 'A ferry is late.', ...more };
  const answer = await ask('POST', '/v1/posts', body);
  expect(answer.statusCode).toBe(201);
  return answer.json<{ data: [PostView] }>().data[0];
}
const read = async (id: string): Promise<PostView> => (await ask('GET', `/v1/posts/${id}`)).json<PostView>();

describe('a hold', () => {
  it('is seen at every post it matches, with who placed it and why, until it is lifted', async () => {
    const [named, other] = [await makePost({ text: 'The mayor of Port Merrow resigns.' }), await makePost()];
    const placed = await ask('POST', '/v1/holds', { scope: 'word', target: 'port merrow', reason: 'A court order.' });
    expect(placed.statusCode).toBe(201);
    const hold = placed.json<{ id: string }>();
    const shown = await read(named.id);
    expect(shown.held).toBe(true);
    expect(shown.heldBy).toMatchObject([
      { id: hold.id, reason: 'A court order.', placedBy: expect.stringMatching(/^key_/), placedByName: 'test' },
    ]);
    expect(await read(other.id)).toMatchObject({ held: false, heldBy: [] });
    const listed = await ask('GET', '/v1/holds');
    expect(listed.json()).toMatchObject({
      data: [{ id: hold.id, scope: 'word', target: 'port merrow', placedByName: 'test', liftedAt: null }],
    });
    const lifted = await ask('POST', `/v1/holds/${hold.id}/lift`, { resume: 'as-planned' });
    expect(lifted.json()).toMatchObject({ resume: 'as-planned', liftedBy: expect.stringMatching(/^key_/) });
    expect((await read(named.id)).held).toBe(false);
    expect((await ask('GET', '/v1/holds')).json<{ data: [] }>().data).toEqual([]);
    expect((await ask('GET', '/v1/holds?state=all')).json<{ data: object[] }>().data).toHaveLength(1);
    const again = await ask('POST', `/v1/holds/${hold.id}/lift`, { resume: 'shift' });
    expect(again.statusCode).toBe(409);
    expect(problemOf(again).detail).toMatch(/was lifted at/);
  });

  it('on a word holds what says it, however it is quoted, and nothing for how a post is stored', async () => {
    const texts = [
      'Sheila O’Brien resigns.',
      'The \\ “Gull” sails\nat last.',
      'A text about media and cards.',
      'A ferry is late.',
    ];
    const posts = await Promise.all(texts.map((text) => makePost({ text })));
    const heldBy = async (target: string): Promise<boolean[]> => {
      const placed = await ask('POST', '/v1/holds', { scope: 'word', target, reason: 'A court order.' });
      const shown = await Promise.all(posts.map(async ({ id }) => (await read(id)).held));
      await ask('POST', `/v1/holds/${placed.json<{ id: string }>().id}/lift`, { resume: 'as-planned' });
      return shown;
    };
    expect(await heldBy("o'brien")).toEqual([true, false, false, false]);
    expect(await heldBy('the \\ "gull" sails\nAt')).toEqual([false, true, false, false]);
    expect(await heldBy('media')).toEqual([false, false, true, false]);
    expect(await heldBy('text')).toEqual([false, false, true, false]);
  });

  it('on a name misses it in no way of writing it', async () => {
    const ways: [target: string, text: string][] = [
      [' Brandt ', 'A trial of Ilse Brandt.'],
      ['Ilse Brandt', 'The trial begins. #IlseBrandt'],
      ['Ilse Brandt', 'By @ilse_brandt, of'],
      ['Ilse Brandt', 'Ilse\u00a0Brandt'],
      ['Ilse Brandt', 'Ilse\r\n  Brandt'],
      ['Ilse Brandt', 'Ilse Br\u00adan\u200bdt\u2060'],
      ['Ilse Brandt', '**Ilse** Brandt'],
      ['Ilse Brandt', 'https://gazette.example/ilse-brandt-trial'],
      ['Jose\u0301 Mu\u0308ller', 'Jos\u00e9 M\u00fcller'],
      ['Jos\u00e9 M\u00fcller', 'Jose\u0301 Mu\u0308ller'],
      ['"Ilse"', '\u201eIlse\u201c'],
      ['"Ilse"', '\u00abIlse\u00bb'],
      ['Jean-Luc', 'Jean\u2011Luc'],
      ['Jean-Luc', 'Jean Luc'],
      ["O'Brien", 'O\u02bcBrien'],
      ['Straße', 'STRASSE'],
      ['strasse', 'STRAẞE'],
      ['fire', '\ufb01re'],
      ['Søren', 'SØREN'],
      ['Йорданов', 'ЙОРДАНОВ'],
      ['Ευγένιος', 'ΕΥΓΕΝΙΟΣ'],
      ['art', 'A party.'],
      ['محمد', 'قال مُحَمَّد اليوم'],
      ['مُحَمَّد', 'قال محـــمد اليوم'],
      ['שלום', 'אמר שָׁלוֹם.'],
      ['שָׁלוֹם', 'אמר שלום.'],
      ['US', 'By the U.S. court.'],
      ['U.S. court', 'By the US court.'],
      ['OJ Simpson', 'On O.J. Simpson'],
      ['J.R.R. Tolkien', 'By J. R. R. Tolkien and JRR Tolkien'],
      ['JRR Tolkien', 'By J.R.R. Tolkien'],
      ['Dr. Strange', 'A Dr Strange said'],
      ['Dr Strange', 'A Dr. Strange said'],
      ['dr strange', 'DR. STRANGE SAID'],
      ['Ilse Brandt.', 'To Ilse Brandt it was'],
      ['azette.ex', 'https://gazette.example/a'],
      ['ess. Th', 'In the press. Then'],
    ];
    const posts = await Promise.all(ways.map(([, text]) => makePost({ text })));
    const missed = [];
    for (const [index, [target, text]] of ways.entries()) {
      const placed = await ask('POST', '/v1/holds', { scope: 'word', target, reason: 'A court order.' });
      const { id } = placed.json<{ id: string }>();
      if (!(await read(posts[index]?.id ?? '')).heldBy.some((hold) => hold.id === id)) missed.push([target, text]);
      await ask('POST', `/v1/holds/${id}/lift`, { resume: 'as-planned' });
    }
    expect(missed).toEqual([]);
  });

  it('on a word takes the end of a sentence and the point of a number for no abbreviation', async () => {
    const texts = ['In the US.Then 3.5 went.', 'In the US. Then it did.', 'To Sheila. Brandt was late.'];
    const posts = await Promise.all(texts.map((text) => makePost({ text })));
    for (const target of ['US Then', '35', 'Sheila Brandt']) {
      const placed = await ask('POST', '/v1/holds', { scope: 'word', target, reason: 'A court order.' });
      expect(await Promise.all(posts.map(async ({ id }) => (await read(id)).held))).toEqual([false, false, false]);
      await ask('POST', `/v1/holds/${placed.json<{ id: string }>().id}/lift`, { resume: 'as-planned' });
    }
  });

  it('on a name finds it over the border of two messages of a thread, between which numbers, links and tags stand', async () => {
    const { database } = here.context;
    const parts = (...texts: string[]): object[] =>
      texts.map((text) => ({ text, media: [], card: { url: 'u', title: 't', description: 'd', image: null } }));
    const threads = [
      parts('A trial of Ilse', 'Brandt begins.'),
      parts('1/2 A trial of Ilse\n\nhttps://gazette.example/1 #Court', '2/2 Brandt begins.'),
      parts('A trial of Ilse Novak.', 'Brandt begins.'),
    ];
    const posts = await Promise.all(threads.map(() => makePost()));
    for (const [index, thread] of threads.entries()) {
      const values = [posts[index]?.id, JSON.stringify(thread)];
      await database.run(`UPDATE standfirst.post_revision SET parts = $2 WHERE post_id = $1`, values);
    }
    const placed = await ask('POST', '/v1/holds', { scope: 'word', target: 'Ilse Brandt', reason: 'A court order.' });
    expect(await Promise.all(posts.map(async ({ id }) => (await read(id)).held))).toEqual([true, true, false]);
    await ask('POST', `/v1/holds/${placed.json<{ id: string }>().id}/lift`, { resume: 'as-planned' });
  });

  it('on a word that has nothing to look for is refused', async () => {
    for (const target of ['#', '„“', '\u200b-', ' _ ', '...', 'ـ']) {
      const refused = await ask('POST', '/v1/holds', { scope: 'word', target, reason: 'A court order.' });
      expect(refused.statusCode, target).toBe(400);
      expect(problemOf(refused).errors).toMatchObject([{ pointer: '/target' }]);
    }
    expect((await ask('POST', '/v1/holds', { scope: 'word', target: '€', reason: 'x' })).statusCode).toBe(201);
  });

  it('says what is wrong with it: a target that is missing, too much, or nowhere, and how to resume', async () => {
    const fault = async (body: object): Promise<unknown> => problemOf(await ask('POST', '/v1/holds', body)).errors;
    expect(await fault({ scope: 'word', reason: 'x' })).toMatchObject([{ pointer: '/target' }]);
    expect(await fault({ scope: 'all', target: 'x', reason: 'x' })).toMatchObject([{ pointer: '/target' }]);
    expect(await fault({ scope: 'account', target: 'acc_gone', reason: 'x' })).toMatchObject([{ pointer: '/target' }]);
    expect(await fault({ scope: 'network', target: 'gazette', reason: 'x' })).toMatchObject([
      { code: 'unknown-network' },
    ]);
    expect((await ask('POST', '/v1/holds/hold_gone/lift', { resume: 'shift' })).statusCode).toBe(404);
    expect((await ask('POST', '/v1/holds/hold_gone/lift', { resume: 'later' })).statusCode).toBe(400);
  });

  it('of one post says by whom and why, is one, and is resumed on its own', async () => {
    const [post, other] = [await makePost({ schedule: { at: '2030-01-15T08:30:00Z' } }), await makePost()];
    const path = `/v1/posts/${post.id}`;
    const stale = await ask('POST', `${path}/hold`, { reason: 'x' }, { 'if-match': `"${post.version + 1}"` });
    expect(stale.statusCode).toBe(412);
    const held = await ask('POST', `${path}/hold`, { reason: 'The figure is disputed.' });
    expect(held.json()).toMatchObject({
      held: true,
      heldBy: [
        { scope: 'post', target: post.id, reason: 'The figure is disputed.', placedBy: expect.stringMatching(/^key_/) },
      ],
    });
    expect((await read(other.id)).held).toBe(false);
    const twice = await ask('POST', `${path}/hold`, { reason: 'Once more.' });
    expect(twice.statusCode).toBe(409);
    expect(problemOf(twice).detail).toContain('The figure is disputed.');
    const resumed = await ask('POST', `${path}/resume`);
    expect(resumed.json()).toMatchObject({ held: false, state: 'scheduled', dueAt: '2030-01-15T08:30:00.000Z' });
    expect(problemOf(await ask('POST', `${path}/resume`)).detail).toContain('has no hold of its own');
    await ask('POST', `/v1/posts/${other.id}/cancel`);
    expect((await ask('POST', `/v1/posts/${other.id}/hold`, { reason: 'x' })).statusCode).toBe(409);
    const audit = (await ask('GET', `/v1/audit?action=publishing&limit=2`)).json<{ data: { action: string }[] }>().data;
    expect(audit.map(({ action }) => action)).toEqual(['publishing.resumed', 'publishing.held']);
  });

  it('of one post lets no claim win, from the moment it is placed', async () => {
    const [post, other] = [await makePost({ schedule: 'now' }), await makePost({ schedule: 'now' })];
    expect((await ask('POST', `/v1/posts/${post.id}/hold`, { reason: 'x' })).statusCode).toBe(200);
    const { database, io } = here.context;
    const claim = (postId: string) =>
      claimPost(database, { postId, workerId: 'w1', attemptId: io.id('attempt'), phase: 'sent' });
    expect(await claim(post.id)).toBeNull();
    expect(await claim(other.id)).toMatchObject({ postId: other.id });
    expect((await ask('POST', `/v1/posts/${post.id}/resume`)).statusCode).toBe(200);
    expect(await claim(post.id)).toMatchObject({ postId: post.id });
    // What is under way is held as well: no later request of it leaves.
    expect((await ask('POST', `/v1/posts/${post.id}/hold`, { reason: 'x' })).statusCode).toBe(200);
    expect(await keptBackBy(database, post.id, 0, 1)).toBe('held');
    expect((await ask('POST', `/v1/posts/${post.id}/resume`)).statusCode).toBe(200);
  });

  it('of many posts is one bulk call, and so is going on', async () => {
    const ids = [(await makePost()).id, (await makePost()).id, 'post_none'];
    const held = await ask('POST', '/v1/post-actions', { action: 'hold', ids, with: { reason: 'Wait for the desk.' } });
    expect(held.json()).toMatchObject({ done: 2, refused: 1, results: [{ post: { held: true } }, {}, { post: null }] });
    const on = await ask('POST', '/v1/post-actions', { action: 'resume', ids: ids.slice(0, 2) });
    expect(on.json()).toMatchObject({ done: 2, results: [{ post: { held: false } }, { post: { held: false } }] });
  });

  it('is placed and lifted by those who may publish, and seen by all who read posts', async () => {
    const writer = await here.key(['posts:write', 'posts:read']);
    expect((await ask('POST', '/v1/holds', { scope: 'all', reason: 'x' }, writer)).statusCode).toBe(403);
    expect((await ask('GET', '/v1/holds', undefined, writer)).statusCode).toBe(200);
  });
});

describe('a story', () => {
  it('is put under embargo and let out again; its scheduled posts wake at the end of it', async () => {
    const post = await makePost({ schedule: { at: '2030-01-15T08:30:00Z' } });
    const { database, io } = here.context;
    const storyId = io.id('story');
    await insertStory(database, { id: storyId, title: 'Budget', url: null, urgency: 'normal' });
    await database.run(`UPDATE standfirst.post SET story_id = $2 WHERE id = $1`, [post.id, storyId]);
    const url = `/v1/stories/${storyId}`;
    const set = await ask('PATCH', url, { embargoUntil: '2030-01-16T06:00:00+02:00' });
    expect(set.json()).toMatchObject({ embargoUntil: '2030-01-16T04:00:00.000Z', urgency: 'normal' });
    expect(await read(post.id)).toMatchObject({
      dueAt: '2030-01-15T08:30:00.000Z',
      wakeAt: '2030-01-16T04:00:00.000Z',
    });
    const urgent = await ask('PATCH', url, { urgency: 'breaking' });
    expect(urgent.json()).toMatchObject({ embargoUntil: '2030-01-16T04:00:00.000Z', urgency: 'breaking' });
    expect(await read(post.id)).toMatchObject({ urgency: 'breaking', staleAt: '2030-01-16T05:00:00.000Z' });
    expect((await ask('PATCH', url, { embargoUntil: null })).json()).toMatchObject({ embargoUntil: null });
    const [wakeAt, staleAt] = ['2030-01-15T08:30:00.000Z', '2030-01-15T09:30:00.000Z'];
    expect(await read(post.id)).toMatchObject({ wakeAt, staleAt });
    expect((await ask('PATCH', url, {})).statusCode).toBe(400);
    const far = await ask('PATCH', url, { embargoUntil: '9999-01-16T06:00:00Z' });
    expect(problemOf(far).errors).toMatchObject([{ pointer: '/embargoUntil', code: 'too-far-ahead' }]);
    expect((await ask('PATCH', '/v1/stories/story_gone', { urgency: 'normal' })).statusCode).toBe(404);
  });
});

describe('when a post is worthless', () => {
  it('is said when it is made, or later, without touching its text or approval', async () => {
    const made = await makePost({ schedule: { at: '2030-01-15T08:30:00Z' }, worthlessAfter: '2030-01-15T09:00:00Z' });
    expect(made).toMatchObject({ staleAt: '2030-01-15T09:00:00.000Z', worthlessAfter: '2030-01-15T09:00:00.000Z' });
    const change = { worthlessAfter: '2030-01-15T12:00:00Z' };
    const changed = await ask('PATCH', `/v1/posts/${made.id}`, change, { 'if-match': `"${made.version}"` });
    expect(changed.json()).toMatchObject({ state: 'scheduled', revision: 1, staleAt: '2030-01-15T12:00:00.000Z' });
    const { version } = changed.json<PostView>();
    const back = await ask('PATCH', `/v1/posts/${made.id}`, { worthlessAfter: null }, { 'if-match': `"${version}"` });
    expect(back.json()).toMatchObject({ staleAt: '2030-01-15T20:30:00.000Z', worthlessAfter: null });
    const move = await ask('POST', `/v1/posts/${made.id}/schedule`, { at: '2030-01-15T10:30:00Z' });
    expect(move.json()).toMatchObject({ staleAt: '2030-01-15T22:30:00.000Z' });
  });

  it('is refused where it is past, or before the time the post is to go out', async () => {
    const made = await makePost();
    const past = { worthlessAfter: '2020-01-15T12:00:00Z' };
    const answer = await ask('PATCH', `/v1/posts/${made.id}`, past, { 'if-match': '"1"' });
    expect(problemOf(answer).errors).toMatchObject([{ pointer: '/worthlessAfter', code: 'in-the-past' }]);
    const body = { accountIds: [here.sandboxId], text: 'Late.', worthlessAfter: '2030-01-15T09:00:00Z' };
    const late = await ask('POST', '/v1/posts', { ...body, schedule: { at: '2030-01-15T10:00:00Z' } });
    expect(late.statusCode).toBe(400);
    expect(problemOf(late).detail).toMatch(/^2030-01-15T09:00:00.000Z is not after the time of the post/);
  });

  it('may be the end of the approval', async () => {
    const made = await makePost({ schedule: 'review' });
    const approval = { schedule: { at: '2030-01-15T08:30:00Z' }, until: '2030-01-15T09:00:00Z' };
    const approved = await ask('POST', `/v1/posts/${made.id}/approve`, approval);
    const until = '2030-01-15T09:00:00.000Z';
    expect(approved.json()).toMatchObject({ state: 'scheduled', approvedUntil: until, staleAt: until });
  });
});

describe('a recurrence', () => {
  it('is made of an approved post, listed with its next time, and ended', async () => {
    const draft = await makePost();
    const rule = { time: '08:30', days: ['mon'], timeZone: 'Europe/Bucharest' };
    const refused = await ask('POST', '/v1/recurrences', { postId: draft.id, ...rule });
    expect(problemOf(refused).detail).toMatch(/is not approved as it stands now/);
    const post = await makePost({ schedule: { at: '2030-01-15T08:30:00Z' } });
    const made = await ask('POST', '/v1/recurrences', { postId: post.id, ...rule });
    expect(made.statusCode).toBe(201);
    const { id } = made.json<{ id: string }>();
    const listed = (await ask('GET', '/v1/recurrences')).json<{ data: { id: string; nextAt: string }[] }>().data;
    expect(listed).toMatchObject([{ id, postId: post.id, ...rule }]);
    expect(new Date(listed[0]?.nextAt ?? '').getUTCDay()).toBe(1);
    const end = () => here.app.inject({ method: 'DELETE', url: `/v1/recurrences/${id}`, headers });
    expect((await end()).statusCode).toBe(204);
    expect((await end()).statusCode).toBe(404);
  });
});

describe('an account’s slots', () => {
  it('are set with its other rules, drawn for a plan, and taken by the next post', async () => {
    const url = `/v1/accounts/${here.sandboxId}`;
    const before = (await ask('GET', url)).json<{ version: number }>();
    const settings = {
      slots: [{ time: '08:30', days: ['mon', 'tue'] }],
      quietHours: [{ from: '22:00', to: '07:00' }],
      hourlyCap: 4,
    };
    const set = await ask('PATCH', url, { settings }, { 'if-match': `"${before.version}"` });
    expect(set.json()).toMatchObject({ settings: { slots: settings.slots, minGapMs: 0, hourlyCap: 4 } });
    const stale = await ask('PATCH', url, { settings }, { 'if-match': `"${before.version}"` });
    expect(stale.statusCode).toBe(412);
    const span = 'from=2030-01-14T00:00:00Z&to=2030-01-16T00:00:00Z';
    const made = await makePost({ schedule: { wallTime: '2030-01-14T08:30', timeZone: 'Europe/Bucharest' } });
    const plan = await ask('GET', `${url}/slots?${span}`);
    expect(plan.json()).toMatchObject({
      timeZone: 'Europe/Bucharest',
      slots: [
        { at: made.dueAt, taken: true },
        { at: '2030-01-15T06:30:00.000Z', taken: false },
      ],
      nextFree: '2030-01-15T06:30:00.000Z',
    });
    const slotted = await makePost({ schedule: { nextSlot: true } });
    expect(new Date(slotted.dueAt ?? '').toLocaleTimeString('en-GB', { timeZone: 'Europe/Bucharest' })).toBe(
      '08:30:00',
    );
    expect((await ask('GET', `${url}/slots?from=2030-01-14T00:00:00Z&to=2031-01-14T00:00:00Z`)).statusCode).toBe(400);
  });

  it('are told what is wrong with them, all at once', async () => {
    const answer = await ask('POST', '/v1/accounts', {
      network: 'sandbox',
      settings: { timeZone: 'Europe/Atlantis', slots: [{ time: '24:00', days: [] }], hourlyCap: 0 },
    });
    const pointers = problemOf(answer)
      .errors?.map((error) => error.pointer)
      .sort();
    expect(pointers).toEqual([
      '/settings/hourlyCap',
      '/settings/slots/0/days',
      '/settings/slots/0/time',
      '/settings/timeZone',
    ]);
  });
});
