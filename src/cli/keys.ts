import { join } from 'node:path';
import { openDatabaseAlone } from '../context-database.ts';
import { readSettings } from '../context-settings.ts';
import type { Settings } from '../context-settings.ts';
import { Refusal } from '../domain/errors.ts';
import { rotateKeys } from '../pipeline/rotate-keys.ts';
import { addKeyToFile, readOrMakeKeyFile } from '../secrets/key-file.ts';
import { makeKey, parseKeyring } from '../secrets/keyring.ts';
import type { Keyring } from '../secrets/keyring.ts';

/** Which keys there are, the one that seals first; never a key itself. */
export async function listKeys(): Promise<void> {
  const keyring = await ringOf(readSettings());
  process.stdout.write(`${keyring.names.join('\n')}\nfingerprint ${keyring.fingerprint()}\n`);
}

/**
 * Puts a new key in front of the ring. In a key file it is written there; a ring of the environment is the operator's, who
 * is shown the entry to put in.
 */
export async function newKey(): Promise<void> {
  const settings = readSettings();
  const { names } = await ringOf(settings);
  const name = nextName(names);
  if (settings.keys !== null) {
    process.stdout.write(
      `${makeKey(name)}\nPut this before the other entries of STANDFIRST_KEYS, separated by a comma, restart every process, then run: standfirst keys rotate\n`,
    );
    return;
  }
  await addKeyToFile(fileOf(settings), makeKey(name));
  process.stdout.write(
    `Key ${name} is first in ${fileOf(settings)}. Back the file up, restart every process, then run: standfirst keys rotate\n`,
  );
}

/** Seals every stored secret with the first key, and says when the others may go. */
export async function rotate(): Promise<void> {
  const settings = readSettings();
  const keyring = await ringOf(settings);
  await using opened = await openDatabaseAlone(settings);
  const { resealed, left } = await rotateKeys(opened.database, keyring);
  const [first, ...others] = keyring.names;
  process.stdout.write(`${resealed} sealed again with ${first}; still on another key: ${left}.\n`);
  if (left > 0) throw new Refusal('conflict', 'Some secrets were changed meanwhile: run it again.');
  if (others.length > 0) {
    process.stdout.write(`${others.join(', ')} may be taken out of the ring. Older backups still need it.\n`);
  }
}

async function ringOf(settings: Settings): Promise<Keyring> {
  return parseKeyring(settings.keys ?? (await readOrMakeKeyFile(fileOf(settings))).keys);
}

function fileOf({ dataDir }: Settings): string {
  return join(dataDir, 'key');
}

/** `k3` after `k2`; the names of others are left alone. */
function nextName(names: readonly string[]): string {
  const numbers = names.map((name) => Number(/^k(\d+)$/.exec(name)?.[1] ?? 0));
  return `k${Math.max(...numbers) + 1}`;
}
