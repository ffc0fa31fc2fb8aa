import { z } from 'zod';
import { callApi } from './call-api.ts';
import type { ApiOptions } from './call-api.ts';
import { pagesOf } from './pages.ts';
import { printLine } from './print.ts';
import { readInput } from './read-input.ts';

export interface MediaOptions extends ApiOptions {
  readonly json?: boolean;
}

const media = z.looseObject({
  id: z.string(),
  type: z.string(),
  width: z.number(),
  height: z.number(),
  alt: z.string(),
  version: z.number(),
});

/** Above what the server takes, which says so itself. */
const IMAGE = { bytes: 25 * 1024 * 1024, what: 'an image' };

/** Every image that is kept, one a line, newest first. */
export async function listMedia(options: MediaOptions): Promise<void> {
  for await (const one of pagesOf(options, '/v1/media', media)) show(one, options);
}

/** Keeps an image from a file or standard input. */
export async function addMedia(source: string, options: MediaOptions & { alt?: string }): Promise<void> {
  const bytes = await readInput(source, IMAGE);
  const query = options.alt === undefined ? '' : `?alt=${encodeURIComponent(options.alt)}`;
  show(media.parse(await callApi(options, 'POST', `/v1/media${query}`, bytes)), options);
}

/** Says what an image shows, where a post takes it from now on. */
export async function describeMedia(id: string, alt: string, options: MediaOptions): Promise<void> {
  const path = `/v1/media/${encodeURIComponent(id)}`;
  const { version } = media.parse(await callApi(options, 'GET', path));
  show(media.parse(await callApi(options, 'PATCH', path, { alt }, version)), options);
}

/** Removes an image that no post needs any more. */
export async function removeMedia(id: string, options: MediaOptions): Promise<void> {
  await callApi(options, 'DELETE', `/v1/media/${encodeURIComponent(id)}`);
  printLine(options, { id, state: 'removed' }, `${id} is removed.`);
}

function show(one: z.infer<typeof media>, { json }: MediaOptions): void {
  const { id, type, width, height, alt } = one;
  const words = `${id}  ${type.replace('image/', '')}  ${width} × ${height}  ${alt === '' ? 'not described' : alt}`;
  printLine({ json }, one, words);
}
