import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { networks } from '../../src/networks/registry.ts';
import { fits, measure } from '../../src/text/length.ts';
import { article, headline, page } from './article.ts';
import { standfirst } from './run.ts';

interface Line {
  network: string;
  parts: { text: string; length: number }[];
  max: number;
  unit: string;
  hashtags: string[];
}

let folder: string;
const file = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'standfirst-cli-'));
  await writeFile(file('bridge.txt'), article);
  await writeFile(file('bridge.html'), page);
});
afterAll(() => rm(folder, { recursive: true }));

async function compose(...args: string[]): Promise<Line[]> {
  const { code, stdout, stderr } = await standfirst(['compose', ...args, '--json']);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
}

describe('standfirst compose', () => {
  test('prints a post for every network, each measured by that network’s own rule and within it', async () => {
    const lines = await compose(file('bridge.txt'), '--url', 'https://gazette.example.com/bridge');
    expect(lines.map((line) => line.network)).toEqual(networks.map(({ profile }) => profile.id));
    for (const line of lines) {
      const rule = networks.find(({ profile }) => profile.id === line.network)?.profile.limits.text;
      if (rule === undefined) throw new Error(`no network ${line.network}`);
      expect(line.parts).toHaveLength(1);
      for (const part of line.parts) {
        expect(part.length).toBe(measure(part.text, rule));
        expect(fits(part.text, rule)).toBe(true);
      }
    }
  });

  test('writes under house rules from a file, and says what they did', async () => {
    const rules = { signatures: { '*': 'The Gazette' }, utm: { '*': { source: '{network}' } } };
    await writeFile(file('rules.json'), JSON.stringify(rules));
    const given = [
      file('bridge.txt'),
      '--url',
      'https://gazette.example.com/bridge',
      '--house-rules',
      file('rules.json'),
    ];
    const [line] = await compose(...given, '--networks', 'mastodon');
    expect(line?.parts[0]?.text).toMatch(
      /\nThe Gazette\nhttps:\/\/gazette\.example\.com\/bridge\?utm_source=mastodon$/,
    );
    expect(line).toHaveProperty('applied', ['Signed by the house.', 'The house adds utm_source to the link.']);
    await writeFile(file('rules.json'), JSON.stringify({ templates: { nowhere: '{tags}' }, signature: '' }));
    const wrong = await standfirst(['compose', ...given]);
    expect([wrong.code, wrong.stdout]).toEqual([2, '']);
    expect(wrong.stderr).toContain('are not right');
  });

  test('shows people the length beside the limit', async () => {
    const [network] = networks;
    const { stdout } = await standfirst(['compose', file('bridge.txt'), '--networks', network?.profile.id ?? '']);
    const [head, ...text] = stdout.trimEnd().split('\n');
    const rule = network?.profile.limits.text;
    expect(head).toBe(`${network?.profile.name}  ${rule && measure(text.join('\n'), rule)} of ${rule?.max}`);
  });

  test('the headline strategy takes the words of the headline, then the section, then house tags, exactly', async () => {
    const house = ['--section', 'City', '--tags', 'News'];
    const lines = await compose(file('bridge.txt'), '--title', headline, ...house, '--hashtags', 'headline');
    const all = ['#Lindqvists', '#bridge', '#Lennas', '#miracle', '#open', '#City', '#News'];
    for (const line of lines) {
      const most = networks.find(({ profile }) => profile.id === line.network)?.profile.limits.hashtags.max ?? 0;
      expect(line.hashtags).toEqual(all.slice(0, most));
      expect(line.parts[0]?.text).toContain(all.slice(0, most).join(' '));
    }
    expect(lines.some(({ hashtags }) => hashtags.length === all.length)).toBe(true);
  });

  test('smart hashtags drop the possessive, keep to each network’s number and keep the house tag', async () => {
    const lines = await compose(file('bridge.txt'), '--title', headline, '--tags', 'News');
    for (const line of lines) {
      const rule = networks.find(({ profile }) => profile.id === line.network)?.profile.limits.hashtags;
      expect(line.hashtags.length).toBeLessThanOrEqual(rule?.advised ?? 0);
      expect(line.hashtags.join(' ')).not.toMatch(/Lindqvists|Lennas/);
      if (line.hashtags.length > 1) expect(line.hashtags.at(-1)).toBe('#News');
    }
    expect(lines.flatMap((line) => line.hashtags).join(' ')).toMatch(/#(?:Ada)?Lindqvist\b/);
  });

  test('the hashtag line at the end of the text is not body text', async () => {
    const lines = await compose(file('bridge.txt'), '--hashtags', 'headline');
    for (const line of lines) for (const part of line.parts) expect(part.text).not.toContain('#Bridge');
  });

  test('takes HTML from a file and plain text from standard input', async () => {
    const [fromHtml] = await compose(file('bridge.html'));
    expect(fromHtml?.parts[0]?.text).toContain('Port Lenna’s harbour bridge reopened to traffic on Monday');
    const { stdout, code } = await standfirst(['compose', '-', '--json'], { input: article });
    expect(code).toBe(0);
    expect(stdout).toContain('Port Lenna’s harbour bridge');
  });

  test('names the networks asked for and no other', async () => {
    const last = networks.at(-1)?.profile.id ?? '';
    expect((await compose(file('bridge.txt'), '--networks', last)).map((line) => line.network)).toEqual([last]);
  });

  test('a thread continues in numbered messages with the link in the first only', async () => {
    const url = 'https://gazette.example.com/bridge';
    const lines = await compose(file('bridge.txt'), '--thread', '--url', url);
    const threads = lines.filter((line) => line.parts.length > 1);
    expect(threads.length).toBeGreaterThan(0);
    for (const { parts } of threads) {
      parts.forEach((part, index) => expect(part.text.startsWith(`${index + 1}/${parts.length} `)).toBe(true));
      expect(parts.slice(1).some((part) => part.text.includes(url))).toBe(false);
    }
  });
});

test('opens no database and loads no queue', () => {
  const script = `
    import { registerHooks } from 'node:module';
    const loaded = [];
    registerHooks({ load(url, context, next) { loaded.push(url); return next(url, context); } });
    process.argv = [process.argv[0], 'compose', ${JSON.stringify(file('bridge.txt'))}, '--json'];
    process.on('exit', () => console.error(loaded.filter((url) => /node_modules.(pg|bullmq|ioredis|fastify)[^a-z]/.test(url)).join(' ')));
    await import('./src/cli/main.ts');
  `;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  expect(stdout.trim().split('\n')).toHaveLength(networks.length);
  expect(stderr.trim()).toBe('');
});
