import type { Failure } from '../domain/errors.ts';
import { isBlank } from '../text/blank.ts';
import type { Message } from './network.ts';
import { failure } from './outcome.ts';

/**
 * A message without a word to read is never sent, beside an image neither: some networks take it, and then nobody can look it
 * up by its words. The preflight says the same.
 */
export function faultOfWords({ text }: Message, network: string): Failure | null {
  return isBlank(text) ? failure('refused', 'content_rejected', `${network}: the text is empty.`) : null;
}
