import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where in the data folder a server says under which address this machine reaches it: its port may have been chosen freely. */
const FILE = 'address';

/**
 * Tells the programs of this machine where the server listens.
 * @param address as it listens, e.g. `http://127.0.0.1:40123`; on every address of the machine it is reached at `localhost`.
 * @returns takes it back, unless another server has said its own since.
 */
export function keepLocalAddress(dataDir: string, address: string): () => void {
  const file = join(dataDir, FILE);
  const url = new URL(address);
  if (['127.0.0.1', '0.0.0.0', '[::]', '[::1]'].includes(url.hostname)) url.hostname = 'localhost';
  writeFileSync(file, `${url.origin}\n`, { mode: 0o600 });
  return () => {
    if (readLocalAddress(dataDir) === url.origin) rmSync(file, { force: true });
  };
}

/** Where the server of this data folder listens, without a slash at its end; null where none has said so. */
export function readLocalAddress(dataDir: string): string | null {
  try {
    const text = readFileSync(join(dataDir, FILE), 'utf8').trim();
    return URL.canParse(text) ? text : null;
  } catch {
    return null;
  }
}
