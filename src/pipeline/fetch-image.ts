import type { FetchFailure } from '../http/failure.ts';
import type { Tools } from './tools.ts';

/** An image that cannot be had: `down` may pass, `refused` will not. */
export interface Unusable {
  readonly kind: 'refused' | 'down';
  readonly detail: string;
}

/** Above every network's own limit; what is larger on the page is made smaller here. */
const MAX_BYTES = 20 * 1024 * 1024;
/** Some sites send their pictures without a type; the bytes decide anyway. */
const ACCEPT = ['image/*', 'application/octet-stream'];

/** The bytes under an address, whatever they are. */
export async function fetchImageBytes(
  http: Tools['http'],
  url: string,
  signal: AbortSignal,
): Promise<{ readonly kind: 'bytes'; readonly bytes: Uint8Array } | Unusable> {
  const answer = await http.get(url, { accept: ACCEPT, maxBytes: MAX_BYTES, signal });
  if (answer.kind !== 'fetched') return { kind: mayPass(answer) ? 'down' : 'refused', detail: answer.sentence };
  return { kind: 'bytes', bytes: answer.body };
}

/** Trouble that another try may not meet. */
function mayPass({ kind, status = 0 }: FetchFailure): boolean {
  if (kind === 'http-status') return status === 429 || status >= 500;
  return kind === 'timeout' || kind === 'aborted' || kind === 'dns' || kind === 'refused' || kind === 'broken';
}
