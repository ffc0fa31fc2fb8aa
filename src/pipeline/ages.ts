import { Refusal } from '../domain/errors.ts';
import { retainedNames, retentionDays } from '../domain/retention.ts';
import type { ChosenAges, Retained } from '../domain/retention.ts';
import { putAges } from '../store/ages.ts';
import type { Tools } from './tools.ts';

/**
 * Decides how long things are kept. What is as usual, or as the operator has set it, is not written down as a decision.
 * @throws Refusal with every age at once that is the operator's to change; stale-version.
 */
export async function changeAges(
  { database, retention }: Pick<Tools, 'database' | 'retention'>,
  version: number,
  days: ChosenAges,
  actor: string,
): Promise<void> {
  const wanted = (what: Retained): number => days[what] ?? retention[what] ?? retentionDays[what];
  const fixed = retainedNames.filter((what) => retention[what] !== undefined && wanted(what) !== retention[what]);
  if (fixed.length > 0) {
    const faults = fixed.map((what) => ({
      pointer: `/days/${what}`,
      code: 'set-by-operator',
      message: `is ${retention[what]} by STANDFIRST_RETENTION, which the operator changes`,
    }));
    throw new Refusal('invalid', `${fixed.join(', ')}: the operator has set that with STANDFIRST_RETENTION.`, faults);
  }
  const isChosen = (what: Retained): boolean => retention[what] === undefined && wanted(what) !== retentionDays[what];
  const chosen = retainedNames.filter(isChosen);
  const decided = Object.fromEntries(chosen.map((what) => [what, wanted(what)]));
  await database.transaction((sql) => putAges(sql, version, decided, actor));
}
