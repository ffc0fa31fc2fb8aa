import { readFileSync } from 'node:fs';

/** The middle value; of an even number, the lower one of the two in the middle. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The smallest value that `share` of all are not above. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? NaN;
}

/** How late each post reached the network, in milliseconds, by the network's own log; its texts are `<label> <n>`. */
export function latenesses(logFile: string, label: string, dueAt: (n: number) => Date): number[] {
  const found: number[] = [];
  for (const line of readFileSync(logFile, 'utf8').split('\n')) {
    if (!line.includes(`"${label} `)) continue;
    const { text, at } = JSON.parse(line) as { text: string; at: number };
    found.push(at - dueAt(Number(text.slice(label.length + 1))).getTime());
  }
  return found;
}

/**
 * Memory of a process and everything it started, in MB: what is resident of the process itself, and of what it started, with
 * pages that several of those share counted once. The second start of a version and later ones: the first also compiles.
 */
export function memoryOf(pid: number): { processes: number; mb: number } {
  const pids = [pid];
  for (const one of pids) {
    const children = readProc(one, `task/${one}/children`).trim();
    if (children !== '') pids.push(...children.split(' ').map(Number));
  }
  const kb = pids.reduce((sum, one) => {
    const [file, line] =
      one === pid ? (['status', /^VmRSS:\s+(\d+)/m] as const) : (['smaps_rollup', /^Pss:\s+(\d+)/m] as const);
    return sum + Number(line.exec(readProc(one, file))?.[1] ?? 0);
  }, 0);
  return { processes: pids.length, mb: Math.round(kb / 1024) };
}

/** A file of a process under /proc; empty where it has just ended. */
function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

/** Processor time that a process has used so far, in milliseconds: steadier than a rate on a machine that is shared. */
export function processorMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
