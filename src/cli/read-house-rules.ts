import { Refusal } from '../domain/errors.ts';
import type { HouseRules } from '../domain/house-rules.ts';
import { faultsOfRules } from '../pipeline/house-rule-faults.ts';
import { houseRules } from '../store/house-rules.ts';
import { jsonIn } from './read-json.ts';

/** For whoever gave something else. */
export const EXAMPLE = '{"signatures": {"*": "The Merrow Herald"}}';

/**
 * House rules from a file, or `-` for standard input, checked as the server checks them.
 * @throws Refusal with every fault at once.
 */
export async function readHouseRules(source: string): Promise<HouseRules> {
  const parsed = houseRules.safeParse(await jsonIn(source, 'house rules', EXAMPLE));
  const faults = parsed.success
    ? faultsOfRules(parsed.data).map(({ pointer, message }) => `${pointer} ${message}`)
    : parsed.error.issues.map(({ path, message }) => `/${path.map(String).join('/')} ${message}`);
  if (parsed.success && faults.length === 0) return parsed.data;
  throw new Refusal('invalid', `The house rules in ${source} are not right: ${faults.join('; ')}.`);
}
