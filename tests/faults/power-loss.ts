import { cpSync, mkdirSync, openSync, closeSync, readdirSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { embeddedUrl } from './stage.ts';
import { acknowledgedBy, openStorm } from './storm-process.ts';

/**
 * A power cut in the middle of a storm of writes: of the database's folder only that is kept which PostgreSQL had had
 * flushed, its files as of the last checkpoint and the log up to the last flush; every later write is gone. The disk is
 * believed when it says that it has flushed.
 */
export async function losePower(folder: string): Promise<{ acknowledged: number; missing: number }> {
  const [before, after] = [join(folder, 'before'), join(folder, 'after')];
  // Made by whoever asks: the database opens a folder that is there.
  mkdirSync(before, { recursive: true, mode: 0o700 });
  const storm = await openStorm(before);
  const client = new pg.Client(embeddedUrl(before));
  client.on('error', () => {});
  await client.connect();
  await client.query('CHECKPOINT');
  mkdirSync(after, { recursive: true, mode: 0o700 });
  cpSync(join(before, 'postgres'), join(after, 'postgres'), { recursive: true });
  storm.process.signal('SIGUSR2');
  await sleep(1_500);
  const acknowledged = acknowledgedBy(storm);
  const { rows } = await client.query<{ file: string; offset: number }>(
    `SELECT file_name AS file, file_offset AS offset FROM pg_walfile_name_offset(pg_current_wal_flush_lsn())`,
  );
  keepLog(
    join(before, 'postgres', 'pg_wal'),
    join(after, 'postgres', 'pg_wal'),
    rows[0]?.file ?? '',
    rows[0]?.offset ?? 0,
  );
  await client.end().catch(() => {});
  await storm.process.kill();
  cpSync(join(before, 'postgres.password'), join(after, 'postgres.password'));
  // Of the server that ran elsewhere: it would be taken for one of this folder.
  rmSync(join(after, 'postgres', 'postmaster.pid'));
  const again = await openStorm(after);
  await again.process.stop();
  return { acknowledged, missing: Math.max(0, acknowledged - again.rows) };
}

/** The segments up to this place; what follows it is zero, as a disk has it where nothing was written. */
function keepLog(from: string, to: string, file: string, offset: number): void {
  rmSync(to, { recursive: true });
  mkdirSync(to, { mode: 0o700 });
  for (const name of readdirSync(from)) {
    if (/^[0-9A-F]{24}$/.test(name) ? name <= file : statSync(join(from, name)).isDirectory())
      cpSync(join(from, name), join(to, name), { recursive: true });
  }
  const last = openSync(join(to, file), 'r+');
  const size = statSync(join(to, file)).size;
  writeSync(last, Buffer.alloc(size - offset), 0, size - offset, offset);
  closeSync(last);
}
