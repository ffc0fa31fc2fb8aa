import { z } from 'zod';
import type { Failure } from '../domain/errors.ts';
import { ask, askJson, bearer } from './ask.ts';
import type { Reply } from './ask.ts';
import type { NetworkIo } from './network.ts';
import { boundedWait, failure, failureOfStatus, retryAfterOf, reworded } from './outcome.ts';

const graphError = z.object({
  error: z.object({
    message: z.string().default(''),
    code: z.number().optional(),
    error_subcode: z.number().optional(),
    is_transient: z.boolean().optional(),
  }),
});
const usage = z.record(z.string(), z.array(z.object({ estimated_time_to_regain_access: z.number().optional() })));

/** https://developers.facebook.com/docs/graph-api/guides/error-handling */
const signedOutCodes = new Set([102, 190]);
const signedOutSubcodes = new Set([458, 459, 460, 461, 462, 463, 464, 465, 466, 467, 492]);
const throttledCodes = new Set([4, 17, 32, 341, 613]);
const transientCodes = new Set([1, 2]);
/** Blocked for abuse. */
const BLOCKED = 368;
/** The same status twice in a row. */
const DUPLICATE = 506;

/** The one this was written against. Not kept with an account, so that a newer standfirst asks for a newer one. */
export const GRAPH_VERSION = 'v24.0';

/** In whose name Meta's Graph API is asked, and where; `version` reads like `v24.0`. */
export interface GraphAccess {
  readonly server: string;
  readonly version?: string | undefined;
  readonly accessToken: string;
}

/** One request to the Graph API; reads where `init` says nothing else. */
export function askGraph(
  io: NetworkIo,
  access: GraphAccess,
  path: string,
  init: {
    readonly method?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: Uint8Array<ArrayBuffer>;
  } = {},
): Promise<Reply | Failure> {
  return ask(io, addressOf(access, path), { ...init, headers: { ...bearer(access.accessToken), ...init.headers } });
}

/** Posts an object as JSON. */
export function postToGraph(io: NetworkIo, access: GraphAccess, path: string, body: object): Promise<Reply | Failure> {
  return askJson(io, addressOf(access, path), body, bearer(access.accessToken));
}

function addressOf({ server, version = GRAPH_VERSION }: GraphAccess, path: string): string {
  return `${server}/${version}/${path}`;
}

/** What an answer of Meta's Graph API means, by its codes: the HTTP status is 400 for nearly all of them. */
export function failureOfGraph(reply: Reply, network: string, now: Date): Failure {
  const general = failureOfStatus(reply, now);
  const parsed = graphError.safeParse(reply.json);
  if (!parsed.success) return general;
  const { message, code = 0, error_subcode: subcode = 0, is_transient: isTransient } = parsed.data.error;
  const said = `${network}: ${message}`;
  const more = { code: subcode === 0 ? String(code) : `${code}/${subcode}` };
  if (signedOutCodes.has(code) || signedOutSubcodes.has(subcode)) {
    return failure('signed-out', 'auth_expired', said, more);
  }
  if (throttledCodes.has(code) || (code >= 80_000 && code <= 80_014)) {
    return failure('limited', 'rate_limited', said, { ...more, retryAfterMs: waitOf(reply, now) });
  }
  if (general.kind === 'limited') return reworded(general, said, more);
  if (isTransient === true || transientCodes.has(code)) return failure('unknown', 'timeout_unknown', said, more);
  if (code === DUPLICATE) return failure('unknown', 'duplicate', said, more);
  if (code === BLOCKED || code === 10 || (code >= 200 && code <= 299)) {
    return failure('refused', 'permission', said, more);
  }
  if (general.kind === 'refused' && /too long|character limit|must be at most/i.test(message)) {
    return failure('refused', 'too_long', said, more);
  }
  return reworded(general, said, more);
}

/** `X-Business-Use-Case-Usage` tells in minutes; without it, the usual headers or a quarter of an hour. */
function waitOf({ headers }: Reply, now: Date): number {
  const header = headers.get('x-business-use-case-usage') ?? '{}';
  const known = usage.safeParse(parsedOr(header, {})).data ?? {};
  const minutes = Object.values(known)
    .flat()
    .map((one) => one.estimated_time_to_regain_access ?? 0);
  const longest = Math.max(0, ...minutes);
  return longest > 0 ? boundedWait(longest * 60_000) : retryAfterOf(headers, now, 15 * 60_000);
}

function parsedOr(text: string, otherwise: unknown): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return otherwise;
  }
}
