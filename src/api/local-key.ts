import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createApiKey, FIRST_RUN, widenFirstKey } from './first-run.ts';
import type { ApiContext } from './parts.ts';

/**
 * One API key for the command line and curl on this machine, in a file that only its owner reads. It may do everything, also
 * what a newer version has a new scope for; a key of the operator's own in its place stays as it is.
 */
export async function keepLocalKey(
  context: Pick<ApiContext, 'database' | 'io' | 'settings'>,
  say: (sentence: string) => void,
): Promise<void> {
  const path = join(context.settings.dataDir, 'api-key');
  if (!existsSync(path)) {
    const { secret } = await createApiKey(context, { name: 'local' }, FIRST_RUN);
    writeFileSync(path, `${secret}\n`, { mode: 0o600, flag: 'wx' });
    say(`Made an API key for this machine in ${path}.`);
    return;
  }
  const isUsable = await widenFirstKey(context, readFileSync(path, 'utf8').trim());
  if (!isUsable)
    say(`The API key in ${path} is not one of this database: remove the file and start again for a new one.`);
}
