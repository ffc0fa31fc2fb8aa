import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { Refusal } from '../domain/errors.ts';
import { backupEnd, backupHeader, backupLine } from './backup.ts';

export interface BackupFile {
  readonly header: z.infer<typeof backupHeader>;
  /** Every row in order. Throws at the end where the file is not as it was written. */
  readonly rows: AsyncGenerator<z.infer<typeof backupLine>>;
}

/**
 * Reads the lines of a backup and checks that they are all there and unchanged.
 * @throws Refusal that says what is wrong with the file.
 */
export async function readBackup(lines: AsyncIterable<string>): Promise<BackupFile> {
  const reader = lines[Symbol.asyncIterator]();
  const sum = createHash('sha256');
  const next = async (): Promise<string> => {
    const { value, done } = await reader.next();
    if (done === true) throw notWhole('it ends in the middle: it was cut');
    return value;
  };
  const first = await next();
  sum.update(`${first}\n`);
  const header = backupHeader.safeParse(parse(first)).data;
  if (header === undefined) throw notWhole('its first line is not that of a backup');
  async function* rows(): BackupFile['rows'] {
    for (let count = 0; ; count++) {
      const line = await next();
      const json = parse(line);
      const end = backupEnd.safeParse(json).data;
      if (end !== undefined) {
        if (end.rows !== count || end.sha256 !== sum.digest('hex'))
          throw notWhole('its sum is another: it was changed');
        return;
      }
      sum.update(`${line}\n`);
      const row = backupLine.safeParse(json).data;
      if (row === undefined) throw notWhole(`line ${count + 2} is not a row`);
      yield row;
    }
  }
  return { header, rows: rows() };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    throw notWhole('it is not JSON lines');
  }
}

/** What a file that cannot be restored is refused with. */
export function notWhole(what: string): Refusal {
  return new Refusal(
    'invalid',
    `The file is not a whole backup: ${what}. Nothing was restored; take another copy of it.`,
  );
}
