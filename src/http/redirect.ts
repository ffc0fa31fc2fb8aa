import { GuardError } from './failure.ts';
import { readUrl, type UrlRules } from './url-rules.ts';

const MOST_REDIRECTS = 5;
const redirects = new Set([301, 302, 303, 307, 308]);

/** Whether a status asks for another address; where it is stands in `Location`. */
export function isRedirect(status: number): boolean {
  return redirects.has(status);
}

/**
 * Where a redirect leads, after the whole check of a new address. `hops` counts the redirects followed before it.
 * Throws `GuardError`: `redirect-loop` after five, or where https would become http; else as `readUrl`.
 */
export function nextHop(from: URL, location: string, hops: number, rules: UrlRules): URL {
  if (hops >= MOST_REDIRECTS) {
    throw new GuardError(
      'redirect-loop',
      `${from.host} redirects more than ${MOST_REDIRECTS} times: check the address.`,
    );
  }
  if (!URL.canParse(location, from.href)) {
    throw new GuardError(
      'redirect-loop',
      `${from.host} redirects to "${location.slice(0, 200)}", which is no address.`,
    );
  }
  const next = readUrl(new URL(location, from), rules);
  if (from.protocol === 'https:' && next.protocol === 'http:') {
    throw new GuardError(
      'redirect-loop',
      `${from.host} redirects from https to http (${next.host}): use the https address.`,
    );
  }
  return next;
}
