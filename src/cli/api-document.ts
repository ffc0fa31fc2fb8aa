import { readFileSync } from 'node:fs';

/** A schema of `docs/openapi.json`, as far as the command line reads it. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

interface Content {
  readonly required?: boolean;
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: Schema;
  readonly description?: string;
}

export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
}

export interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** An operation as a person calls it: `standfirst <noun> <verb>`. */
export interface Called {
  readonly noun: string;
  readonly verb: string;
  /** In capitals. */
  readonly method: string;
  /** With its parameters in braces. */
  readonly path: string;
  readonly operation: Operation;
}

/** The committed document: a test holds it to the API as it is. */
export function readApiDocument(): Document {
  return JSON.parse(readFileSync(new URL('../../docs/openapi.json', import.meta.url), 'utf8')) as Document;
}

/** What `schema` points to, or itself. */
export function resolved(schema: Schema, { components }: Document): Schema {
  const name = schema.$ref?.replace('#/components/schemas/', '');
  return name === undefined ? schema : (components.schemas[name] ?? {});
}

/** Every operation with its noun and verb, in the order of the document. */
export function calledOperations(document: Document): Called[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      ...nameOf(path, method, document),
      method: method.toUpperCase(),
      path,
      operation,
    })),
  );
}

/**
 * The noun is the first word after `/v1`; the verb is `list`, `show`, `add`, `edit` or `remove`, or the words that follow:
 * `posts approve`, `stories comments`, `stories add-comment`, `sources opml`.
 */
function nameOf(path: string, method: string, document: Document): { noun: string; verb: string } {
  const [noun = '', ...rest] = path.replace('/v1/', '').split(/[/.]/);
  const words = rest.filter((word) => !word.startsWith('{')).join('-');
  const isOne = rest.at(-1)?.startsWith('{') === true;
  const methods = Object.keys(document.paths[path] ?? {});
  const isAlone = methods.length === 1 && !isOne;
  if (words !== '') {
    const verb = method === 'get' || isAlone ? words : `${changes[method]}-${words.replace(/s$/, '')}`;
    return { noun, verb };
  }
  if (method === 'get')
    return { noun, verb: !isOne && isList(document.paths[path]?.['get'], document) ? 'list' : 'show' };
  const isOfAll = method === 'delete' && document.paths[`${path}/{id}`]?.['delete'] !== undefined;
  return { noun, verb: `${changes[method]}${isOfAll ? '-all' : ''}` };
}

const changes: Readonly<Record<string, string>> = { post: 'add', patch: 'edit', put: 'edit', delete: 'remove' };

function isList(operation: Operation | undefined, document: Document): boolean {
  const [content] = Object.entries(operation?.responses['200']?.content ?? {});
  if (content?.[0] !== 'application/json') return true;
  return resolved(content[1].schema ?? {}, document).properties?.['data'] !== undefined;
}
