import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { NotRun, embeddedOnly, withRedis } from './row.ts';
import type { CheckRow, Note } from './row.ts';
import { judge } from './run-row.ts';
import { openStage } from './stage.ts';
import type { Stage } from './stage.ts';
import { brew, settled } from './storm.ts';
import { saysAtReadyz } from './readyz.ts';
import { revive } from './rows-worker.ts';
import { until } from './until.ts';

/** Large enough for the programs and an empty database, small enough to fill in a second. */
const DISK_MB = 320;
const REDIS_DISK_MB = 64;

/** A disk that is full. */
export const diskRows: readonly CheckRow[] = [
  {
    n: 34,
    name: `embedded: the disk (${DISK_MB} MB of memory) is full, then has room again`,
    on: embeddedOnly,
    async check() {
      await using disk = mountDisk(DISK_MB);
      await using stage = await openStage('embedded', { folder: disk.folder });
      return await fillAndFree(stage, disk.folder);
    },
  },
  {
    n: 34,
    name: `Redis: the disk of its append-only file (${REDIS_DISK_MB} MB of memory) is full, then has room again`,
    on: withRedis,
    async check() {
      await using disk = mountDisk(REDIS_DISK_MB);
      await using stage = await openStage('redis+postgres', { redisFolder: disk.folder });
      return await fillRedis(stage, disk.folder);
    },
  },
];

/** Everything is saved in the database and goes out from there, and the queue is filled again when it can be. */
async function fillRedis(stage: Stage, folder: string): Promise<Note[]> {
  const label = 'Row 34';
  await stage.prepare(2);
  const storm = await brew(stage, label, { posts: 200, aheadMs: 8_000, spreadMs: 10_000 });
  const ballast = join(folder, 'ballast');
  fill(ballast);
  const meanwhile = await brew(stage, `${label} meanwhile`, { posts: 100 });
  const isTold = await until(15_000, () => saysAtReadyz(stage, /Redis cannot write to its disk/));
  await storm.reaches(200, 60_000);
  rmSync(ballast);
  const freedAt = Date.now();
  const isWell = await until(15_000, async () => !(await saysAtReadyz(stage, /Redis cannot write to its disk/)));
  const writes = await brew(stage, `${label} after`, { posts: 20 });
  const posts = [...storm.posts, ...meanwhile.posts, ...writes.posts];
  await settled(stage, posts, 60_000);
  const { lost, twice, unknown, early, worstMs } = await judge(stage, posts, freedAt);
  return [
    {
      sentence: `/readyz ${isTold ? 'says so' : 'does not say so'}, and no more when it is over`,
      isMet: isTold && isWell,
    },
    {
      sentence: `${posts.length} posts: ${lost} lost, ${twice} twice, ${early} early, ${unknown} in doubt, at most ${worstMs} ms late`,
      isMet: lost + twice + early + unknown === 0 && worstMs <= 15_000,
    },
  ];
}

async function fillAndFree(stage: Stage, folder: string): Promise<Note[]> {
  const label = 'Row 34';
  const storm = await brew(stage, label, { posts: 100, aheadMs: 12_000 });
  const ballast = join(folder, 'ballast');
  fill(ballast);
  const refused = await writeUntilRefused(stage);
  const reads = await stage.call('GET', '/v1/posts?limit=1').then(
    () => 'reads go on',
    (error: Error) => `reads fail: ${error.message}`,
  );
  await sleep(1_000);
  rmSync(ballast);
  const freedAt = Date.now();
  // A database that could not even write its log has ended, and the process with it: a service manager starts it again.
  const hasEnded = !(await until(3_000, () => stage.workers.every((one) => one.isAlive())));
  await revive(stage);
  const isOpen = await until(15_000, () => stage.call('GET', '/v1/posts?limit=1').then(() => true));
  const writes = await brew(stage, `${label} after`, { posts: 10 });
  const posts = [...storm.posts, ...writes.posts];
  await settled(stage, posts, 60_000);
  const { lost, twice, unknown, early } = await judge(stage, posts, freedAt);
  return [
    { sentence: `a write was answered ${refused}`, isMet: refused === '503' },
    { sentence: reads, isMet: reads === 'reads go on' },
    { sentence: hasEnded ? 'ended, and started again' : 'lived on', isMet: isOpen },
    {
      sentence: `${posts.length} posts: ${lost} lost, ${twice} twice, ${early} early, ${unknown} in doubt`,
      isMet: lost + twice + early + unknown === 0,
    },
  ];
}

/** Writes articles until the API says no. @returns the status it said it with. */
async function writeUntilRefused(stage: Stage): Promise<string> {
  const text = 'The disk of the harbour office is nearly full. '.repeat(2_000);
  for (let n = 0; n < 300; n++) {
    try {
      await stage.call('POST', '/v1/articles', { title: `Nearly full ${n}`, text, accountIds: [] });
    } catch (error) {
      return /answered (\d+)/.exec((error as Error).message)?.[1] ?? (error as Error).message;
    }
  }
  return '2xx 300 times';
}

/** Takes what room there is, to the last byte. */
function fill(file: string): void {
  const handle = openSync(file, 'w');
  for (let size = 1 << 20; size >= 1; size >>= 1) {
    const piece = Buffer.alloc(size);
    try {
      while (writeSync(handle, piece) === size);
    } catch {
      // Full for a piece of this size: smaller ones may still fit.
    }
  }
  closeSync(handle);
}

/** A file system of its own. @throws NotRun where this user may not mount one. */
function mountDisk(megabytes: number): AsyncDisposable & { folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'standfirst-disk-'));
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0755`, 'none', folder]);
  if (status !== 0) {
    rmSync(folder, { recursive: true });
    throw new NotRun('this user may not mount a small disk');
  }
  return {
    folder,
    async [Symbol.asyncDispose]() {
      // What runs there takes a moment to end.
      await until(10_000, () => spawnSync('umount', [folder]).status === 0);
      rmSync(folder, { recursive: true });
    },
  };
}
