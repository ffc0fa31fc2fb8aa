import { z } from 'zod';
import { Refusal } from '../domain/errors.ts';
import { callApi } from './call-api.ts';
import type { ApiOptions } from './call-api.ts';
import { printLine } from './print.ts';
import { readInput } from './read-input.ts';

export interface ImportOptions extends ApiOptions {
  readonly json?: boolean;
  readonly dryRun?: boolean;
  readonly again?: boolean;
}

const report = z.object({
  right: z.number(),
  faulty: z.number(),
  rows: z.array(
    z.object({
      row: z.number(),
      isThere: z.boolean(),
      postIds: z.array(z.string()),
      faults: z.array(z.looseObject({ pointer: z.string(), message: z.string() })),
    }),
  ),
});
type Report = z.infer<typeof report>;

/** As much as one request may hold. */
const FILE = { bytes: 5 * 1024 * 1024, what: 'an import' };

/**
 * Queues the rows of a file, or only looks at them: one line for each, with what is wrong or the posts that were made.
 * @throws Refusal `invalid` where any row is not right, after each was told; nothing is written then.
 */
export async function importPosts(file: string, options: ImportOptions): Promise<void> {
  const body = bodyOf(await readInput(file, FILE), file);
  const send = async (dryRun: boolean): Promise<Report> =>
    report.parse(
      await callApi(options, 'POST', '/v1/post-imports', { ...body, dryRun, again: options.again === true }),
    );
  const looked = await send(true);
  if (options.dryRun === true || looked.faulty > 0) show(looked, options);
  if (looked.faulty > 0) {
    const rows = looked.rows.length;
    throw new Refusal('invalid', `${looked.faulty} of ${rows} rows are not right, so none was written.`);
  }
  if (options.dryRun !== true) show(await send(false), options);
}

function show({ rows }: Report, { json }: ImportOptions): void {
  for (const one of rows) {
    const { row, isThere, postIds, faults } = one;
    const wrong = faults.map(({ pointer, message }) => `${pointer} ${message}`.trim()).join('; ');
    const words = `row ${row}  ${wrong || [isThere ? 'already there:' : '', ...postIds].join(' ').trim() || 'right'}`;
    printLine({ json }, one, words);
  }
}

/** What a file is, by its first character: no header line begins with a bracket or a brace. */
function bodyOf(bytes: Uint8Array, file: string): { csv: string } | { rows: unknown[] } {
  const text = textOf(bytes, file);
  const [first] = text.trimStart();
  if (first === '[') return { rows: parsed(text, nameOf(file)) as unknown[] };
  if (first !== '{') return { csv: text };
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return { rows: lines.map((line, index) => parsed(line, `line ${index + 1} of ${nameOf(file)}`)) };
}

/** Spreadsheets save in an older encoding unless they are told otherwise, and half of the letters would be lost. */
function textOf(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    const sentence = `${nameOf(file)} is not in UTF-8: save it anew, in a spreadsheet as “CSV UTF-8”.`;
    throw new Refusal('invalid', sentence, [], { cause: error });
  }
}

function nameOf(file: string): string {
  return file === '-' ? 'standard input' : file;
}

function parsed(text: string, place: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const example = '{"accountIds": ["Sandbox"], "text": "…"}';
    throw new Refusal('invalid', `In ${place} there is no JSON such as ${example}.`, [], { cause: error });
  }
}
