import { inject } from 'vitest';

/** An empty database on the PostgreSQL that the whole run shares (`fsync` off). @returns its address. */
export async function freshDatabase(): Promise<string> {
  return ask('/database');
}

/** Has a line printed at the end of the run: which tests were left out, and why. */
export async function sayLeftOut(what: string): Promise<void> {
  await ask(`/left-out?what=${encodeURIComponent(what)}`);
}

async function ask(path: string): Promise<string> {
  const reply = await fetch(`${inject('sharedServers')}${path}`);
  const text = await reply.text();
  if (!reply.ok) throw new Error(text);
  return text;
}
