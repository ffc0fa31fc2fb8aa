import type { BackendName } from '../servers/backends.ts';
import type { Verdict } from './check.ts';
import type { Stage } from './stage.ts';
import type { Storm, StormPlan } from './storm.ts';

/** What a row found beside the counts, a sentence with its figure; a broken one fails the row. */
export interface Note {
  readonly sentence: string;
  readonly isMet: boolean;
}

/** A row that cannot be run on this machine says why, and is printed as such. */
export class NotRun extends Error {}

/** What a fault finds when its turn comes: workers run, and posts are queued and about to be due. */
export interface Scene {
  readonly stage: Stage;
  readonly storm: Storm;
  /** Begins the texts of this run of the row. */
  readonly label: string;
  /** Numbers in [0, 1) for all that is left to chance: the same ones for the same seed. */
  chance(): number;
  /** More posts, judged with the others. */
  brew(label: string, plan?: StormPlan): Promise<Storm>;
}

interface Common {
  /** Its number in the fault matrix. */
  readonly n: number;
  readonly name: string;
  readonly on: readonly BackendName[];
  /** Takes longer than all the others: run only where it is asked for. */
  readonly isLarge?: boolean;
  /** Leaves the machine idle most of the time: runs while those of other backends wait too. */
  readonly waits?: boolean;
}

/** A fault that comes while posts go out. Lost, sent twice, early, strange, invented and unrecorded must be 0 whatever it is. */
export interface FaultRow extends Common {
  /** Processes that publish when it begins; two unless said. */
  readonly workers?: number;
  readonly storm?: StormPlan;
  /** Posts that may stay in doubt: what the network does not have and cannot be proved not to have had. */
  readonly unknown?: number;
  readonly failed?: number;
  readonly stale?: number;
  readonly inReview?: boolean;
  /** Longest wait for any post from the end of the fault on. */
  readonly recoveryMs?: number;
  /** Longest that the last post may take from its time on; a minute unless said. */
  readonly settledWithinMs?: number;
  /** Lateness of the latest post. */
  readonly worstMs?: number;
  /** What has to be so before the posts are queued. */
  before?(stage: Stage): Promise<void>;
  /** Brings it about and takes it away again. It is over when this returns, or at `endedAt`, in epoch milliseconds. */
  fault(scene: Scene): Promise<{ readonly endedAt?: number; readonly notes?: readonly Note[] } | void>;
  /** What can only be said when every post is settled. */
  after?(scene: Scene, verdict: Verdict): Promise<readonly Note[]>;
}

/** A fault that needs no posts in flight. @throws NotRun */
export interface CheckRow extends Common {
  check(stage: Stage): Promise<readonly Note[]>;
}

export type Row = FaultRow | CheckRow;

export const everywhere = ['redis+postgres', 'postgres', 'embedded'] as const satisfies readonly BackendName[];
export const withServers = ['redis+postgres', 'postgres'] as const satisfies readonly BackendName[];
export const withRedis = ['redis+postgres'] as const satisfies readonly BackendName[];
export const embeddedOnly = ['embedded'] as const satisfies readonly BackendName[];

/** After any fault, unless its row says otherwise. */
export const RECOVERY_MS = 15_000;

/** Everything about a verdict that is not as it must be, a sentence each. */
export function faultsOf(row: FaultRow, verdict: Verdict): string[] {
  const gates: [string, number, number][] = [
    ['lost', verdict.lost, 0],
    ['sent twice', verdict.twice, 0],
    ['early', verdict.early, 0],
    ['accepted, asked for by nobody', verdict.strange, 0],
    ['called published, never accepted', verdict.invented, 0],
    ['accepted, not recorded before', verdict.unrecorded, 0],
    ['in doubt though the network has them', verdict.unsolved, 0],
    ['in doubt', verdict.unknown, row.unknown ?? 0],
    ['given up', verdict.failed, row.failed ?? 0],
    ['stale', verdict.stale, row.stale ?? 0],
    ['back in review', verdict.inReview, row.inReview === true ? Infinity : 0],
    ['ms to recover', verdict.recoveryMs, row.recoveryMs ?? RECOVERY_MS],
    ['ms late', verdict.worstMs, row.worstMs ?? Infinity],
  ];
  return gates.filter(([, found, gate]) => found > gate).map(([what, found, gate]) => `${found} ${what}, gate ${gate}`);
}

/** The gates of a row on time, as the table prints them. */
export function gateOf(row: Row): string {
  if ('check' in row) return 'as said';
  const late = row.worstMs === undefined ? [] : [`late ≤ ${row.worstMs / 1000} s`];
  const doubt = row.unknown === undefined ? [] : [`in doubt ≤ ${row.unknown}`];
  return [...late, `recovery ≤ ${(row.recoveryMs ?? RECOVERY_MS) / 1000} s`, ...doubt].join(', ');
}
