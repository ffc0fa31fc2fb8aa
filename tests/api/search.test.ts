import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ingest } from '../../src/pipeline/ingest.ts';
import type { Installation } from './installation.ts';
import { openInstallation, problemOf } from './installation.ts';

const posts: readonly (readonly [lang: string, text: string])[] = [
  ['en', 'The ferries to Tolvane Island were cancelled on Friday.'],
  ['en', 'A ferry captain retires after forty years at sea.'],
  ['en', 'The mayor opened the new library.'],
  ['de', 'Die Fähren nach Tolvane fielen am Freitag aus.'],
  ['es', 'El alcalde inauguró las bibliotecas de la ciudad.'],
  ['pl', 'Prom na wyspę Tolvane odwołano w piątek.'],
  ['ja', '港湾局は新しい橋の建設を発表した。'],
  ['zh', '市议会批准了大桥的重建。'],
  ['ar', 'أعلن المجلس إعادة بناء الجسر.'],
  ['en', 'It costs 48.6 million crowns, she said: “It’s worth it” \\ & | ! ( ) : *'],
];

let here: Installation;
let headers: Record<string, string>;
beforeAll(async () => {
  here = await openInstallation();
  headers = await here.key();
  for (const [lang, text] of posts) {
    const payload = { accountIds: [here.sandboxId], text, lang };
    expect((await here.app.inject({ method: 'POST', url: '/v1/posts', headers, payload })).statusCode).toBe(201);
  }
});
afterAll(() => here.close());

async function find(q: string, list = 'posts'): Promise<string[]> {
  const answer = await here.app.inject({ url: `/v1/${list}?q=${encodeURIComponent(q)}&limit=100`, headers });
  expect(answer.statusCode).toBe(200);
  const { data } = answer.json<{ data: { title?: string; parts?: { text: string }[] }[] }>();
  return data.map((item) => item.title ?? item.parts?.[0]?.text ?? '');
}

const text = (index: number): string => posts[index]?.[1] ?? '';

describe('a search over posts', () => {
  it.each([
    ['any form of a word', 'ferry', [1, 0]],
    ['every word, wherever it stands', 'island ferry', [0]],
    ['a phrase', '"ferry captain"', [1]],
    ['one word or the other', 'captain or library', [2, 1]],
    ['without a word', 'ferry -captain', [0]],
    ['a word that is not finished', 'Tolv', [5, 3, 0]],
    ['German forms', 'Fähre', [3]],
    ['Spanish forms', 'biblioteca', [4]],
    ['a word of a language without a stemmer', 'piątek', [5]],
    ['Japanese inside a sentence', '新しい橋', [6]],
    ['Chinese inside a sentence', '大桥', [7]],
    ['nothing where the characters stand in another order', '桥大', []],
    ['Arabic', 'الجسر', [8]],
    ['a number', '48.6', [9]],
  ])('finds %s', async (_, q, expected) => {
    expect((await find(q)).sort()).toEqual(expected.map(text).sort());
  });

  it.each([
    "'",
    '\\',
    'a & | b',
    '!!!',
    '(((',
    ':*',
    '"',
    '%_',
    "'; DROP TABLE standfirst.post; --",
    '\u{1f600}',
    'a'.repeat(200),
  ])('takes %s as words, not as a language', async (q) => {
    await find(q);
    expect(await find('library')).toHaveLength(1);
  });

  it('goes page by page, and with other filters', async () => {
    const first = await here.app.inject({ url: '/v1/posts?q=ferry&limit=1&state=draft', headers });
    const { nextCursor } = first.json<{ nextCursor: string }>();
    const second = await here.app.inject({
      url: `/v1/posts?q=ferry&limit=1&state=draft&cursor=${nextCursor}`,
      headers,
    });
    const textOf = (answer: typeof first) =>
      answer.json<{ data: { parts: { text: string }[] }[] }>().data[0]?.parts[0]?.text;
    expect([textOf(first), textOf(second)]).toEqual([text(1), text(0)]);
    expect(second.json<{ nextCursor: string | null }>().nextCursor).toBeNull();
    const none = await here.app.inject({ url: '/v1/posts?q=ferry&state=published', headers });
    expect(none.json<{ data: unknown[] }>().data).toEqual([]);
  });

  it.each(['', '   ', 'x'.repeat(201)])('refuses the words “%s” in a sentence', async (q) => {
    const answer = await here.app.inject({ url: `/v1/posts?q=${encodeURIComponent(q)}`, headers });
    expect(answer.statusCode).toBe(400);
    expect(problemOf(answer).errors?.[0]?.pointer).toBe('?q');
  });
});

it('finds an article by its headline and its body', async () => {
  const payload = {
    title: 'Harbour board postpones dredging',
    text: 'The harbour board of Port Merrow postponed the dredging of the inner basin on Monday. It named no new date.',
  };
  const made = await here.app.inject({ method: 'POST', url: '/v1/articles', headers, payload });
  await ingest(here.context, made.json<{ id: string }>().id);
  expect(await find('dredge', 'articles')).toEqual([payload.title]);
  expect(await find('basin monday', 'articles')).toEqual([payload.title]);
  expect(await find('ferry', 'articles')).toEqual([]);
  expect(await find('dredge', 'stories')).toEqual([payload.title]);
  expect(await find('ferry', 'stories')).toEqual([]);
});

describe('an export of posts', () => {
  it('answers the posts that match as CSV that a spreadsheet opens without running it', async () => {
    const formula = '=HYPERLINK("https://evil.example","A ferry, free")';
    await here.app.inject({
      method: 'POST',
      url: '/v1/posts',
      headers,
      payload: { accountIds: [here.sandboxId], text: formula },
    });
    const answer = await here.app.inject({ url: '/v1/exports/posts?q=ferry', headers });
    expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="posts-\d{4}-\d\d-\d\d\.csv"$/);
    const lines = answer.body.trim().split('\n');
    expect(lines[0]).toMatch(/^id,state,network,/);
    expect(lines).toHaveLength(4);
    expect(lines[1]).toContain(text(0));
    expect(lines[3]).toContain(`"'=HYPERLINK(""https://evil.example"",""A ferry, free"")"`);
  });

  it.each(['\n=1+1', '  =1+1', '＝1+1', '@SUM(1)', '\t-2'])('takes %j for a formula', async (text) => {
    const quiet = { accountIds: [here.sandboxId], text: `${text} zebra`, lang: 'en' };
    const made = await here.app.inject({ method: 'POST', url: '/v1/posts', headers, payload: quiet });
    const { id } = made.json<{ data: [{ id: string }] }>().data[0];
    const { body } = await here.app.inject({ url: '/v1/exports/posts?q=zebra', headers });
    expect(body.slice(body.indexOf(id))).toContain(`'${text}`);
  });

  it.each([
    ['a semicolon', 'Ferries; =1+1 yak', "Ferries;' =1+1 yak"],
    ['a line break', 'Ferries\n@SUM(1) yak', "Ferries\n'@SUM(1) yak"],
    ['a tab', 'Ferries\t+1 yak', "Ferries\t'+1 yak"],
    ['nothing of the kind', 'Ferries: 2 + 2 = 4; yaks', 'Ferries: 2 + 2 = 4; yaks'],
  ])('looks for one after %s too, where some countries part cells', async (_sign, text, written) => {
    const payload = { accountIds: [here.sandboxId], text, lang: 'en' };
    const made = await here.app.inject({ method: 'POST', url: '/v1/posts', headers, payload });
    const { id } = made.json<{ data: [{ id: string }] }>().data[0];
    const { body } = await here.app.inject({ url: '/v1/exports/posts?q=yak', headers });
    expect(body.slice(body.indexOf(id))).toContain(written);
  });

  it('answers every post as JSON lines', async () => {
    const answer = await here.app.inject({ url: '/v1/exports/posts?format=jsonl', headers });
    const lines = answer.body.trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { state: string }).state)).toEqual(lines.map(() => 'draft'));
    expect(lines.length).toBeGreaterThanOrEqual(posts.length);
  });
});
