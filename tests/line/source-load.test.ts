import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { addSource } from '../../src/pipeline/sources.ts';
import { givenSourceSettings } from '../../src/store/source-settings.ts';
import { startWorkers } from '../../workers/run.ts';
import { installAnywhere } from './install-anywhere.ts';
import { until } from './installation.ts';
import type { Installation } from './installation.ts';
import { addFeed, outcomesOf, readNow, rssOf, startPaper, story } from './newsroom.ts';

/** Everything a sixtieth of its time: feeds that take 500 ms for 30 s, read every 5 s for every 5 minutes. */
const FEEDS = 100;
const ANSWER_MS = 500;
const INTERVAL_MS = 5_000;

let at: Installation;
beforeAll(async () => {
  at = await installAnywhere({ withWorkers: false, hostFloorMs: 0 });
});
afterAll(() => at[Symbol.asyncDispose]());

it('reads a feed of 50,000 items by its beginning, with memory that stays flat', { timeout: 120_000 }, async () => {
  await using paper = await startPaper();
  const all = Array.from({ length: 50_000 }, (_, n) => ({
    guid: `item-${n}`,
    title: `Item ${n}`,
    link: `https://flood.example/${n}`,
    teaser: 'Words about it. '.repeat(8),
  }));
  const body = rssOf(all);
  expect(body.length).toBeGreaterThan(10_000_000);
  const answerAll = (): void =>
    void paper.instead.push((response) => response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(body));
  const { id } = await addFeed(at.context, paper, { text: 'page' });
  answerAll();
  const first = await readNow(at.context, id);
  expect(first.note).toContain('only its beginning is read');
  expect(await outcomesOf(at.context, id)).toEqual({ baseline: 1000 });
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const sizes = (): { heap: number; rss: number } => {
    collect();
    const { heapUsed, external, rss } = process.memoryUsage();
    return { heap: (heapUsed + external) / 2 ** 20, rss: rss / 2 ** 20 };
  };
  for (let n = 0; n < 3; n++) {
    answerAll();
    await readNow(at.context, id);
  }
  const before = sizes();
  for (let n = 0; n < 12; n++) {
    answerAll();
    await readNow(at.context, id);
  }
  const after = sizes();
  const [heapMb, processMb] = [after.heap - before.heap, after.rss - before.rss];
  console.log(
    `50,000 items, ${(body.length / 1e6).toFixed(0)} MB: 12 readings grew what is alive by ${heapMb.toFixed(0)} MB, the process by ${processMb.toFixed(0)} MB`,
  );
  // Twelve texts that are kept are more; of the process, what the system has not taken back yet is its own affair.
  expect(heapMb).toBeLessThan(50);
  expect(processMb).toBeLessThan(250);
  expect(await outcomesOf(at.context, id)).toEqual({ baseline: 1000 });
});

it('takes a flood of new items in by its cap, and posts none of it twice', { timeout: 120_000 }, async () => {
  await using paper = await startPaper();
  const { id } = await addFeed(at.context, paper, { text: 'page', maxPerHour: 25 });
  await readNow(at.context, id);
  for (let round = 0; round < 5; round++) {
    // The same thousand each time, dated anew, and every guid another one.
    paper.items = Array.from({ length: 1000 }, (_, n) => ({
      guid: `${round}-${n}`,
      title: `Flood ${n}`,
      link: `https://flood.example/storm/${n}?utm_campaign=${round}`,
      date: new Date(Date.now() - round * 60_000).toUTCString(),
    }));
    await readNow(at.context, id);
  }
  expect(await outcomesOf(at.context, id)).toEqual({ accepted: 25, 'over-cap': 975 });
});

it('reads 100 feeds that are all slow, each in its interval, nothing twice', { timeout: 240_000 }, async () => {
  const servers: Server[] = [];
  const open = new Set<number>();
  let most = 0;
  for (let n = 0; n < FEEDS; n++) {
    let reads = 0;
    const server = createServer((_request, response) => {
      open.add(n);
      most = Math.max(most, open.size);
      const items = Array.from({ length: ++reads }, (_, item) => ({
        guid: `${n}-${item}`,
        title: `Feed ${n}, item ${item}`,
        link: `https://slow-${n}.example/${item}`,
        content: story(`Slow ${n} item ${item}`),
      }));
      setTimeout(() => {
        open.delete(n);
        response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(rssOf(items.toReversed()));
      }, ANSWER_MS);
    });
    // A host of its own each: sources of one host wait for each other.
    await new Promise<void>((ready) => server.listen(0, `127.0.1.${n + 1}`, ready));
    servers.push(server);
  }
  const { context } = at;
  const ids: string[] = [];
  for (const [n, server] of servers.entries()) {
    const url = `http://127.0.1.${n + 1}:${(server.address() as AddressInfo).port}/feed`;
    // One in ten goes on down the line; the rest would measure the reading of articles.
    const rules = n % 10 === 0 ? { minLength: 1_000_000 } : { exclude: ['feed'] };
    const settings = givenSourceSettings.parse({ text: 'feed', rules });
    ids.push((await addSource(context, { kind: 'feed', url, settings }, 'test')).id);
  }
  await context.database.run(
    `UPDATE standfirst.source SET settings = jsonb_set(settings, '{intervalMs}', to_jsonb($2::int)), next_at = standfirst.clock() WHERE id = ANY ($1)`,
    [ids, INTERVAL_MS],
  );
  // How late each poll begins, written by the database itself; the first waits for the workers to start.
  await context.database.run(`
    CREATE TABLE public.late (source_id text, poll int, ms float8);
    CREATE FUNCTION public.note_poll() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN INSERT INTO public.late VALUES (OLD.id, NEW.poll, extract(epoch FROM clock_timestamp() - OLD.next_at) * 1000); RETURN NEW; END $$;
    CREATE TRIGGER note_poll AFTER UPDATE ON standfirst.source FOR EACH ROW WHEN (NEW.poll > OLD.poll) EXECUTE FUNCTION public.note_poll();`);
  const workers = await startWorkers(context);
  const least = async (): Promise<number> => {
    const row = z.object({ least: z.number() });
    const sql = 'SELECT min(polls) AS least FROM standfirst.source WHERE id = ANY ($1)';
    return (await context.database.one(row, sql, [ids]))?.least ?? 0;
  };
  try {
    await until('three polls of each', async () => (await least()) >= 3, 90_000);
  } finally {
    await workers.stop();
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
  }
  const lateness = await context.database.one(
    z.object({ median: z.number(), worst: z.number() }),
    `SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY ms) AS median, max(ms) AS worst FROM public.late WHERE poll > 2`,
  );
  const { median = NaN, worst = NaN } = lateness ?? {};
  console.log(
    `100 feeds that answer in ${ANSWER_MS} ms, read every ${INTERVAL_MS} ms: at most ${most} at once, late by ${Math.round(median)} ms in the median, ${Math.round(worst)} ms at worst`,
  );
  // Read one after the other, each is late by ten intervals; what a machine that stands still for a moment adds, it adds to some of them.
  expect(median).toBeLessThan(INTERVAL_MS / 5);
  expect(worst).toBeLessThan(INTERVAL_MS * 3);
  const twice = await context.database.run(
    `SELECT 1 FROM standfirst.article WHERE source_id = ANY ($1) GROUP BY source_id, request ->> 'url' HAVING count(*) > 1`,
    [ids],
  );
  expect(twice).toBe(0);
  expect(
    await context.database.run(`SELECT 1 FROM standfirst.article WHERE source_id = ANY ($1)`, [ids]),
  ).toBeGreaterThanOrEqual(20);
  for (const id of ids) expect((await outcomesOf(context, id))['baseline']).toBe(1);
});
