import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { address } from './server.ts';

/**
 * Where the embedded PostgreSQL of a folder listens while a standfirst runs on it, for a command beside that process.
 * @returns a connection string with the password; null where none seems to run. Whether it answers is found out by connecting.
 */
export function runningEmbedded(dataDir: string): string | null {
  const home = resolve(dataDir);
  const folder = join(home, 'postgres');
  // Its fourth line is the port: https://www.postgresql.org/docs/18/storage-file-layout.html
  const port = Number(readText(join(folder, 'postmaster.pid'))?.split('\n')[3]);
  const password = readText(`${folder}.password`)?.trim();
  if (!Number.isInteger(port) || port === 0 || password === undefined) return null;
  const at = address({ folder, password }, port);
  return `postgres://${at.user}:${at.password}@${at.host}:${at.port}/standfirst`;
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
