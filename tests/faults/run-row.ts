import { check } from './check.ts';
import type { Queued, Verdict } from './check.ts';
import { NotRun, faultsOf } from './row.ts';
import type { FaultRow, Note, Row, Scene } from './row.ts';
import type { Stage } from './stage.ts';
import { brew, settled, widthOf } from './storm.ts';

/** What came of a row on one backend. */
export interface Finding {
  readonly row: Row;
  readonly backend: Stage['backend'];
  /** Null where the row counts no posts, or was not run. */
  readonly verdict: Verdict | null;
  readonly notes: readonly Note[];
  /** What is not as it must be, a sentence each; empty: every gate was met. */
  readonly faults: readonly string[];
  readonly notRun: string | null;
}

/** Every post is settled by then, what is in doubt included: the look-ups come after 5, 20 and 80 seconds. */
const SETTLED_WITHIN_MS = 60_000;

/**
 * Runs a row: workers and posts in place, the fault, until everything is settled, and compares the logs.
 * @param label begins the texts of its posts: another one each time.
 */
export async function runRow(stage: Stage, row: Row, label: string, chance: () => number): Promise<Finding> {
  const found = { row, backend: stage.backend, verdict: null, notes: [], faults: [], notRun: null };
  try {
    if ('check' in row) {
      await stage.prepare(1);
      const notes = await row.check(stage);
      return { ...found, notes, faults: broken(notes) };
    }
    const { verdict, notes } = await bringAbout(stage, row, label, chance);
    return { ...found, verdict, notes, faults: [...faultsOf(row, verdict), ...broken(notes)] };
  } catch (error) {
    if (error instanceof NotRun) return { ...found, notRun: error.message };
    return { ...found, faults: [`could not be run: ${(error as Error).stack}`, ...stage.complaints()] };
  }
}

async function bringAbout(
  stage: Stage,
  row: FaultRow,
  label: string,
  chance: () => number,
): Promise<{ verdict: Verdict; notes: Note[] }> {
  await stage.prepare(row.workers ?? 2);
  // Connected while the network is well: the row may be the first, and take it away.
  await stage.accountsOn(stage.network, widthOf(row.storm));
  await row.before?.(stage);
  const storms = [await brew(stage, label, row.storm)];
  const scene: Scene = {
    stage,
    label,
    chance,
    storm: storms[0] as Scene['storm'],
    async brew(another, plan) {
      const storm = await brew(stage, another, plan);
      storms.push(storm);
      return storm;
    },
  };
  const ended = await row.fault(scene);
  const endedAt = ended?.endedAt ?? Date.now();
  const posts = storms.flatMap((storm) => storm.posts);
  const last =
    Math.max(...storms.map((storm) => storm.dueAt)) + (row.storm?.spreadMs ?? 0) - stage.clock.at(Date.now());
  const withinMs = row.settledWithinMs ?? SETTLED_WITHIN_MS;
  const isSettled = await settled(stage, posts, withinMs + Math.max(0, last));
  const verdict = await judge(stage, posts, endedAt);
  const notes = [...(ended?.notes ?? []), ...((await row.after?.(scene, verdict)) ?? [])];
  if (!isSettled) notes.push({ sentence: `not settled within ${withinMs / 1000} s`, isMet: false });
  return { verdict, notes };
}

/** Lays the three logs beside each other for some of the posts of a stage. */
export async function judge(stage: Stage, posts: readonly Queued[], endedAt: number): Promise<Verdict> {
  await using client = await stage.connect();
  const { logFiles, history, clock } = stage;
  return await check(client, posts, { logFiles, history, clock, endedAt, starts: await stage.queueLog.starts() });
}

function broken(notes: readonly Note[]): string[] {
  return notes.filter((note) => !note.isMet).map((note) => note.sentence);
}
