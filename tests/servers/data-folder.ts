import { constants, cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askShared } from './ask.ts';

/**
 * A data folder whose embedded database has been made and never used: making one takes seconds, copying it a blink.
 * @returns its path; whoever asked removes it.
 */
export async function freshDataFolder(): Promise<string> {
  const made = await askShared('/data-folder');
  const folder = mkdtempSync(join(tmpdir(), 'standfirst-data-'));
  cpSync(made, folder, { recursive: true, verbatimSymlinks: true, mode: constants.COPYFILE_FICLONE });
  return folder;
}
