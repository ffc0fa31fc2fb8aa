import { z } from 'zod';
import { Refusal } from '../domain/errors.ts';
import type { Called, Document } from './api-document.ts';
import type { Field } from './api-fields.ts';
import { callForAnswer } from './call-api.ts';
import type { ApiOptions } from './call-api.ts';
import { scheduleIn } from './given-time.ts';
import { pagesOf } from './pages.ts';
import { jsonIn } from './read-json.ts';
import { passOn, showEvents, showItem } from './show-item.ts';
import type { Shown } from './show-item.ts';

export interface RunnableOperation extends Called {
  /** What the address and the body take as options. */
  readonly query: readonly Field[];
  readonly fields: readonly Field[];
}

/** What the options of every operation are; the rest are its own fields. */
interface Options extends ApiOptions {
  readonly json?: boolean;
  readonly all?: boolean;
  readonly body?: string;
  readonly version?: string;
  readonly [field: string]: unknown;
}

/** What stands beside an option that is a time. */
const timeOptions = z.object({ timeZone: z.string().optional(), disambiguation: z.string().optional() });
const page = z.looseObject({ data: z.array(z.unknown()), nextCursor: z.string().nullish() });

/**
 * Calls one operation and prints what it answers: an item a line, a file or a stream as it comes.
 * @param ids for the braces of its path, in order.
 * @throws Refusal as `callApi`, and where what was given as JSON is none.
 */
export async function runOperation(
  operation: RunnableOperation,
  ids: readonly string[],
  options: Options,
  document: Document,
): Promise<void> {
  const path = filled(operation.path, ids);
  const filter = operation.query.filter(({ name }) => options[name] !== undefined);
  const query = filter.map(({ name }) => `${name}=${encodeURIComponent(String(options[name]))}`).join('&');
  if (options.all === true) {
    for await (const item of pagesOf(options, path, z.unknown(), withoutPlace(query)))
      showItem(item, shownAs(operation, options));
    return;
  }
  const body = await seenIn(operation, ids, options, document, await bodyOf(operation, options));
  const version = await versionOf(operation, ids, options, document);
  await callForAnswer(
    options,
    { method: operation.method, path: query === '' ? path : `${path}?${query}`, body, version },
    (answer) => show(answer, ids, operation, options),
  );
}

/** @param as what is read alone is shown whole; what is listed, and what an action leaves, is told in its line. */
function shownAs({ noun }: Called, { json }: Options, as: 'one' | 'left' | 'whole' = 'one'): Shown {
  return { noun, as, ...(json === undefined ? {} : { json }) };
}

async function show(answer: Response, ids: readonly string[], called: Called, options: Options): Promise<void> {
  const { method } = called;
  const type = answer.headers.get('content-type')?.split(';')[0];
  if (type === 'text/event-stream') return showEvents(answer, options);
  if (answer.status === 204) {
    const [id] = ids;
    return showItem({ ...(id === undefined ? {} : { id }), state: method === 'DELETE' ? 'removed' : 'done' }, options);
  }
  if (type !== 'application/json') return passOn(answer);
  const json = (await answer.json()) as unknown;
  const list = page.safeParse(json).data;
  if (list === undefined) return showItem(json, shownAs(called, options, method === 'GET' ? 'whole' : 'left'));
  for (const item of list.data) showItem(item, shownAs(called, options));
  if (typeof list.nextCursor === 'string')
    process.stderr.write(`There is more: give --all, or --cursor ${list.nextCursor}\n`);
}

/** What the option of a field says, as the API takes it. */
function valueOf({ name, kind, choices }: Field, options: Options): unknown {
  const given = options[name];
  return kind === 'time' ? scheduleIn(String(given), `--${name}`, choices ?? [], timeOptions.parse(options)) : given;
}

/** What `--body` holds, with each option in the place of its field; where neither was given nothing, or what is needed, empty. */
async function bodyOf({ fields, operation }: RunnableOperation, options: Options): Promise<unknown> {
  const given = fields
    .filter(({ name }) => options[name] !== undefined)
    .map((field) => [field.name, valueOf(field, options)] as const);
  const whole = options.body === undefined ? undefined : await jsonIn(options.body, 'body', '{"text": "…"}');
  if (given.length === 0) return whole ?? (operation.requestBody?.required === true ? {} : undefined);
  if (whole !== undefined && (typeof whole !== 'object' || whole === null || Array.isArray(whole)))
    throw new Refusal(
      'invalid',
      'What --body holds is not an object, so that options cannot be added: give one of the two.',
    );
  return { ...whole, ...Object.fromEntries(given) };
}

/** The version to be changed: as given, or, where one is needed, what is there now. */
async function versionOf(
  { path, operation }: Called,
  ids: readonly string[],
  options: Options,
  { paths }: Document,
): Promise<number | undefined> {
  const ifMatch = operation.parameters?.find(({ name }) => name === 'If-Match');
  if (ifMatch === undefined) return undefined;
  if (options.version !== undefined) {
    const version = Number(options.version);
    if (Number.isInteger(version) && version >= 0) return version;
    throw new Refusal('invalid', `--version ${options.version} is not a version: give a whole number from 0.`);
  }
  if (ifMatch.required !== true) return undefined;
  const tag = await askWhatIsThere(path, paths, ids, options, async (answer) => answer.headers.get('etag'));
  return typeof tag === 'string' ? Number(tag.replace(/\D/g, '')) : undefined;
}

/**
 * A body that takes the `hash` of what was seen, where neither that nor a version is given: of what is there now, which is shown
 * once it is done. So no other text is approved than the one that is shown.
 */
async function seenIn(
  { path, fields }: RunnableOperation,
  ids: readonly string[],
  options: Options,
  { paths }: Document,
  body: unknown,
): Promise<unknown> {
  const isSaid = options.version !== undefined || hashed.safeParse(body).success;
  if (isSaid || !fields.some(({ name }) => name === 'hash')) return body;
  const there = await askWhatIsThere(path, paths, ids, options, (answer) => answer.json() as Promise<unknown>);
  return { ...hashed.safeParse(there).data, ...(body as object | undefined) };
}

const hashed = z.object({ hash: z.string() });

/** Asks where the same thing, or what it belongs to, is shown; undefined where it is shown nowhere. */
async function askWhatIsThere<Told>(
  path: string,
  paths: Document['paths'],
  ids: readonly string[],
  options: Options,
  read: (answer: Response) => Promise<Told>,
): Promise<Told | undefined> {
  const shown = [path, path.replace(/\/[^/]+$/, '')].find((one) => paths[one]?.['get'] !== undefined);
  return shown === undefined ? undefined : callForAnswer(options, { method: 'GET', path: filled(shown, ids) }, read);
}

function filled(path: string, ids: readonly string[]): string {
  const left = [...ids];
  return path.replace(/\{\w+\}/g, () => encodeURIComponent(left.shift() ?? ''));
}

/** Without the page that was asked for: every page is. */
function withoutPlace(query: string): string {
  return query
    .split('&')
    .filter((part) => !/^(?:cursor|limit)=/.test(part))
    .join('&');
}
