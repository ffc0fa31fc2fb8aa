import { Refusal } from '../domain/errors.ts';
import { readInput } from './read-input.ts';

/**
 * JSON from a file, or `-` for standard input.
 * @param what it should be, and an example, for whoever gave something else.
 * @throws Refusal where it is none.
 */
export async function jsonIn(source: string, what: string, example: string): Promise<unknown> {
  const text = new TextDecoder().decode(await readInput(source));
  try {
    return JSON.parse(text) as unknown;
  } catch {
    const from = source === '-' ? 'standard input' : source;
    throw new Refusal('invalid', `The ${what} from ${from} are not JSON, e.g. ${example}.`);
  }
}
