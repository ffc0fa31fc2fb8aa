import { progressOf, readLog } from './check.ts';
import type { Queued } from './check.ts';
import type { FakeNetwork, Stage } from './stage.ts';
import { until } from './until.ts';

/** Least time between the first request that queues a post and its being due. */
const AHEAD_MS = 2_500;
/** What one request that queues posts takes, in milliseconds, as last seen: a busy machine needs a later due time. */
let queueingMs = 40;

export interface StormPlan {
  readonly posts?: number;
  readonly accounts?: number;
  /** All due at one instant, unless this says over how long. */
  readonly spreadMs?: number;
  /** From now to the first, more than it takes to queue them. */
  readonly aheadMs?: number;
  readonly network?: FakeNetwork;
  /** How long after its time the post number `n` of an account is worth nothing any more. */
  readonly worthMs?: (n: number) => number | undefined;
}

/** Posts of several accounts, queued and about to be due. */
export interface Storm {
  readonly label: string;
  readonly network: FakeNetwork;
  readonly posts: readonly Queued[];
  /** When the first is due, in epoch milliseconds of the installation's clock. */
  readonly dueAt: number;
  accepted(): number;
  /** Waits until the network has taken this many, or all. @throws Error where it does not. */
  reaches(accepted: number, withinMs?: number): Promise<void>;
}

/** On how many accounts they are. */
export const widthOf = ({ posts = 200, accounts = Math.min(10, posts) }: StormPlan = {}): number => accounts;

/** Queues posts through the API; every one is a 2xx before this returns. Their texts are `<label>: <number>`. */
export async function brew(stage: Stage, label: string, plan: StormPlan = {}): Promise<Storm> {
  const { posts = 200, spreadMs = 0, network = stage.network } = plan;
  const width = widthOf(plan);
  const accounts = await stage.accountsOn(network, width);
  const whoOf = new Map(accounts.map(({ id, who }) => [id, who]));
  const rounds = Math.ceil(posts / width);
  const from = Date.now();
  const dueAt = stage.clock.at(from) + (plan.aheadMs ?? 0) + AHEAD_MS + rounds * queueingMs * 1.5;
  const queued: Queued[] = [];
  const queue = async (n: number): Promise<void> => {
    const at = dueAt + (n * spreadMs) / rounds;
    const worthMs = plan.worthMs?.(n);
    const { data } = await stage.call<{ data: { id: string; accountId: string }[] }>('POST', '/v1/posts', {
      accountIds: accounts.slice(0, Math.min(width, posts - n * width)).map(({ id }) => id),
      text: `${label}: ${n}`,
      schedule: { at: new Date(at).toISOString() },
      ...(worthMs === undefined ? {} : { worthlessAfter: new Date(at + worthMs).toISOString() }),
    });
    const askedFor = Math.floor(at);
    queued.push(...data.map(({ id, accountId }) => ({ id, askedFor, key: `${whoOf.get(accountId)} ${label}: ${n}` })));
  };
  for (let first = 0; first < rounds; first += 4) {
    await Promise.all(Array.from({ length: Math.min(4, rounds - first) }, (_, n) => queue(first + n)));
  }
  queueingMs = Math.max(queueingMs / 2, (Date.now() - from) / rounds);
  stage.history.push(...queued);
  const accepted = (): number => readLog(network.logFile).filter(({ text }) => text.startsWith(`${label}: `)).length;
  return {
    label,
    network,
    posts: queued,
    dueAt,
    accepted,
    async reaches(wanted, withinMs = 60_000) {
      if (!(await until(withinMs, () => accepted() >= Math.min(wanted, posts))))
        throw new Error(`The network took ${accepted()} of the ${wanted} posts waited for in ${withinMs} ms.`);
    },
  };
}

/** For so long one in doubt has to stay so: a process that stood still may just be about to settle it, or to send it again. */
const DOUBT_STAYS_MS = 5_000;

/** Waits until everybody has been told about every post, and none in doubt is one that the network has. */
export async function settled(stage: Stage, posts: readonly Queued[], withinMs: number): Promise<boolean> {
  let doubtSince: number | null = null;
  return until(withinMs, async () => {
    await using client = await stage.connect();
    const progress = await progressOf(client, posts, stage.logFiles);
    doubtSince = progress === 'in doubt' ? (doubtSince ?? performance.now()) : null;
    return progress === 'settled' || (doubtSince !== null && performance.now() - doubtSince >= DOUBT_STAYS_MS);
  });
}
