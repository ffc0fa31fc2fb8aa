import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { rssOf, startPaper, story } from '../line/newsroom.ts';
import type { Paper } from '../line/newsroom.ts';
import { until } from '../line/installation.ts';
import { whyMissing } from '../servers/binaries.ts';
import { freshDatabase } from '../servers/databases.ts';
import { callerOf, startServer } from './processes.ts';
import type { Call, Server } from './processes.ts';

const ITEMS = 40;

let paper: Paper;
let server: Server;
let env: Record<string, string>;
const dataDir = mkdtempSync(join(tmpdir(), 'standfirst-poll-kill-'));

beforeAll(async () => {
  paper = await startPaper();
  env = {
    ...(whyMissing('postgres') === undefined ? { DATABASE_URL: await freshDatabase() } : {}),
    STANDFIRST_DATA: dataDir,
    STANDFIRST_ALLOW_PRIVATE: '127.0.0.0/8',
    PORT: '0',
  };
  server = await startServer(env);
}, 120_000);
afterAll(async () => {
  await server.stop();
  await paper[Symbol.asyncDispose]();
  rmSync(dataDir, { recursive: true, force: true });
});

interface Decided {
  readonly outcome: string;
  readonly title: string;
  readonly articleId: string;
}

it(
  'loses no item and takes none twice when it is killed while it reads, decides and writes',
  { timeout: 200_000 },
  async () => {
    let call: Call = callerOf(server.address, dataDir);
    const settings = { text: 'feed', maxPerHour: 1000 };
    const { id } = await call<{ id: string }>('POST', '/v1/sources', {
      kind: 'feed',
      url: `${paper.url}/feed.xml`,
      settings,
    });
    const polls = async (): Promise<number> => (await call<{ polls: number }>('GET', `/v1/sources/${id}`)).polls;
    await until('the baseline', async () => (await polls()) === 1, 30_000);
    paper.items = Array.from({ length: ITEMS }, (_, n) => ({
      guid: `k${n}`,
      title: `Item ${n}`,
      link: `https://kill.example/${n}`,
      content: story(`Kill ${n}`),
    }));

    // Killed three times: while the feed is on its way, right after it came, and in the middle of the line.
    for (const waitMs of [0, 60, 1_500]) {
      const isAsked = new Promise<void>((resolve) => {
        paper.instead.push((response) => {
          resolve();
          setTimeout(
            () => response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(rssOf(paper.items)),
            20,
          );
        });
      });
      await call('POST', `/v1/sources/${id}/poll`);
      await isAsked;
      await new Promise((resolve) => setTimeout(resolve, waitMs));
      await server.kill();
      server = await startServer(env);
      call = callerOf(server.address, dataDir);
      // The lease of the dead worker would run out by itself, in three minutes.
      const source = await call<{ version: number; settings: object }>('GET', `/v1/sources/${id}`);
      await call('PATCH', `/v1/sources/${id}`, { settings: {} }, { 'if-match': `"${source.version}"` });
    }
    const before = await polls();
    await call('POST', `/v1/sources/${id}/poll`);
    await until('a reading to its end', async () => (await polls()) > before, 60_000);
    const log = async (): Promise<Decided[]> =>
      (await call<{ data: Decided[] }>('GET', `/v1/sources/${id}/decisions?limit=100`)).data;
    const posts = async (): Promise<{ articleId: string }[]> =>
      (await call<{ data: { articleId: string }[] }>('GET', '/v1/posts?limit=100')).data;
    await until('every post', async () => (await posts()).length >= ITEMS, 90_000);
    const decided = await log();
    expect(decided).toHaveLength(ITEMS);
    expect(new Set(decided.map(({ outcome }) => outcome))).toEqual(new Set(['accepted']));
    expect(new Set((await posts()).map(({ articleId }) => articleId))).toEqual(
      new Set(decided.map(({ articleId }) => articleId)),
    );
    expect(await posts()).toHaveLength(ITEMS);
  },
);
