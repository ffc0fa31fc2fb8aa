import { prepareDataFolder } from './context-folder.ts';
import type { Settings } from './context-settings.ts';
import { Refusal } from './domain/errors.ts';
import { openDatabase } from './store/database.ts';
import type { Database } from './store/database.ts';
import { openEmbedded } from './store/embedded/open.ts';
import { runningEmbedded } from './store/embedded/running.ts';

/** The database for one command, as it is: nothing is migrated, no queue and no key is opened. */
export interface OpenedDatabase extends AsyncDisposable {
  readonly database: Database;
}

/**
 * Opens the database that the settings name, beside a server that runs or alone.
 * @throws Refusal in one sentence where it cannot be reached.
 */
export async function openDatabaseAlone(settings: Settings): Promise<OpenedDatabase> {
  const running = settings.databaseUrl ?? runningEmbedded(settings.dataDir);
  const beside = running === null ? null : await tryOpen(running);
  if (beside !== null) return { database: beside, [Symbol.asyncDispose]: () => beside.close() };
  if (settings.databaseUrl !== null) {
    const { host, pathname } = new URL(settings.databaseUrl);
    throw new Refusal(
      'unavailable',
      `PostgreSQL at ${host}, database ${pathname.slice(1)}, cannot be reached: start it, or set DATABASE_URL right.`,
    );
  }
  prepareDataFolder(settings.dataDir);
  const embedded = await openEmbedded({ dataDir: settings.dataDir });
  const database = openDatabase({ connectionString: embedded.connectionString, max: 2 });
  return {
    database,
    async [Symbol.asyncDispose]() {
      await database.close();
      await embedded.stop();
    },
  };
}

async function tryOpen(connectionString: string): Promise<Database | null> {
  const database = openDatabase({ connectionString, max: 2 });
  try {
    await database.run('SELECT 1');
    return database;
  } catch {
    await database.close();
    return null;
  }
}
