import { readFileSync } from 'node:fs';
import type { PostView } from '../../src/api/schemas/post.ts';

/** What the checker found when it compared our posts with the network's own log of what it accepted. */
export interface Verdict {
  readonly posts: number;
  /** Neither on the network nor in a state that tells a person so. */
  readonly lost: number;
  /** Accepted more than once. */
  readonly twice: number;
  /** In doubt, and told so. */
  readonly unknown: number;
  /** In doubt although the network has it: a look-up should have found it. */
  readonly unsolved: number;
  /** Given up, and told so. */
  readonly failed: number;
  /** Called published although the network never accepted it. */
  readonly invented: number;
  /** Accepted before their time. */
  readonly early: number;
  /** Lateness of the latest one, in milliseconds. */
  readonly worstMs: number;
  /** When the network took the last of them, in epoch milliseconds; 0 where it took none. */
  readonly lastAt: number;
}

export type Seen = Pick<PostView, 'id' | 'state' | 'dueAt' | 'latenessMs' | 'parts'>;

const settled: ReadonlySet<string> = new Set(['published', 'failed', 'unknown', 'stale', 'cancelled']);

/** Compares posts with the append-only log of a fake network; texts must differ from post to post. */
export function check(posts: readonly Seen[], logFile: string): Verdict {
  const accepted = Map.groupBy(readLog(logFile), (entry) => entry.text);
  const timesOf = (post: Seen): number[] => (accepted.get(post.parts[0]?.text ?? '') ?? []).map((entry) => entry.at);
  const count = (is: (post: Seen) => boolean): number => posts.filter(is).length;
  return {
    posts: posts.length,
    lost: count((post) => !settled.has(post.state)),
    twice: count((post) => timesOf(post).length > 1),
    unknown: count((post) => post.state === 'unknown'),
    unsolved: count((post) => post.state === 'unknown' && timesOf(post).length > 0),
    failed: count((post) => post.state === 'failed' || post.state === 'stale'),
    invented: count((post) => post.state === 'published' && timesOf(post).length === 0),
    early: count((post) => timesOf(post).some((at) => at < Date.parse(post.dueAt ?? ''))),
    worstMs: Math.max(0, ...posts.map((post) => post.latenessMs ?? 0)),
    lastAt: Math.max(0, ...posts.flatMap(timesOf)),
  };
}

/** What a fake network accepted, oldest first. */
export function readLog(logFile: string): { text: string; at: number }[] {
  const lines = readFileSync(logFile, 'utf8').split('\n');
  // A line may be half written while it is read.
  return lines.slice(0, -1).map((line) => JSON.parse(line) as { text: string; at: number });
}
