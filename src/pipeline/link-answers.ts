import type { Failure } from '../domain/errors.ts';
import type { Http } from '../http/client.ts';
import type { Tools } from './tools.ts';

/** A page that answers in the last moment of this has answered. */
const LOOK_MS = 10_000;
/** One story goes to several accounts at a time: its page is asked once for them. */
const GOOD_MS = 10_000;
/** Its status is what counts. */
const MAX_BYTES = 16 * 1024;

interface Look {
  readonly at: number;
  readonly found: Promise<Failure | null>;
}

const looks = new WeakMap<Http, Map<string, Look>>();

/** Whether the page that a post leads to answers 200, at the address or after redirects. @returns why not; null where it does. */
export function linkAnswers({ http, io }: Pick<Tools, 'http' | 'io'>, url: string): Promise<Failure | null> {
  const known = looks.get(http) ?? new Map<string, Look>();
  looks.set(http, known);
  const now = io.monotonic();
  for (const [one, { at }] of known) if (now - at > GOOD_MS) known.delete(one);
  const look = known.get(url) ?? { at: now, found: ask(http, url) };
  known.set(url, look);
  return look.found;
}

async function ask(http: Http, url: string): Promise<Failure | null> {
  const signal = AbortSignal.timeout(LOOK_MS);
  const answer = await http.get(url, { accept: ['*/*'], maxBytes: MAX_BYTES, isCutAtMost: true, signal });
  if (answer.kind === 'fetched' && answer.status === 200) return null;
  const why = answer.kind === 'fetched' ? `${url} answered ${answer.status}.` : answer.sentence;
  return { kind: 'down', cause: 'link_down', detail: `The post waits for its link: ${why}`.slice(0, 1024) };
}
