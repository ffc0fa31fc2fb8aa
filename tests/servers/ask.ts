import { inject } from 'vitest';

/** Asks for what one run shares: see `shared.ts`. Throws what went wrong there. */
export async function askShared(path: string): Promise<string> {
  const reply = await fetch(`${inject('sharedServers')}${path}`);
  const text = await reply.text();
  if (!reply.ok) throw new Error(text);
  return text;
}
