import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { settingsFrom } from '../../config/settings.ts';
import { readEnv } from '../../config/env.ts';
import { openContext } from '../../src/context.ts';
import type { Context, OpenOptions } from '../../src/context.ts';
import { ensureSandbox } from '../../src/pipeline/accounts.ts';
import { listAccounts } from '../../src/store/account.ts';
import type { AccountRow } from '../../src/store/account.ts';
import { freshDataFolder } from '../servers/data-folder.ts';
import { startWorkers } from '../../workers/run.ts';
import type { Workers } from '../../workers/run.ts';

/** A whole installation in this process, on a backend of the harness. */
export interface Installation extends AsyncDisposable {
  readonly context: Context;
  readonly sandbox: AccountRow;
  readonly workers: Workers | null;
}

export async function install(
  backend: { readonly databaseUrl: string | null; readonly redisUrl: string | null },
  options: OpenOptions & { withWorkers?: boolean; env?: Record<string, string> } = {},
): Promise<Installation> {
  const dataDir =
    backend.databaseUrl === null ? await freshDataFolder() : mkdtempSync(join(tmpdir(), 'standfirst-line-'));
  const env = readEnv({
    ...(backend.databaseUrl === null ? {} : { DATABASE_URL: backend.databaseUrl }),
    ...(backend.redisUrl === null ? {} : { REDIS_URL: backend.redisUrl }),
    STANDFIRST_DATA: dataDir,
    STANDFIRST_LOG_LEVEL: 'silent',
    STANDFIRST_ALLOW_PRIVATE: '127.0.0.0/8',
    ...options.env,
  });
  const context = await openContext(settingsFrom(env), options);
  await ensureSandbox(context);
  const sandbox = (await listAccounts(context.database))[0] as AccountRow;
  const workers = options.withWorkers === false ? null : await startWorkers(context);
  return {
    context,
    sandbox,
    workers,
    async [Symbol.asyncDispose]() {
      await workers?.stop();
      await context.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Waits until `probe` answers something other than null or false. Throws after `withinMs`. */
export async function until<T>(what: string, probe: () => Promise<T | null | false>, withinMs = 25_000): Promise<T> {
  const end = performance.now() + withinMs;
  for (;;) {
    const answer = await probe();
    if (answer !== null && answer !== false) return answer;
    if (performance.now() > end) throw new Error(`${what} did not happen within ${withinMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
