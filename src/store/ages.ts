import { z } from 'zod';
import { Refusal } from '../domain/errors.ts';
import { MOST_DAYS, retainedNames } from '../domain/retention.ts';
import type { ChosenAges } from '../domain/retention.ts';
import type { Sql } from './database.ts';
import { recordEvent } from './event.ts';
import { getSetting, putNextVersion } from './setting.ts';

const range = `must be whole days from 1 to ${MOST_DAYS.toLocaleString('en')}`;

/** Ages that a newsroom has decided, in days; what is left out is kept as long as usual. */
export const chosenAges = z.partialRecord(
  z.enum(retainedNames),
  z.int(range).min(1, range).max(MOST_DAYS, range),
) satisfies z.ZodType<ChosenAges>;

const stored = z.object({ version: z.number(), days: chosenAges });
const SETTING = 'retention';

/** What was decided last. Version 0: nothing was. */
export async function getAges(sql: Sql): Promise<z.infer<typeof stored>> {
  return (await getSetting(sql, SETTING, stored)) ?? { version: 0, days: {} };
}

/** Decides anew, from a version. @throws Refusal stale-version where somebody else did first. */
export async function putAges(sql: Sql, version: number, days: ChosenAges, actor: string): Promise<void> {
  const before = await getAges(sql);
  const next = { version: version + 1, days };
  if (!(await putNextVersion(sql, SETTING, version, next))) {
    const sentence = `The ages are at version ${before.version}, not ${version}: somebody changed them. Read them again.`;
    throw new Refusal('stale-version', sentence);
  }
  const data = { days };
  await recordEvent(sql, {
    type: 'retention.changed',
    subject: SETTING,
    actor,
    before: before.days,
    after: days,
    data,
  });
}
