/** What of house rules can be looked at although other parts of the document cannot be read, so that every fault is told at once. */
import { z } from 'zod';
import type { ReadableRules } from '../pipeline/house-rules.ts';
import { houseRules } from '../store/house-rules.ts';

/** Entries that are looked at: as many as the longest list of house rules may have. */
const MOST = 500;

/** Entry by entry: one that cannot be read leaves its place in a list empty, and is left out of a record. */
export function readableRules(given: unknown): ReadableRules {
  const fields = fieldsOf(given);
  const { utm, signatures, templates, quietHours } = houseRules.shape;
  const { always, never, aliases } = fieldsOf(fields['hashtags']);
  const { mail, accounts } = fieldsOf(fields['telling']);
  return {
    hashtags: {
      always: listed(always, z.string()),
      never: listed(never, z.string()),
      aliases: recorded(aliases, z.string()),
    },
    utm: recorded(fields['utm'], utm.unwrap().valueType),
    signatures: recorded(fields['signatures'], signatures.unwrap().valueType),
    templates: recorded(fields['templates'], templates.unwrap().valueType),
    quietHours: listed(fields['quietHours'], quietHours.unwrap().element).filter((one) => one !== null),
    auto: listed(fields['auto'], z.object({ sourceId: z.string() })),
    telling: { mail: listed(mail, z.string()), accounts: listed(accounts, z.string()) },
  };
}

function fieldsOf(given: unknown): Readonly<Record<string, unknown>> {
  return typeof given === 'object' && given !== null && !Array.isArray(given) ? (given as Record<string, unknown>) : {};
}

function listed<Value>(given: unknown, schema: z.ZodType<Value>): (Value | null)[] {
  return Array.isArray(given) ? given.slice(0, MOST).map((one: unknown) => schema.safeParse(one).data ?? null) : [];
}

function recorded<Value>(given: unknown, schema: z.ZodType<Value>): Record<string, Value> {
  const entries = Object.entries(fieldsOf(given)).slice(0, MOST);
  const read = entries.map(([name, value]) => [name, schema.safeParse(value)] as const);
  return Object.fromEntries(read.flatMap(([name, { data }]) => (data === undefined ? [] : [[name, data]])));
}
