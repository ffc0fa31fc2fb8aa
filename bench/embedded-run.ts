import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEnv } from '../config/env.ts';
import { settingsFrom } from '../config/settings.ts';
import { openContext } from '../src/context.ts';
import { startWorkers } from '../workers/run.ts';
import { addReceiver, schedulePosts, whenPublished } from './posts.ts';

/** A process of `bench/embedded.ts`: an installation on the embedded database that sends posts to the address given. */
const POSTS = 1_000;
const dataDir = mkdtempSync(join(tmpdir(), 'standfirst-bench-embedded-'));
const env = readEnv({
  STANDFIRST_DATA: dataDir,
  STANDFIRST_ALLOW_PRIVATE: '127.0.0.0/8',
  STANDFIRST_LOG_LEVEL: 'warn',
});
const context = await openContext(settingsFrom(env));
const workers = await startWorkers(context);
const accountId = await addReceiver(context, process.argv[2] ?? '');
await schedulePosts(context, accountId, 'embedwarm', 200, () => new Date());
await whenPublished(context, 'embedwarm', 200, 60_000);
const dueAt = new Date(Date.now() + 2_000);
await schedulePosts(context, accountId, 'embed', POSTS, () => dueAt);
const last = await whenPublished(context, 'embed', POSTS, 60_000);
process.send?.({ rate: (POSTS * 1000) / (last - dueAt.getTime()) });
await workers.stop();
await context.close();
rmSync(dataDir, { recursive: true, force: true });
process.exit(0);
