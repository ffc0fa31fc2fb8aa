import type { Fault } from '../domain/errors.ts';
import { isKept } from '../domain/media.ts';
import type { Part } from '../domain/post.ts';
import { formatOf, whatElse } from '../media/image-type.ts';
import { fetchImageBytes } from './fetch-image.ts';
import type { Tools } from './tools.ts';

/** Whoever writes waits for this: a site that takes longer is asked when the post goes out. */
const WAIT_MS = 3_000;
/** More than this many addresses are not cheap to ask. */
const MOST = 10;

/**
 * Which images of a text that is being written are surely not there, or are none. Trouble that may pass is no fault now.
 * @param before the text as it was, whose images were looked up then.
 */
export async function absentImages(
  { http }: Pick<Tools, 'http'>,
  parts: readonly Pick<Part, 'media'>[],
  before: readonly Pick<Part, 'media'>[] = [],
): Promise<Fault[]> {
  const known = new Set(before.flatMap(({ media }) => media.map(({ source }) => source)));
  const asked = new Set(parts.flatMap(({ media }) => media.map(({ source }) => source)));
  const sources = [...asked].filter((source) => !isKept(source) && !known.has(source));
  if (sources.length === 0) return [];
  const signal = AbortSignal.timeout(WAIT_MS);
  const answers = await Promise.all(
    sources.slice(0, MOST).map(async (source) => [source, await whatIsWrong(http, source, signal)] as const),
  );
  return imageFaults(parts, new Map(answers));
}

/** The places of images that cannot be used. @param wrong why not, by address; null: it can be. */
export function imageFaults(parts: readonly Pick<Part, 'media'>[], wrong: ReadonlyMap<string, string | null>): Fault[] {
  return parts.flatMap(({ media }, part) =>
    media.flatMap(({ source }, index) => {
      const why = wrong.get(source) ?? null;
      if (why === null) return [];
      const message = `The image ${source} cannot be used: ${why}`;
      return [{ pointer: `/parts/${part}/media/${index}/source`, code: 'no-image', message }];
    }),
  );
}

async function whatIsWrong(http: Tools['http'], source: string, signal: AbortSignal): Promise<string | null> {
  const answer = await fetchImageBytes(http, source, signal);
  if (answer.kind !== 'bytes') return answer.kind === 'refused' ? answer.detail : null;
  return formatOf(answer.bytes) === null ? whatElse(answer.bytes) : null;
}
