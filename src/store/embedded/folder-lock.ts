import { linkSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { Refusal } from '../../domain/errors.ts';
import { isSameBirth, processBirth } from './process-birth.ts';

export interface FolderLock {
  /** Gives the folder free. A second call does nothing. */
  release(): void;
}

interface Holder {
  readonly pid: number;
  readonly birth: string;
  readonly host: string;
}

const BEAT_MS = 5_000;
/** A holder on another machine or in another container cannot be asked; six missed beats mean that it is gone. */
const FOREIGN_IS_GONE_AFTER_MS = 30_000;

/**
 * Makes this process the only one that uses a data folder. The lock of a dead process, or of one whose number was
 * given to another program, is taken over; the lock of a living one never is, even if it no longer answers.
 * @param dataDir an existing folder.
 * @throws Refusal `unavailable`, naming the process that holds it.
 */
export function lockFolder(dataDir: string): FolderLock {
  const path = join(dataDir, 'lock');
  const mine = JSON.stringify({ pid: process.pid, birth: processBirth(process.pid) ?? 'alive', host: hostname() });
  const draft = `${path}.${process.pid}-${randomBytes(4).toString('hex')}`;
  writeFileSync(draft, mine, { mode: 0o600 });
  try {
    // Twice: the second try comes after a stale lock was moved away.
    if (!tryLink(draft, path)) {
      removeIfStale(path, dataDir, draft);
      if (!tryLink(draft, path)) throw inUse(dataDir, read(path));
    }
  } finally {
    rmSync(draft, { force: true });
  }
  const beat = setInterval(() => touch(path), BEAT_MS).unref();
  return {
    release() {
      clearInterval(beat);
      if (readText(path) === mine) rmSync(path, { force: true });
    },
  };
}

/** `link` is the one file operation that is atomic, carries the content with it, and fails where the name exists. */
function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function removeIfStale(path: string, dataDir: string, draft: string): void {
  const seen = readText(path);
  if (isHeld(path)) throw inUse(dataDir, read(path));
  const aside = `${draft}.stale`;
  try {
    renameSync(path, aside);
  } catch {
    return; // another starter moved it first; the link decides between us
  }
  // Between reading and moving, another starter may have put its own fresh lock here: give it back.
  if (readText(aside) !== seen) tryLink(aside, path);
  rmSync(aside, { force: true });
}

function isHeld(path: string): boolean {
  const holder = read(path);
  if (!holder) return false;
  if (holder.host !== hostname()) {
    const beatAt = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    return nowOfFiles(path) - beatAt < FOREIGN_IS_GONE_AFTER_MS;
  }
  const birth = processBirth(holder.pid);
  return birth !== undefined && isSameBirth(birth, holder.birth);
}

/** The time as the file system has it, so that the two ends of a network folder agree. */
function nowOfFiles(path: string): number {
  const probe = `${path}.clock-${process.pid}`;
  writeFileSync(probe, '');
  const now = statSync(probe).mtimeMs;
  rmSync(probe, { force: true });
  return now;
}

function touch(path: string): void {
  const now = nowOfFiles(path) / 1000;
  try {
    utimesSync(path, now, now);
  } catch {
    // The folder was removed under us: PostgreSQL will say so.
  }
}

function inUse(dataDir: string, holder: Holder | undefined): Refusal {
  const who = holder
    ? `process ${holder.pid}${holder.host === hostname() ? '' : ` on ${holder.host}`}`
    : 'another process';
  return new Refusal(
    'unavailable',
    `The data folder ${dataDir} is in use by ${who}: stop that one first, or give this one a folder of its own with STANDFIRST_DATA.`,
  );
}

function read(path: string): Holder | undefined {
  try {
    const { pid, birth, host } = JSON.parse(readText(path) ?? '') as Partial<Holder>;
    return typeof pid === 'number' && typeof birth === 'string' && typeof host === 'string'
      ? { pid, birth, host }
      : undefined;
  } catch {
    return undefined;
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
