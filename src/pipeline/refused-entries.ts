import { clientNetwork } from '../domain/client-network.ts';
import type { Database } from '../store/database.ts';
import { recordEvent } from '../store/event.ts';
import { currentOrigin, sayOrigin } from '../store/origin.ts';
import { closeRefusedEntries, MANY, noteRefusedEntry } from '../store/refused-entry.ts';
import { forgetTries } from '../store/try.ts';

/** Ways in, and what is written down when one stays shut. */
const eventTypes = {
  password: 'member.sign_in_failed',
  passkey: 'member.sign_in_failed',
  'api-key': 'api-key.refused',
} as const;
type WayIn = keyof typeof eventTypes;

/** The subject where it is nobody's. */
export const NOBODY = 'nobody';

/** Of those alike from one place in this time the first is audited at once, the others as one number when it is over. */
export const WINDOW_MS = 10 * 60_000;
const BATCH = 1_000;

/**
 * Writes down that somebody did not get in, and from where. What they typed is not: it may be a password in the wrong field.
 * @param subject the member or key that was tried; NOBODY where there is none.
 * @param prefix of an API key: what a person knows it by, no part of its secret.
 */
export async function recordRefusedEntry(
  database: Database,
  how: WayIn,
  subject: string,
  prefix?: string,
): Promise<void> {
  const ip = currentOrigin()?.ip ?? '';
  await database.transaction(async (sql) => {
    const noted = await noteRefusedEntry(sql, { how, subject, network: clientNetwork(ip), ip });
    if (noted.tries > 1) return;
    const data = noted.subject === MANY || prefix === undefined ? { how } : { how, prefix };
    await recordEvent(sql, { type: eventTypes[how], subject: noted.subject, data });
  });
}

/** Writes down how often those came again whose window is over, and forgets tries that count no more. */
export async function closeWindows(database: Database): Promise<void> {
  await database.transaction(async (sql) => {
    for (const { how, subject, ip, tries, begunAt } of await closeRefusedEntries(sql, WINDOW_MS)) {
      if (tries === 1) continue;
      await sayOrigin(sql, subject === MANY ? {} : { ip });
      const data = { how, again: tries - 1, since: begunAt.toISOString() };
      await recordEvent(sql, { type: eventTypes[how as WayIn], subject, data });
    }
  });
  await forgetTries(database, BATCH);
}
