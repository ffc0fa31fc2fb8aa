import { isKeyName, maskedIn } from './masked-address.ts';

/** One field of a thing that was changed. Null: it was not there, or is no more. */
export interface ChangedField {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** Characters of JSON that are kept of a value. */
export const MOST_OF_VALUE = 2_000;
/** Fields that are kept of one change: more than any thing of ours has. */
const MOST_FIELDS = 40;
const HIDDEN = '…';

/**
 * What differs between two states of a thing, by its fields, for people to read: no field that is named like a secret, no key in
 * an address, and no value longer than a page.
 * @param before nothing: the thing is new. @param after nothing: it is gone.
 * @param isAddress every address in it may be a key as a whole, as those of webhooks and feeds.
 */
export function changedFields(before: unknown, after: unknown, isAddress = false): ChangedField[] {
  const [was, is] = [fieldsOf(before), fieldsOf(after)];
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  return names
    .filter((name) => JSON.stringify(was[name] ?? null) !== JSON.stringify(is[name] ?? null))
    .slice(0, MOST_FIELDS)
    .map((field) => ({
      field,
      before: shown(field, was[field], isAddress),
      after: shown(field, is[field], isAddress),
    }));
}

function fieldsOf(value: unknown): Record<string, unknown> {
  // As it will be written down: dates are texts then.
  const plain = JSON.parse(JSON.stringify(value ?? {})) as unknown;
  return typeof plain === 'object' && plain !== null && !Array.isArray(plain)
    ? (plain as Record<string, unknown>)
    : { value: plain };
}

function shown(field: string, value: unknown, isAddress: boolean): unknown {
  if (value === undefined || value === null) return null;
  if (isKeyName(field)) return HIDDEN;
  const plain = maskedIn(withoutSecrets(value), { onlyKeys: !isAddress });
  const text = typeof plain === 'string' ? plain : JSON.stringify(plain);
  if (text.length <= MOST_OF_VALUE) return plain;
  return `${text.slice(0, MOST_OF_VALUE).toWellFormed()}… (${text.length.toLocaleString('en')} characters)`;
}

function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, isKeyName(name) ? HIDDEN : withoutSecrets(inner)]),
  );
}
