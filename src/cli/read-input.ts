import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Refusal } from '../domain/errors.ts';
import { MAX_INPUT_BYTES } from '../text/input.ts';

/** Most that is read, and of what. */
export interface InputLimit {
  readonly bytes: number;
  /** With its article: `an image`. */
  readonly what: string;
}

const ARTICLE: InputLimit = { bytes: MAX_INPUT_BYTES, what: 'one article' };

/**
 * The bytes of a file, or of standard input for `-`; reading stops past the limit, the largest article accepted if not given.
 * @throws Refusal `not-found` where there is no such file, `invalid` where it is a folder or cannot be read,
 * `too-large` past the limit.
 */
export async function readInput(name: string, limit = ARTICLE): Promise<Uint8Array> {
  if (name === '-') return collect(process.stdin, 'Standard input', limit);
  const found = await stat(name).catch(() => null);
  if (found === null) {
    const hint = 'Give a file, an address that begins with https://, or - for standard input.';
    throw new Refusal('not-found', `There is no file ${name}. ${hint}`);
  }
  if (found.isDirectory()) throw new Refusal('invalid', `${name} is a folder. Give the file of one article.`);
  return collect(createReadStream(name), name, limit);
}

async function collect(stream: AsyncIterable<Buffer>, name: string, most: InputLimit): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of stream) {
      bytes += chunk.length;
      if (bytes > most.bytes) {
        const limit = `${most.bytes / 1024 / 1024} MiB`;
        throw new Refusal('too-large', `${name} is longer than ${limit}, the most ${most.what} may have. Give less.`);
      }
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal('invalid', `${name} cannot be read: ${(error as Error).message}.`, [], { cause: error });
  }
  return Buffer.concat(chunks);
}
