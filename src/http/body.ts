import { pipeline, type Readable, type Transform } from 'node:stream';
import { constants, createBrotliDecompress, createGunzip } from 'node:zlib';
import { GuardError } from './failure.ts';

/** What we offer to read. One encoding at a time: a chain of them is how a small answer becomes a large one. */
export const ACCEPT_ENCODING = 'gzip, br';

/**
 * Reads an answer's body to its end, decompressed. Bytes are counted as they come out, so a small answer that unpacks
 * to a large one is cut off at `maxBytes`. Throws `GuardError` (`too-large`, `broken`) or the stream's own error.
 * `where` names the address in the sentence. With `isCutAtMost` the beginning is answered instead of `too-large`.
 */
export async function readBody(
  raw: Readable,
  encoding: string,
  maxBytes: number,
  where: string,
  isCutAtMost = false,
): Promise<{ body: Uint8Array; isCut: boolean }> {
  const body = unpacked(raw, encoding, where);
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength;
      if (size > maxBytes && !isCutAtMost) throw tooLarge(where, maxBytes);
      chunks.push(chunk);
      if (size > maxBytes) break;
    }
  } catch (error) {
    raw.destroy();
    throw isDecodingError(error) ? notDecodable(where, encoding, error) : error;
  }
  return { body: Buffer.concat(chunks, Math.min(size, maxBytes)), isCut: size > maxBytes };
}

/** The same bytes decompressed. An error of `raw` is met there. */
export function unpacked(raw: Readable, encoding: string, where: string): Readable {
  const decoder = decoderFor(encoding, where);
  return decoder === null ? raw : pipeline(raw, decoder, () => undefined);
}

/** The one encoding of an answer, `''` where there is none. Throws `GuardError` where there are several. */
export function oneEncoding(header: string, where: string): string {
  const codings = header
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity');
  if (codings.length > 1) {
    throw new GuardError('broken', `${where} packed its answer ${codings.length} times over: one encoding is read.`);
  }
  return codings[0] ?? '';
}

export function tooLarge(where: string, maxBytes: number): GuardError {
  return new GuardError('too-large', `${where} sent more than ${maxBytes} bytes, which is the most that is read.`);
}

function decoderFor(encoding: string, where: string): Transform | null {
  const coding = oneEncoding(encoding, where);
  // A stream that ends early is read as far as it goes, as browsers do.
  if (coding === 'gzip' || coding === 'x-gzip') return createGunzip({ finishFlush: constants.Z_SYNC_FLUSH });
  if (coding === 'br') return createBrotliDecompress({ finishFlush: constants.BROTLI_OPERATION_FLUSH });
  if (coding === '') return null;
  throw new GuardError('broken', `${where} packed its answer as "${coding.slice(0, 40)}": only gzip and br are read.`);
}

function isDecodingError(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return code.startsWith('Z_') || code.startsWith('ERR__ERROR_') || code.startsWith('ERR_BROTLI');
}

function notDecodable(where: string, encoding: string, cause: unknown): GuardError {
  return new GuardError('broken', `${where} sent an answer that is not valid ${encoding.trim()}.`, { cause });
}
