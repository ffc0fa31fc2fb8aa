import { readFileSync } from 'node:fs';
import type pg from 'pg';
import { z } from 'zod';
import { postStates } from '../../src/domain/post.ts';
import type { ClockHistory } from './clock.ts';

/** A post that was queued, and how the network's log knows it: `<account there> <label>: <number>`. */
export interface Queued {
  readonly id: string;
  readonly key: string;
  /** When it was asked to go, in epoch milliseconds of the installation's clock; absent where that was left to the product. */
  readonly askedFor?: number;
}

/** What the checker found when it laid the three logs beside each other: our database, the queue, the network. */
export interface Verdict {
  readonly posts: number;
  /** Neither on the network nor in a state that tells a person so. */
  readonly lost: number;
  /** Accepted more than once. */
  readonly twice: number;
  /** Accepted before their time: the one that was asked for, and the one that our database holds. */
  readonly early: number;
  /** Accepted although nobody ever asked for them: other words, another account. Of the whole history. */
  readonly strange: number;
  /** Called published although the network never accepted it. */
  readonly invented: number;
  /** Accepted although no attempt had been committed as sent before. */
  readonly unrecorded: number;
  /** In doubt although the network has it: a look-up should have found it. */
  readonly unsolved: number;
  /** In doubt, and told so. */
  readonly unknown: number;
  /** Given up, and told so. */
  readonly failed: number;
  /** Past their worthless-after, and told so. */
  readonly stale: number;
  /** Back in review after an edit. */
  readonly inReview: number;
  /** Jobs that the queue started for them: more than one a post is its right, and must not show on the network. */
  readonly starts: number;
  /** Lateness of the latest one and of the 99th in a hundred, in milliseconds. */
  readonly worstMs: number;
  readonly p99Ms: number;
  /** From the end of the fault, or a later due time, until the post was accepted: the longest such wait. */
  readonly recoveryMs: number;
}

const rowOfPost = z.object({
  id: z.string(),
  state: z.enum(postStates),
  dueAt: z.date().nullable(),
  latenessMs: z.number().nullable(),
  firstSentAt: z.date().nullable(),
});

/** A millisecond is what the network's clock rounds away. */
const ROUNDED_MS = 1;

export interface Evidence {
  /** Logs of the networks that took posts. */
  readonly logFiles: readonly string[];
  /** Every post that was ever queued there. */
  readonly history: readonly Queued[];
  readonly starts: ReadonlyMap<string, number>;
  readonly clock: ClockHistory;
  /** When the fault was over, in epoch milliseconds. */
  readonly endedAt: number;
}

/** Compares posts with what the queue did and with what the networks accepted. */
export async function check(client: pg.Client, queued: readonly Queued[], evidence: Evidence): Promise<Verdict> {
  const { clock, starts } = evidence;
  const readAt = clock.at(Date.now());
  const posts = await readPosts(client, queued);
  const taken = evidence.logFiles.flatMap(readLog);
  const accepted = Map.groupBy(taken, (entry) => entry.key);
  const known = new Set(evidence.history.map(({ key }) => key));
  const keys = new Map(queued.map(({ id, key }) => [id, key]));
  const asked = new Map(queued.map(({ id, askedFor = 0 }) => [id, askedFor]));
  const timesOf = (post: PostSeen): number[] =>
    (accepted.get(keys.get(post.id) ?? '') ?? []).map((entry) => clock.at(entry.at));
  const count = (is: (post: PostSeen) => boolean): number => posts.filter(is).length;
  const inState = (state: string): number => count((post) => post.state === state);
  const late = posts.map((post) => post.latenessMs ?? 0).sort((a, b) => a - b);
  const ended = clock.at(evidence.endedAt);
  const waits = posts.flatMap((post) =>
    timesOf(post)
      .filter((at) => at > ended)
      .map((at) => at - Math.max(ended, post.dueAt?.getTime() ?? 0)),
  );
  return {
    posts: queued.length,
    lost: queued.length - posts.length + count((post) => open.has(post.state)),
    twice: count((post) => timesOf(post).length > 1),
    early: count((post) =>
      timesOf(post).some((at) => at < Math.max(post.dueAt?.getTime() ?? 0, asked.get(post.id) ?? 0)),
    ),
    strange: taken.filter(({ key }) => !known.has(key)).length,
    invented: count((post) => post.state === 'published' && timesOf(post).length === 0),
    unrecorded: count((post) =>
      timesOf(post).some((at) => at < readAt && at + ROUNDED_MS < (post.firstSentAt?.getTime() ?? Infinity)),
    ),
    unsolved: count((post) => post.state === 'unknown' && timesOf(post).length > 0),
    unknown: inState('unknown'),
    failed: inState('failed'),
    stale: inState('stale'),
    inReview: inState('in_review'),
    starts: posts.reduce((sum, post) => sum + (starts.get(post.id) ?? 0), 0),
    worstMs: late.at(-1) ?? 0,
    p99Ms: late[Math.ceil(late.length * 0.99) - 1] ?? 0,
    recoveryMs: Math.max(0, ...waits),
  };
}

type PostSeen = z.infer<typeof rowOfPost>;

/** States in which nobody has been told anything yet. */
const open: ReadonlySet<string> = new Set(['draft', 'approved', 'scheduled', 'publishing']);

async function readPosts(client: pg.Client, queued: readonly Queued[]): Promise<PostSeen[]> {
  const { rows } = await client.query(
    `SELECT id, state, due_at AS "dueAt", lateness_ms AS "latenessMs",
            (SELECT min(sent_at) FROM standfirst.attempt WHERE post_id = post.id) AS "firstSentAt"
       FROM standfirst.post WHERE id = ANY ($1)`,
    [queued.map(({ id }) => id)],
  );
  return z.array(rowOfPost).parse(rows);
}

/**
 * How far these are: `open` while somebody has not been told, or one in doubt is one that a network has; `in doubt` where
 * everybody has been told, of some that nobody knows. Cheap while they are open.
 */
export async function progressOf(
  client: pg.Client,
  queued: readonly Queued[],
  logFiles: readonly string[],
): Promise<'open' | 'in doubt' | 'settled'> {
  const { rows } = await client.query<{ id: string; state: string }>(
    `SELECT id, state FROM standfirst.post WHERE id = ANY ($1) AND state = ANY ($2)
      ORDER BY state = 'unknown' LIMIT 1000`,
    [queued.map(({ id }) => id), [...open, 'unknown']],
  );
  if (rows.length === 0) return 'settled';
  if (rows.some(({ state }) => open.has(state))) return 'open';
  const taken = new Set(logFiles.flatMap(readLog).map((entry) => entry.key));
  const keys = new Map(queued.map(({ id, key }) => [id, key]));
  return rows.some(({ id }) => taken.has(keys.get(id) ?? '')) ? 'open' : 'in doubt';
}

/** What a fake network accepted, oldest first; the key is the same for a text that an editor has ended with `again`. */
export function readLog(logFile: string): { key: string; text: string; at: number }[] {
  // The last line may be half written while it is read.
  const lines = readFileSync(logFile, 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => {
    const { account, text, at } = JSON.parse(line) as { account: string; text: string; at: number };
    return { key: `${account} ${text.replace(/ again$/, '')}`, text, at };
  });
}
