import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PostView } from '../../src/api/schemas/post.ts';
import { insertPosts } from '../../src/store/new-post.ts';
import type { Installation } from './installation.ts';
import { openInstallation, problemOf } from './installation.ts';

let here: Installation;
let headers: Record<string, string>;
beforeAll(async () => {
  here = await openInstallation();
  headers = await here.key();
});
afterAll(() => here.close());

function post(url: string, payload: object, as = headers) {
  return here.app.inject({ method: 'POST', url, headers: as, payload });
}

async function makePosts(texts: readonly string[], schedule = 'review'): Promise<PostView[]> {
  return Promise.all(
    texts.map(async (text) => {
      const answer = await post('/v1/posts', { accountIds: [here.sandboxId], text, schedule });
      return answer.json<{ data: [PostView] }>().data[0];
    }),
  );
}

interface Bulk {
  done: number;
  refused: number;
  results: { id: string; post: PostView | null; problem: { status: number; detail: string } | null }[];
}

describe('one verb on many posts', () => {
  it('does what can be done and says of each other one why not', async () => {
    const [one, two] = await makePosts(['The pier is painted.', 'The pier is open.']);
    const [gone] = await makePosts(['Not any more.']);
    await post(`/v1/posts/${gone?.id}/cancel`, {});
    const ids = [one?.id, gone?.id, 'post_00000000-0000-7000-8000-000000000000', two?.id];
    const answer = await post('/v1/post-actions', { action: 'reject', ids, with: { reason: 'No news.' } });
    const { done, refused, results } = answer.json<Bulk>();
    expect({ status: answer.statusCode, done, refused }).toEqual({ status: 200, done: 2, refused: 2 });
    expect(results.map((result) => result.post?.state ?? result.problem?.status)).toEqual([
      'cancelled',
      409,
      404,
      'cancelled',
    ]);
    expect(results[1]?.problem?.detail).toContain('is cancelled');
  });

  it('approves the version that was seen and no other', async () => {
    const [seen, changed] = await makePosts(['A bus is late.', 'A tram is late.']);
    const edited = await here.app.inject({
      method: 'PATCH',
      url: `/v1/posts/${changed?.id}`,
      headers: { ...headers, 'if-match': `"${changed?.version}"` },
      payload: { text: 'A tram is on time.' },
    });
    expect(edited.statusCode).toBe(200);
    const ids = [seen, changed].map((one) => ({ id: one?.id, version: one?.version }));
    const { results } = (await post('/v1/post-actions', { action: 'approve', ids })).json<Bulk>();
    expect(results.map((result) => result.post?.state ?? result.problem?.status)).toEqual(['approved', 412]);
  });

  it('approves nothing that has no text and no image', async () => {
    const [full] = await makePosts(['A kiosk opens.']);
    const id = here.context.io.id('post');
    const content = { parts: [], link: null, tags: [], lang: 'en', hash: 'empty' };
    const owner = { accountId: here.sandboxId, network: 'sandbox', storyId: null, articleId: null };
    const row = { id, ...owner, urgency: 'normal' as const, state: 'in_review' as const, content };
    await insertPosts(here.context.database, [row], 'line');
    const { results } = (await post('/v1/post-actions', { action: 'approve', ids: [id, full?.id] })).json<Bulk>();
    expect(results.map((result) => result.post?.state ?? result.problem?.status)).toEqual([409, 'approved']);
    expect(results[0]?.problem?.detail).toContain('has no text: write one.');
    const alone = await post(`/v1/posts/${id}/approve`, { schedule: 'now' }, { ...headers, 'if-match': '"1"' });
    expect(problemOf(alone)).toMatchObject({ status: 409, errors: [{ pointer: '/parts', code: 'empty' }] });
  });

  it('asks for what the verb itself asks for', async () => {
    const [one] = await makePosts(['The mill turns.']);
    const reader = await here.key(['posts:read', 'posts:approve']);
    const body = { action: 'cancel', ids: [one?.id] };
    const answer = await post('/v1/post-actions', body, reader);
    expect(answer.statusCode).toBe(403);
    expect(problemOf(answer).detail).toContain('posts:write');
    const timed = { action: 'approve', ids: [one?.id], with: { schedule: 'now' } };
    expect(problemOf(await post('/v1/post-actions', timed, reader)).detail).toContain('posts:publish');
  });

  it('refuses a body that the verb does not take, before anything is done', async () => {
    const [one] = await makePosts(['The mill stands.']);
    const answer = await post('/v1/post-actions', { action: 'reject', ids: [one?.id], with: { why: 'x' } });
    expect(answer.statusCode).toBe(400);
    expect(problemOf(answer).errors?.map((fault) => fault.pointer)).toEqual(['/with/reason', '/with/why']);
  });
});

interface Report {
  right: number;
  faulty: number;
  rows: { row: number; postIds: string[]; faults: { pointer: string; message: string }[] }[];
}

describe('an import', () => {
  it('queues the rows of a CSV file, accounts by id or name', async () => {
    const csv = [
      '\u{feff}accounts,text,link,schedule,timeZone,urgency',
      `${here.sandboxId},"The library, once closed, is open again.",https://merrow-herald.example/library,2031-05-06T09:30,Europe/Bucharest,`,
      'Sandbox,"A second line\nof the same post.",,review,,evergreen',
      'Sandbox,The clock stopped.,,,,',
    ].join('\r\n');
    const answer = await post('/v1/post-imports', { csv });
    expect(answer.statusCode).toBe(201);
    const { rows } = answer.json<Report>();
    const made = await Promise.all(
      rows.map(async ({ postIds: [id] }) =>
        (await here.app.inject({ url: `/v1/posts/${id}`, headers })).json<PostView>(),
      ),
    );
    expect(made.map(({ state, dueAt, urgency, parts }) => [state, dueAt, urgency, parts[0]?.text])).toEqual([
      [
        'scheduled',
        '2031-05-06T06:30:00.000Z',
        'normal',
        'The library, once closed, is open again.\nhttps://merrow-herald.example/library',
      ],
      ['in_review', null, 'evergreen', 'A second line\nof the same post.'],
      ['draft', null, 'normal', 'The clock stopped.'],
    ]);
  });

  it.each([';', '\t'])(
    'takes cells that are parted by %j, as a spreadsheet of another country writes them',
    async (sign) => {
      const csv = [`accounts${sign}text${sign}schedule`, `Sandbox${sign}"Figures, and more."${sign}draft`].join('\n');
      const answer = await post('/v1/post-imports', { csv });
      expect(answer.statusCode).toBe(201);
      const [made] = answer.json<Report>().rows;
      const view = (await here.app.inject({ url: `/v1/posts/${made?.postIds[0]}`, headers })).json<PostView>();
      expect(view.parts[0]?.text).toBe('Figures, and more.');
    },
  );

  it('says of a row of a file what is wrong in words of the file', async () => {
    const csv = 'accounts,text\nNobody,Lost.\n,No account.\nSandbox,\n';
    const answer = await post('/v1/post-imports', { csv, dryRun: true });
    expect(answer.json<Report>().rows.map(({ faults }) => faults.map(({ message }) => message))).toEqual([
      ['is neither the id of an account nor the name of just one'],
      ['is empty: name at least one account'],
      ['is empty: it needs at least one character that is not a space'],
    ]);
  });

  it('reports every row in a dry run and writes nothing', async () => {
    const rows = [
      { accountIds: [here.sandboxId], text: 'Right.', schedule: 'now' },
      { accountIds: ['acc_missing'], text: 'Nobody has this account.' },
      { accountIds: [here.sandboxId], text: 'x'.repeat(9_000), schedule: { at: '2001-01-01T00:00:00Z' } },
      { accountIds: [here.sandboxId], text: '', colour: 'red' },
      'not a row',
      {
        accountIds: [here.sandboxId],
        text: 'Skipped.',
        schedule: { wallTime: '2031-03-30T03:30', timeZone: 'Europe/Bucharest' },
      },
    ];
    const before = await countPosts();
    const answer = await post('/v1/post-imports', { rows, dryRun: true });
    expect(answer.statusCode).toBe(200);
    const report = answer.json<Report>();
    expect({ right: report.right, faulty: report.faulty }).toEqual({ right: 1, faulty: 5 });
    expect(report.rows.map((row) => row.faults.map((fault) => fault.pointer))).toEqual([
      [],
      ['/accountIds/0'],
      ['/text', '/schedule/at'],
      ['/text', '/colour'],
      [''],
      ['/schedule/wallTime'],
    ]);
    expect(await countPosts()).toBe(before);
  });

  it('writes none where one row is not right, and points at it', async () => {
    const before = await countPosts();
    const rows = [
      { accountIds: [here.sandboxId], text: 'Right.' },
      { accountIds: [here.sandboxId], text: ' ' },
    ];
    const answer = await post('/v1/post-imports', { rows });
    expect(answer.statusCode).toBe(400);
    expect(problemOf(answer).errors).toEqual([
      { pointer: '/rows/1/text', code: 'custom', message: expect.stringMatching(/^is empty: /) },
    ]);
    expect(await countPosts()).toBe(before);
  });

  it.each([
    ['a column we do not know', { csv: 'accounts,text,size\na,b,c\n' }, 'has the column “size”'],
    ['a missing column', { csv: 'text\nHello\n' }, 'lacks the column accounts'],
    ['a quote that never ends', { csv: 'accounts,text\na,"b\n' }, 'is not CSV'],
    ['no rows', { rows: [] }, '0 rows'],
    ['too many rows', { rows: Array.from({ length: 1_001 }, () => ({})) }, '1,001 rows'],
    ['neither', {}, 'exactly one of rows or csv'],
  ])('refuses %s in a sentence', async (_, body, words) => {
    const answer = await post('/v1/post-imports', body);
    expect(answer.statusCode).toBe(400);
    expect(problemOf(answer).detail).toContain(words);
  });

  it('makes nothing twice of a file that is sent twice, and says of each row that it is there', async () => {
    const line = (text: string): string => `${here.sandboxId},${text},review`;
    const file = (...texts: string[]): string => ['accounts,text,schedule', ...texts.map(line), ''].join('\n');
    interface Report {
      there: number;
      rows: { isThere: boolean; postIds: string[]; faults: object[] }[];
    }
    const send = async (more: object, as?: Record<string, string>): Promise<Report> => {
      const answer = await post('/v1/post-imports', more, as);
      expect(answer.statusCode, answer.body).toBeLessThan(300);
      return answer.json<Report>();
    };
    const before = await countPosts();
    // Two equal rows of one file are meant.
    const first = await send({ csv: file('Twice one.', 'Twice two.', 'Twice two.') });
    expect(first).toMatchObject({ there: 0, rows: [{ isThere: false }, { isThere: false }, { isThere: false }] });
    const dry = await send({ csv: file('Twice one.', 'Twice three.'), dryRun: true });
    expect(dry.rows.map(({ isThere }) => isThere)).toEqual([true, false]);
    const second = await send({ csv: file('Twice one.', 'Twice two.', 'Twice two.', 'Twice three.') });
    expect(second.there).toBe(3);
    expect(second.rows.slice(0, 3).map(({ postIds }) => postIds)).toEqual(first.rows.map(({ postIds }) => postIds));
    expect(second.rows[3]).toMatchObject({ isThere: false, faults: [] });
    expect(await countPosts()).toBe(before + 4);
    // Of another caller, a day later, or when it is asked for: new posts.
    expect((await send({ csv: file('Twice one.') }, await here.key())).there).toBe(0);
    expect((await send({ csv: file('Twice one.'), again: true })).there).toBe(0);
    await here.context.database.run(
      `UPDATE standfirst.idempotency SET created_at = standfirst.clock() - interval '25 hours' WHERE key LIKE 'import %'`,
    );
    expect((await send({ csv: file('Twice one.') })).there).toBe(0);
    expect(await countPosts()).toBe(before + 7);
  });

  it('writes a file once that is sent twice at the same moment', async () => {
    const before = await countPosts();
    const rows = [{ accountIds: [here.sandboxId], text: 'At the same moment.' }];
    const answers = await Promise.all([1, 2, 3].map(() => post('/v1/post-imports', { rows })));
    expect(await countPosts()).toBe(before + 1);
    for (const answer of answers) expect([201, 409]).toContain(answer.statusCode);
  });

  it('keeps a test key to the sandbox', async () => {
    const outside = await post('/v1/accounts', {
      network: 'discord',
      name: 'Outside',
      credentials: { webhookUrl: 'https://discord.com/api/webhooks/1/abc' },
    });
    const id = outside.json<{ id?: string }>().id;
    const test = await here.key(undefined, true);
    const sandbox = { accountIds: [here.sandboxId], text: 'Fine.' };
    expect((await post('/v1/post-imports', { rows: [sandbox] }, test)).statusCode).toBe(201);
    if (id === undefined) return;
    const answer = await post('/v1/post-imports', { rows: [{ accountIds: [id], text: 'Not fine.' }] }, test);
    expect(answer.statusCode).toBe(403);
  });
});

async function countPosts(): Promise<number> {
  const { rows } = await here.context.database.pool.query('SELECT count(*)::int AS n FROM standfirst.post');
  return (rows[0] as { n: number }).n;
}
