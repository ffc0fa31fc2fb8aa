import { z } from 'zod';
import type { ZodType } from 'zod';

/** Shorter ones would blot out ordinary words. */
const SHORTEST = 4;
const SHORTEST_PART = 8;

/** What a request is signed in with, which may be a session of an hour that no credentials hold. */
const presented = /\b(Bearer|Basic|DPoP)\s+[\w.~+/=-]+/giu;

/** The values of credentials that their schema marks as secret (`.meta({ secret: true })`). */
export function secretsOf(schema: ZodType, credentials: unknown): string[] {
  return collect(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as unknown as Shape, credentials);
}

/** The same value with every secret in it blotted out, also where it stands inside an address. */
export function withoutSecrets<Value>(value: Value, secrets: readonly string[]): Value {
  let json = JSON.stringify(value);
  for (const secret of secrets.flatMap(tellingParts)) {
    for (const form of [JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]) {
      json = json.replaceAll(form, '[secret]');
    }
  }
  return JSON.parse(json) as Value;
}

/** A secret address is given away by its path alone, which servers repeat, and by the end of that. Longest first. */
function tellingParts(secret: string): string[] {
  const { pathname = '/' } = URL.parse(secret) ?? {};
  const parts = [secret, pathname, pathname.split('/').at(-1) ?? ''];
  return parts.filter((part, index) => index === 0 || part.length >= SHORTEST_PART);
}

/**
 * What a network answered, without our secrets where its words repeat them: such words are kept, shown and logged. An answer
 * without words stays as it is.
 */
export function quiet<Answer extends object>(answer: Answer, schema: ZodType, credentials: unknown): Answer {
  if (!('detail' in answer)) return answer;
  const said = withoutSecrets(answer.detail, secretsOf(schema, credentials));
  return { ...answer, detail: typeof said === 'string' ? said.replace(presented, '$1 [secret]') : said };
}

interface Shape {
  readonly secret?: unknown;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
}

function collect(shape: Shape, value: unknown): string[] {
  if (typeof value === 'string') return shape.secret === true && value.length >= SHORTEST ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.entries(shape.properties ?? {}).flatMap(([name, one]) =>
    collect(one, (value as Record<string, unknown>)[name]),
  );
  return [...inside, ...[...(shape.anyOf ?? []), ...(shape.oneOf ?? [])].flatMap((one) => collect(one, value))];
}
