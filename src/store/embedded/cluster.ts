import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  closeSync,
  constants,
  existsSync,
  lchownSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '../../domain/errors.ts';
import type { Binaries } from './binaries.ts';
import { cleanEnv } from './clean-env.ts';
import type { ServiceUser } from './service-user.ts';

/**
 * PostgreSQL's own folder. On Linux the server gets it as an open file, number 3, and reaches it as /proc/self/fd/3: so
 * it may lie below a folder that the server's user cannot enter, such as /root.
 */
export interface Cluster {
  readonly folder: string;
  /** Only for the server and ourselves; never leaves the machine, the server listens on the loopback address only. */
  readonly password: string;
}

/** The value of `-D`, and the file to hand over with it (to be closed after the spawn). */
export function openFolder(folder: string): { argument: string; fd: number | undefined; close(): void } {
  if (process.platform !== 'linux') return { argument: folder, fd: undefined, close: () => {} };
  const fd = openSync(folder, constants.O_RDONLY | constants.O_DIRECTORY);
  return { argument: '/proc/self/fd/3', fd, close: () => closeSync(fd) };
}

/**
 * Finds the cluster of a data folder, or makes one: whole or not at all, since it is built beside and renamed.
 * @throws Refusal where the folder is of another major version, its password is lost, or `initdb` fails.
 */
export async function prepareCluster(
  dataDir: string,
  binaries: Binaries,
  user: ServiceUser,
  onProgress: (sentence: string) => void,
): Promise<Cluster> {
  const folder = join(dataDir, 'postgres');
  const passwordFile = join(dataDir, 'postgres.password');
  if (existsSync(folder)) {
    adopt(folder, user);
    checkOwner(folder);
    // A copy made with an ordinary `cp -r` is open to others, and PostgreSQL refuses that.
    chmodSync(folder, 0o700);
    checkVersion(folder, binaries.version);
    if (!existsSync(passwordFile)) {
      throw new Refusal(
        'unavailable',
        `${passwordFile} is missing, and without it the database in ${folder} does not open: put the file back from a backup of ${dataDir}.`,
      );
    }
    return { folder, password: readFileSync(passwordFile, 'utf8').trim() };
  }
  onProgress('Creating the database (first run only)');
  const password = randomBytes(24).toString('base64url');
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  chmodSync(passwordFile, 0o600);
  const draft = `${folder}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  if (user) chownSync(draft, user.uid, user.gid);
  await initialise(draft, password, binaries, user);
  renameSync(draft, folder);
  return { folder, password };
}

/** A folder that root put back from a backup belongs to root, as whom PostgreSQL does not run. */
function adopt(folder: string, user: ServiceUser): void {
  if (!user || statSync(folder).uid === user.uid) return;
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    lchownSync(join(folder, path), user.uid, user.gid);
  }
  chownSync(folder, user.uid, user.gid);
}

function checkOwner(folder: string): void {
  const [owner, ours] = [statSync(folder).uid, process.getuid?.()];
  if (ours === undefined || ours === 0 || owner === ours) return;
  throw new Refusal(
    'unavailable',
    `The database in ${folder} belongs to user ${owner}, and we are user ${ours}: start standfirst as the user who started it before, or give the folder away (chown -R).`,
  );
}

function checkVersion(folder: string, version: string): void {
  const written = readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim();
  if (version.startsWith(`${written}.`)) return;
  throw new Refusal(
    'unavailable',
    `The database in ${folder} was written by PostgreSQL ${written}, and this standfirst brings ${version}: start the standfirst that wrote it, or set DATABASE_URL to a PostgreSQL ${written} that serves it.`,
  );
}

/** UTF-8 with PostgreSQL's own C.UTF-8, which no system library can change under an index; times in UTC. */
async function initialise(folder: string, password: string, binaries: Binaries, user: ServiceUser): Promise<void> {
  const secret = `${folder}.secret`;
  writeFileSync(secret, password, { mode: 0o600 });
  if (user) chownSync(secret, user.uid, user.gid);
  const data = openFolder(folder);
  const secretFd = openSync(secret, 'r');
  try {
    const child = spawn(
      join(binaries.bin, 'initdb'),
      [
        `--pgdata=${data.argument}`,
        '--username=standfirst',
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--locale=C',
        `--pwfile=${process.platform === 'linux' ? '/proc/self/fd/4' : secret}`,
      ],
      {
        cwd: process.platform === 'win32' ? folder : '/',
        env: cleanEnv(),
        stdio: ['ignore', 'ignore', 'pipe', data.fd ?? 'ignore', secretFd],
        windowsHide: true,
        ...user,
      },
    );
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-1000)));
    const [code] = (await once(child, 'close')) as [number | null];
    if (code !== 0) {
      throw new Refusal('unavailable', `The embedded database could not be created in ${folder}: ${said.trim()}`);
    }
  } finally {
    data.close();
    closeSync(secretFd);
    rmSync(secret, { force: true });
  }
}
