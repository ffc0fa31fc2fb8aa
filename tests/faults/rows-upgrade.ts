import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Queue } from 'bullmq';
import { openPostgresBackend, openRedisBackend } from '../../src/jobs/backend.ts';
import type { JobBackend } from '../../src/jobs/backend.ts';
import { LINE, publishQueue } from '../../src/jobs/jobs.ts';
import { withServers } from './row.ts';
import type { FaultRow, Note, Scene } from './row.ts';
import { first } from './stage.ts';
import type { Stage } from './stage.ts';

/**
 * A clone has no older version in it, so this tree plays the old one, and a copy of it with a migration more the new one:
 * its jobs carry a field that the old schema does not name, and among them is one that the old version has never heard of.
 */
export const upgradeRows: readonly FaultRow[] = [
  {
    n: 36,
    name: 'old and new version side by side (the new one is a model)',
    on: withServers,
    storm: { spreadMs: 10_000 },
    fault: roll,
  },
];

const NEXT = 9_999;

async function roll({ stage, storm }: Scene): Promise<{ notes: Note[] }> {
  await using tree = nextVersion();
  await storm.reaches(20);
  const fresh = await stage.startWorker({ root: tree.folder });
  await ringAsNext(stage, storm.posts.slice(0, 100));
  await storm.reaches(80);
  await first(stage).stop();
  await storm.reaches(120);
  const refused = await stage.startWorker().then(
    () => 'the old version started on the new tables',
    (error: Error) => /The database is at version.*/.exec(error.message)?.[0] ?? error.message,
  );
  await storm.reaches(200);
  await fresh.stop();
  await using client = await stage.connect();
  await client.query('ALTER TABLE standfirst.post DROP COLUMN next_version');
  await client.query('DELETE FROM standfirst.migration WHERE version = $1', [NEXT]);
  const isMet = refused.includes('written by a newer one');
  return { notes: [{ sentence: isMet ? 'an old one that starts late is refused' : refused.slice(0, 300), isMet }] };
}

/** A copy of the product that is one migration ahead. */
function nextVersion(): AsyncDisposable & { folder: string } {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const folder = mkdtempSync(join(tmpdir(), 'standfirst-next-'));
  for (const part of ['bin', 'src', 'workers', 'config', 'package.json']) {
    cpSync(join(root, part), join(folder, part), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const sql = 'ALTER TABLE standfirst.post ADD COLUMN next_version text;\n';
  writeFileSync(join(folder, 'src/store/migrations', `${NEXT}_next.sql`), sql);
  return { folder, [Symbol.asyncDispose]: () => Promise.resolve(rmSync(folder, { recursive: true })) };
}

/** Rings as a newer version might: with a field more, and for work that the old one does not know. */
async function ringAsNext(stage: Stage, posts: readonly { id: string }[]): Promise<void> {
  const backend = openQueue(stage);
  // A worker's connection waits until it is there; a queue's, made for requests, refuses at once.
  const open = (name: string): Queue => new Queue(name, backend.options('worker', name), backend.factory as never);
  const [publish, line] = [open(publishQueue('x')), open(LINE)];
  try {
    await publish.addBulk(
      posts.map(({ id }) => ({
        name: 'publish',
        data: { postId: id, network: 'x', wake: 1, lane: 'fast' },
        opts: { jobId: `publish-${id}-1-next`, attempts: 1, removeOnComplete: true, removeOnFail: true },
      })),
    );
    await line.add('from-the-future', { postId: posts[0]?.id }, { attempts: 1, removeOnFail: true });
  } finally {
    await Promise.all([publish.close(), line.close()]);
    await backend.close();
  }
}

function openQueue(stage: Stage): JobBackend {
  if (stage.redis === null) return openPostgresBackend(stage.env['DATABASE_URL'] ?? '', 2, () => {});
  return openRedisBackend({ url: stage.redis.url, cluster: false, sentinel: null }, () => {});
}
