import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { processBirth } from './process-birth.ts';

/**
 * Ends a PostgreSQL that an earlier, killed process of ours left on this folder, or waits for its end. To be called
 * while the folder's lock is ours: whoever serves the folder then has lost its master.
 */
export async function endOrphan(cluster: string): Promise<void> {
  const pid = postmasterOf(cluster);
  if (pid === undefined || !isOurs(pid, cluster)) return;
  for (const [signal, waitMs] of [
    ['SIGINT', 10_000],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 2_000],
  ] as const) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    for (let waited = 0; waited < waitMs; waited += 20) {
      if (processBirth(pid) === undefined) return;
      await sleep(20);
    }
  }
}

/** First line of https://www.postgresql.org/docs/18/storage-file-layout.html `postmaster.pid`. */
function postmasterOf(cluster: string): number | undefined {
  try {
    const pid = Number(readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[0]);
    return pid > 1 && processBirth(pid) !== undefined ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** A number is not enough to end a process: it must also work in this very folder. */
function isOurs(pid: number, cluster: string): boolean {
  try {
    if (process.platform === 'linux') return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster);
    if (process.platform === 'win32') return false;
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).includes(`-D ${cluster} `);
  } catch {
    return false;
  }
}
