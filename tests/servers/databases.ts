import { askShared } from './ask.ts';

/** An empty database on the PostgreSQL that the whole run shares (`fsync` off). @returns its address. */
export async function freshDatabase(): Promise<string> {
  return askShared('/database');
}

/** Has a line printed at the end of the run: which tests were left out, and why. */
export async function sayLeftOut(what: string): Promise<void> {
  await askShared(`/left-out?what=${encodeURIComponent(what)}`);
}
