import { Refusal } from '../domain/errors.ts';
import { batchKinds } from './batch-kinds.ts';
import type { BatchKind } from './batch-kinds.ts';
import { linesOf, LONGEST_LINE } from './lines.ts';

/** One request: whatever the line held, its `id` first. */
export type BatchRequest = Readonly<Record<string, unknown>>;
/** Fields of the answer beside `id`. */
export type BatchAnswer = Readonly<Record<string, unknown>>;
export type Answer = (request: BatchRequest) => BatchAnswer;

const answers: Record<BatchKind, () => Promise<Answer>> = {
  extract: async () => (await import('./batch-extract.ts')).answerExtract,
  summary: async () => (await import('./batch-summary.ts')).answerSummary,
  hashtags: async () => (await import('./batch-summary.ts')).answerHashtags,
  feed: async () => (await import('./batch-feed.ts')).answerFeed,
  measure: async () => (await import('./batch-measure.ts')).answerMeasure,
};

/**
 * Answers each line of standard input with one line on standard output, in order, written before the next is read.
 * A fault in a line is answered `{"id", "error"}`; `id` is null where
 * the line has none.
 * @throws Refusal where there is no such batch
 */
export async function batch(what: string): Promise<void> {
  const kind = batchKinds.find((one) => one === what);
  if (kind === undefined) {
    throw new Refusal('invalid', `There is no batch ${what}. There are: ${batchKinds.join(', ')}.`);
  }
  const answer = await answers[kind]();
  for await (const line of linesOf(process.stdin)) {
    if (line?.trim() === '') continue;
    const said = line === null ? TOO_LONG : answerLine(line, answer);
    const written = process.stdout.write(`${JSON.stringify(said)}\n`);
    if (!written) await new Promise((resolve) => process.stdout.once('drain', resolve));
  }
}

const TOO_LONG: BatchAnswer = { id: null, error: `The line is longer than ${LONGEST_LINE / 1024 ** 2} MB.` };

/** The answer to one line; never throws. */
export function answerLine(line: string, answer: Answer): BatchAnswer {
  const request = parse(line);
  if (request === null) return { id: null, error: 'The line is not a JSON object.' };
  const id = request['id'];
  if (typeof id !== 'string' && typeof id !== 'number')
    return { id: null, error: `The field id is ${describe(id)}; it must be a string or a number.` };
  try {
    return { id, ...answer(request) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { id, error: message.slice(0, 1024) };
  }
}

function parse(line: string): BatchRequest | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as BatchRequest) : null;
  } catch {
    return null;
  }
}

/** A field that must be a string. Throws a `Refusal` that names it. */
export function stringOf(request: BatchRequest, name: string): string {
  const value = request[name];
  if (typeof value === 'string') return value;
  throw new Refusal('invalid', `The field ${name} is ${describe(value)}; it must be a string.`);
}

/** A field that may be absent or null. */
export function optionalString(request: BatchRequest, name: string): string | null {
  return request[name] === undefined || request[name] === null ? null : stringOf(request, name);
}

/** A positive whole number, or null where absent. */
export function optionalCount(request: BatchRequest, name: string): number | null {
  const value = request[name];
  if (value === undefined || value === null) return null;
  if (typeof value === 'number' && Number.isInteger(value) && value > 0) return value;
  throw new Refusal('invalid', `The field ${name} is ${describe(value)}; it must be a positive whole number.`);
}

function describe(value: unknown): string {
  if (value === undefined) return 'missing';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' && value !== null ? 'an object' : JSON.stringify(value).slice(0, 80);
}
