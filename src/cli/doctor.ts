import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checkWorkers, runChecks } from '../api/checks.ts';
import type { DoctorsCheck } from '../api/checks.ts';
import { openDatabaseAlone } from '../context-database.ts';
import { realIo } from '../context-io.ts';
import { readSettings } from '../context-settings.ts';
import type { Settings } from '../context-settings.ts';
import { Refusal } from '../domain/errors.ts';
import { openRedisBackend } from '../jobs/backend.ts';
import { readKeyFile } from '../secrets/key-file.ts';
import { parseKeyring } from '../secrets/keyring.ts';
import type { Sql } from '../store/database.ts';
import { printLine } from './print.ts';

/**
 * Looks at everything an installation needs, beside a server that runs or alone, and changes nothing: a line each.
 * @returns the exit code: 0, or 69 where something is missing without which no work can be done.
 */
export async function doctor({ json }: { readonly json?: boolean }): Promise<0 | 69> {
  const settings = settingsOrRefusal();
  const checks = await look(settings);
  for (const { name, state, sentence } of checks) {
    const words = `${state.padEnd(7)} ${name.padEnd(11)}${sentence}`.trimEnd();
    printLine({ json }, { check: name, state, sentence }, words);
  }
  return checks.some(({ state }) => state === 'wrong') ? 69 : 0;
}

async function look(settings: Settings): Promise<DoctorsCheck[]> {
  if (settings.databaseUrl === null && !existsSync(join(settings.dataDir, 'postgres'))) {
    const sentence = `There is no installation in ${settings.dataDir} yet: npm start makes one, or set DATABASE_URL or STANDFIRST_DATA right.`;
    return [{ name: 'database', state: 'wrong', sentence }];
  }
  const backend = settings.redis === null ? null : openRedisBackend(settings.redis, () => {});
  try {
    const [opened, database] = await openedOr(settings);
    await using _closing = opened;
    const checks = await runChecks({
      database,
      backend,
      keyring: async () => parseKeyring(settings.keys ?? (await keysIn(settings.dataDir))),
      now: realIo().now,
      timeZone: settings.timeZone,
      dataDir: settings.dataDir,
      zoneData: process.versions['tz'] ?? '',
    });
    const isWhole = checks.every(({ name, state }) => state === 'ok' || (name !== 'database' && name !== 'migrations'));
    return isWhole ? [...checks, await checkWorkers({ database })] : checks;
  } finally {
    await backend?.close();
  }
}

/** The database, or what says of every question why it cannot be used: the rest is looked at all the same. */
async function openedOr(settings: Settings): Promise<[AsyncDisposable | null, Sql]> {
  try {
    const opened = await openDatabaseAlone(settings);
    return [opened, opened.database];
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const away = (): Promise<never> => Promise.reject(error);
    return [null, { many: away, one: away, run: away }];
  }
}

function settingsOrRefusal(): Settings {
  try {
    return readSettings();
  } catch (error) {
    throw new Refusal('invalid', (error as Error).message, [], { cause: error });
  }
}

/** As a start reads them: a file that it would refuse is refused here. */
async function keysIn(dataDir: string): Promise<string> {
  const path = join(dataDir, 'key');
  const keys = await readKeyFile(path);
  if (keys === null) throw new Error(`There is no key: set STANDFIRST_KEYS, or put the file back at ${path}.`);
  return keys;
}
