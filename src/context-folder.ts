import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Refusal } from './domain/errors.ts';

/**
 * Makes the installation's folder where it is missing, for its owner only, and makes sure that we may write there.
 * @throws Refusal in one sentence: which folder, and what to do.
 */
export function prepareDataFolder(dataDir: string): void {
  try {
    makeFolder(dataDir);
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new Refusal(
      'unavailable',
      `The data folder ${dataDir} cannot be used (${(cause as Error).message}): make it ours to write, or name another with STANDFIRST_DATA.`,
      [],
      { cause },
    );
  }
}

/** One folder at a time: Node's own `recursive` never returns under /proc, where a folder is refused with ENOENT. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Another process that starts at the same time was first.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
