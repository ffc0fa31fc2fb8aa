import { z } from 'zod';
import { Refusal } from '../domain/errors.ts';
import { isTimeZone } from '../domain/wall-time.ts';
import type { Sql } from './database.ts';
import { recordEvent } from './event.ts';
import { getSetting, putNextVersion } from './setting.ts';

const SETTING = 'newsroom';

/** What a newsroom has said of itself; null: nothing, so that it has no name and the operator's zone. */
export const newsroom = z.strictObject({
  name: z.string().trim().min(1, 'is empty: leave it out').max(100, 'is longer than 100 characters').nullable(),
  timeZone: z.string().refine(isTimeZone, 'is not an IANA time zone such as Europe/Bucharest').nullable(),
});
export type Newsroom = z.infer<typeof newsroom>;

const stored = z.object({ name: z.string().nullable(), timeZone: z.string().nullable(), version: z.number() });
export type StoredNewsroom = z.infer<typeof stored>;

/** Version 0: nobody has said anything. */
export async function getNewsroom(sql: Sql): Promise<StoredNewsroom> {
  return (await getSetting(sql, SETTING, stored)) ?? { name: null, timeZone: null, version: 0 };
}

/** The newsroom's zone: what it has said, where this Node knows it, else the operator's. */
export async function zoneOfNewsroom(sql: Sql, usual: string): Promise<string> {
  const { timeZone } = await getNewsroom(sql);
  return timeZone !== null && isTimeZone(timeZone) ? timeZone : usual;
}

/** Says it anew, from a version. @throws Refusal stale-version where somebody else did first. */
export async function putNewsroom(sql: Sql, version: number, said: Newsroom, actor: string): Promise<StoredNewsroom> {
  const { version: at, ...before } = await getNewsroom(sql);
  const next = { ...said, version: version + 1 };
  if (!(await putNextVersion(sql, SETTING, version, next))) {
    const sentence = `The newsroom is at version ${at}, not ${version}: somebody changed it. Read it again.`;
    throw new Refusal('stale-version', sentence);
  }
  await recordEvent(sql, { type: 'newsroom.changed', subject: SETTING, actor, before, after: said, data: said });
  return next;
}
