import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { build } from 'vite';
import type { Plugin } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { at, share, story, WAIT } from './shared.ts';

/** Another language is another catalogue of the same shape, and nothing else: here an invented one, English in ‹brackets›. */

const house = share();
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'standfirst-language-'));
  await build({
    configFile: fileURLToPath(new URL('../../src/dashboard/vite.config.ts', import.meta.url)),
    mode: 'production',
    logLevel: 'warn',
    plugins: [invented],
    build: { outDir: folder, emptyOutDir: true },
  });
}, 240_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Puts a second catalogue in the place of the first: whoever asks for texts gets them in the invented language. */
const invented: Plugin = {
  name: 'invented-language',
  enforce: 'pre',
  async resolveId(asked, importer = '') {
    const isCatalogue = /\/texts(\/[\w-]+)?\.ts$/.test(asked);
    if (!isCatalogue || importer.includes('/texts/') || /\/texts\.ts/.test(importer) || importer.startsWith('\0'))
      return;
    const file = await this.resolve(asked, importer, { skipSelf: true });
    return file === null || !file.id.includes('/dashboard/') ? undefined : `\0invented:${file.id}`;
  },
  async load(id) {
    const file = /^\0invented:(.*)$/.exec(id)?.[1];
    if (file === undefined) return;
    const names = [...(await readFile(file, 'utf8')).matchAll(/^export (?:const|function) (\w+)/gm)].map(
      ([, name]) => name,
    );
    return [
      `import * as english from ${JSON.stringify(file)};`,
      'const said = (of) => {',
      "  if (typeof of === 'string') return of === '' ? of : `‹${of}›`;",
      "  if (typeof of === 'function') return (...given) => said(of(...given));",
      '  if (Array.isArray(of)) return of.map(said);',
      "  if (typeof of !== 'object' || of === null) return of;",
      // Which language it is in is no text of it.
      "  return Object.fromEntries(Object.entries(of).map(([name, value]) => [name, name === 'language' ? value : said(value)]));",
      '};',
      ...names.map((name) => `export const ${name} = said(english.${name});`),
    ].join('\n');
  },
};

/** Serves the page in the invented language, with the nonce of the real one; ends when what it serves is served. */
async function speak(page: Page): Promise<AsyncDisposable> {
  const index = await readFile(join(folder, 'index.html'), 'utf8');
  await page.route('**/*', async (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname.startsWith('/assets/')) {
      const path = join(folder, 'assets', basename(pathname));
      return route.fulfill({ path });
    }
    if (route.request().resourceType() !== 'document') return route.fallback();
    const response = await route.fetch();
    const nonce = /nonce="([^"]+)"/.exec(await response.text())?.[1] ?? '';
    return route.fulfill({ response, body: index.replaceAll('__CSP_NONCE__', nonce) });
  });
  return { [Symbol.asyncDispose]: () => page.unrouteAll({ behavior: 'wait' }) };
}

const screens = ['/', '/desk', '/stories', '/intake', '/calendar', '/failures', '/health', '/outbox', '/setup'];

/** What can be pressed, and what stands above it, that says something and nothing of it in the language; what people wrote apart. */
const FOREIGN = `[...document.querySelectorAll('nav a, main h1, main h2, main button, main [role=tab]')]
  .filter((one) => one.getClientRects().length > 0 && one.closest('[dir=auto], bdi') === null)
  .map((one) => one.innerText.trim())
  .filter((words) => !words.includes('‹'))`;

/** Dates are written by the browser, not by the catalogue. */
const DATES = /\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)\b/g;

/** Of these, what is more than dates, and names of accounts and networks. */
function said(all: readonly string[], names: readonly string[]): string[] {
  const rest = (words: string): string =>
    names.reduce((left, name) => left.replaceAll(name, ''), words.replace(DATES, ''));
  return all.filter((words) => /\p{L}{3}/u.test(rest(words)));
}

test('a second language in the catalogue is seen on every screen', async () => {
  const { id } = await story(house, 'Lowmere learns to speak');
  await using editor = await at(house, '/');
  const { page } = editor;
  await using _spoken = await speak(page);
  const lists = ['accounts', 'networks'].map((list) =>
    house.newsroom.api<{ data: { name: string }[] }>('GET', `/v1/${list}`),
  );
  const names = (await Promise.all(lists)).flatMap(({ data }) => data.map(({ name }) => name));
  const foreign: string[] = [];
  for (const path of [...screens, `/stories/${id}`]) {
    await page.goto(house.newsroom.address + path);
    await page.locator('[data-live="live"]').getByText('‹live›').waitFor(WAIT);
    await page.locator('main h1').waitFor(WAIT);
    expect(await page.title(), path).toContain('‹');
    for (const words of said(await page.evaluate<string[]>(FOREIGN), names)) foreign.push(`${path}: ${words}`);
  }
  expect(foreign).toEqual([]);
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: '‹Keys›' }).waitFor(WAIT);
  expect(editor.complaints).toEqual([]);
}, 180_000);
