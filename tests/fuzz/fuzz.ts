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
import type { Document, Fuzzed } from './requests.ts';
import { requestsOf } from './requests.ts';

export interface Tally {
  readonly seed: number;
  /** Requests by status. */
  readonly statuses: ReadonlyMap<number, number>;
  /** Routes that were asked at least once. */
  readonly routes: ReadonlySet<string>;
}

/**
 * Sends so many requests, made from the OpenAPI document, to a server of its own that listens on a port.
 * @throws Error with the request, the answer and the seed where one is answered with 5xx, shows a stack, gives away what is
 * nobody's or somebody else's, or does what the caller may not.
 */
export async function fuzz(requests: number, seed: number): Promise<Tally> {
  // Every request outward ends at this port, where nothing listens.
  const here = await openInstallation({ STANDFIRST_PROXY: 'http://127.0.0.1:1' });
  try {
    const address = await here.app.listen({ host: '127.0.0.1', port: 0 });
    const { ids, callers, secrets } = await furnish(here);
    const document = (await (await fetch(`${address}/openapi.json`)).json()) as Document;
    const statuses = new Map<number, number>();
    const routes = new Set<string>();
    const property = fc.asyncProperty(requestsOf(document, ids, [...callers.keys(), ...MOSTLY]), async (request) => {
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
    });
    await fc.assert(property, { numRuns: requests, seed, endOnFailure: true });
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

const NOBODY: FuzzCaller = { scopes: [], isKnown: false, mayNotSee: [], headers: () => ({}) };

const EMAILS = ['ada.private@herald.example', 'ilse.private@herald.example'];

/** Members, keys and things to ask about; and what must never be in any answer. */
async function furnish(here: Installation) {
  const { database } = here.context;
  const [ada] = [await join(here, 'Ada', 'admin', EMAILS[0]), await join(here, 'Ilse', 'editor', EMAILS[1])];
  await ada.ask('POST', '/v1/api-keys', { name: 'kept', scopes: ['posts:read'] });
  const owned = { accountIds: [here.sandboxId], text: 'A ferry is late.' };
  const drafted = await ada.ask('POST', '/v1/posts', owned);
  const article = await ada.ask('POST', '/v1/articles', { title: 'Ferry', text: 'The ferry sails again from Monday.' });
  const hold = await ada.ask('POST', '/v1/holds', { scope: 'word', target: 'xyzzy', reason: 'test' });
  const ids = [
    here.sandboxId,
    drafted.json<{ data: [{ id: string }] }>().data[0].id,
    article.json<{ id: string }>().id,
    hold.json<{ id: string }>().id,
    ada.id,
    'post_0192f0c1-0000-7000-8000-000000000000',
    'x',
  ];
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
    const headers = await here.key(scopes, isTest);
    callers.set(name, {
      scopes,
      isKnown: true,
      mayNotSee: scopes.includes('users:manage' as never) ? [] : EMAILS,
      headers: () => headers,
    });
  }
  callers.set('forged', { ...NOBODY, headers: () => ({ authorization: 'Bearer sf_live_0000000000000000_forged' }) });
  return { ids, callers, secrets };
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
