import { constants } from 'node:fs';
import { copyFile, lstat, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

const KEPT = 3;

/**
 * A whole copy of a stopped cluster, on the disk before the name appears; the oldest beyond three are removed. To restore
 * one: stop standfirst, remove `postgres` from the data folder, copy the backup there under that name.
 * (npm's PostgreSQL brings no pg_dump, and a cold copy needs no tool to be read again.)
 * @param label what it was made before, as in `before-migration-2`; letters, digits and hyphens.
 * @returns the backup's folder, `backups/0001-<label>`.
 */
export async function copyCluster(dataDir: string, cluster: string, label: string): Promise<string> {
  const home = join(dataDir, 'backups');
  await mkdir(home, { recursive: true, mode: 0o700 });
  const earlier = (await readdir(home))
    .filter((name) => /^\d{4,}-[\w-]+$/.test(name))
    .sort((a, b) => Number.parseInt(a) - Number.parseInt(b));
  const number = Number.parseInt(earlier.at(-1) ?? '0') + 1;
  const name = `${String(number).padStart(4, '0')}-${label.replaceAll(/[^\w-]/g, '-')}`;
  const draft = join(home, 'draft.part');
  await rm(draft, { recursive: true, force: true });
  await copyFolder(cluster, draft);
  await rename(draft, join(home, name));
  await sync(home);
  for (const old of earlier.slice(0, -(KEPT - 1))) await rm(join(home, old), { recursive: true, force: true });
  return join(home, name);
}

async function copyFolder(from: string, to: string): Promise<void> {
  await mkdir(to, { mode: 0o700 });
  const copies: Promise<void>[] = [];
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    // Folders one after the other, the files of one together: the disk then writes many in one go.
    if (entry.isDirectory()) await copyFolder(source, target);
    else copies.push(copyFile(source, target, constants.COPYFILE_FICLONE).then(() => sync(target)));
  }
  await Promise.all(copies);
  await sync(to);
}

async function sync(path: string): Promise<void> {
  const isFolder = (await lstat(path)).isDirectory();
  if (isFolder && process.platform === 'win32') return;
  await using file = await open(path, isFolder ? 'r' : 'r+');
  await file.sync();
}
