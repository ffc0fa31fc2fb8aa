import { createReadStream, statSync } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { openDatabaseAlone } from '../context-database.ts';
import { realIo } from '../context-io.ts';
import { readSettings } from '../context-settings.ts';
import { Refusal } from '../domain/errors.ts';
import { restoreBackup } from '../store/restore.ts';

/** Reads a backup into a fresh data folder or database. @throws Refusal as `restoreBackup`. */
export async function restore(file: string): Promise<void> {
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) {
    throw new Refusal('not-found', `There is no file ${file}.`);
  }
  const io = realIo();
  await using opened = await openDatabaseAlone(readSettings());
  const { rows, at, inDoubt, paused } = await restoreBackup(opened.database, linesOf(file), io.id('hold'), () =>
    io.id('attempt'),
  );
  const doubt = inDoubt === 0 ? '' : ` Due since then, perhaps out already, and to be looked up: ${inDoubt}.`;
  const waiting = paused === 0 ? '' : ` Sources and webhooks that are paused, each to be resumed: ${paused}.`;
  process.stdout.write(
    `${rows.toLocaleString('en')} rows of ${at.toISOString()} are restored.${doubt}${waiting} Everything is held: start standfirst with the same encryption key, look at what went out since, and resume.\n`,
  );
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const source = createReadStream(file);
  const unzipped = source.pipe(createGunzip());
  source.on('error', (error) => unzipped.destroy(error));
  // In pieces until its end is seen: a line with an image in it comes in thousands of chunks.
  let pieces: string[] = [];
  try {
    for await (const chunk of unzipped.setEncoding('utf8') as AsyncIterable<string>) {
      const [first = '', ...others] = chunk.split('\n');
      pieces.push(first);
      for (const other of others) {
        yield pieces.join('');
        pieces = [other];
      }
    }
  } catch (error) {
    if (!String((error as NodeJS.ErrnoException).code).startsWith('Z_')) throw error;
    const sentence = `${file} cannot be unpacked, so it is not a whole backup. Nothing was restored; take another copy of it.`;
    throw new Refusal('invalid', sentence, [], { cause: error });
  }
}
