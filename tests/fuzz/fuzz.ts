import fc from 'fast-check';
import { access } from '../../src/api/access-table.ts';
import type { Access, RouteName } from '../../src/api/access-table.ts';
import type { Role, Scope } from '../../src/api/access.ts';
import { roles, scopeNames, scopesOf } from '../../src/api/access.ts';
import { makeToken } from '../../src/secrets/token.ts';
import { insertSession } from '../../src/store/session.ts';
import { openInstallation } from '../api/installation.ts';
import type { Installation } from '../api/installation.ts';
import { join } from '../api/member.ts';
import type { Asker } from '../contract/ask.ts';
import { operationsOf } from '../contract/document.ts';
import type { Document } from '../contract/document.ts';
import { openOutside } from '../contract/outside.ts';
import { walk } from '../contract/walk.ts';
import type { Ids } from './from-schema.ts';
import type { Fuzzed } from './requests.ts';
import { requestsOf } from './requests.ts';

export interface Tally {
  readonly seed: number;
  /** Requests by status. */
  readonly statuses: ReadonlyMap<number, number>;
  /** Routes that were asked at least once. */
  readonly routes: ReadonlySet<string>;
}

/**
 * Sends so many requests, made from the OpenAPI document, to a server of its own that listens on a port: one to each
 * operation first, then to any. What there is to ask about comes from the document's own examples.
 * @throws Error with the request, the answer and the seed where one is answered with 5xx, shows a stack, gives away what is
 * nobody's or somebody else's, or does what the caller may not.
 */
export async function fuzz(requests: number, seed: number): Promise<Tally> {
  await using outside = await openOutside();
  const here = await openInstallation({ STANDFIRST_PROXY: outside.proxy }, { hostFloorMs: 0 });
  try {
    const address = await here.app.listen({ host: '127.0.0.1', port: 0 });
    const document = (await (await fetch(`${address}/openapi.json`)).json()) as Document;
    const ids = await idsOf(await walk(here, document, outside), document);
    const { callers, secrets } = await furnish(here);
    const statuses = new Map<number, number>();
    const routes = new Set<string>();
    const ask = async (request: Fuzzed): Promise<void> => {
      const caller = callers.get(request.caller) ?? NOBODY;
      const answer = await fetch(address + request.url, {
        method: request.method,
        headers: { ...(await caller.headers()), ...request.headers },
        ...(request.body === undefined ? {} : { body: request.body }),
        redirect: 'manual',
      });
      const body = await answer.text();
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      routes.add(request.route);
      judge(request, caller, answer, body, secrets);
    };
    const each = requestsOf(document, ids, [...callers.keys(), ...MOSTLY]);
    const assert = (of: fc.Arbitrary<Fuzzed>, numRuns: number): Promise<void> =>
      fc.assert(fc.asyncProperty(of, ask), { numRuns, seed, endOnFailure: true });
    for (const { arbitrary } of each) await assert(arbitrary, 1);
    await assert(fc.oneof(...each), requests - each.length);
    return { seed, statuses, routes };
  } finally {
    await here.close();
  }
}

interface FuzzCaller {
  readonly scopes: readonly Scope[];
  readonly isKnown: boolean;
  /** What of other people this caller must not see. */
  readonly mayNotSee: readonly string[];
  headers(): Promise<Record<string, string>> | Record<string, string>;
}

/** Who may do much gets further than who may not. */
const MOSTLY = ['admin', 'admin', 'admin', 'publisher', 'everything', 'everything', 'everything', 'everything', 'test'];

const KEYS = 5;

const NOBODY: FuzzCaller = { scopes: [], isKnown: false, mayNotSee: [], headers: () => ({}) };

const EMAILS = ['ada.private@herald.example', 'ilse.private@herald.example'];

/** What the walk through the examples left, one thing more of each kind where it removed the last, and some that never were. */
async function idsOf(desk: Asker, document: Document): Promise<Ids> {
  const adding = operationsOf(document).filter(({ method, path }) => method === 'POST' && !path.includes('{'));
  // What cannot be added twice is there.
  for (const { operation } of adding) await desk.ask(operation.operationId).catch(() => undefined);
  const byNoun = new Map([...desk.inPaths].map(([noun, ids]) => [noun, withNewest([...ids], desk.newest)]));
  return { all: [...desk.newest.values(), 'post_0192f0c1-0000-7000-8000-000000000000', 'x'], byNoun };
}

function withNewest(ids: readonly string[], newest: ReadonlyMap<string, string>): string[] {
  const added = newest.get(ids[0]?.split('_')[0] ?? '');
  return added === undefined ? [...ids] : [...ids, added];
}

/** Members and keys; and what must never be in any answer. */
async function furnish(here: Installation) {
  const { database } = here.context;
  const ada = await join(here, 'Ada Private', 'admin', EMAILS[0]);
  await join(here, 'Ilse Private', 'editor', EMAILS[1]);
  await ada.ask('POST', '/v1/api-keys', { name: 'kept', scopes: ['posts:read'] });
  const rows = await database.pool.query<{ secret: string }>(
    `SELECT password_hash AS secret FROM standfirst.member WHERE password_hash IS NOT NULL
     UNION ALL SELECT token_hash FROM standfirst.session UNION ALL SELECT hash FROM standfirst.api_key
     UNION ALL SELECT credentials FROM standfirst.account`,
  );
  const secrets = rows.rows.map((row) => row.secret).filter((secret) => secret.length > 8);
  const callers = new Map<string, FuzzCaller>([['nobody', NOBODY]]);
  for (const role of roles) callers.set(role, await memberOf(here, role));
  for (const [name, scopes, isTest] of [
    ['reader', ['posts:read', 'articles:read', 'users:read', 'events:read'], false],
    ['everything', scopeNames, false],
    ['test', scopeNames, true],
  ] as const) {
    // Several, so that what they are asked most is not that they wait.
    const keys = await Promise.all(Array.from({ length: KEYS }, () => here.key(scopes, isTest)));
    let turn = 0;
    callers.set(name, {
      scopes,
      isKnown: true,
      mayNotSee: scopes.includes('users:manage' as never) ? [] : EMAILS,
      headers: () => keys[turn++ % KEYS] ?? {},
    });
  }
  callers.set('forged', { ...NOBODY, headers: () => ({ authorization: 'Bearer sf_live_0000000000000000_forged' }) });
  return { callers, secrets };
}

/** A session of its own for each request: some of them end it. */
async function memberOf({ context }: Installation, role: Role): Promise<FuzzCaller> {
  const { database, io } = context;
  const memberId = `user_fuzz-${role}`;
  await database.run('INSERT INTO standfirst.member (id, name, role) VALUES ($1, $1, $2)', [memberId, role]);
  const scopes = scopesOf(role);
  return {
    scopes,
    isKnown: true,
    mayNotSee: scopes.includes('users:manage') ? [] : EMAILS,
    async headers() {
      const { token, hash } = makeToken();
      await insertSession(database, {
        id: io.id('session'),
        tokenHash: hash,
        memberId,
        ip: '127.0.0.1',
        userAgent: null,
      });
      return { cookie: `__Host-sf_session=${token}`, 'sec-fetch-site': 'same-origin', 'x-standfirst': '1' };
    },
  };
}

const STACK =
  /\n\s+at [\w.<>]+ .*:\d+:\d+|node_modules\/|\.ts:\d+:\d+|syntax error at or near|violates [\w-]+ constraint/;

function judge(request: Fuzzed, caller: FuzzCaller, answer: Response, body: string, secrets: readonly string[]): void {
  const fail = (why: string): never => {
    const seen = { ...request, body: request.body?.slice(0, 2_000), url: request.url.slice(0, 500) };
    throw new Error(`${why}\n${JSON.stringify(seen)}\n${answer.status} ${body.slice(0, 1_000)}`);
  };
  if (answer.status >= 500) fail('Answered with 5xx.');
  if (STACK.test(body)) fail('Shows a stack or a statement.');
  const secret = [...secrets, ...caller.mayNotSee].find((one) => body.includes(one));
  if (secret !== undefined) fail(`Gives away ${secret}.`);
  const needs: Access | undefined = access[request.route as RouteName];
  const may =
    needs === 'public' || (needs === 'anybody-known' ? caller.isKnown : caller.scopes.includes(needs as Scope));
  if (!may && answer.status < 400) fail(`Does for ${request.caller} what needs ${needs}.`);
  if (answer.status >= 400 && !String(answer.headers.get('content-type')).includes('problem+json'))
    fail('Is no problem.');
}
