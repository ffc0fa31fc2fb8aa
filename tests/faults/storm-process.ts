import { startProgram } from './processes.ts';
import type { Running } from './processes.ts';

/** `write-storm.ts` as a process of its own. */
export interface StormProcess {
  readonly process: Running;
  /** From the start of the process until the database was open. */
  readonly openMs: number;
  /** What was in the table then. */
  readonly rows: number;
}

export async function openStorm(folder: string): Promise<StormProcess> {
  const file = new URL('write-storm.ts', import.meta.url).pathname;
  const { match, running } = await startProgram([file, folder], {}, /^open (\d+) (\d+)$/, 60_000);
  return { process: running, openMs: Number(match[1]), rows: Number(match[2]) };
}

/** The last row of which the process has said that it was acknowledged. */
export function acknowledgedBy({ process, rows }: StormProcess): number {
  return Number(process.lines.findLast((line) => /^\d+$/.test(line)) ?? rows);
}
