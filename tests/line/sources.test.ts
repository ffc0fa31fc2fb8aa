import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { getSource } from '../../src/store/source.ts';
import { installAnywhere } from './install-anywhere.ts';
import type { Installation } from './installation.ts';
import { addFeed, logOf, outcomesOf, pageOf, readNow, runLine, startPaper, story } from './newsroom.ts';
import type { Paper } from './newsroom.ts';

let at: Installation;
beforeAll(async () => {
  at = await installAnywhere({ withWorkers: false, hostFloorMs: 0 });
});
afterAll(() => at[Symbol.asyncDispose]());

const entry = (name: string, more: object = {}) => ({
  guid: `id-${name}`,
  link: `https://tarn-valley.example/${name}`,
  title: `News from ${name}`,
  teaser: `What happened in ${name}.`,
  content: story(name),
  ...more,
});

async function postCount(sourceId: string): Promise<number> {
  const row = await at.context.database.one(
    z.object({ count: z.number() }),
    `SELECT count(*) AS count FROM standfirst.post JOIN standfirst.article ON article.id = post.article_id WHERE article.source_id = $1`,
    [sourceId],
  );
  return row?.count ?? 0;
}

async function eventsOf(subject: string, type: string): Promise<number> {
  return at.context.database.run(`SELECT 1 FROM standfirst.event WHERE subject = $1 AND type = $2`, [subject, type]);
}

/** A paper, its feed with one old item, and the source after its first reading. */
async function readFeed(settings: object = {}): Promise<{ paper: Paper; id: string }> {
  const paper = await startPaper();
  const old = `old-${paper.port}`;
  paper.items = [entry(old)];
  const { id } = await addFeed(at.context, paper, { text: 'feed', ...settings });
  await readNow(at.context, id);
  return { paper, id };
}

it('takes what a feed has at first for its baseline, and posts only what comes after', async () => {
  const { paper, id } = await readFeed();
  await using _ = paper;
  expect(await outcomesOf(at.context, id)).toEqual({ baseline: 1 });
  paper.items.unshift(entry('Ostrava Mill'));
  const source = await readNow(at.context, id);
  expect(source).toMatchObject({ name: 'Tarn Valley Post', httpStatus: 200, failures: 0, polls: 2 });
  await runLine(at.context);
  const [log] = await logOf(at.context, id);
  expect(log).toMatchObject({ outcome: 'accepted', title: 'News from Ostrava Mill', lang: 'en' });
  expect(log?.storyId).toMatch(/^story_/);
  expect(await postCount(id)).toBe(1);
  await readNow(at.context, id);
  await runLine(at.context);
  expect(await postCount(id)).toBe(1);
});

it('does not take an item for new that has another date, another guid or another address', async () => {
  const { paper, id } = await readFeed();
  await using _ = paper;
  // Of today, as a source takes nothing for news that is days old.
  const ago = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toUTCString();
  paper.items.unshift(entry('Vell Harbour', { date: ago(60) }));
  await readNow(at.context, id);
  const changed = [
    entry('Vell Harbour', { date: ago(1) }),
    entry('Vell Harbour', { guid: 'another-guid' }),
    entry('Vell Harbour', { link: 'https://tarn-valley.example/Vell Harbour?utm_source=feed' }),
    entry('Vell Harbour', { link: 'https://tarn-valley.example/moved/elsewhere' }),
  ];
  for (const item of changed) {
    paper.items = [item];
    await readNow(at.context, id);
    expect(await outcomesOf(at.context, id)).toEqual({ baseline: 1, accepted: 1 });
  }
});

it('asks conditionally, and counts what was not sent', async () => {
  const { paper, id } = await readFeed();
  await using _ = paper;
  paper.etag = '"1"';
  await readNow(at.context, id);
  const source = await readNow(at.context, id);
  expect(source).toMatchObject({ httpStatus: 304, unchanged: 1, polls: 3 });
  expect(paper.seen.at(-1)?.headers['if-none-match']).toBe('"1"');
});

it('lets no more in than the cap of an hour; the rest waits, is told so, and comes in its turn', async () => {
  const { paper, id } = await readFeed({ maxPerHour: 3 });
  await using _ = paper;
  paper.items = Array.from({ length: 10 }, (_one, n) => entry(`Flood ${n}`));
  await readNow(at.context, id);
  expect(await outcomesOf(at.context, id)).toEqual({ baseline: 1, accepted: 3, 'over-cap': 7 });
  const waiting = (await logOf(at.context, id)).find(({ outcome }) => outcome === 'over-cap');
  expect(waiting?.detail).toContain('3 articles came within the hour');
  await readNow(at.context, id);
  expect(await outcomesOf(at.context, id)).toMatchObject({ accepted: 3 });
  await at.context.database.run(
    `UPDATE standfirst.article SET created_at = created_at - interval '2 hours' WHERE source_id = $1`,
    [id],
  );
  paper.items = [];
  await readNow(at.context, id);
  expect(await outcomesOf(at.context, id)).toMatchObject({ accepted: 6, 'over-cap': 4 });
});

it('filters by the rules of the source, before and after an article is read', async () => {
  const rules = { exclude: ['horoscope'], minLength: 400, languages: ['en'], urgentWords: ['evacuat*'] };
  const { paper, id } = await readFeed({ rules });
  await using _ = paper;
  paper.items = [
    entry('Brend', { title: 'Your horoscope for Brend' }),
    entry('Lisk', {
      content:
        '<p>The council of Lisk met on Monday. It said that the ferry would sail again from Thursday on, and that the fare stays as it was. Nobody spoke against it.</p>',
    }),
    entry('Quarn', { title: 'Quarn evacuated after the dam broke' }),
  ];
  await readNow(at.context, id);
  await runLine(at.context);
  const log = await logOf(at.context, id);
  const about = (name: string) => log.find(({ guid }) => guid === `id-${name}`);
  expect(about('Brend')).toMatchObject({
    outcome: 'filtered',
    rule: 'exclude',
    detail: 'Headline or teaser holds “horoscope”.',
  });
  expect(about('Lisk')).toMatchObject({ outcome: 'filtered', rule: 'minLength' });
  expect(about('Quarn')).toMatchObject({ outcome: 'accepted' });
  const urgent = await at.context.database.one(
    z.object({ urgency: z.string() }),
    `SELECT urgency FROM standfirst.post WHERE story_id = $1`,
    [about('Quarn')?.storyId],
  );
  expect(urgent?.urgency).toBe('breaking');
});

it('leaves what resurfaces alone: an item of last year is no news', async () => {
  const { paper, id } = await readFeed();
  await using _ = paper;
  paper.items = [entry('Old Town', { date: 'Mon, 24 Nov 2025 08:00:00 GMT' })];
  await readNow(at.context, id);
  expect((await logOf(at.context, id))[0]).toMatchObject({ outcome: 'filtered', rule: 'maxAgeHours' });
});

it('says in the log why a page could not be read', async () => {
  const { paper, id } = await readFeed({ text: 'page' });
  await using _ = paper;
  paper.pages.set('/there', pageOf('A page that is there', story('Hallow')));
  paper.items = [entry('there', { link: `${paper.url}/there` }), entry('gone', { link: `${paper.url}/gone` })];
  await readNow(at.context, id);
  await runLine(at.context);
  const log = await logOf(at.context, id);
  expect(log.find(({ guid }) => guid === 'id-there')).toMatchObject({ outcome: 'accepted' });
  expect(log.find(({ guid }) => guid === 'id-gone')).toMatchObject({
    outcome: 'refused',
    detail: expect.stringContaining('there is no such page'),
  });
});

it('follows a feed that moved for good, and keeps the old address of one that moved for now', async () => {
  const { paper, id } = await readFeed();
  await using _ = paper;
  const to = (status: number, location: string) =>
    paper.instead.push((response) => response.writeHead(status, { location }).end());
  to(302, '/feed-now.xml');
  expect((await readNow(at.context, id)).url).toBe(`${paper.url}/feed.xml`);
  to(301, '/feed-new.xml');
  expect((await readNow(at.context, id)).url).toBe(`${paper.url}/feed-new.xml`);
  expect(await eventsOf(id, 'source.moved')).toBe(1);
});

it('pauses a feed that has ended, and says why', async () => {
  const { paper, id } = await readFeed();
  await using _ = paper;
  paper.instead.push((response) => response.writeHead(410).end());
  expect(await readNow(at.context, id)).toMatchObject({
    state: 'paused',
    reason: expect.stringContaining('this feed has ended'),
  });
});

it('backs off from a feed in trouble, waits as long as it asks, and tells once that it is failing', async () => {
  const { paper, id } = await readFeed();
  await using _ = paper;
  const waits: number[] = [];
  for (let n = 0; n < 7; n++) {
    paper.instead.push((response) => response.writeHead(503, n === 6 ? { 'retry-after': '40000' } : {}).end());
    const { nextAt, polledAt } = await readNow(at.context, id);
    waits.push(((nextAt?.getTime() ?? 0) - (polledAt?.getTime() ?? 0)) / 1000);
  }
  for (const [n, wait] of waits.slice(0, 6).entries()) {
    expect(wait).toBeGreaterThanOrEqual(Math.min(300 * 2 ** (n + 1), 21_600) - 1);
    expect(wait).toBeLessThanOrEqual(Math.min(300 * 2 ** (n + 1), 21_600) * 1.1 + 1);
  }
  expect(waits[6]).toBeCloseTo(40_000, -2);
  expect(await eventsOf(id, 'source.failing')).toBe(1);
  expect(await getSource(at.context.database, id)).toMatchObject({ failures: 7, httpStatus: 503 });
  expect(await readNow(at.context, id)).toMatchObject({ failures: 0, failingSince: null, problem: null });
  expect(await eventsOf(id, 'source.recovered')).toBe(1);
});

it.each([
  [
    'entities that a DTD declares',
    '<!DOCTYPE rss [<!ENTITY a "aaaa">]><rss><channel><title>&a;</title></channel></rss>',
  ],
  ['a page instead of a feed', '<!doctype html><html><body>Welcome</body></html>'],
  ['nothing at all', ''],
  ['bytes that are no text', '\u0000\u0001\u0002'],
])('reads no item out of %s, and says what it met', async (_what, body) => {
  const { paper, id } = await readFeed();
  await using _ = paper;
  paper.instead.push((response) => response.writeHead(200).end(body));
  const source = await readNow(at.context, id);
  expect(source).toMatchObject({ failures: 1, problem: expect.stringMatching(/\.$|:/) });
  expect(await outcomesOf(at.context, id)).toEqual({ baseline: 1 });
});
