import { faultsOf } from './row.ts';
import type { Row } from './row.ts';
import type { Stage } from './stage.ts';
import { brew } from './storm.ts';

const widths = [4, 58, 16, 7, 6, 7, 9, 8, 10, 10];

/** Prints the line above the columns. */
export function print(): void {
  line(['row', 'fault', 'on', 'posts', 'lost', 'twice', 'unknown', 'failed', 'latest', 'recovery']);
}

/** How long two hundred posts take with two workers and no fault, printed as row 0. @returns milliseconds. */
export async function measureDrain(stage: Stage): Promise<number> {
  await stage.prepare(2);
  const storm = await brew(stage, `No fault on ${stage.backend}`, 999);
  const { verdict } = await storm.finding(undefined, 120_000);
  const drainMs = verdict.lastAt - storm.dueAt.getTime();
  const { posts, lost, twice, unknown, failed, worstMs } = verdict;
  line([0, 'no fault', stage.backend, posts, lost, twice, unknown, failed, worstMs, drainMs]);
  return drainMs;
}

/**
 * Runs a row and prints its line.
 * @param drainMs of `measureDrain`: gates on recovery and lateness are given so much more.
 * @returns whether every gate was met.
 */
export async function runRow(stage: Stage, row: Row, serial: number, drainMs: number): Promise<boolean> {
  const label = `Row ${row.n} run ${serial} on ${stage.backend}`;
  try {
    const finding = await row.run(stage, { label, who: 1_000 + serial, seed: serial });
    const { posts, lost, twice, unknown, failed, worstMs } = finding.verdict;
    line([row.n, row.name, stage.backend, posts, lost, twice, unknown, failed, worstMs, finding.recoveryMs ?? '']);
    for (const { sentence } of finding.notes ?? []) console.log(`     ${sentence}`);
    const faults = faultsOf(row, finding, drainMs);
    if (faults.length > 0) console.log(`     MISSED: ${faults.join('; ')}`);
    return faults.length === 0;
  } catch (error) {
    console.log(`     MISSED: row ${row.n} could not be run: ${(error as Error).stack}`);
    return false;
  }
}

function line(cells: readonly (string | number)[]): void {
  console.log(
    cells
      .map((cell, n) => (n < 3 ? String(cell).padEnd(widths[n] ?? 0) : String(cell).padStart(widths[n] ?? 0)))
      .join(''),
  );
}
