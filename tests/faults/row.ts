import type { BackendName } from '../servers/backends.ts';
import type { Verdict } from './check.ts';
import type { Stage } from './stage.ts';

/** What a row found. */
export interface Finding {
  readonly verdict: Verdict;
  /** From the end of the fault to the last post that was still to go, in milliseconds. */
  readonly recoveryMs?: number;
  /** What the row found beside the counts that must be zero, each a sentence with its figure; a broken one fails the row. */
  readonly notes?: readonly { readonly sentence: string; readonly isMet: boolean }[];
}

/** One fault: how it is brought about, and what is allowed to come of it. Lost, twice, early and invented must be 0. */
export interface Row {
  /** Its number in the fault matrix. */
  readonly n: number;
  readonly name: string;
  readonly on: readonly BackendName[];
  /** Posts that may stay in doubt: requests that were cut off before the network had them, where nobody can tell. */
  readonly unknown?: number;
  readonly failed?: number;
  readonly recoveryMs?: number;
  /** Of the latest post. The matrix says 6 s for a lost queue, on a machine of its own. */
  readonly worstMs?: number;
  run(stage: Stage, given: { label: string; who: number; seed: number }): Promise<Finding>;
}

export const everywhere = ['redis+postgres', 'postgres', 'embedded'] as const satisfies readonly BackendName[];
export const withServers = ['redis+postgres', 'postgres'] as const satisfies readonly BackendName[];
export const withRedis = ['redis+postgres'] as const satisfies readonly BackendName[];

/**
 * Everything about a finding that is not as it must be, a sentence each.
 * @param drainMs what as many posts take here without a fault: a machine that is busy with other things is slow at both.
 */
export function faultsOf(row: Row, { verdict, recoveryMs, notes = [] }: Finding, drainMs: number): string[] {
  const gates: [string, number, number][] = [
    ['lost', verdict.lost, 0],
    ['sent twice', verdict.twice, 0],
    ['early', verdict.early, 0],
    ['called published, never accepted', verdict.invented, 0],
    ['in doubt though the network has them', verdict.unsolved, 0],
    ['in doubt', verdict.unknown, row.unknown ?? 0],
    ['given up', verdict.failed, row.failed ?? 0],
    ['ms to recover', recoveryMs ?? 0, (row.recoveryMs ?? 15_000) + drainMs],
    ['ms late', verdict.worstMs, (row.worstMs ?? Infinity) + drainMs],
  ];
  return [
    ...gates.filter(([, found, gate]) => found > gate).map(([what, found, gate]) => `${found} ${what}, gate ${gate}`),
    ...notes.filter((note) => !note.isMet).map((note) => note.sentence),
  ];
}
