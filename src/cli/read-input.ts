import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Refusal } from '../domain/errors.ts';
import { MAX_INPUT_BYTES } from '../text/input.ts';

/**
 * The bytes of a file, or of standard input for `-`; reading stops past the largest article accepted.
 * @throws Refusal `not-found` where there is no such file, `invalid` where it is a folder or cannot be read,
 * `too-large` past 5 MiB.
 */
export async function readInput(name: string): Promise<Uint8Array> {
  if (name === '-') return collect(process.stdin, 'Standard input');
  const found = await stat(name).catch(() => null);
  if (found === null) {
    const hint = 'Give a file, an address that begins with https://, or - for standard input.';
    throw new Refusal('not-found', `There is no file ${name}. ${hint}`);
  }
  if (found.isDirectory()) throw new Refusal('invalid', `${name} is a folder. Give the file of one article.`);
  return collect(createReadStream(name), name);
}

async function collect(stream: AsyncIterable<Buffer>, name: string): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of stream) {
      bytes += chunk.length;
      if (bytes > MAX_INPUT_BYTES) {
        const limit = `${MAX_INPUT_BYTES / 1024 / 1024} MiB`;
        throw new Refusal(
          'too-large',
          `${name} is longer than ${limit}, the most one article may have. Give the article only.`,
        );
      }
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal('invalid', `${name} cannot be read: ${(error as Error).message}.`, [], { cause: error });
  }
  return Buffer.concat(chunks);
}
