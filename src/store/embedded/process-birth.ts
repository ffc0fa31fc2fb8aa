import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * What tells this process from a later one that got the same number.
 * @returns a text that stays the same while the process lives: boot id and start tick on Linux, start time elsewhere;
 * `'alive'` where it lives and no more can be learned, `undefined` where no process has this number.
 * @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html (field 22)
 */
export function processBirth(pid: number): string | undefined {
  if (!isAlive(pid)) return undefined;
  try {
    if (process.platform === 'linux') return linuxBirth(pid);
    if (process.platform !== 'win32') {
      return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined;
    }
  } catch {
    // Hidden from us (hidepid), or gone between the two questions.
    if (!isAlive(pid)) return undefined;
  }
  return 'alive';
}

/** Whether two births can be of one process: where nothing is known, it must be assumed. */
export function isSameBirth(one: string, other: string): boolean {
  return one === other || one === 'alive' || other === 'alive';
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function linuxBirth(pid: number): string | undefined {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name, in brackets, may itself hold spaces and brackets; the state follows it, the start tick 19 fields later.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z') return undefined;
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return `${boot}/${fields[19]}`;
}
