import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readOrMakeKeyFile } from '../../src/secrets/key-file.ts';
import { parseKeyring } from '../../src/secrets/keyring.ts';

describe('the key file', () => {
  let folder = '';
  beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'standfirst-key-'))));
  afterEach(() => rm(folder, { recursive: true }));

  it('is made once, for its owner only, and read ever after', async () => {
    const path = join(folder, 'data', 'key');
    const made = await readOrMakeKeyFile(path);
    expect(made.created).toBe(true);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, 'data'))).mode & 0o777).toBe(0o700);
    expect(parseKeyring(made.keys).names).toEqual(['k1']);
    expect(await readOrMakeKeyFile(path)).toEqual({ keys: made.keys, created: false });
    expect(await readdir(join(folder, 'data'))).toEqual(['key']);
  });

  it('is the same for all who start at once, and one of them made it', async () => {
    const path = join(folder, 'key');
    const all = await Promise.all(Array.from({ length: 10 }, () => readOrMakeKeyFile(path)));
    expect(new Set(all.map(({ keys }) => keys)).size).toBe(1);
    expect(all.filter(({ created }) => created)).toHaveLength(1);
    expect(await readdir(folder)).toEqual(['key']);
  });

  it.each([0o644, 0o640, 0o604, 0o660])('is refused with mode %o', async (mode) => {
    const path = join(folder, 'key');
    const { keys } = await readOrMakeKeyFile(path);
    await chmod(path, mode);
    await expect(readOrMakeKeyFile(path)).rejects.toThrow(
      `${path} has mode ${mode.toString(8)}, so others may read the key: run chmod 600 ${path}.`,
    );
    expect(await readFile(path, 'utf8')).toBe(`${keys}\n`);
  });

  it('is refused where it is empty, and not made anew over what it may have sealed', async () => {
    const path = join(folder, 'key');
    await writeFile(path, '\n', { mode: 0o600 });
    await expect(readOrMakeKeyFile(path)).rejects.toThrow(`${path} is empty: restore the key from a backup.`);
  });
});
