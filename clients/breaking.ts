/** As much of JSON Schema as the OpenAPI document uses. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly pattern?: string;
  readonly format?: string;
  readonly maxLength?: number;
  readonly minLength?: number;
  readonly maximum?: number;
  readonly minimum?: number;
  readonly maxItems?: number;
  readonly minItems?: number;
}

type Content = Readonly<Record<string, { readonly schema?: Schema }>>;

interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema: Schema;
  }[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}

export interface Document {
  readonly info: { readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/**
 * What somebody who uses the API as `before` describes it would stumble over in `after`, a sentence each: requests that were
 * taken and are not any more, answers that lack what they promised. What is only added breaks nobody: a new field of an
 * answer, a new value among those an answer may hold, a field that may be sent.
 */
export function breakingChanges(before: Document, after: Document): string[] {
  return Object.entries(before.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]) => {
      const name = `${method.toUpperCase()} ${path}`;
      const now = after.paths[path]?.[method];
      const found = now === undefined ? ['is gone'] : ofOperation(operation, now, before, after);
      return [...new Set(found)].map((what) => `${name} ${what}.`);
    }),
  );
}

function ofOperation(was: Operation, is: Operation, before: Document, after: Document): string[] {
  const renamed = was.operationId === is.operationId ? [] : [`is called ${is.operationId}, not ${was.operationId}`];
  return [
    ...renamed,
    ...ofParameters(was, is, before, after),
    ...ofBody(was, is, before, after),
    ...ofAnswers(was, is, before, after),
  ];
}

function ofParameters(was: Operation, is: Operation, before: Document, after: Document): string[] {
  const known = new Map((was.parameters ?? []).map((one) => [`${one.in} ${one.name}`, one]));
  const now = new Map((is.parameters ?? []).map((one) => [`${one.in} ${one.name}`, one]));
  const needed = [...now].filter(([name, one]) => one.required === true && known.get(name)?.required !== true);
  return [
    ...needed.map(([name]) => `needs the ${name} now`),
    ...[...known].flatMap(([name, one]) => {
      const next = now.get(name);
      // A header that means nothing any more hurts nobody.
      if (next === undefined) return one.in === 'header' ? [] : [`does not take the ${name} any more`];
      return lacks({ schema: one.schema, in: before }, { schema: next.schema, in: after }, `the ${name}`, 'sent');
    }),
  ];
}

function ofBody(was: Operation, is: Operation, before: Document, after: Document): string[] {
  const isNeeded = is.requestBody?.required === true && was.requestBody?.required !== true;
  return [
    ...(isNeeded ? ['needs a body now'] : []),
    ...Object.entries(was.requestBody?.content ?? {}).flatMap(([type, { schema = {} }]) => {
      const next = is.requestBody?.content[type];
      if (next === undefined) return [`does not take ${type} any more`];
      return lacks({ schema, in: before }, { schema: next.schema ?? {}, in: after }, 'the body', 'sent');
    }),
  ];
}

function ofAnswers(was: Operation, is: Operation, before: Document, after: Document): string[] {
  const promised = Object.entries(was.responses).filter(([status]) => status.startsWith('2'));
  return promised.flatMap(([status, { content = {} }]) => {
    const next = is.responses[status];
    if (next === undefined) return [`does not answer ${status} any more`];
    return Object.entries(content).flatMap(([type, { schema = {} }]) => {
      const now = next.content?.[type];
      if (now === undefined) return [`does not answer ${type} any more`];
      return lacks({ schema: now.schema ?? {}, in: after }, { schema, in: before }, 'the answer', 'answered');
    });
  });
}

/** A schema and the document that its references point into. */
interface Side {
  readonly schema: Schema;
  readonly in: Document;
  /** What pointed to it. */
  readonly ref?: string | undefined;
}

/**
 * Which values that `from` allows `to` does not. Of what is sent, `from` is the older side; of what is answered, the newer.
 * @param seen the pairs compared on the way here, so that a schema that holds itself comes to an end.
 */
function lacks(from: Side, to: Side, place: string, use: 'sent' | 'answered', seen: readonly string[] = []): string[] {
  const targets = variants(to);
  return variants(from).flatMap((one) => {
    if (targets.some(({ schema }) => isAnything(schema))) return [];
    const [best = []] = targets
      .map((target) => ofOne(one, target, place, use, seen))
      .sort((a, b) => a.length - b.length);
    return best;
  });
}

function variants(side: Side): Side[] {
  const here = resolved(side.schema, side.in);
  const ref = side.schema.$ref ?? side.ref;
  const inner = here.anyOf ?? here.oneOf;
  if (inner !== undefined) return inner.flatMap((schema) => variants({ ...side, schema, ref }));
  if (!Array.isArray(here.type)) return [{ ...side, schema: here, ref }];
  return (here.type as string[]).map((type) => ({ ...side, schema: { ...here, type }, ref }));
}

function resolved(schema: Schema, { components }: Document): Schema {
  return schema.$ref === undefined ? schema : (components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {});
}

function isAnything({ type, properties, enum: values, ...rest }: Schema): boolean {
  return type === undefined && properties === undefined && values === undefined && !('const' in rest);
}

function ofOne(from: Side, to: Side, place: string, use: 'sent' | 'answered', seen: readonly string[]): string[] {
  const [one, other] = [from.schema, to.schema];
  const pair = `${from.ref} ${to.ref} ${String(one.type)}`;
  if (from.ref !== undefined && seen.includes(pair)) return [];
  const way = [...seen, pair];
  const isInteger = one.type === 'integer' && other.type === 'number';
  if (one.type !== other.type && !isInteger)
    return [use === 'sent' ? `refuses ${place} as ${kindOf(one)}` : `may give ${place} as ${kindOf(one)} now`];
  return [
    ...(use === 'sent' ? tighter(one, other, place) : []),
    ...(one.items === undefined || other.items === undefined
      ? []
      : lacks({ in: from.in, schema: one.items }, { in: to.in, schema: other.items }, `an item of ${place}`, use, way)),
    ...ofFields(from, to, place, use, way),
  ];
}

function kindOf({ type, const: only }: Schema): string {
  return type === undefined ? (only === undefined ? 'anything' : JSON.stringify(only)) : String(type);
}

/** What is sent and was within the limits may be outside of them now. */
function tighter(one: Schema, other: Schema, place: string): string[] {
  const values = (of: Schema): readonly unknown[] | undefined => of.enum ?? ('const' in of ? [of.const] : undefined);
  const [given, taken] = [values(one), values(other)];
  const refused = taken === undefined ? [] : (given?.filter((value) => !taken.includes(value)) ?? ['anything else']);
  const most = (['maxLength', 'maximum', 'maxItems'] as const).filter(
    (limit) => other[limit] !== undefined && other[limit] < (one[limit] ?? Infinity),
  );
  const least = (['minLength', 'minimum', 'minItems'] as const).filter(
    (limit) => other[limit] !== undefined && other[limit] > (one[limit] ?? -Infinity),
  );
  const forms = (['pattern', 'format'] as const).filter(
    (form) => other[form] !== undefined && other[form] !== one[form],
  );
  return [
    ...refused.map((value) => `refuses ${String(value)} in ${place}`),
    ...[...most, ...least].map((limit) => `takes less in ${place}: ${limit} is ${other[limit]}`),
    ...forms.map((form) => `asks for another ${form} in ${place}`),
  ];
}

function ofFields(from: Side, to: Side, place: string, use: 'sent' | 'answered', seen: readonly string[]): string[] {
  const [given, taken] = [from.schema.properties ?? {}, to.schema.properties ?? {}];
  const at = (name: string): string => `${name} in ${place}`;
  const needed = (to.schema.required ?? []).filter((name) => from.schema.required?.includes(name) !== true);
  return [
    ...needed.map((name) => (use === 'sent' ? `needs ${at(name)} now` : `does not promise ${at(name)} any more`)),
    ...Object.entries(given).flatMap(([name, schema]) => {
      const next = taken[name];
      if (next !== undefined) return lacks({ in: from.in, schema }, { in: to.in, schema: next }, at(name), use, seen);
      return use === 'sent' && to.schema.additionalProperties === false ? [`refuses ${at(name)}`] : [];
    }),
    ...(use === 'answered' ? Object.keys(taken).filter((name) => !(name in given) && !needed.includes(name)) : []).map(
      (name) => `does not give ${at(name)} any more`,
    ),
  ];
}
