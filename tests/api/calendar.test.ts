import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import type { calendarView } from '../../src/api/schemas/calendar.ts';
import type { PostView } from '../../src/api/schemas/post.ts';
import type { postTimes, slotPlanPage } from '../../src/api/schemas/slot.ts';
import { compose } from '../../src/pipeline/compose.ts';
import { ingest } from '../../src/pipeline/ingest.ts';
import { summarize } from '../../src/pipeline/summarize.ts';
import { insertStory } from '../../src/store/story-likeness.ts';
import type { Installation } from './installation.ts';
import { openInstallation, problemOf } from './installation.ts';
import { join } from './member.ts';

type Calendar = z.infer<typeof calendarView>;
type Times = z.infer<typeof postTimes>;
type Plans = z.infer<typeof slotPlanPage>;

let here: Installation;
let headers: Record<string, string>;
let front: string;
beforeAll(async () => {
  here = await openInstallation();
  headers = await here.key();
  front = await account('Front page', { minGapMs: 600_000, quietHours: [{ from: '22:00', to: '07:00' }], dailyCap: 4 });
});
afterAll(() => here.close());

function ask(method: 'GET' | 'POST' | 'PATCH', url: string, payload?: object, as = headers) {
  return here.app.inject({ method, url, headers: as, ...(payload === undefined ? {} : { payload }) });
}

async function account(name: string, settings: object): Promise<string> {
  return (await ask('POST', '/v1/accounts', { network: 'sandbox', name, settings })).json<{ id: string }>().id;
}

async function post(accountId: string, wallTime: string | null, more: object = {}): Promise<PostView> {
  const schedule = wallTime === null ? 'review' : { wallTime, timeZone: 'Europe/Bucharest' };
  const made = await ask('POST', '/v1/posts', { accountIds: [accountId], text: 'A ferry is late.', schedule, ...more });
  if (made.statusCode !== 201) throw new Error(made.body);
  return made.json<{ data: [PostView] }>().data[0];
}

async function calendar(query: string): Promise<Calendar> {
  const answer = await ask('GET', `/v1/calendar?${query}`);
  expect(answer.statusCode).toBe(200);
  return answer.json<Calendar>();
}

describe('the calendar', () => {
  it('counts posts by day on the newsroom’s clock, or on another, and shows the first of each day', async () => {
    const mine = await account('Counted', {});
    const late = await post(mine, '2031-05-06T23:30');
    const noon = await post(mine, '2031-05-06T12:00');
    const next = await post(mine, '2031-05-07T00:00');
    await ask('POST', `/v1/posts/${next.id}/cancel`, {});
    const { timeZone, stretches } = await calendar(`from=2031-05-05&days=7&most=1&account=${mine}`);
    expect(timeZone).toBe('Europe/Bucharest');
    expect(stretches).toMatchObject([
      {
        from: '2031-05-05T21:00:00.000Z',
        to: '2031-05-06T21:00:00.000Z',
        count: 2,
        states: { scheduled: 2 },
        posts: [{ id: noon.id }],
      },
      { from: '2031-05-06T21:00:00.000Z', count: 1, states: { cancelled: 1 }, posts: [{ id: next.id }] },
    ]);
    expect(stretches[0]?.posts).toHaveLength(1);
    const inUtc = await calendar(`from=2031-05-06&days=1&account=${mine}&timeZone=UTC`);
    expect(inUtc.stretches).toMatchObject([{ count: 3, posts: [{ id: noon.id }, { id: late.id }, { id: next.id }] }]);
  });

  it('divides a day of 23 hours into 23, and one of 25 into 25, none of them twice', async () => {
    const mine = await account('By the hour', {});
    for (const instant of ['2031-10-26T00:30:00Z', '2031-10-26T01:30:00Z'])
      await post(mine, null, { schedule: { at: instant } });
    const { stretches } = await calendar(`from=2031-10-26&days=1&by=hour&account=${mine}`);
    expect(stretches.map(({ from, to, count }) => `${from.slice(11, 16)}–${to.slice(11, 16)} ${count}`)).toEqual([
      '00:00–01:00 1',
      '01:00–02:00 1',
    ]);
    await post(mine, '2031-03-30T04:10');
    const spring = await calendar(`from=2031-03-30&days=1&by=hour&account=${mine}`);
    expect(spring.stretches).toMatchObject([{ from: '2031-03-30T01:00:00.000Z', to: '2031-03-30T02:00:00.000Z' }]);
  });

  it('is narrowed by state, author and section, as lists and exports are', async () => {
    const mine = await account('Narrowed', {});
    const writer = await join(here, 'Vera', 'publisher');
    const body = { accountIds: [mine], text: 'By Vera.', schedule: { at: '2031-06-03T10:00:00Z' } };
    const [hers] = (await writer.ask('POST', '/v1/posts', body)).json<{ data: [PostView] }>().data;
    const mineToo = await post(mine, '2031-06-03T14:00');
    const found = async (more: string) =>
      (await calendar(`from=2031-06-03&days=1&account=${mine}&${more}`)).stretches.flatMap(({ posts }) =>
        posts.map(({ id }) => id),
      );
    expect(await found('')).toEqual([hers.id, mineToo.id]);
    expect(await found(`author=${writer.id}`)).toEqual([hers.id]);
    expect(await found('state=cancelled,failed')).toEqual([]);
    const { data } = (await ask('GET', `/v1/posts?account=${mine}&author=${writer.id}`)).json<{ data: PostView[] }>();
    expect(data.map(({ id }) => id)).toEqual([hers.id]);
    const csv = await ask('GET', `/v1/exports/posts?account=${mine}&author=${writer.id}`);
    expect(csv.body).toContain(hers.id);
    expect(csv.body).not.toContain(mineToo.id);
  });

  it('knows the section of the article that a post was written from, and what the product wrote by itself', async () => {
    const text = 'The harbour town of Veltmoor will get a new ferry to Ostrand in May, its council decided on Monday.';
    const given = { title: 'Veltmoor gets a ferry', text, section: 'Harbour', accountIds: [here.sandboxId] };
    const { id } = (await ask('POST', '/v1/articles', given)).json<{ id: string }>();
    await ingest(here.context, id);
    await summarize(here.context, id);
    await compose(here.context, id);
    const at = { schedule: { at: '2031-06-10T10:00:00Z' } };
    const [made] = (await ask('GET', `/v1/posts?article=${id}`)).json<{ data: [PostView] }>().data;
    expect((await ask('POST', `/v1/posts/${made.id}/approve`, at)).statusCode).toBe(200);
    const other = await post(here.sandboxId, '2031-06-10T14:00');
    const found = async (more: string) =>
      (await calendar(`from=2031-06-10&days=1&${more}`)).stretches.flatMap(({ posts }) => posts.map((one) => one.id));
    expect(await found('')).toEqual([made.id, other.id]);
    expect(await found('section=Harbour')).toEqual([made.id]);
    expect(await found('section=Sports')).toEqual([]);
    expect(await found('author=line')).toEqual([made.id]);
  });

  it('says what it cannot show: a zone or a date that does not exist, and more posts than one answer holds', async () => {
    expect(problemOf(await ask('GET', '/v1/slots')).detail).toBe(
      'The request is not right: ?from is missing; ?to is missing.',
    );
    const refused = async (query: string) => {
      const answer = await ask('GET', `/v1/calendar?${query}`);
      expect(answer.statusCode).toBe(400);
      return problemOf(answer).errors?.map(({ pointer, message }) => `${pointer} ${message}`);
    };
    expect(await refused('from=2031-05-05&timeZone=Europe/Atlantis')).toEqual([
      expect.stringContaining('Europe/Atlantis'),
    ]);
    expect(await refused('from=2031-02-30')).toEqual(['?from is not a date such as 2026-11-24']);
    expect(await refused('from=2031-05-05&days=63')).toEqual(['?days must be from 1 to 62']);
    expect(await refused('from=2031-05-05&days=7&by=hour&most=50')).toEqual([
      '?most 168 stretches of 50 posts are more than 2,000: ask for fewer days, or for at most 11 posts of each.',
    ]);
  });
});

describe('the plans of all accounts', () => {
  it('come page by page, each with its slots and how full its days are', async () => {
    const mine = await account('Planned', { slots: [{ time: '09:00' }, { time: '18:00' }] });
    const at = await post(mine, '2031-07-01T09:00');
    const span = 'from=2031-06-30T21:00:00Z&to=2031-07-01T21:00:00Z';
    const one = (await ask('GET', `/v1/slots?${span}&account=${mine}`)).json<Plans>().data;
    expect(one).toMatchObject([
      {
        accountId: mine,
        slots: [
          { at: at.dueAt, taken: true },
          { at: '2031-07-01T15:00:00.000Z', taken: false },
        ],
        days: [{ date: '2031-07-01', planned: 1, capacity: 2 }],
      },
    ]);
    const first = (await ask('GET', `/v1/slots?${span}&limit=2`)).json<Plans>();
    expect(first.data).toHaveLength(2);
    const rest = (await ask('GET', `/v1/slots?${span}&limit=100&cursor=${first.nextCursor}`)).json<Plans>();
    const ids = [...first.data, ...rest.data].map(({ accountId }) => accountId);
    const { data } = (await ask('GET', '/v1/accounts?limit=100')).json<{ data: { id: string }[] }>();
    expect(ids).toEqual(data.map(({ id }) => id));
    expect((await ask('GET', `/v1/slots?${span}&account=acc_gone`)).statusCode).toBe(404);
  });
});

describe('the times of a post', () => {
  it('say what speaks against each moment; what moves with it is out of its way', async () => {
    const [first, second] = [await post(front, '2031-08-05T12:00'), await post(front, '2031-08-05T12:10')];
    const span = 'from=2031-08-04T21:00:00Z&to=2031-08-05T21:00:00Z';
    const times = async (more = '') => (await ask('GET', `/v1/posts/${first.id}/times?${span}${more}`)).json<Times>();
    expect((await times()).barred).toEqual([
      { by: 'quiet-hours', from: '2031-08-04T21:00:00.000Z', to: '2031-08-05T04:00:00.000Z' },
      { by: 'quiet-hours', from: '2031-08-05T19:00:00.000Z', to: '2031-08-05T21:00:00.000Z' },
      { by: 'gap', from: '2031-08-05T09:00:00.001Z', to: '2031-08-05T09:20:00.000Z' },
    ]);
    expect((await times(`&without=${second.id}`)).barred.map(({ by }) => by)).toEqual(['quiet-hours', 'quiet-hours']);
  });
});

describe('a strict time', () => {
  const move = (of: PostView, time: object) => ask('POST', `/v1/posts/${of.id}/schedule`, { ...time, strict: true });

  it('is refused with everything that speaks against it, and taken where nothing does', async () => {
    await post(front, '2031-09-02T12:00');
    const other = await post(front, '2031-09-02T15:00');
    const near = await move(other, { wallTime: '2031-09-02T12:09', timeZone: 'Europe/Bucharest' });
    expect(near.statusCode).toBe(409);
    expect(problemOf(near).errors).toMatchObject([{ code: 'gap' }]);
    expect(problemOf(near).detail).toContain('leave out strict');
    const night = await move(other, { at: '2031-09-02T20:00:00Z' });
    expect(problemOf(night).errors).toMatchObject([{ code: 'quiet-hours' }]);
    expect((await move(other, { at: '2031-09-02T09:10:00Z' })).json()).toMatchObject({
      dueAt: '2031-09-02T09:10:00.000Z',
    });
    const insisted = await ask('POST', `/v1/posts/${other.id}/schedule`, { at: '2031-09-02T20:00:00Z' });
    expect(insisted.json()).toMatchObject({ dueAt: '2031-09-02T20:00:00.000Z' });
  });

  it('sees the embargo of its story, and a day that is full of others', async () => {
    for (const hour of ['08', '10', '12', '14']) await post(front, `2031-09-09T${hour}:00`);
    const full = await ask('POST', '/v1/posts', {
      accountIds: [front],
      text: 'One too many.',
      schedule: { at: '2031-09-09T14:00:00Z', strict: true },
    });
    expect(full.statusCode).toBe(409);
    expect(problemOf(full).errors).toMatchObject([{ code: 'daily-cap' }]);
    const one = await post(front, '2031-09-10T12:00');
    const { database, io } = here.context;
    const storyId = io.id('story');
    await insertStory(database, { id: storyId, title: 'Ferry', url: null, urgency: 'normal' });
    await database.run(`UPDATE standfirst.post SET story_id = $2 WHERE id = $1`, [one.id, storyId]);
    await ask('PATCH', `/v1/stories/${storyId}`, { embargoUntil: '2031-09-10T13:00:00Z' });
    const under = await move(one, { at: '2031-09-10T12:59:00Z' });
    expect(problemOf(under).errors).toMatchObject([{ code: 'embargo' }]);
    expect((await move(one, { at: '2031-09-10T13:00:00Z' })).statusCode).toBe(200);
  });

  it('lets one of two that want the same moment have it', async () => {
    const [one, other] = [await post(front, '2031-09-16T08:00'), await post(front, '2031-09-16T18:00')];
    const answers = await Promise.all([one, other].map((of) => move(of, { at: '2031-09-16T09:00:00Z' })));
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
  });

  it('is the next free one for each of several that are approved at once, and not before what is said', async () => {
    const rows = await Promise.all(
      [1, 2, 3, 4].map((n) =>
        ask('POST', '/v1/posts', { accountIds: [front], text: `At once, ${n}`, schedule: 'review' }),
      ),
    );
    const ids = rows.map((answer) => answer.json<{ data: [{ id: string }] }>().data[0].id);
    const notBefore = '2031-10-14T06:30:00.000Z';
    const answers = await Promise.all(
      ids.map((id) => ask('POST', `/v1/posts/${id}/approve`, { schedule: { nextSlot: true, notBefore } })),
    );
    const due = answers.map((answer) => answer.json<{ dueAt: string }>().dueAt).toSorted();
    expect(new Set(due).size).toBe(4);
    expect(due.every((time) => time >= notBefore)).toBe(true);
    const times = due.map((time) => new Date(time).getTime());
    expect(times.slice(1).every((time, n) => time - (times[n] ?? 0) >= 10 * 60_000)).toBe(true);
    const alone = await ask('POST', `/v1/posts/${ids[0]}/schedule`, { at: notBefore, notBefore });
    expect(problemOf(alone).errors).toMatchObject([{ pointer: '/notBefore', message: 'stands only beside nextSlot' }]);
  });

  it('stands beside a time only', async () => {
    const one = await post(front, '2031-09-23T08:00');
    const answer = await ask('POST', `/v1/posts/${one.id}/schedule`, { nextSlot: true, strict: true });
    expect(problemOf(answer).errors).toEqual([
      { pointer: '/strict', code: expect.any(String), message: 'stands only beside at or wallTime' },
    ]);
  });
});
