import { Refusal } from '../domain/errors.ts';

/**
 * What is told to whoever changes or removes something that has been changed since they read it.
 * @param what its noun and id, as a sentence begins. @param now its version. @param version the one that was read.
 */
export function staleVersion(what: string, now: number, version: number | null): Refusal {
  return new Refusal(
    'stale-version',
    `${what} is at version ${now}, not ${version}: somebody changed it. Read it again.`,
  );
}
