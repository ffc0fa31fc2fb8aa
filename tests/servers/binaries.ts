import { accessSync, constants, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export type ServerName = 'redis' | 'postgres';

/** PostgreSQL of Debian and of Homebrew is not on the PATH; the newest of several is taken. */
const POSTGRES_HOMES = ['/usr/lib/postgresql', '/opt/homebrew/opt', '/usr/local/opt', '/usr/local/pgsql'];

/**
 * The folder of a server's programs on this machine.
 * @returns `undefined` where it is not installed, or where TEST_SERVERS=none asks to behave as if it were not.
 */
export function findServer(server: ServerName): string | undefined {
  if (process.env['TEST_SERVERS'] === 'none') return undefined;
  const path = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  if (server === 'redis') return path.find((folder) => has(folder, 'redis-server'));
  return [...path, ...installed()].find((folder) => has(folder, 'initdb') && has(folder, 'postgres'));
}

/** Why tests that need this server are left out, or nothing where they are not. */
export function whyMissing(server: ServerName): string | undefined {
  if (findServer(server)) return undefined;
  if (process.env['TEST_SERVERS'] === 'none') return 'TEST_SERVERS=none';
  return `no ${server === 'redis' ? 'redis-server' : 'PostgreSQL (initdb, postgres)'} on this machine`;
}

/** With CI=true nothing may be left out by accident, only by TEST_SERVERS=none. */
export const mustRunAll = process.env['CI'] === 'true' && process.env['TEST_SERVERS'] !== 'none';

function installed(): string[] {
  return POSTGRES_HOMES.flatMap((home) =>
    list(home)
      .filter((name) => /^\d+$|^postgresql(@\d+)?$|^bin$/.test(name))
      .sort((a, b) => Number.parseInt(b.replace(/\D/g, '') || '0') - Number.parseInt(a.replace(/\D/g, '') || '0'))
      .map((name) => (name === 'bin' ? join(home, name) : join(home, name, 'bin'))),
  );
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function has(folder: string, program: string): boolean {
  try {
    accessSync(join(folder, program), constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
