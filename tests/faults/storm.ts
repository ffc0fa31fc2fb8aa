import type { Finding } from './row.ts';
import { check } from './check.ts';
import { acceptedOf, connectAccount, listPosts, queuePosts, settled, until } from './stage.ts';
import type { FakeNetwork, Stage } from './stage.ts';

/** Least time between the first request that queues a post and its being due. */
export const AHEAD_MS = 8_000;
const POSTS = 200;
/** What queueing one post takes, in milliseconds, as last seen: a busy machine needs a later due time. */
let queueingMs = 60;

/** Posts of one account, queued and about to be due. */
export interface Storm {
  readonly accountId: string;
  readonly label: string;
  readonly network: FakeNetwork;
  readonly ids: readonly string[];
  /** When the first is due. */
  readonly dueAt: Date;
  accepted(): number;
  /** Waits until the network has taken this many. */
  reaches(accepted: number, withinMs?: number): Promise<boolean>;
  /** Waits until all are settled and compares. `faultEndedAt`: epoch milliseconds. */
  finding(faultEndedAt?: number, withinMs?: number, notes?: Finding['notes']): Promise<Finding>;
}

/** Queues posts, all due at one instant unless `spreadMs` says over how long. */
export async function brew(
  stage: Stage,
  label: string,
  who: number,
  how: { posts?: number; spreadMs?: number; network?: FakeNetwork } = {},
): Promise<Storm> {
  const { posts = POSTS, spreadMs = 0, network = stage.network } = how;
  const accountId = await connectAccount(stage, who, network);
  const from = Date.now();
  const dueAt = new Date(from + AHEAD_MS + posts * queueingMs * 1.5);
  const ids = await queuePosts(
    stage,
    accountId,
    label,
    posts,
    (n) => new Date(dueAt.getTime() + (n * spreadMs) / posts),
  );
  queueingMs = (Date.now() - from) / posts;
  return {
    accountId,
    label,
    network,
    ids,
    dueAt,
    accepted: () => acceptedOf(label, network.logFile),
    reaches: (accepted, withinMs = 60_000) =>
      until(withinMs, () => acceptedOf(label, network.logFile) >= Math.min(accepted, posts)),
    async finding(faultEndedAt, withinMs = 60_000, notes = []) {
      await settled(stage, accountId, withinMs, network.logFile);
      const verdict = check(await listPosts(stage, `account=${accountId}&sort=createdAt`), network.logFile);
      const recoveryMs = faultEndedAt === undefined ? 0 : Math.max(0, verdict.lastAt - faultEndedAt);
      return { verdict, recoveryMs, notes };
    },
  };
}
