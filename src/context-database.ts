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
 * @throws Refusal in one sentence where it cannot be used.
 */
export async function openDatabaseAlone(settings: Settings): Promise<OpenedDatabase> {
  const running = settings.databaseUrl ?? runningEmbedded(settings.dataDir);
  const beside =
    running === null ? null : await openAnswering(running).catch((error: unknown) => besideNone(settings, error));
  if (beside !== null) return { database: beside, [Symbol.asyncDispose]: () => beside.close() };
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

/** An embedded database that does not answer was left behind by its server: it is started anew. @throws Refusal for any other. */
function besideNone(settings: Settings, error: unknown): null {
  if (settings.databaseUrl === null) return null;
  if (((error as { code?: string }).code ?? '') in remedies) refuseDatabase(settings, error);
  const { host, pathname } = new URL(settings.databaseUrl);
  throw new Refusal(
    'unavailable',
    `PostgreSQL at ${host}, database ${pathname.slice(1)}, cannot be reached: start it, or set DATABASE_URL right.`,
  );
}

async function openAnswering(connectionString: string): Promise<Database> {
  const database = openDatabase({ connectionString, max: 2 });
  try {
    await database.run('SELECT 1');
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** @throws Refusal that names the server, never the password, and what to do. */
export function refuseDatabase(settings: Settings, error: unknown): never {
  if (settings.databaseUrl === null || error instanceof Refusal) throw error;
  const { host, pathname } = new URL(settings.databaseUrl);
  const name = pathname.slice(1);
  const what = `PostgreSQL at ${host || 'no host'}, database ${name || '(none)'}, cannot be used`;
  const { message, code } = error as Error & { code?: string };
  const remedy = remedies[code ?? '']?.(name) ?? 'Start it, or set DATABASE_URL right.';
  throw new Refusal('unavailable', `${what}: ${message || String(error)}. ${remedy}`, [], { cause: error });
}

/** By SQLSTATE, for servers that answered: https://www.postgresql.org/docs/18/errcodes-appendix.html */
const remedies: Readonly<Record<string, (database: string) => string>> = {
  '3D000': (database) => `Create it (createdb ${database}), or name another in DATABASE_URL.`,
  '28P01': () => 'Set the user and the password in DATABASE_URL right.',
  '28000': () => 'Set the user and the password in DATABASE_URL right.',
  '42501': () =>
    'Give that user the right to make tables (CREATE on the database), or name another user in DATABASE_URL.',
};
