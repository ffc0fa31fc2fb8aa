import { hostname } from 'node:os';
import { join } from 'node:path';
import { refuseDatabase } from './context-database.ts';
import { prepareDataFolder } from './context-folder.ts';
import { realIo } from './context-io.ts';
import type { Settings } from './context-settings.ts';
import { OWN_NETWORK } from './http/addresses.ts';
import { createHttp, userAgentOf } from './http/client.ts';
import { migrateQueueTables, openPostgresBackend, openRedisBackend, QueueAway } from './jobs/backend.ts';
import type { JobBackend } from './jobs/backend.ts';
import { openBell } from './jobs/queue.ts';
import { createLogger } from './logger.ts';
import type { Logger } from './logger.ts';
import { openMail } from './mail/mail.ts';
import { networks } from './networks/registry.ts';
import type { Io, Tools } from './pipeline/tools.ts';
import { readKeyFile, readOrMakeKeyFile } from './secrets/key-file.ts';
import { parseKeyring, SecretError } from './secrets/keyring.ts';
import type { Keyring } from './secrets/keyring.ts';
import type { Writer } from './models/writer.ts';
import { openTraces } from './context-trace.ts';
import { openReadingThread } from './sources/reading-thread.ts';
import { openDatabase } from './store/database.ts';
import type { Database } from './store/database.ts';
import { openEmbedded } from './store/embedded/open.ts';
import type { Embedded } from './store/embedded/open.ts';
import { openLedger } from './store/ledger.ts';
import { migrate, pendingFrom } from './store/migrate.ts';
import { claimSetting, getSetting } from './store/setting.ts';
import { editMessage, findMessage, keepMessage, removeMessage } from './store/timeline.ts';
import { buryWorkers } from './store/worker.ts';
import { version } from './version.ts';
import { z } from 'zod';

/** The composition root: the only file that joins settings, the world and the steps. */
export interface Context extends Tools {
  readonly settings: Settings;
  readonly backend: JobBackend;
  readonly host: string;
  /** True where this start made the key file: the operator is told once. */
  readonly keyFile: { readonly path: string; readonly created: boolean } | null;
  /** Stops in the order that loses nothing: queue, database, then the embedded server. */
  close(): Promise<void>;
}

export interface OpenOptions {
  /** What is being done, a sentence at a time, for a terminal. */
  readonly onProgress?: (sentence: string) => void;
  /** The embedded database has gone away by itself: this process cannot go on. */
  readonly onLost?: (sentence: string) => void;
  readonly log?: Logger;
  readonly io?: Partial<Io>;
  /** Milliseconds between two requests for pages or feeds of one host: a second where absent. */
  readonly hostFloorMs?: number;
}

/**
 * Opens everything a process needs: database (migrated), queue, keys, the guarded client.
 * @throws Refusal or Error in one sentence where something is not there or not right.
 */
export async function openContext(settings: Settings, options: OpenOptions = {}): Promise<Context> {
  const log = options.log ?? createLogger(settings.log.level, settings.log.format);
  const io = { ...realIo(), ...options.io };
  const undo: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    prepareDataFolder(settings.dataDir);
    const { database, connectionString, isNew } = await openStore(settings, options, log, undo);
    const backend = openBackend(settings, connectionString, log);
    undo.push(() => backend.close());
    if (backend.kind === 'postgres') await migrateQueueTables(() => database.connect());
    await checkQueue(backend, isNew, log);
    const { keyring, keyFile } = await openKeys(settings, database);
    const http = createHttp({
      allowPrivate: settings.outbound.allowPrivate,
      userAgent: userAgentOf(version, settings.outbound.contact),
      wall: () => io.now().getTime(),
      ...(settings.outbound.proxy === null ? {} : { proxy: settings.outbound.proxy }),
      ...(options.hostFloorMs === undefined ? {} : { floorMs: options.hostFloorMs }),
    });
    undo.push(() => http.close());
    const reading = openReadingThread();
    undo.push(() => reading.close());
    const workerId = io.id('worker');
    const trace = await openTraces(settings, { database, log, instance: workerId, monotonic: io.monotonic, undo });
    const bell = openBell({
      backend,
      now: io.now,
      monotonic: io.monotonic,
      traceparent: trace.current,
      onError: (error) => log.warn({ err: error }, 'the queue has trouble'),
    });
    undo.push(() => bell.close());
    return {
      settings,
      database,
      ledger: openLedger(database),
      backend,
      bell,
      http,
      keyring,
      keyFile,
      extract: reading.extract,
      parse: reading.parse,
      io,
      log,
      host: hostname(),
      workerId,
      trace,
      timeZone: settings.timeZone,
      retention: settings.retention,
      writer: await openModel(settings, undo),
      publicUrl: settings.http.publicUrl,
      mail: settings.mail === null ? null : openMail(settings.mail),
      networkIo: (accountId, signal) => ({
        fetch: http.fetch,
        socket: http.socket,
        now: io.now,
        signal,
        accountId,
        timeline: {
          keep: (entry) => keepMessage(database, io.id('message'), entry),
          find: (id, key) => findMessage(database, id, key),
          remove: (id, message) => removeMessage(database, id, message),
          edit: (id, message, text) => editMessage(database, id, message, text),
        },
      }),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Longer than a network's answer may take: a model on a small machine thinks for a while. */
const MODEL_MS = 60_000;

/** Loaded where the operator named one. Its address is the operator's word, so that it may be this machine or network. */
async function openModel({ ai, outbound }: Settings, undo: (() => Promise<unknown>)[]): Promise<Writer | null> {
  if (ai === null) return null;
  const { openWriter } = await import('./models/writer.ts');
  const http = createHttp({
    allowPrivate: [...OWN_NETWORK, ...outbound.allowPrivate],
    userAgent: userAgentOf(version, outbound.contact),
    timeouts: { publishMs: MODEL_MS },
  });
  undo.push(() => http.close());
  return openWriter({ ...ai, fetch: http.fetch });
}

/** Connections of the embedded server are few: the store and the queue share its sixty. */
const STORE_CONNECTIONS = 20;

async function openStore(
  settings: Settings,
  options: OpenOptions,
  log: Logger,
  undo: (() => Promise<unknown>)[],
): Promise<{ database: Database; connectionString: string; isNew: boolean }> {
  let embedded: Embedded | null = null;
  if (settings.databaseUrl === null) {
    embedded = await openEmbedded({
      dataDir: settings.dataDir,
      ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
      ...(options.onLost === undefined ? {} : { onLost: options.onLost }),
    });
    const server = embedded;
    undo.push(() => server.stop());
  }
  const connectionString = embedded?.connectionString ?? settings.databaseUrl ?? '';
  const database = openDatabase({
    connectionString,
    max: STORE_CONNECTIONS,
    onError: (error) => log.warn({ err: error }, 'a database connection was lost'),
  });
  undo.push(() => database.close());
  const from = await pendingFrom(database).catch((error: unknown) => refuseDatabase(settings, error));
  if (embedded !== null && from !== null && from > 0) {
    const folder = await embedded.backup(`before-migration-from-${from}`);
    log.info({ folder }, 'backed up the database before changing its tables');
  }
  const { to } = await migrate(database);
  if (embedded !== null) await buryWorkers(database);
  if (from !== null) log.debug({ from, to }, 'database migrated');
  return { database, connectionString, isNew: from === 0 };
}

function openBackend(settings: Settings, connectionString: string, log: Logger): JobBackend {
  const onError = (error: Error): void => log.debug({ err: error }, 'a queue connection has trouble');
  if (settings.redis !== null) return openRedisBackend(settings.redis, onError);
  // One LISTEN per queue that is worked on, and some for commands.
  return openPostgresBackend(connectionString, settings.role === 'api' ? 4 : networks.length + 4 + 8, onError);
}

/**
 * Says what is wrong with the queue's server. One that is away is a wrong setting where nothing has run yet; later, posts
 * are due, and go out from the database until it is back.
 */
async function checkQueue(backend: JobBackend, isNew: boolean, log: Logger): Promise<void> {
  try {
    for (const finding of await backend.check()) log.warn({ setting: finding.setting }, finding.sentence);
  } catch (error) {
    if (isNew || !(error instanceof QueueAway)) throw error;
    log.error({ err: error }, `${error.message} Until then posts go out from the database, some seconds late.`);
  }
}

/** Opens the key ring and makes sure that it is the one this database was written with. */
async function openKeys(
  settings: Settings,
  database: Database,
): Promise<{ keyring: Keyring; keyFile: Context['keyFile'] }> {
  const path = join(settings.dataDir, 'key');
  const isKnown = (await getSetting(database, 'key-canary', z.string())) !== null;
  // A key that is made where another was lost opens nothing, and is taken for the lost one.
  if (settings.keys === null && isKnown && (await readKeyFile(path)) === null)
    throw new SecretError('bad-key', `There is no key: set STANDFIRST_KEYS, or put the file back at ${path}.`);
  const file = settings.keys === null ? await readOrMakeKeyFile(path) : null;
  const keyring = parseKeyring(settings.keys ?? file?.keys ?? '');
  await claimSetting(database, 'key-canary', keyring.canary());
  const canary = (await getSetting(database, 'key-canary', z.string())) ?? '';
  keyring.checkCanary(canary);
  return { keyring, keyFile: file === null ? null : { path, created: file.created } };
}
