import { z } from 'zod';
import { callApi, callForText } from './call-api.ts';
import type { ApiOptions } from './call-api.ts';
import { pagesOf } from './pages.ts';
import { printLine } from './print.ts';
import { readInput } from './read-input.ts';
import { jsonIn } from './read-json.ts';

export interface SourcesOptions extends ApiOptions {
  readonly json?: boolean;
}

export interface AddSourceOptions extends SourcesOptions {
  readonly kind: string;
  readonly name?: string;
  readonly settings?: string;
}

const source = z.looseObject({
  id: z.string(),
  kind: z.string(),
  name: z.string(),
  url: z.string().nullable(),
  state: z.string(),
  reason: z.string().nullable(),
  nextPollAt: z.string().nullable(),
  problem: z.string().nullable(),
});
const imported = z.object({
  added: z.number(),
  feeds: z.array(z.looseObject({ url: z.string(), result: z.string(), detail: z.string().nullable() })),
});

/** Every source, one a line. */
export async function listSources(options: SourcesOptions): Promise<void> {
  for await (const one of pagesOf(options, '/v1/sources', source)) show(one, options);
}

export async function addSource(url: string | undefined, options: AddSourceOptions): Promise<void> {
  const { kind, name, settings } = options;
  const body = {
    kind,
    ...(url === undefined ? {} : { url }),
    ...(name === undefined ? {} : { name }),
    ...(settings === undefined ? {} : { settings: await jsonIn(settings, 'settings', '{"maxPerHour": 10}') }),
  };
  show(source.parse(await callApi(options, 'POST', '/v1/sources', body)), options);
}

/** Reads it now, pauses or resumes it. */
export async function tellSource(
  id: string,
  verb: 'poll' | 'pause' | 'resume',
  options: SourcesOptions,
): Promise<void> {
  show(source.parse(await callApi(options, 'POST', `/v1/sources/${encodeURIComponent(id)}/${verb}`)), options);
}

/** Removes a source for good: its articles and its log stay as history. */
export async function removeSource(id: string, options: SourcesOptions): Promise<void> {
  await callApi(options, 'DELETE', `/v1/sources/${encodeURIComponent(id)}`);
  printLine(options, { id, state: 'removed' }, `${id} is removed.`);
}

/** Adds the feeds of an OPML file, and says of each what became of it. */
export async function importSources(file: string, options: SourcesOptions): Promise<void> {
  const opml = new TextDecoder().decode(await readInput(file));
  const { added, feeds } = imported.parse(await callApi(options, 'POST', '/v1/source-imports', { opml }));
  for (const feed of feeds) {
    const words = `${feed.result}  ${feed.url}${feed.detail === null ? '' : `: ${feed.detail}`}`;
    printLine(options, feed, words);
  }
  if (options.json !== true) process.stdout.write(`${added} of ${feeds.length} added.\n`);
}

/** Every feed as OPML on standard output. */
export async function exportSources(options: SourcesOptions): Promise<void> {
  const { text } = await callForText(options, 'GET', '/v1/sources.opml');
  process.stdout.write(text);
}

function show(one: z.infer<typeof source>, { json }: SourcesOptions): void {
  const { id, kind, name, url, state, reason, nextPollAt, problem } = one;
  const fault = problem ?? reason;
  const next = nextPollAt === null ? '' : `, next at ${nextPollAt.slice(0, 19)}Z`;
  const words = `${id}  ${kind}  ${name}  ${url ?? '-'}  ${state}${next}${fault === null ? '' : `: ${fault}`}`;
  printLine({ json }, one, words);
}
