import { createRequire } from 'node:module';
import type * as Undici from 'undici';

const require = createRequire(import.meta.url);

/** The client that opens connections: 12 MB, which an API process does without until its first request to somebody else. */
export function undici(): typeof Undici {
  return require('undici') as typeof Undici;
}
