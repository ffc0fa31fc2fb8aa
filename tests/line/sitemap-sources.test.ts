import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import type { SourceKind } from '../../src/domain/source.ts';
import { addSource } from '../../src/pipeline/sources.ts';
import { getSource } from '../../src/store/source.ts';
import { givenSourceSettings } from '../../src/store/source-settings.ts';
import type { SourceRow } from '../../src/store/source.ts';
import { makeDue } from '../../src/store/source-poll.ts';
import { parseSitemap } from '../../src/text/sitemap.ts';
import type { Workers } from '../../workers/run.ts';
import { startWorkers } from '../../workers/run.ts';
import { serve } from '../http/loopback.ts';
import type { Loopback } from '../http/loopback.ts';
import { installAnywhere } from './install-anywhere.ts';
import { until } from './installation.ts';
import type { Installation } from './installation.ts';
import { logOf, outcomesOf, pageOf, story } from './newsroom.ts';

/** Sources that are no feeds, polled as they are in life: by the workers, from the row to the posts. */

let at: Installation;
let workers: Workers;
let site: Loopback & { readonly files: Map<string, string | Buffer> };
beforeAll(async () => {
  at = await installAnywhere({ withWorkers: false, hostFloorMs: 0 });
  workers = await startWorkers(at.context);
});
afterAll(async () => {
  await workers.stop();
  await at[Symbol.asyncDispose]();
});
beforeEach(async () => {
  const files = new Map<string, string | Buffer>();
  const server = await serve((request, response) => answer(response, files.get(request.url ?? '')));
  site = Object.assign(server, { files });
});
afterEach(() => site[Symbol.asyncDispose]());

function answer(response: ServerResponse, file: string | Buffer | undefined): void {
  if (file === undefined) return void response.writeHead(404).end();
  const type = typeof file === 'string' && file.startsWith('<!doctype') ? 'text/html' : 'application/xml';
  response.writeHead(200, { 'content-type': `${type}; charset=utf-8` }).end(file);
}

interface Entry {
  readonly path: string;
  readonly at?: Date;
  readonly title?: string;
}

function sitemapOf(entries: readonly Entry[]): string {
  const urls = entries.map(({ path, at: publishedAt, title }) => {
    const news =
      title === undefined
        ? ''
        : `<news:news><news:publication_date>${publishedAt?.toISOString()}</news:publication_date><news:title>${title}</news:title></news:news>`;
    return `<url><loc>${site.url}${path}</loc><lastmod>${(publishedAt ?? new Date()).toISOString()}</lastmod>${news}</url>`;
  });
  return `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">${urls.join('')}</urlset>`;
}

function indexOf(paths: readonly string[]): string {
  const maps = paths.map(
    (path, n) =>
      `<sitemap><loc>${site.url}${path}</loc><lastmod>2026-11-${String(20 - n).padStart(2, '0')}</lastmod></sitemap>`,
  );
  return `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${maps.join('')}</sitemapindex>`;
}

function write(name: string): string {
  const path = `/news/${name}`;
  site.files.set(path, pageOf(`News from ${name}`, story(name)));
  return path;
}

function add(kind: SourceKind, path: string | null, settings: Record<string, unknown> = {}): Promise<SourceRow> {
  const url = path === null ? null : `${site.url}${path}`;
  return addSource(at.context, { kind, url, settings: givenSourceSettings.parse(settings) }, 'test');
}

const read = async (id: string): Promise<SourceRow> => (await getSource(at.context.database, id)) as SourceRow;

/** Asks for a poll now, as a person does, and waits until the workers have made it. */
async function polled(id: string): Promise<SourceRow> {
  const before = (await read(id)).polls;
  const due = await makeDue(at.context.database, id);
  if (due === null) throw new Error(`Source ${id} cannot be read now.`);
  await at.context.bell.ring('poll', due);
  await until('a poll by the workers', async () => (await read(id)).polls > before);
  return read(id);
}

/** Links of the posts that came of a source. */
async function posted(id: string): Promise<string[]> {
  const rows = await at.context.database.many(
    z.object({ link: z.string() }),
    `SELECT rev.link FROM standfirst.post JOIN standfirst.article ON article.id = post.article_id
       JOIN standfirst.post_revision AS rev ON rev.post_id = post.id AND rev.n = post.revision WHERE article.source_id = $1`,
    [id],
  );
  return rows.map(({ link }) => link).sort();
}
async function reachesPosts(id: string, count: number): Promise<string[]> {
  await until(`${count} posts`, async () => (await posted(id)).length >= count, 30_000);
  return posted(id);
}

it('posts what a news sitemap names after the first reading, once, whatever date it gets later', async () => {
  const old = { path: write('Alder'), at: new Date(Date.now() - 3_600_000), title: 'News from Alder' };
  site.files.set('/sitemap.xml', sitemapOf([old]));
  const { id } = await add('sitemap', '/sitemap.xml');
  await until('the first reading', async () => (await read(id)).polls >= 1);
  expect(await outcomesOf(at.context, id)).toEqual({ baseline: 1 });
  const fresh = { path: write('Birch'), at: new Date(), title: 'News from Birch' };
  site.files.set('/sitemap.xml', sitemapOf([fresh, old]));
  await polled(id);
  expect(await reachesPosts(id, 1)).toEqual([`${site.url}/news/Birch`]);
  const dated = [fresh, old].map((entry) => ({ ...entry, at: new Date(Date.now() + 60_000) }));
  site.files.set('/sitemap.xml', sitemapOf(dated));
  await polled(id);
  expect(await outcomesOf(at.context, id)).toEqual({ baseline: 1, accepted: 1 });
  expect(await posted(id)).toHaveLength(1);
});

it('follows an index to its sitemaps, packed or not, and says which of them cannot be read', async () => {
  site.files.set('/index.xml', indexOf(['/a.xml', '/b.xml.gz', '/gone.xml']));
  site.files.set('/a.xml', sitemapOf([{ path: write('Cedar') }]));
  site.files.set('/b.xml.gz', gzipSync(sitemapOf([{ path: write('Dogwood') }])));
  const { id } = await add('sitemap', '/index.xml');
  await until('the first reading', async () => (await read(id)).polls >= 1);
  expect(await outcomesOf(at.context, id)).toEqual({ baseline: 2 });
  expect((await read(id)).note).toMatch(/gone\.xml/);
  site.files.set('/b.xml.gz', gzipSync(sitemapOf([{ path: '/news/Dogwood' }, { path: write('Elm') }])));
  await polled(id);
  expect(await reachesPosts(id, 1)).toEqual([`${site.url}/news/Elm`]);
});

it('posts every page that a person wrote down, and one that is added later, each once', async () => {
  const urls = ['Fir', 'Gorse'].map((name) => `${site.url}${write(name)}`);
  const { id } = await add('urls', null, { urls });
  await until('the first reading', async () => (await read(id)).polls >= 1);
  expect(await reachesPosts(id, 2)).toEqual([...urls].sort());
  const added = `${site.url}${write('Hazel')}`;
  // The same page by another way to write it is no other page.
  await at.context.database.run(
    `UPDATE standfirst.source SET settings = jsonb_set(settings, '{urls}', $2::jsonb) WHERE id = $1`,
    [id, JSON.stringify([...urls, `${urls[0]}?utm_source=list`, added])],
  );
  await polled(id);
  expect(await reachesPosts(id, 3)).toEqual([...urls, added].sort());
  await polled(id);
  expect(await posted(id)).toHaveLength(3);
});

it('tells what is wrong with a sitemap that cannot be read, and reads it again when it can', async () => {
  site.files.set('/sitemap.xml', '<!doctype html><html><body>We are moving.</body></html>');
  const { id } = await add('sitemap', '/sitemap.xml');
  await until('a reading in vain', async () => (await read(id)).failures >= 1);
  expect((await read(id)).problem).toMatch(/no sitemap/);
  site.files.set('/sitemap.xml', sitemapOf([{ path: write('Ivy') }]));
  expect(await polled(id)).toMatchObject({ problem: null, failures: 0 });
});

it('takes a flood in by its cap and posts none of it twice, dated anew each time and named otherwise', async () => {
  site.files.set('/sitemap.xml', sitemapOf([{ path: write('Juniper') }]));
  const { id } = await add('sitemap', '/sitemap.xml', { maxPerHour: 6 });
  await until('the first reading', async () => (await read(id)).polls >= 1);
  const flood = Array.from({ length: 900 }, (_, n) => ({ path: n < 20 ? write(`Flood-${n}`) : `/news/Flood-${n}` }));
  for (let round = 1; round <= 3; round++) {
    const now = new Date(Date.now() + round * 1_000);
    const named = flood.map(({ path }, n) => ({ path: `${path}?utm_source=${round}`, at: now, title: `Flood ${n}` }));
    for (const [n, { path }] of flood.entries())
      if (n < 20) site.files.set(`${path}?utm_source=${round}`, site.files.get(path) ?? '');
    site.files.set('/sitemap.xml', sitemapOf(named));
    await polled(id);
  }
  expect(await outcomesOf(at.context, id)).toEqual({ baseline: 1, accepted: 6, 'over-cap': 894 });
  const links = (await reachesPosts(id, 6)).map((link) => link.split('?')[0]);
  expect(new Set(links).size).toBe(6);
  expect(links).toHaveLength(6);
});

it('reads a sitemap of 50,000 pages without standing still, and the same one again', { timeout: 240_000 }, async () => {
  const at_ = (n: number): Date => new Date(Date.UTC(2026, 10, 1) + n * 30_000);
  const entries = Array.from({ length: 50_000 }, (_, n) => ({ path: `/news/page-${n}`, at: at_(n) }));
  const text = sitemapOf(entries);
  site.files.set('/sitemap.xml', text);
  const { id } = await add('sitemap', '/sitemap.xml');
  await until('the first reading', async () => (await read(id)).polls >= 1);
  expect(await outcomesOf(at.context, id)).toEqual({ baseline: 1000 });
  expect((await read(id)).note).toMatch(/only the newest are read/);
  // The best of three readings: what stands still by its own doing does so in each, what the machine adds does not.
  const longest: { workedMs: number; stoodMs: number }[] = [];
  for (let n = 0; n < 3; n++) longest.push(await longestInOneGo(() => polled(id)));
  const [worked, stood] = [longest.map(({ workedMs }) => workedMs), longest.map(({ stoodMs }) => stoodMs)];
  const { workedMs: parsing } = await longestInOneGo(async () => parseSitemap(text));
  console.log(
    `50,000 pages, ${(text.length / 1e6).toFixed(0)} MB, read three times: at most ${worked.join(', ')} ms of work in one go, ` +
      `${stood.join(', ')} ms on the clock; parsing takes ${parsing} ms of work`,
  );
  expect(Math.min(...worked)).toBeLessThan(parsing / 2);
  expect(Math.min(...stood)).toBeLessThan(1_000);
  expect(await outcomesOf(at.context, id)).toEqual({ baseline: 1000 });
  // The newest of them, and nothing else.
  const titles = (await logOf(at.context, id)).map(({ url }) => Number(/page-(\d+)$/.exec(url ?? '')?.[1]));
  expect(Math.min(...titles)).toBe(49_000);
});

/** The longest that this thread did nothing else meanwhile: by its own processor time, which no other process adds to, and by the clock. */
async function longestInOneGo(work: () => Promise<unknown>): Promise<{ workedMs: number; stoodMs: number }> {
  const gaps = monitorEventLoopDelay({ resolution: 5 });
  const spentMs = (): number => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
  };
  let before = spentMs();
  let workedMs = 0;
  const look = (): void => {
    const now = spentMs();
    workedMs = Math.max(workedMs, now - before);
    before = now;
  };
  const looking = setInterval(look, 5);
  gaps.enable();
  await work();
  look();
  gaps.disable();
  clearInterval(looking);
  return { workedMs: Math.round(workedMs), stoodMs: Math.round(gaps.max / 1e6) };
}
