import { once } from 'node:events';
import { createWriteStream, existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { openDatabaseAlone } from '../context-database.ts';
import { realIo } from '../context-io.ts';
import { readSettings } from '../context-settings.ts';
import { Refusal } from '../domain/errors.ts';
import { writeBackup, writeExport } from '../store/backup.ts';

/**
 * Writes the whole installation into one compressed file, also while it runs. The name appears only once the file is whole
 * and on the disk. @throws Refusal where the file is there already or cannot be written.
 */
export async function backUp(file: string): Promise<void> {
  if (existsSync(file)) throw new Refusal('conflict', `${file} is there already: give the backup another name.`);
  await using opened = await openDatabaseAlone(readSettings());
  const rows = await writeZipped(`${file}.part`, (write) => writeBackup(opened.database, realIo().now(), write));
  await rename(`${file}.part`, file);
  process.stdout.write(
    `${rows.toLocaleString('en')} rows are in ${file}. It opens with the encryption key only, which is not in it: keep a copy of that apart.\n`,
  );
}

/** Prints, or writes into a file, what people wrote and what became of it: one JSON object a line, no secrets. */
export async function exportAll(file: string): Promise<void> {
  await using opened = await openDatabaseAlone(readSettings());
  const target = file === '-' ? process.stdout : createWriteStream(file, { flags: 'wx', mode: 0o600 });
  target.on('error', () => {});
  await writeExport(opened.database, async (line) => {
    if (!target.write(`${line}\n`)) await once(target, 'drain');
  });
  if (file !== '-') await new Promise((done) => target.end(done));
}

async function writeZipped(file: string, work: (write: (line: string) => Promise<void>) => Promise<number>) {
  const zipped = createGzip();
  const written = pipeline(zipped, createWriteStream(file, { mode: 0o600, flush: true }));
  const write = async (line: string): Promise<void> => {
    // A disk that is full ends the stream: then the wait has to end too.
    if (!zipped.write(`${line}\n`)) await Promise.race([once(zipped, 'drain'), written]);
  };
  try {
    const [rows] = await Promise.all([work(write).finally(() => zipped.end()), written]);
    return rows;
  } catch (error) {
    zipped.destroy();
    await written.catch(() => {});
    await rm(file, { force: true });
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined || !/^E[A-Z]+$/.test(code)) throw error;
    throw new Refusal('unavailable', `The backup cannot be written to ${file}: ${message}.`, [], { cause: error });
  }
}
