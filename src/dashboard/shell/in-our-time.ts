import { queryClient } from '../api/query-client.ts';
import { sessionQuery } from '../api/queries.ts';
import { present } from '../api/server-clock.ts';
import { shortTime } from './clock.ts';

const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)/g;

/** A sentence of the server's with the instants in it as the newsroom's clock shows them: `2026-11-27T21:01:17Z` → `23:01`. */
export function inOurTime(sentence: string): string {
  const zone = queryClient.getQueryData(sessionQuery.queryKey)?.timeZone;
  if (zone === undefined) return sentence;
  return sentence.replace(INSTANT, (instant) => shortTime(new Date(instant), zone, present()));
}
