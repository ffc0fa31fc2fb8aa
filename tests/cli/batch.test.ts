import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { article, headline, page } from './article.ts';
import { standfirst } from './run.ts';

async function batch(what: string, requests: readonly unknown[]): Promise<Record<string, unknown>[]> {
  const input = requests.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join('\n');
  const { code, stdout } = await standfirst(['batch', what], { input: `${input}\n` });
  expect(code).toBe(0);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('standfirst batch', () => {
  test('answers each line in order, and a fault in one line with its id and an error', async () => {
    const answers = await batch('measure', [
      { id: 'a', op: 'graphemes', text: 'e\u0301!' },
      'this is not JSON',
      '[1]',
      { id: 'b', op: 'graphemes' },
      { id: 'c', op: 'no-such-operation', text: '' },
      { id: 'd', op: 'emoji', text: '👩‍👩‍👧‍👦' },
    ]);
    expect(answers).toEqual([
      { id: 'a', result: ['e\u0301', '!'] },
      { id: null, error: expect.any(String) },
      { id: null, error: expect.any(String) },
      { id: 'b', error: 'The field text is missing; it must be a string.' },
      { id: 'c', unsupported: true },
      { id: 'd', result: 2 },
    ]);
  });

  test('answers one line for each, whatever a JSON string holds, and after a line that is too long', async () => {
    const requests = [
      '\ufeff{"id":1,"op":"graphemes","text":"a\u2028b\u2029c"}',
      `{"id":2,"op":"graphemes","text":"${'x'.repeat(33 * 1024 * 1024)}"}`,
      { id: 3, op: 'graphemes', text: 'd' },
    ];
    expect(await batch('measure', requests)).toEqual([
      { id: 1, result: ['a', '\u2028', 'b', '\u2029', 'c'] },
      { id: null, error: 'The line is longer than 32 MB.' },
      { id: 3, result: ['d'] },
    ]);
  });

  test('joins sentences as their script does', async () => {
    const text =
      '青云市跨江大桥周二正式通车，总造价十二亿元。市长王雪在通车仪式上说：“这座桥，市民等了二十年！”市交通局表示，每天预计有九万辆车通过。';
    const [answer] = await batch('summary', [{ id: 1, text, lang: 'zh', maxChars: 240 }]);
    expect(answer?.['summary']).toBe(text);
  });

  test('knows no operation and no language by a name that every object has', async () => {
    const measured = await batch('measure', [
      { id: 1, op: 'constructor', text: 'x' },
      { id: 2, op: '__proto__', text: 'x' },
    ]);
    expect(measured).toEqual([
      { id: 1, unsupported: true },
      { id: 2, unsupported: true },
    ]);
    const summarised = await batch('summary', [
      { id: 3, text: article, lang: 'constructor' },
      { id: 4, text: article, lang: 'x' },
      { id: 5, text: article, maxChars: -1 },
    ]);
    expect(summarised.map((answer) => typeof answer['summary'])).toEqual(['string', 'string', 'undefined']);
    expect(summarised[2]?.['error']).toBe('The field maxChars is -1; it must be a positive whole number.');
  });

  test.each(['extract', 'summary', 'hashtags', 'feed', 'measure'])(
    'says what is wrong with a line, in %s',
    async (what) => {
      const missing = { extract: 'html', feed: 'xml' }[what] ?? 'text';
      const op = { op: 'graphemes' };
      const answers = await batch(what, [
        'null',
        '\u0000\u0001\ufffd',
        { ...op, [missing]: 'x' },
        { id: ['a'], ...op, [missing]: 'x' },
        { id: 1, ...op },
        { id: 2, ...op, [missing]: 5 },
        `{"id":3,"op":"graphemes","${missing}":${'['.repeat(20_000)}${']'.repeat(20_000)}}`,
      ]);
      expect(answers).toEqual([
        { id: null, error: 'The line is not a JSON object.' },
        { id: null, error: 'The line is not a JSON object.' },
        { id: null, error: 'The field id is missing; it must be a string or a number.' },
        { id: null, error: 'The field id is a list; it must be a string or a number.' },
        { id: 1, error: `The field ${missing} is missing; it must be a string.` },
        { id: 2, error: `The field ${missing} is 5; it must be a string.` },
        { id: 3, error: `The field ${missing} is a list; it must be a string.` },
      ]);
    },
  );

  test('refuses a text longer than any article, and goes on', async () => {
    const answers = await batch('summary', [
      { id: 1, text: 'A bridge. '.repeat(1_000_000) },
      { id: 2, text: article },
    ]);
    expect(answers[0]?.['error']).toBe('The text is 10000000 characters long; at most 1000000 are read.');
    expect(answers[1]?.['summary']).not.toBe('');
  });

  test('writes an answer before it needs the next line', async () => {
    const main = join(import.meta.dirname, '../../src/cli/main.ts');
    const child = spawn(process.execPath, [main, 'batch', 'measure'], { stdio: ['pipe', 'pipe', 'inherit'] });
    const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    for (const id of [1, 2]) {
      child.stdin.write(`${JSON.stringify({ id, op: 'emoji', text: 'a' })}\n`);
      expect(JSON.parse((await answers.next()).value as string)).toEqual({ id, result: 1 });
    }
    child.stdin.end();
    expect(await new Promise((ended) => child.on('close', ended))).toBe(0);
  });

  test('extract answers the parts of an article, or why there is none', async () => {
    const [found, refused] = await batch('extract', [
      { id: 1, html: page, url: 'https://gazette.example.com/bridge' },
      { id: 2, html: '<p>Sign up.</p>', url: null },
    ]);
    expect(found).toMatchObject({ id: 1, title: 'Harbour bridge reopens four weeks early' });
    expect(String(found?.['text']).split('\n')[0]).toMatch(/^Port Lenna’s harbour bridge/);
    expect(refused).toMatchObject({ id: 2, error: expect.any(String) });
  });

  test('summary keeps to the characters and to the sentences asked for', async () => {
    const [short, one] = await batch('summary', [
      { id: 1, title: headline, text: article, maxChars: 240, maxSentences: null },
      { id: 2, title: headline, text: article, maxChars: null, maxSentences: 1 },
    ]);
    expect(String(short?.['summary'])).toMatch(/^[^#]{60,240}$/u);
    expect(article.split('\n')).toContain(one?.['summary']);
  });

  test('hashtags come best first, at most as many as asked for', async () => {
    const request = { title: headline, text: article, lang: 'en' };
    const [few, many] = await batch('hashtags', [
      { id: 1, ...request, max: 3 },
      { id: 2, ...request, max: 10 },
    ]);
    expect(few?.['keywords']).toHaveLength(3);
    expect(((many?.['keywords'] ?? []) as string[]).slice(0, 3)).toEqual(few?.['keywords']);
    expect(String(many?.['keywords'])).toMatch(/#(?:Ada)?Lindqvist(?:,|$)/);
  });

  test('feed answers the items of a feed, or why it is none', async () => {
    const xml = `<rss version="2.0"><channel><title>Gazette</title><link>https://gazette.example.com/</link>
      <item><title>Bridge reopens</title><link>https://gazette.example.com/bridge</link>
      <enclosure url="https://gazette.example.com/b.mp3" type="audio/mpeg" length="1"/></item></channel></rss>`;
    const [found, refused] = await batch('feed', [
      { id: 1, xml, headers: { 'Content-Type': 'application/rss+xml' } },
      { id: 2, xml: 'no feed', headers: {} },
    ]);
    expect(found).toMatchObject({
      feed: { title: 'Gazette' },
      items: [{ title: 'Bridge reopens', enclosures: ['https://gazette.example.com/b.mp3'] }],
    });
    expect(refused).toMatchObject({ id: 2, error: expect.any(String) });
  });
});
