import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { html, serve } from '../http/loopback.ts';
import type { Loopback } from '../http/loopback.ts';
import { article, page } from './article.ts';
import { standfirst } from './run.ts';

let folder: string;
let site: Loopback;
const file = (name: string): string => join(folder, name);
/** Only this machine's first loopback address may be called; the second stands for a private network. */
const env = { STANDFIRST_ALLOW_PRIVATE: '127.0.0.1/32' };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'standfirst-cli-'));
  await writeFile(file('empty.txt'), ' \n');
  await writeFile(file('links.txt'), 'https://a.example/1\nhttps://b.example/2');
  await writeFile(file('large.txt'), 'A sentence of the report. '.repeat(400_000));
  await writeFile(
    file('binary.txt'),
    Uint8Array.from({ length: 4096 }, (_, index) => index % 7),
  );
  await writeFile(file('menu.html'), '<!doctype html><html><body><a href="/">Home</a><p>Sign up.</p></body></html>');
  await writeFile(file('bridge.txt'), article);
  site = await serve((request, response) => {
    const path = request.url ?? '';
    if (path === '/bridge') return html(response, page);
    if (path === '/private') return void response.writeHead(302, { location: 'http://127.0.0.2/' }).end();
    if (path === '/endless') {
      response.writeHead(200, { 'content-type': 'text/html' });
      const more = (): void => {
        while (!response.destroyed && response.write('<p>And another thing happened at the harbour.</p>'.repeat(200)));
        if (!response.destroyed) response.once('drain', more);
      };
      return more();
    }
    return void response.writeHead(Number(path.slice(1))).end('no');
  });
});
afterAll(async () => {
  await site[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

/** One sentence, nothing printed, the right code. */
async function refusal(args: readonly string[], code: number): Promise<string> {
  const ran = await standfirst(['compose', ...args], { env });
  expect(ran.stdout).toBe('');
  expect(ran.stderr.trim().split('\n')).toHaveLength(1);
  expect(ran.stderr).not.toMatch(/\bat .*\.ts:\d+/);
  expect(ran.code).toBe(code);
  return ran.stderr.trim();
}

describe('an article that cannot be used gets one sentence and an exit code', () => {
  test('empty text', async () => {
    expect(await refusal([file('empty.txt')], 2)).toMatch(/empty/);
  });

  test('several addresses in place of a text', async () => {
    expect(await refusal([file('links.txt')], 2)).toMatch(/2 addresses and no text: hand in one at a time/);
  });

  test('10 MB of text', async () => {
    expect(await refusal([file('large.txt')], 2)).toMatch(/5 MiB/);
  });

  test('binary', async () => {
    expect(await refusal([file('binary.txt')], 2)).toMatch(/not text/);
  });

  test('HTML without an article', async () => {
    expect(await refusal([file('menu.html')], 2)).toMatch(/menu\.html/);
  });

  test('a file that does not exist', async () => {
    expect(await refusal([file('gone.txt')], 4)).toMatch(/There is no file .*gone\.txt/);
  });

  test('a folder', async () => {
    expect(await refusal([folder], 2)).toMatch(/is a folder/);
  });

  test('an unknown network', async () => {
    expect(await refusal([file('bridge.txt'), '--networks', 'x,telegraf'], 2)).toMatch(
      /no network telegraf.*There are: /,
    );
  });

  test('a link, a language and a strategy that are none', async () => {
    expect(await refusal([file('bridge.txt'), '--url', 'gazette'], 2)).toMatch(/--url gazette/);
    expect(await refusal([file('bridge.txt'), '--lang', 'english!'], 2)).toMatch(/--lang english!/);
    expect(await refusal([file('bridge.txt'), '--hashtags', 'many'], 2)).toMatch(/smart, headline/);
  });

  test.each([
    [404, 4, /no such page/],
    [403, 3, /does not let us read it/],
    [500, 69, /try again later/],
  ])('a page that answers %i', async (status, code, sentence) => {
    expect(await refusal([`${site.url}/${status}`], code)).toMatch(sentence);
  });

  test('a page that redirects to a private address', async () => {
    expect(await refusal([`${site.url}/private`], 3)).toMatch(/127\.0\.0\.2/);
  });

  test('a private address', async () => {
    expect(await refusal(['http://127.0.0.2/'], 3)).toMatch(/127\.0\.0\.2/);
  });

  test('a page that never ends', async () => {
    expect(await refusal([`${site.url}/endless`], 2)).toMatch(/MB|bytes/);
  });

  test('a name that no server has, and a scheme that is not for pages', async () => {
    expect(await refusal(['http://gazette.invalid/'], 69)).toMatch(/gazette\.invalid/);
    expect(await refusal(['ftp://gazette.example.com/'], 2)).toMatch(/ftp/);
  });
});

describe('a page that can be used', () => {
  test('becomes posts that carry its address', async () => {
    const { code, stdout } = await standfirst(['compose', `${site.url}/bridge`, '--json'], { env });
    expect(code).toBe(0);
    expect(stdout).toContain('Port Lenna’s harbour bridge reopened to traffic on Monday');
    expect(stdout).toContain(`${site.url}/bridge`);
  });
});

describe('a command that is none', () => {
  test('is a usage error', async () => {
    expect((await standfirst(['tweet'])).code).toBe(2);
    expect((await standfirst(['compose'])).code).toBe(2);
    expect((await standfirst(['batch', 'everything'])).code).toBe(2);
  });
});
