import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { losePower } from './power-loss.ts';
import { startServer } from './processes.ts';
import { embeddedOnly } from './row.ts';
import type { CheckRow, Note } from './row.ts';
import { acknowledgedBy, openStorm } from './storm-process.ts';
import type { Stage } from './stage.ts';

const KILLS = 50;
const POWER_CUTS = 3;

/** The installation that is one process and a folder. */
export const embeddedRows: readonly CheckRow[] = [
  {
    n: 18,
    name: `embedded: killed ${KILLS} times while it writes`,
    on: embeddedOnly,
    check: () => inFolder(killOften),
  },
  {
    n: 19,
    name: `embedded: ${POWER_CUTS} power cuts, everything gone that was not flushed`,
    on: embeddedOnly,
    check: () => inFolder(cutOften),
  },
  {
    n: 20,
    name: 'embedded: a second process on the same folder',
    on: embeddedOnly,
    check: secondProcess,
  },
];

async function killOften(folder: string): Promise<Note[]> {
  let acknowledged = 0;
  let missing = 0;
  const opened: number[] = [];
  for (let kill = 0; kill <= KILLS; kill++) {
    const storm = await openStorm(folder);
    if (kill > 0) opened.push(storm.openMs);
    missing += Math.max(0, acknowledged - storm.rows);
    if (kill === KILLS) {
      await storm.process.stop();
      break;
    }
    storm.process.signal('SIGUSR2');
    await sleep(300);
    await storm.process.kill();
    acknowledged = Math.max(storm.rows, acknowledgedBy(storm));
  }
  const slowest = Math.max(...opened);
  return [
    { sentence: `${acknowledged} acknowledged, ${missing} missing`, isMet: missing === 0 && acknowledged > KILLS },
    { sentence: `open again within ${slowest} ms`, isMet: slowest <= 3_000 },
  ];
}

async function cutOften(folder: string): Promise<Note[]> {
  let acknowledged = 0;
  let missing = 0;
  for (let cut = 0; cut < POWER_CUTS; cut++) {
    const lost = await losePower(join(folder, `${cut}`));
    acknowledged += lost.acknowledged;
    missing += lost.missing;
  }
  return [{ sentence: `${acknowledged} acknowledged, ${missing} missing`, isMet: missing === 0 && acknowledged > 0 }];
}

async function secondProcess(stage: Stage): Promise<Note[]> {
  const sentence = await startServer({ ...stage.env }, 'all', 30_000).then(
    async (second) => {
      await second.kill();
      return 'the second process started';
    },
    (error: Error) => /(?:\n|^)(.*(?:already|in use).*)/.exec(error.message)?.[1] ?? `it said: ${error.message}`,
  );
  const isMet = !sentence.startsWith('the second') && !sentence.startsWith('it said');
  return [{ sentence: isMet ? 'refused in a sentence' : sentence.slice(0, 300), isMet }];
}

async function inFolder(work: (folder: string) => Promise<Note[]>): Promise<Note[]> {
  const folder = mkdtempSync(join(tmpdir(), 'standfirst-storm-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
