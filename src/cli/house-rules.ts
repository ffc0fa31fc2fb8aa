import { z } from 'zod';
import { callApi } from './call-api.ts';
import type { ApiOptions } from './call-api.ts';
import { printLine } from './print.ts';
import { EXAMPLE } from './read-house-rules.ts';
import { jsonIn } from './read-json.ts';

const stored = z.object({
  rules: z.record(z.string(), z.unknown()),
  version: z.number(),
  changedBy: z.string().nullable(),
  changedAt: z.string().nullable(),
});

/** Prints the house rules as `set` takes them; with `json` on one line, with their version. */
export async function getHouseRules(options: ApiOptions & { json?: boolean }): Promise<void> {
  const now = stored.parse(await callApi(options, 'GET', '/v1/house-rules'));
  process.stdout.write(`${options.json === true ? JSON.stringify(now) : JSON.stringify(now.rules, null, 2)}\n`);
}

/**
 * Writes the house rules from a file or standard input.
 * @param options `atVersion`: the one they were read at; without it, whatever is there now is replaced.
 * @throws Refusal with every fault at once, or that somebody else has changed them meanwhile.
 */
export async function setHouseRules(
  source: string,
  options: ApiOptions & { json?: boolean; atVersion?: string },
): Promise<void> {
  // As it is: the server sees more faults than can be seen here, and says all of them at once.
  const rules = await jsonIn(source, 'house rules', EXAMPLE);
  const version =
    options.atVersion === undefined
      ? stored.parse(await callApi(options, 'GET', '/v1/house-rules')).version
      : Number(options.atVersion);
  const written = stored.parse(await callApi(options, 'PUT', '/v1/house-rules', rules, version));
  const words = `The house rules are at version ${written.version}. Posts that are there already keep their text.`;
  printLine(options, written, words);
}
