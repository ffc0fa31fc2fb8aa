import { once } from 'node:events';
import { createWriteStream, existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { openDatabaseAlone } from '../context-database.ts';
import { realIo } from '../context-io.ts';
import { readSettings } from '../context-settings.ts';
import { Refusal } from '../domain/errors.ts';
import { writeBackup } from '../store/backup.ts';
import { writeExport } from '../store/export.ts';

/**
 * Writes the whole installation into one compressed file, also while it runs. The name appears only once the file is whole
 * and on the disk. @throws Refusal where the file is there already or cannot be written.
 */
export async function backUp(file: string): Promise<void> {
  refuseExisting(file);
  await using opened = await openDatabaseAlone(readSettings());
  const rows = await writeZipped(`${file}.part`, (write) => writeBackup(opened.database, realIo().now(), write));
  await rename(`${file}.part`, file);
  process.stdout.write(
    `${rows.toLocaleString('en')} rows are in ${file}. It opens with the encryption key only, which is not in it: keep a copy of that apart.\n`,
  );
}

/** Prints, or writes into a file, everything that people wrote, decided and did, and what became of it: one JSON object a line, no secrets. */
export async function exportAll(file: string): Promise<void> {
  if (file !== '-') refuseExisting(file);
  await using opened = await openDatabaseAlone(readSettings());
  const target = file === '-' ? process.stdout : createWriteStream(file, { mode: 0o600, flush: true });
  await pipeLines(new PassThrough(), target, (write) => writeExport(opened.database, write)).catch((error: unknown) => {
    // Whoever reads has seen enough, as `head` does.
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
  });
}

async function writeZipped(file: string, work: WriteLines): Promise<number> {
  try {
    return await pipeLines(createGzip(), createWriteStream(file, { mode: 0o600, flush: true }), work);
  } catch (error) {
    await rm(file, { force: true });
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined || !/^E[A-Z]+$/.test(code)) throw error;
    throw new Refusal('unavailable', `The backup cannot be written to ${file}: ${message}.`, [], { cause: error });
  }
}

/** Writes lines and answers how many. */
type WriteLines = (write: (line: string) => Promise<void>) => Promise<number>;

/** Runs `work` into `target`, no faster than that takes it; where either fails, both end. */
async function pipeLines(through: Duplex, target: NodeJS.WritableStream, work: WriteLines): Promise<number> {
  const written = pipeline(through, target, { end: target !== process.stdout });
  const write = async (line: string): Promise<void> => {
    if (!through.write(`${line}\n`)) await Promise.race([once(through, 'drain'), written]);
  };
  const worked = work(write).finally(() => through.end());
  const [rows] = await Promise.all([worked, written]);
  return rows;
}

function refuseExisting(file: string): void {
  if (existsSync(file)) throw new Refusal('conflict', `${file} is there already: give the new file another name.`);
}
