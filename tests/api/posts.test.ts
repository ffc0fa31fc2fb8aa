import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PostDetail, PostView } from '../../src/api/schemas/post.ts';
import { publish } from '../../src/pipeline/publish.ts';
import { expirePosts } from '../../src/store/expire.ts';
import type { Installation } from './installation.ts';
import { openInstallation, problemOf } from './installation.ts';

let here: Installation;
let headers: Record<string, string>;
beforeAll(async () => {
  here = await openInstallation();
  headers = await here.key();
});
afterAll(() => here.close());

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';
function ask(method: Method, url: string, payload?: object, more: Record<string, string> = {}) {
  return here.app.inject({
    method,
    url,
    headers: { ...headers, ...more },
    ...(payload === undefined ? {} : { payload }),
  });
}

async function makePost(more: object = {}): Promise<PostView> {
  const answer = await ask('POST', '/v1/posts', { accountIds: [here.sandboxId], text: 'A ferry is late.', ...more });
  expect(answer.statusCode).toBe(201);
  return answer.json<{ data: [PostView] }>().data[0];
}

const act = (post: PostView, verb: string, body?: object, more: Record<string, string> = {}) =>
  ask('POST', `/v1/posts/${post.id}/${verb}`, body, more);

describe('a ready text', () => {
  it('becomes a draft where no time is given, and says where it is', async () => {
    const answer = await ask('POST', '/v1/posts', { accountIds: [here.sandboxId], text: 'A ferry is late.' });
    const post = answer.json<{ data: [PostView] }>().data[0];
    expect(post).toMatchObject({
      state: 'draft',
      dueAt: null,
      costMicroUsd: 0,
      parts: [{ text: 'A ferry is late.' }],
      version: 1,
    });
    expect(answer.headers.location).toBe(`/v1/posts/${post.id}`);
    expect(post.can).toEqual(expect.arrayContaining(['edit', 'approve', 'cancel']));
  });

  it('is approved and scheduled at the instant given, whatever its offset', async () => {
    const post = await makePost({ schedule: { at: '2030-01-15T08:30:00+02:00' } });
    expect(post).toMatchObject({ state: 'scheduled', dueAt: '2030-01-15T06:30:00.000Z' });
    expect(post.approvedBy).toMatch(/^key_/);
  });

  it('is scheduled at a time on the clock of a place', async () => {
    const post = await makePost({ schedule: { wallTime: '2030-07-15T08:30', timeZone: 'Europe/Bucharest' } });
    expect(post.dueAt).toBe('2030-07-15T05:30:00.000Z');
  });

  it('goes to several accounts at a time, all or none', async () => {
    const added = await ask('POST', '/v1/accounts', { network: 'sandbox', name: 'Second' });
    const accountIds = [here.sandboxId, added.json<{ id: string }>().id];
    const both = await ask('POST', '/v1/posts', { accountIds, text: 'Both.' });
    expect(both.json<{ data: PostView[] }>().data.map((post) => post.accountId)).toEqual(accountIds);
    const before = await ask('GET', '/v1/posts?limit=100');
    const broken = await ask('POST', '/v1/posts', { accountIds: [...accountIds, 'acc_gone'], text: 'None.' });
    expect(broken.statusCode).toBe(400);
    expect(problemOf(broken).errors).toMatchObject([{ pointer: '/accountIds/2' }]);
    const after = await ask('GET', '/v1/posts?limit=100');
    expect(after.json<{ data: [] }>().data).toHaveLength(before.json<{ data: [] }>().data.length);
  });

  it('needs the right to publish for a time, and only for that', async () => {
    const writer = await here.key(['posts:write', 'posts:read']);
    const body = { accountIds: [here.sandboxId], text: 'By a writer.' };
    expect((await ask('POST', '/v1/posts', { ...body, schedule: 'now' }, writer)).statusCode).toBe(403);
    expect((await ask('POST', '/v1/posts', { ...body, schedule: 'review' }, writer)).statusCode).toBe(201);
  });

  it('of several parts is a thread', async () => {
    const post = await makePost({ text: undefined, parts: [{ text: 'One.' }, { text: 'Two.' }] });
    expect(post.parts.map((part) => part.text)).toEqual(['One.', 'Two.']);
  });

  it('that is too long is refused with its length, its limit and its place', async () => {
    const text = 'a'.repeat(501);
    const answer = await ask('POST', '/v1/posts', { accountIds: [here.sandboxId], text });
    expect(answer.statusCode).toBe(400);
    expect(problemOf(answer).detail).toContain('501 of 500');
    expect(problemOf(answer).errors).toMatchObject([{ pointer: '/text', code: 'too-long' }]);
  });
});

describe('a text or a link that went out on the account before', () => {
  it('is named with its post and its day while the new one waits, and is no obstacle', async () => {
    const link = 'https://lindmoor.example/ferry';
    const before = await makePost({ text: 'The ferry is back after all.', link, schedule: 'now' });
    await publish(here.context, { postId: before.id, network: 'sandbox' }, new AbortController().signal);
    const detailOf = async (post: PostView) => (await ask('GET', `/v1/posts/${post.id}`)).json<PostDetail>();
    expect((await detailOf(before)).repeats).toEqual([]);
    const again = await makePost({ text: 'The ferry is back after all.', link });
    const other = await makePost({ text: `More on the ferry: “${link}?utm_source=desk”` });
    expect((await detailOf(again)).repeats).toMatchObject([
      { pointer: '/parts/0/text', code: 'text-already-out', message: expect.stringContaining(before.id) },
      { pointer: '/link', code: 'link-already-out' },
    ]);
    expect((await detailOf(other)).repeats).toMatchObject([{ pointer: '/link', code: 'link-already-out' }]);
    expect((await ask('POST', `/v1/posts/${other.id}/dry-run`)).json()).toMatchObject({
      repeats: [{ code: 'link-already-out' }],
    });
    expect((await detailOf(await makePost({ text: 'Nothing of it.' }))).repeats).toEqual([]);
    await act(before, 'remove', {}, { 'if-match': `"${(await detailOf(before)).version}"` });
    expect((await detailOf(again)).repeats).toEqual([]);
  });
});

describe('a bad request', () => {
  const refused: readonly [string, object, Record<string, string>][] = [
    ['empty text', { text: '  \n' }, { pointer: '/text' }],
    ['binary text', { text: 'GIF89a\u0000\u0001' }, { pointer: '/text' }],
    ['half a character', { text: 'broken \ud83d' }, { pointer: '/text' }],
    ['no text at all', {}, { pointer: '' }],
    ['text and parts at once', { text: 'One.', parts: [{ text: 'Two.' }] }, { pointer: '' }],
    ['an account twice', { text: 'One.', accountIds: ['acc_1', 'acc_1'] }, { pointer: '/accountIds' }],
    ['a field we do not know', { text: 'One.', txet: 'typo' }, { pointer: '/txet', code: 'unknown-field' }],
    ['a past time', { schedule: { at: '2020-01-01T00:00:00Z' } }, { pointer: '/schedule/at', code: 'in-the-past' }],
    [
      'a zone that does not exist',
      { schedule: { wallTime: '2030-01-01T08:00', timeZone: 'Europe/Bucarest' } },
      { pointer: '/schedule/timeZone', code: 'unknown-time-zone' },
    ],
    [
      'a wall time that daylight saving skips',
      { schedule: { wallTime: '2030-03-31T03:30', timeZone: 'Europe/Bucharest' } },
      { pointer: '/schedule/wallTime', code: 'skipped-time' },
    ],
    [
      'a wall time that comes twice',
      { schedule: { wallTime: '2030-10-27T03:30', timeZone: 'Europe/Bucharest' } },
      { pointer: '/schedule/wallTime', code: 'ambiguous-time' },
    ],
    ['a wall time without a zone', { schedule: { wallTime: '2030-03-31T03:30' } }, { pointer: '/schedule/timeZone' }],
    ['two times at once', { schedule: { at: '2030-01-01T00:00:00Z', now: true } }, { pointer: '/schedule' }],
  ];

  it.each(refused)('with %s says where and what', async (_what, body, fault) => {
    const text = 'schedule' in body ? { text: 'On time.' } : {};
    const answer = await ask('POST', '/v1/posts', { accountIds: [here.sandboxId], ...text, ...body });
    expect(answer.statusCode).toBe(400);
    const problem = problemOf(answer);
    expect(problem).toMatchObject({ type: '/problems/invalid', instance: '/v1/posts', status: 400 });
    expect(problem.errors).toEqual([expect.objectContaining(fault)]);
    expect(problem.requestId).toBe(answer.headers['x-request-id']);
  });

  it('is told all its faults at once', async () => {
    const answer = await ask('POST', '/v1/posts', { accountIds: ['?', 'acc_1'], text: '', foo: 1, lang: '§' });
    expect(
      problemOf(answer)
        .errors?.map((fault) => fault.pointer)
        .sort(),
    ).toEqual(['/accountIds/0', '/foo', '/lang', '/text']);
  });

  it.each([
    ['?state=flying', '?state'],
    ['?limit=101', '?limit'],
    ['?limit=0', '?limit'],
    ['?cursor=bm9uc2Vuc2U', '?cursor'],
    [`?sort=dueAt&cursor=${Buffer.from('["never","post_1"]').toString('base64url')}`, '?cursor'],
    ['?dueBefore=tomorrow', '?dueBefore'],
    ['?stat=draft', '?stat'],
  ])('in the query %s is told so', async (query, pointer) => {
    const answer = await ask('GET', `/v1/posts${query}`);
    expect(answer.statusCode).toBe(400);
    expect(problemOf(answer).errors?.[0]?.pointer.startsWith(pointer)).toBe(true);
  });

  it.each(['/v1/posts/post_none', '/v1/posts/%00', '/v1/posts/..%2f..', `/v1/posts/${'x'.repeat(300)}`])(
    'for %s answers 404',
    async (url) => {
      const answer = await ask('GET', url);
      expect(answer.statusCode).toBe(404);
      expect(problemOf(answer).title).toBe('Not found');
    },
  );
});

describe('an edit', () => {
  it('is a new revision, and needs the version it was made from', async () => {
    const post = await makePost();
    const url = `/v1/posts/${post.id}`;
    expect((await ask('PATCH', url, { text: 'No tag.' })).statusCode).toBe(428);
    const edited = await ask('PATCH', url, { text: 'The ferry came.' }, { 'if-match': '"1"' });
    expect(edited.statusCode).toBe(200);
    expect(edited.headers.etag).toBe('"2"');
    const late = await ask('PATCH', url, { text: 'Too late.' }, { 'if-match': '"1"' });
    expect(late.statusCode).toBe(412);
    expect(problemOf(late).detail).toContain('version 2, not 1');
    const { revisions, parts } = (await ask('GET', url)).json<PostDetail>();
    expect(revisions.map((revision) => revision.parts[0]?.text)).toEqual(['A ferry is late.', 'The ferry came.']);
    expect(parts[0]?.text).toBe('The ferry came.');
  });

  it('takes an approval away: what goes out is what was approved', async () => {
    const post = await makePost({ schedule: { at: '2030-01-15T08:30:00Z' } });
    const edited = await ask('PATCH', `/v1/posts/${post.id}`, { text: 'Else.' }, { 'if-match': `"${post.version}"` });
    expect(edited.json()).toMatchObject({ state: 'in_review', approvedBy: null });
    const again = await act(post, 'schedule', { at: '2030-01-15T08:30:00Z' });
    expect(again.statusCode).toBe(409);
  });

  it('of the text and of when it is worthless is made whole, or not at all', async () => {
    const post = await makePost({ schedule: { at: '2030-01-15T08:30:00Z' } });
    const url = `/v1/posts/${post.id}`;
    const ifMatch = { 'if-match': `"${post.version}"` };
    const worthlessAfter = '2030-01-15T09:30:00.000Z';
    const long = await ask('PATCH', url, { text: 'y'.repeat(600), worthlessAfter }, ifMatch);
    expect([long.statusCode, problemOf(long).errors?.[0]?.pointer]).toEqual([400, '/text']);
    const early = await ask('PATCH', url, { text: 'Look.', worthlessAfter: '2030-01-15T08:00:00Z' }, ifMatch);
    expect([early.statusCode, problemOf(early).errors?.[0]?.pointer]).toEqual([400, '/worthlessAfter']);
    const { version, worthlessAfter: kept, revision } = (await ask('GET', url)).json<PostDetail>();
    expect([version, kept, revision]).toEqual([post.version, null, 1]);
    const both = await ask('PATCH', url, { text: 'Look.', worthlessAfter }, ifMatch);
    expect(both.json()).toMatchObject({ parts: [{ text: 'Look.' }], worthlessAfter, revision: 2, state: 'in_review' });
    expect(both.headers.etag).toBe(`"${post.version + 2}"`);
    const late = await ask('PATCH', url, { text: 'See.', worthlessAfter: null }, ifMatch);
    expect(late.statusCode).toBe(412);
  });

  it('of the text keeps the link card it does not speak of', async () => {
    const card = { url: 'https://example.org/ferry', title: 'Ferry', description: '', image: null };
    const post = await makePost({ text: undefined, parts: [{ text: 'See.', card }] });
    const edited = await ask('PATCH', `/v1/posts/${post.id}`, { text: 'Look.' }, { 'if-match': '"1"' });
    expect(edited.json<PostView>().parts).toEqual([{ text: 'Look.', media: [], card }]);
  });
});

describe('an image', () => {
  const withImage = (source: string) => ({
    accountIds: [here.sandboxId],
    parts: [{ text: 'See.', media: [{ source, alt: 'A ferry' }] }],
  });

  it('is refused where the network takes none, and where it is no web address', async () => {
    const none = await ask('POST', '/v1/posts', withImage('https://example.org/ferry.jpg'));
    expect(problemOf(none)).toMatchObject({ errors: [{ pointer: '/parts/0/media', code: 'no-images' }] });
    const file = await ask('POST', '/v1/posts', withImage('file:///etc/passwd'));
    expect(problemOf(file)).toMatchObject({ errors: [{ pointer: '/parts/0/media/0/source' }] });
  });
});

describe('what people do to a post', () => {
  it('goes from draft over review and approval to the schedule, and back by cancelling', async () => {
    const post = await makePost();
    expect((await act(post, 'submit')).json()).toMatchObject({ state: 'in_review' });
    expect((await act(post, 'approve')).json()).toMatchObject({ state: 'approved' });
    const scheduled = await act(post, 'schedule', { wallTime: '2030-01-15T08:30', timeZone: 'Europe/Bucharest' });
    expect(scheduled.json()).toMatchObject({ state: 'scheduled', dueAt: '2030-01-15T06:30:00.000Z' });
    expect((await act(post, 'unschedule')).json()).toMatchObject({ state: 'approved', dueAt: null, staleAt: null });
    expect((await act(post, 'publish')).json()).toMatchObject({ state: 'scheduled' });
    const cancelled = await act(post, 'cancel', { reason: 'The ferry came after all.' });
    expect(cancelled.json()).toMatchObject({ state: 'cancelled', reason: 'The ferry came after all.', can: [] });
  });

  it('is given no sixtieth second, as an instant or on a clock', async () => {
    const post = await makePost();
    for (const [field, time] of [
      ['at', { at: '2030-01-15T23:59:60Z' }],
      ['wallTime', { wallTime: '2030-01-15T23:59:60', timeZone: 'Europe/Bucharest' }],
    ] as const) {
      const refused = await act(post, 'schedule', time);
      expect(refused.statusCode).toBe(400);
      expect(problemOf(refused).errors).toMatchObject([{ pointer: `/${field}` }]);
    }
  });

  it('may be approved again where the approval has ended, and is offered nothing that does not work', async () => {
    const { database } = here.context;
    const endApproval = (post: PostView) =>
      database.run(
        `UPDATE standfirst.post SET approved_until = standfirst.clock() - interval '1 minute', stale_at = least(stale_at, standfirst.clock()) WHERE id = $1`,
        [post.id],
      );
    const read = async (post: PostView): Promise<PostView> => (await ask('GET', `/v1/posts/${post.id}`)).json();
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const [idle, timed, other] = [await makePost(), await makePost(), await makePost()];
    expect((await act(idle, 'approve', { until })).json<PostView>().can).not.toContain('approve');
    const again = await act(idle, 'approve', { until });
    expect(again.statusCode).toBe(409);
    expect(problemOf(again).detail).toMatch(/is approved already/);
    const at = new Date(Date.now() + 60_000).toISOString();
    await act(timed, 'approve', { until, schedule: { at } });
    await act(other, 'approve', { until, schedule: { at } });
    await Promise.all([endApproval(idle), endApproval(timed)]);
    await database.run(`UPDATE standfirst.post SET wake_at = standfirst.clock() WHERE id = $1`, [timed.id]);
    expect((await read(idle)).can).toEqual(expect.arrayContaining(['approve', 'edit', 'cancel']));
    await expirePosts(database, 1000);
    expect((await read(other)).state).toBe('scheduled');
    for (const post of [idle, timed]) {
      const stale = await read(post);
      expect(stale.state).toBe('stale');
      expect(stale.can).toContain('approve');
      for (const name of ['schedule', 'publishNow', 'retry']) expect(stale.can).not.toContain(name);
      const refused = await act(post, 'publish');
      expect(problemOf(refused).detail).toMatch(/ended at .* Have it approved again\.$/);
      const approved = await act(post, 'approve', { until, schedule: { at } });
      expect(approved.json()).toMatchObject({ state: 'scheduled', approvedUntil: new Date(until).toISOString() });
    }
  });

  it('is offered no time where it is worthless', async () => {
    const post = await makePost({ schedule: { at: '2030-01-15T08:30:00Z' }, worthlessAfter: '2030-01-15T09:00:00Z' });
    await here.context.database.run(
      `UPDATE standfirst.post SET worthless_after = standfirst.clock(), state = 'stale' WHERE id = $1`,
      [post.id],
    );
    const stale = (await ask('GET', `/v1/posts/${post.id}`)).json<PostView>();
    for (const name of ['approve', 'schedule', 'publishNow', 'retry']) expect(stale.can).not.toContain(name);
    expect(stale.can).toEqual(expect.arrayContaining(['edit', 'setWorth', 'cancel']));
  });

  it('is approved until a time to come, within ten years', async () => {
    const post = await makePost();
    const past = await act(post, 'approve', { until: '2020-01-15T08:30:00Z' });
    expect(past.statusCode).toBe(400);
    expect(problemOf(past).errors).toMatchObject([{ pointer: '/until', code: 'in-the-past' }]);
    const far = await act(post, 'approve', { until: '9999-01-15T08:30:00Z' });
    expect(problemOf(far).errors).toMatchObject([{ pointer: '/until', code: 'too-far-ahead' }]);
  });

  it('is approved only as it was seen, where somebody says what they saw', async () => {
    const post = await makePost();
    const url = `/v1/posts/${post.id}`;
    const seen = (await ask('GET', url)).json<PostDetail>().revisions[0]?.hash ?? '';
    await ask('PATCH', url, { text: 'The ferry came.' }, { 'if-match': '"1"' });
    const blind = await act(post, 'approve', { hash: seen });
    expect(blind.statusCode).toBe(412);
    expect(problemOf(blind).detail).toContain('somebody changed it');
    expect((await act(post, 'approve', {}, { 'if-match': '"1"' })).statusCode).toBe(412);
    expect((await ask('GET', url)).json()).toMatchObject({ state: 'draft', approvedBy: null });
    const { hash, revisions } = (await ask('GET', url)).json<PostDetail>();
    expect([post.hash, hash]).toEqual([seen, revisions[1]?.hash]);
    expect((await act(post, 'approve', { hash })).json()).toMatchObject({ state: 'approved', hash });
  });

  it('can be approved and given a time in one breath', async () => {
    const approved = await act(await makePost(), 'approve', { schedule: { at: '2030-01-15T08:30:00Z' } });
    expect(approved.json()).toMatchObject({ state: 'scheduled', dueAt: '2030-01-15T08:30:00.000Z' });
    const editor = await here.key(['posts:approve']);
    const refused = await act(await makePost(), 'approve', { schedule: 'now' }, editor);
    expect(refused.statusCode).toBe(403);
  });

  it.each(['an edit', 'a note'])(
    'is planned for when it was after %s, until it is approved without a time',
    async (how) => {
      const dueAt = '2030-01-15T08:30:00.000Z';
      const post = await makePost({ schedule: { at: dueAt } });
      const ifMatch = { 'if-match': `"${post.version}"` };
      if (how === 'an edit') await ask('PATCH', `/v1/posts/${post.id}`, { text: 'The ferry is late.' }, ifMatch);
      else await act(post, 'request-changes', { note: 'Which ferry?' });
      expect((await ask('GET', `/v1/posts/${post.id}`)).json()).toMatchObject({ dueAt, wakeAt: null });
      const approved = await act(post, 'approve');
      expect(approved.json()).toMatchObject({ state: 'approved', dueAt: null, wakeAt: null, staleAt: null });
      const scheduled = await act(post, 'schedule', { at: dueAt });
      expect(scheduled.json()).toMatchObject({ state: 'scheduled', dueAt, wakeAt: dueAt });
    },
  );

  it('can be turned down with a reason, or given back with a note', async () => {
    const rejected = await act(await makePost({ schedule: 'review' }), 'reject', { reason: 'Not news.' });
    expect(rejected.json()).toMatchObject({ state: 'cancelled', reason: 'Not news.' });
    const returned = await act(await makePost({ schedule: 'review' }), 'request-changes', { note: 'Which ferry?' });
    expect(returned.json()).toMatchObject({ state: 'draft', reason: 'Which ferry?' });
    expect((await act(await makePost({ schedule: 'review' }), 'reject', {})).statusCode).toBe(400);
  });

  it.each([
    ['schedule', { at: '2030-01-15T08:30:00Z' }],
    ['publish', undefined],
    ['retry', undefined],
    ['check', undefined],
    ['mark-published', undefined],
    ['send-again', undefined],
    ['request-changes', { note: 'No.' }],
  ])('%s is refused on a draft, with the state it is in', async (verb, body) => {
    const answer = await act(await makePost(), verb, body);
    expect(answer.statusCode).toBe(409);
    expect(problemOf(answer).detail).toContain('is draft');
  });

  it('honours If-Match where it is sent', async () => {
    const answer = await act(await makePost(), 'approve', undefined, { 'if-match': '"7"' });
    expect(answer.statusCode).toBe(412);
  });

  it('is refused a time in the past, with the present', async () => {
    const answer = await act(await makePost({ schedule: 'review' }), 'schedule', { at: '2020-01-01T00:00:00Z' });
    expect(answer.statusCode).toBe(400);
    expect(problemOf(answer).errors).toMatchObject([{ pointer: '/at', code: 'in-the-past' }]);
  });
});

describe('the list', () => {
  it('filters by state, account, time and article', async () => {
    const near = await makePost({ schedule: { at: '2031-05-01T10:00:00Z' } });
    await makePost({ schedule: { at: '2031-05-03T10:00:00Z' } });
    const list = async (query: string) =>
      (await ask('GET', `/v1/posts?limit=100&${query}`)).json<{ data: PostView[] }>().data;
    const window = 'dueAfter=2031-05-01T00:00:00Z&dueBefore=2031-05-02T00:00:00Z';
    expect((await list(window)).map((post) => post.id)).toEqual([near.id]);
    expect((await list('state=scheduled,approved')).every((post) => /scheduled|approved/.test(post.state))).toBe(true);
    expect(await list('account=acc_none')).toEqual([]);
    expect(await list('article=art_none')).toEqual([]);
  });

  it.each(['-createdAt', 'createdAt', 'dueAt', '-dueAt'])(
    'pages through all of it once, sorted by %s',
    async (sort) => {
      // Three at the same instant: the id must part them.
      for (const minute of [1, 1, 1, 0, 2]) await makePost({ schedule: { at: `2032-05-01T10:0${minute}:00Z` } });
      const seen: PostView[] = [];
      let next: string | undefined = `/v1/posts?state=scheduled&limit=2&sort=${sort}`;
      while (next !== undefined) {
        const answer = await ask('GET', next);
        expect(answer.statusCode).toBe(200);
        const { data, nextCursor } = answer.json<{ data: PostView[]; nextCursor: string | null }>();
        seen.push(...data);
        next = /^<([^>]+)>; rel="next"$/.exec(String(answer.headers.link ?? ''))?.[1];
        expect(next === undefined).toBe(nextCursor === null);
      }
      const all = await ask('GET', '/v1/posts?state=scheduled&limit=100');
      expect(seen.map((post) => post.id).sort()).toEqual(
        all
          .json<{ data: PostView[] }>()
          .data.map((post) => post.id)
          .sort(),
      );
      const key = sort.replace('-', '') as 'dueAt' | 'createdAt';
      const keys = seen.map((post) => String(post[key]));
      expect(keys).toEqual(sort.startsWith('-') ? [...keys].sort().reverse() : [...keys].sort());
    },
  );
});

describe('a post that is out', () => {
  it('can be corrected and removed, once it is published', async () => {
    const draft = await makePost();
    expect(draft.can).not.toContain('remove');
    expect((await act(draft, 'remove')).statusCode).toBe(409);
    const post = await makePost({ text: 'The ferry sails at six.', schedule: 'now' });
    await publish(here.context, { postId: post.id, network: 'sandbox' }, new AbortController().signal);
    const corrected = (await act(post, 'correct', { text: 'The ferry sails at seven.' })).json<PostView>();
    expect(corrected).toMatchObject({
      state: 'published',
      revision: 2,
      parts: [{ text: 'The ferry sails at seven.' }],
    });
    const timeline = async (): Promise<string> => (await ask('GET', '/v1/sandbox/timeline')).body;
    expect(await timeline()).toContain('The ferry sails at seven.');
    const removed = (await act(post, 'remove', { reason: 'It does not sail.' })).json<PostView>();
    expect(removed).toMatchObject({ reason: 'It does not sail.', removedAt: expect.stringMatching(/^20/), can: [] });
    expect(await timeline()).not.toContain('The ferry sails at seven.');
  });
});
