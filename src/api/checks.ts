import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { z } from 'zod';
import { Refusal } from '../domain/errors.ts';
import type { JobBackend } from '../jobs/backend.ts';
import type { Keyring } from '../secrets/keyring.ts';
import { readClock } from '../store/database.ts';
import type { Sql } from '../store/database.ts';
import { figuresNow } from '../store/figures.ts';
import { newestVersion, schemaVersion } from '../store/migrate.ts';
import { getSetting } from '../store/setting.ts';
import { inTime } from './in-time.ts';
import type { ApiContext } from './parts.ts';

/** What `/readyz` and `standfirst doctor` look at. */
export interface Checked {
  readonly database: Sql;
  /** Null: the queue lives in the database. */
  readonly backend: Pick<JobBackend, 'check' | 'kind'> | null;
  /** Throws where the ring itself is not right. */
  readonly keyring: () => Keyring | Promise<Keyring>;
  readonly now: () => Date;
  /** IANA name. */
  readonly timeZone: string;
  readonly dataDir: string;
  /** The year of this Node's time zone data, as in `2026a`. */
  readonly zoneData: string;
}

export interface Check {
  readonly name: 'database' | 'migrations' | 'queue' | 'clock' | 'zones' | 'keys' | 'disk';
  /** `wrong`: no work can be done. `advice`: it works, and will hurt. */
  readonly state: 'ok' | 'advice' | 'wrong';
  /** What it is, and what to do; empty where all is well. */
  readonly sentence: string;
}

/** What `standfirst doctor` says beside: whoever asks once wants to know it, a probe does not. */
export type DoctorsCheck = Check | (Omit<Check, 'name'> & { readonly name: 'workers' });

/** Longest that one check may take: a probe that hangs is worse than one that fails. */
const CHECK_MS = 2_000;
/** Claims go by the database's clock, alarms by ours: so much apart, and posts are late or wake in vain. */
const CLOCKS_APART_MS = 2_000;
/** Longer than a worker takes to start again. */
const SILENT_S = 60;
const LEAST_FREE_BYTES = 512 * 1024 * 1024;

/** What a server that runs looks at. */
export function checkedOf({ database, backend, keyring, io, settings }: ApiContext): Checked {
  return {
    database,
    backend,
    keyring: () => keyring,
    now: io.now,
    timeZone: settings.timeZone,
    dataDir: settings.dataDir,
    zoneData: process.versions['tz'] ?? '',
  };
}

/** Looks at everything at once, at each for at most four seconds. */
export async function runChecks(of: Checked): Promise<Check[]> {
  const server = of.backend?.kind === 'redis' ? 'Redis' : 'The database';
  const reached = check('database', 'wrong', () => checkDatabase(of));
  const found = await Promise.all([
    reached.then(orElse('wrong', () => checkWrites(of))),
    check('migrations', 'wrong', () => checkMigrations(of)).then(orElse('advice', () => checkNewer(of))),
    check('queue', 'wrong', async () => void (await of.backend?.check()), server).then(
      orElse('advice', () => checkQueueSettings(of)),
    ),
    check('clock', 'advice', () => checkClock(of)),
    check('zones', 'advice', async () => checkZones(of)),
    check('keys', 'wrong', () => checkKeys(of)),
    check('disk', 'advice', () => checkDisk(of)),
  ]);
  return (await reached).state === 'ok' ? found : Promise.all(found.map((one) => withoutDatabase(of, one)));
}

/** Advice where posts are due and no worker has been heard of for a minute. */
export async function checkWorkers({ database }: Pick<Checked, 'database'>): Promise<DoctorsCheck> {
  const found = await check('database', 'advice', async () => {
    const { duePosts, heartbeatAt } = await figuresNow(database);
    const silentS =
      heartbeatAt === null ? null : Math.round((await readClock(database)).getTime() / 1000 - heartbeatAt);
    if (duePosts === 0 || (silentS !== null && silentS < SILENT_S)) return;
    const since = silentS === null ? 'No worker runs' : `No worker has been heard of for ${silentS} s`;
    const due = duePosts === 1 ? '1 post is due and does' : `${duePosts.toLocaleString('en')} posts are due and do`;
    throw new Error(`${since}, and ${due} not go out: start one with --role worker, or npm start.`);
  });
  return { ...found, name: 'workers' };
}

/** One cause is told once: what is in the database cannot be known while that does not answer. */
async function withoutDatabase({ keyring }: Checked, found: Check): Promise<Check> {
  const unknown = 'Nobody can know while the database does not answer.';
  if (found.name === 'migrations' || found.name === 'clock') return { ...found, sentence: unknown };
  if (found.name !== 'keys') return found;
  // Whether they are the right ones is written in the database; whether they are keys at all is not.
  return check('keys', 'wrong', async () => {
    await keyring();
    throw new Error(unknown);
  });
}

async function checkDatabase({ database }: Checked): Promise<void> {
  try {
    await database.run('SELECT 1');
  } catch (error) {
    // Whoever has tried to open it says already what helps.
    if (error instanceof Refusal) throw error;
    throw new Error(`${sentenceOf(error)}. Start PostgreSQL, or set DATABASE_URL right.`, { cause: error });
  }
}

/** A standby answers every question, and nothing can be claimed or written down on it. */
async function checkWrites({ database }: Checked): Promise<void> {
  const row = z.object({ isReadOnly: z.boolean(), isStandby: z.boolean() });
  const found = await database.one(
    row,
    `SELECT current_setting('transaction_read_only') = 'on' AS "isReadOnly", pg_is_in_recovery() AS "isStandby"`,
  );
  if (found?.isReadOnly !== true) return;
  throw new Error(
    found.isStandby
      ? 'This PostgreSQL is a standby, which takes no writes: nothing is sent. Set DATABASE_URL to the primary.'
      : 'This database takes no writes: nothing is sent. Set its default_transaction_read_only to off.',
  );
}

async function checkMigrations({ database }: Checked): Promise<void> {
  const [at, newest] = [await schemaVersion(database), newestVersion()];
  if (at >= newest) return;
  throw new Error(`The database is at version ${at}, this standfirst needs ${newest}: start this one again.`);
}

/** While an upgrade rolls, the old version works on beside the new one. */
async function checkNewer({ database }: Checked): Promise<void> {
  const [at, newest] = [await schemaVersion(database), newestVersion()];
  if (at <= newest) return;
  throw new Error(
    `The database is at version ${at}, newer than this standfirst, which knows ${newest}: it works on, and cannot be started again. Put the newer one in its place.`,
  );
}

/** The other check where the first found nothing. */
function orElse(otherwise: 'advice' | 'wrong', look: () => Promise<void>): (found: Check) => Promise<Check> {
  return async (found) => (found.state === 'ok' ? check(found.name, otherwise, look) : found);
}

async function checkQueueSettings({ backend }: Checked): Promise<void> {
  const findings = (await backend?.check()) ?? [];
  if (findings.length > 0) throw new Error(findings.map((finding) => finding.sentence).join(' '));
}

/**
 * By how much, at least, the database's clock is ahead of ours. It was read at some moment between question and answer: a
 * busy database that answers late is not ahead, nor behind, by half of that.
 */
export async function clockApartMs(database: Sql, now: () => Date): Promise<number> {
  const before = now().getTime();
  const at = (await readClock(database)).getTime();
  const after = now().getTime();
  if (at > after) return at - after;
  return Math.min(0, at - before);
}

async function checkClock({ database, now }: Checked): Promise<void> {
  const apartMs = await clockApartMs(database, now);
  if (Math.abs(apartMs) <= CLOCKS_APART_MS) return;
  const way = apartMs > 0 ? 'ahead of' : 'behind';
  throw new Error(
    `The database's clock is ${(Math.abs(apartMs) / 1000).toFixed(1)} s ${way} this machine's: posts go out by the database's. Let both keep network time.`,
  );
}

function checkZones({ timeZone, zoneData, now }: Checked): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
  } catch {
    throw new Error(`This Node does not know the time zone ${timeZone}: set STANDFIRST_TIME_ZONE to an IANA name.`);
  }
  const year = Number(zoneData.slice(0, 4));
  if (!(year >= now().getUTCFullYear() - 1)) {
    throw new Error(`Node's time zone data is of ${zoneData}: countries have changed their clocks since. Update Node.`);
  }
}

async function checkKeys({ database, keyring }: Checked): Promise<void> {
  const canary = await getSetting(database, 'key-canary', z.string());
  if (canary === null) return;
  (await keyring()).checkCanary(canary);
}

async function checkDisk({ dataDir }: Checked): Promise<void> {
  if (!existsSync(dataDir)) return;
  const { bavail, bsize } = await statfs(dataDir);
  const free = bavail * bsize;
  if (free >= LEAST_FREE_BYTES) return;
  throw new Error(`${Math.floor(free / 2 ** 20)} MB are left on the disk of ${dataDir}: make room for at least 512.`);
}

/** @param server who has to answer. */
async function check(
  name: Check['name'],
  otherwise: 'advice' | 'wrong',
  look: () => Promise<void>,
  server = 'The database',
): Promise<Check> {
  try {
    await inTime(CHECK_MS, `${server} has not answered within ${CHECK_MS / 1000} s.`, look);
    return { name, state: 'ok', sentence: '' };
  } catch (error) {
    return { name, state: otherwise, sentence: sentenceOf(error) };
  }
}

function sentenceOf(error: unknown): string {
  return error instanceof Error && error.message !== '' ? error.message : String(error);
}
