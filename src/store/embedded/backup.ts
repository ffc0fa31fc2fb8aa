import {
  closeSync,
  constants,
  copyFileSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';

const KEPT = 3;

/**
 * A whole copy of a stopped cluster, on the disk before the name appears; the oldest beyond three are removed. To restore
 * one: stop standfirst, remove `postgres` from the data folder, copy the backup there under that name.
 * (npm's PostgreSQL brings no pg_dump, and a cold copy needs no tool to be read again.)
 * @param label what it was made before, as in `before-migration-2`; letters, digits and hyphens.
 * @returns the backup's folder, `backups/0001-<label>`.
 */
export function copyCluster(dataDir: string, cluster: string, label: string): string {
  const home = join(dataDir, 'backups');
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const earlier = readdirSync(home)
    .filter((name) => /^\d{4,}-[\w-]+$/.test(name))
    .sort((a, b) => Number.parseInt(a) - Number.parseInt(b));
  const number = Number.parseInt(earlier.at(-1) ?? '0') + 1;
  const name = `${String(number).padStart(4, '0')}-${label.replaceAll(/[^\w-]/g, '-')}`;
  const draft = join(home, 'draft.part');
  rmSync(draft, { recursive: true, force: true });
  copyFolder(cluster, draft);
  renameSync(draft, join(home, name));
  sync(home);
  for (const old of earlier.slice(0, -(KEPT - 1))) rmSync(join(home, old), { recursive: true, force: true });
  return join(home, name);
}

function copyFolder(from: string, to: string): void {
  mkdirSync(to, { mode: 0o700 });
  for (const name of readdirSync(from)) {
    const [source, target] = [join(from, name), join(to, name)];
    if (lstatSync(source).isDirectory()) {
      copyFolder(source, target);
      continue;
    }
    copyFileSync(source, target, constants.COPYFILE_FICLONE);
    sync(target);
  }
  sync(to);
}

function sync(path: string): void {
  const isFolder = lstatSync(path).isDirectory();
  if (isFolder && process.platform === 'win32') return;
  const fd = openSync(path, isFolder ? 'r' : 'r+');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
