import { randomBytes } from 'node:crypto';
import { link, mkdir, open, rename, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeKey, SecretError } from './keyring.ts';

export interface KeyFile {
  /** A key ring, as `parseKeyring` reads it. */
  readonly keys: string;
  /** True where there was none and it has just been made: tell the operator where it is, and that losing it loses the tokens. */
  readonly created: boolean;
}

/**
 * Reads the key file, and makes it (mode 0600, one new key) where there is none. Two processes that start at once get
 * the same key. Throws `SecretError` where others than its owner may read it, or it is empty.
 */
export async function readOrMakeKeyFile(path: string): Promise<KeyFile> {
  const keys = await readKeyFile(path);
  if (keys !== null) return { keys, created: false };

  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  // Written whole under another name first: a reader never meets half a key, and `link` fails where one exists.
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(`${makeKey('k1')}\n`);
    await handle.sync();
    await handle.close();
    const created = await link(draft, path).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'EEXIST') return false;
        throw error;
      },
    );
    return { keys: (await readKeyFile(path)) ?? '', created };
  } finally {
    await unlink(draft);
  }
}

/** Puts a key in front of those in the file: whole or not at all. Throws `SecretError` where there is no file to add to. */
export async function addKeyToFile(path: string, key: string): Promise<void> {
  const keys = await readKeyFile(path);
  if (keys === null) throw new SecretError('bad-key', `There is no key file ${path}.`);
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  const handle = await open(draft, 'wx', 0o600);
  await handle.writeFile(`${key},${keys}\n`);
  await handle.sync();
  await handle.close();
  await rename(draft, path);
}

/** The ring in a key file; null: there is none. Throws `SecretError` where others than its owner may read it, or it is empty. */
export async function readKeyFile(path: string): Promise<string | null> {
  let handle;
  try {
    handle = await open(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  try {
    const { mode } = await handle.stat();
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      const shown = (mode & 0o777).toString(8).padStart(3, '0');
      throw new SecretError('bad-key', `${path} has mode ${shown}, so others may read the key: run chmod 600 ${path}.`);
    }
    const keys = (await handle.readFile('utf8')).trim();
    if (keys === '') throw new SecretError('bad-key', `${path} is empty: restore the key from a backup.`);
    return keys;
  } finally {
    await handle.close();
  }
}
