import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { Fake } from '../fakes/fake.ts';
import { startX, xKeys } from '../fakes/x.ts';
import { type BackendName, describeWith } from '../servers/backends.ts';
import type { ServerName } from '../servers/binaries.ts';
import { freshDatabase } from '../servers/databases.ts';
import { startRedis } from '../servers/redis.ts';
import { type RunningServer, startServer } from './server.ts';

// faults.md 1: lost = a post that is neither published nor shown as failed or unknown; twice = a second request for one
// text. The fake refuses a second post of the same words, so requests are counted, not only what it took.

const ACCOUNTS = 10;
const TEXTS = 20;
/** Long enough to queue all of them before the first is due. */
const DUE_IN_MS = 12_000;

interface Post {
  id: string;
  accountId: string;
  state: string;
}

const needs: Record<BackendName, readonly ServerName[]> = {
  'redis+postgres': ['redis', 'postgres'],
  postgres: ['postgres'],
  embedded: [],
};

for (const backend of ['redis+postgres', 'postgres', 'embedded'] as const) {
  describeWith(needs[backend], `kill -9 in the middle of 200 posts on ${backend}`, () => {
    it('loses none and sends none twice', { timeout: 240_000 }, async () => {
      await using stack = new AsyncDisposableStack();
      const dataDir = mkdtempSync(join(tmpdir(), 'standfirst-kill-'));
      stack.defer(() => rmSync(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }));
      const network = stack.use(await startX());
      await network.setMode({ name: 'slow', ms: 300 });
      const env: Record<string, string> = { STANDFIRST_ALLOW_PRIVATE: '127.0.0.0/8' };
      if (backend !== 'embedded') env['DATABASE_URL'] = await freshDatabase();
      if (backend === 'redis+postgres') env['REDIS_URL'] = stack.use(await startRedis()).url;

      const first = await startServer(dataDir, env);
      stack.defer(() => first.stop());
      const accounts = await addAccounts(first, network);
      const ids = await schedule(first, accounts);
      expect(ids.size).toBe(ACCOUNTS * TEXTS);
      while (network.log.length < ids.size / 4) await sleep(5);
      await first.kill();
      const atKill = network.log.length;
      expect(atKill).toBeLessThan(ids.size * 0.75);

      const second = await startServer(dataDir, env);
      stack.defer(() => second.stop());
      const posts = await settled(second, ids, network);
      const count = (state: string) => posts.filter((post) => post.state === state).length;
      const seen = Map.groupBy(network.log, (post) => `${post.account} ${post.text}`);
      const result = {
        lost: posts.filter((post) => !['published', 'failed', 'unknown'].includes(post.state)).length,
        twice: network.attempts - seen.size,
        // Posts called published that the network does not have, or the other way round.
        mistaken: Math.abs(count('published') - network.log.length),
      };
      console.log(
        `${backend}: killed at ${atKill} of ${ids.size}; ${count('published')} published, ${count('unknown')} unknown, ` +
          `${count('failed')} failed; at the network ${network.log.length} in ${network.attempts} requests`,
      );
      expect(result).toEqual({ lost: 0, twice: 0, mistaken: 0 });
    });
  });
}

async function addAccounts(server: RunningServer, network: Fake): Promise<string[]> {
  const accounts: string[] = [];
  for (let n = 1; n <= ACCOUNTS; n++) {
    const { appKey, appSecret, accessSecret } = xKeys;
    const credentials = {
      kind: 'oauth1',
      appKey,
      appSecret,
      accessSecret,
      accessToken: `${n}-token`,
      server: network.url,
    };
    accounts.push((await server.ask<{ id: string }>('POST', '/v1/accounts', { network: 'x', credentials })).id);
  }
  return accounts;
}

async function schedule(server: RunningServer, accountIds: string[]): Promise<Set<string>> {
  const ids = new Set<string>();
  const schedule = { at: new Date(Date.now() + DUE_IN_MS).toISOString() };
  for (let n = 1; n <= TEXTS; n++) {
    const text = `Ferry ${n} leaves Port Aldern on time.`;
    const { data } = await server.ask<{ data: Post[] }>('POST', '/v1/posts', { accountIds, text, schedule });
    for (const post of data) ids.add(post.id);
  }
  return ids;
}

/** Waits until every post has an end, and those that the network has are known to be there: a minute after a look-up. */
async function settled(server: RunningServer, ids: Set<string>, network: Fake): Promise<Post[]> {
  let posts: Post[] = [];
  for (const from = performance.now(); performance.now() - from < 120_000; await sleep(500)) {
    posts = await Promise.all([...ids].map((id) => server.ask<Post>('GET', `/v1/posts/${id}`)));
    const published = posts.filter((post) => post.state === 'published').length;
    const isOpen = posts.some((post) => ['scheduled', 'publishing', 'approved'].includes(post.state));
    if (!isOpen && published === network.log.length) break;
    await sleep(1_500);
  }
  return posts;
}
