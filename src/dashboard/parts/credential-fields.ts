/** One field of an account's credentials, read from the network's JSON Schema. */
export interface Field {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly kind: 'text' | 'number' | 'boolean';
  readonly choices: readonly string[];
  /** A value that the schema allows no other than; not asked for. */
  readonly fixed: unknown;
  readonly isRequired: boolean;
  readonly isSecret: boolean;
  /** Right as it is for almost everybody: an address of a server, a version. */
  readonly isAdvanced: boolean;
  /** What holds where nothing is given. */
  readonly standard: string;
}

type Schema = Readonly<Record<string, unknown>>;

const SECRET = /secret|token|password|key|nsec|bearer|hook/i;

/** The ways to sign in that a network offers: one schema each. */
export function variantsOf(schema: Schema): Schema[] {
  const many = schema['anyOf'] ?? schema['oneOf'];
  return Array.isArray(many) ? (many as Schema[]) : [schema];
}

/** What to call a way to sign in: its title, or the value that tells it from the others. */
export function labelOf(schema: Schema, index: number): string {
  if (typeof schema['title'] === 'string') return schema['title'];
  const fixed = fieldsOf(schema).find((field) => field.fixed !== null)?.fixed;
  return typeof fixed === 'string' ? wordsOf(fixed) : String(index + 1);
}

export function fieldsOf(schema: Schema): Field[] {
  const properties = (schema['properties'] ?? {}) as Record<string, Schema>;
  const required = new Set((schema['required'] ?? []) as string[]);
  return Object.entries(properties).map(([name, property]) => ({
    name,
    label: typeof property['title'] === 'string' ? property['title'] : wordsOf(name),
    description: typeof property['description'] === 'string' ? property['description'] : '',
    kind:
      property['type'] === 'boolean'
        ? 'boolean'
        : property['type'] === 'number' || property['type'] === 'integer'
          ? 'number'
          : 'text',
    choices: Array.isArray(property['enum']) ? property['enum'].map(String) : [],
    fixed: property['const'] ?? null,
    isRequired: required.has(name) && property['default'] === undefined,
    isSecret: property['format'] === 'password' || property['secret'] === true || SECRET.test(name),
    isAdvanced: property['advanced'] === true,
    standard: typeof property['default'] === 'string' ? property['default'] : '',
  }));
}

/** `accessToken` → `Access token` */
function wordsOf(name: string): string {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/[-_]/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
