import fc from 'fast-check';

/** As much of JSON Schema as our OpenAPI document uses. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

export type Components = Readonly<Record<string, Schema>>;

/** Texts that have broken a parser, a database, a log or a page somewhere. */
export const nastyTexts = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  '\u202e\u2066txt.exe',
  `'; DROP TABLE standfirst.post; --`,
  `" OR 1=1 --`,
  '<script>alert(1)</script>',
  '{{7*7}}${7*7}#{7*7}',
  '../../../../etc/passwd',
  '%00%0d%0aSet-Cookie:%20a=b',
  'a\r\nInjected: line',
  '\x1b[31mred\x1b[0m',
  '__proto__',
  'constructor',
  '9'.repeat(400),
  '-1',
  'NaN',
  '1e309',
  'true',
  'null',
  '[]',
  '2026-02-30T25:61:61Z',
  '+275760-09-13T00:00:00.001Z',
  '0000-01-01T00:00:00Z',
  'http://[::ffff:169.254.169.254]/latest/meta-data',
  'http://127.0.0.1:1/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'https://user:password@example.invalid/',
  'https://example.invalid/' + 'a'.repeat(5_000),
  'x'.repeat(20_000),
  '👩‍👩‍👧‍👦'.repeat(50),
  'ﷺ'.repeat(100),
];

const nastyText = fc.constantFrom(...nastyTexts);
const nastyNumber = fc.constantFrom(0, -0, -1, 1, 2 ** 31, 2 ** 53, -(2 ** 63), 1e21, 1e308, 0.1, 5e-324);

/** Anything at all, in place of what the schema asks for. */
const anything: fc.Arbitrary<unknown> = fc.oneof(
  nastyText,
  nastyNumber,
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(null, [], {}, [[]], true, false),
);

/**
 * Values for a schema: mostly what it asks for, sometimes not.
 * @param ids of things that exist, for every text that may be one.
 * @param name of the field: `accountId` is most often the id of an account.
 */
export function valuesOf(
  schema: Schema,
  components: Components,
  ids: Ids,
  name = '',
  depth = 0,
): fc.Arbitrary<unknown> {
  if (depth > 6) return fc.constant(null);
  return fc.oneof(
    { weight: 40, arbitrary: fitting(schema, components, ids, name, depth) },
    { weight: 1, arbitrary: anything },
  );
}

function fitting(schema: Schema, components: Components, ids: Ids, name: string, depth: number): fc.Arbitrary<unknown> {
  const inner = (one: Schema, field = name): fc.Arbitrary<unknown> => valuesOf(one, components, ids, field, depth + 1);
  if (schema.$ref !== undefined) {
    return fitting(components[schema.$ref.split('/').at(-1) ?? ''] ?? {}, components, ids, name, depth + 1);
  }
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return fc.oneof(...choices.map((one) => inner(one)));
  if (schema.allOf !== undefined)
    return fc.tuple(...schema.allOf.map((one) => inner(one))).map((parts) => Object.assign({}, ...parts) as object);
  const type = Array.isArray(schema.type) ? (schema.type[0] as string) : (schema.type as string | undefined);
  switch (type) {
    case 'string':
      return textsOf(schema, ids, name);
    case 'integer':
    case 'number':
      return fc.oneof(
        fc.integer({ min: Math.max(schema.minimum ?? 0, -1e6), max: Math.min(schema.maximum ?? 1_000, 1e6) }),
        nastyNumber,
      );
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(inner(schema.items ?? {}), { maxLength: 3 });
    case 'object':
      return fc.record(
        Object.fromEntries(Object.entries(schema.properties ?? {}).map(([field, one]) => [field, inner(one, field)])),
        { requiredKeys: [...(schema.required ?? [])] },
      );
    default:
      return anything;
  }
}

/** Ids of things that are there. */
export interface Ids {
  readonly all: readonly string[];
  /** By the nouns of the paths: `posts`. */
  readonly byNoun: ReadonlyMap<string, readonly string[]>;
}

/** Those that a field or a path names, where there are any: `accountIds` and `/accounts/{id}` mean accounts. */
export function idsFor(name: string, { all, byNoun }: Ids): readonly string[] {
  const nouns = [...byNoun.keys()].filter((noun) => noun.slice(0, 3) === name.slice(0, 3).toLowerCase());
  const meant = byNoun.get(name) ?? nouns.flatMap((noun) => byNoun.get(noun) ?? []);
  return meant.length === 0 ? all : meant;
}

function textsOf({ format }: Schema, ids: Ids, name: string): fc.Arbitrary<string> {
  const known = fc.constantFrom(...idsFor(name, ids));
  if (format === 'date-time') {
    const far = { min: new Date('1970-01-01'), max: new Date('2100-01-01'), noInvalidDate: true };
    return fc.oneof(
      fc.date(far).map((time) => time.toISOString()),
      nastyText,
    );
  }
  if (format === 'uri')
    return fc.oneof(
      fc.constantFrom('https://example.invalid/a', 'http://10.0.0.1/', 'https://example.invalid/%'),
      nastyText,
    );
  if (format === 'email') return fc.oneof(fc.emailAddress(), nastyText);
  return fc.oneof(
    { weight: 4, arbitrary: known },
    { weight: 3, arbitrary: fc.string({ unit: 'grapheme', maxLength: 30 }) },
    { weight: 2, arbitrary: nastyText },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        'sandbox',
        'webhook',
        'Europe/Bucharest',
        '08:30',
        'mon',
        'en',
        'post.approved',
        '"1"',
      ),
    },
  );
}
