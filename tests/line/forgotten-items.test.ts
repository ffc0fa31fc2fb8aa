import { afterAll, beforeAll, expect, it } from 'vitest';
import { addSource } from '../../src/pipeline/sources.ts';
import { tidy } from '../../src/pipeline/tidy.ts';
import { removeSource } from '../../src/store/source.ts';
import { givenSourceSettings } from '../../src/store/source-settings.ts';
import { serve } from '../http/loopback.ts';
import { installAnywhere } from './install-anywhere.ts';
import type { Installation } from './installation.ts';
import { addFeed, logOf, pageOf, readNow, runLine, startPaper, story } from './newsroom.ts';

/** The decision log is also how an item is known again: what its source still shows must never be forgotten. */

let at: Installation;
beforeAll(async () => {
  at = await installAnywhere({ withWorkers: false, hostFloorMs: 0 });
});
afterAll(() => at[Symbol.asyncDispose]());

const entry = (name: string) => ({
  guid: `id-${name}`,
  link: `https://fell-market.example/${name}`,
  title: `News from ${name}`,
  content: story(name),
});

/** As if everything of a source had been 100 days ago, its last reading too. */
async function age(sourceId: string): Promise<void> {
  const { database } = at.context;
  await database.run(
    `UPDATE standfirst.decision SET decided_at = decided_at - interval '100 days', shown_at = shown_at - interval '100 days' WHERE source_id = $1`,
    [sourceId],
  );
  await database.run(`UPDATE standfirst.source SET read_at = read_at - interval '100 days' WHERE id = $1`, [sourceId]);
}

async function namesIn(sourceId: string): Promise<string[]> {
  return (await logOf(at.context, sourceId)).map(({ title, url }) => title || (url ?? '')).toSorted();
}

const forget = (): Promise<void> => tidy(at.context, new AbortController().signal);

it('forgets what left the feed long ago; what stands in it is known, and what became a story stays', async () => {
  await using paper = await startPaper();
  paper.items = [entry('Skell'), entry('Corran')];
  const { id } = await addFeed(at.context, paper);
  await readNow(at.context, id);
  paper.items = [entry('Ure'), entry('Skell')];
  await readNow(at.context, id);
  await runLine(at.context);
  await age(id);
  paper.items = [entry('Skell')];
  await readNow(at.context, id);
  await forget();
  const log = await logOf(at.context, id);
  expect(log.map(({ title, outcome }) => [title, outcome]).toSorted()).toEqual([
    ['News from Skell', 'baseline'],
    ['News from Ure', 'accepted'],
  ]);
  await readNow(at.context, id);
  expect(await logOf(at.context, id)).toHaveLength(2);
});

it('takes 304 and an answer that fails for no sign that an item is gone', async () => {
  await using paper = await startPaper();
  paper.items = [entry('Bain')];
  paper.etag = '"1"';
  const { id } = await addFeed(at.context, paper);
  await readNow(at.context, id);
  await age(id);
  expect((await readNow(at.context, id)).httpStatus).toBe(304);
  paper.instead.push((response) => void response.writeHead(500).end());
  await readNow(at.context, id);
  await forget();
  expect(await namesIn(id)).toEqual(['News from Bain']);
});

it('reads an index whole once a day, though its sitemaps say that they have not changed', async () => {
  const asked: string[] = [];
  const paths = { '/may.xml': ['a'], '/june.xml': ['b'] } as Record<string, string[]>;
  await using site = await serve((request, response) => {
    const path = request.url ?? '';
    const names = paths[path];
    const isKnown = request.headers['if-none-match'] === `"${names?.join('')}"`;
    if (path.endsWith('.xml') && names !== undefined) asked.push(`${path} ${isKnown ? 304 : 200}`);
    if (isKnown) return void response.writeHead(304).end();
    const of = (tag: string, places: readonly string[]): string =>
      places.map((place) => `<${tag}><loc>${site.url}${place}</loc></${tag}>`).join('');
    const map = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"';
    if (path === '/index.xml')
      return void response.end(`<sitemapindex ${map}>${of('sitemap', Object.keys(paths))}</sitemapindex>`);
    if (names === undefined)
      return void response.writeHead(200, { 'content-type': 'text/html' }).end(pageOf(path, story(path)));
    const pages = names.map((name) => `/${name}`);
    response.writeHead(200, { etag: `"${names.join('')}"`, 'content-type': 'application/xml' });
    response.end(`<urlset ${map}>${of('url', pages)}</urlset>`);
  });
  const url = `${site.url}/index.xml`;
  const { id } = await addSource(at.context, { kind: 'sitemap', url, settings: givenSourceSettings.parse({}) }, 'test');
  await readNow(at.context, id);
  await readNow(at.context, id);
  expect(asked.splice(0)).toEqual(['/may.xml 200', '/june.xml 200', '/may.xml 304', '/june.xml 304']);
  await age(id);
  paths['/june.xml'] = [];
  await readNow(at.context, id);
  expect(asked.splice(0)).toEqual(['/may.xml 200', '/june.xml 200']);
  await forget();
  expect(await namesIn(id)).toEqual([`${site.url}/a`]);
});

it('forgets the log of a source that was removed, though nobody reads it any more', async () => {
  await using paper = await startPaper();
  paper.items = [entry('Wiske')];
  const { id } = await addFeed(at.context, paper);
  await readNow(at.context, id);
  await age(id);
  await forget();
  expect(await namesIn(id)).toEqual(['News from Wiske']);
  await removeSource(at.context.database, id, null, 'test');
  await forget();
  expect(await namesIn(id)).toEqual([]);
});
