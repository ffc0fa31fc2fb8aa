import type { LightMyRequestResponse } from 'fastify';
import type { Role } from '../../src/api/access.ts';
import type { Sql } from '../../src/store/database.ts';
import type { Installation } from './installation.ts';

/** A member of the team who has come by their invitation, at their browser. */
export interface Member {
  readonly id: string;
  readonly name: string;
  cookie: string;
  ask(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    payload?: object,
    more?: object,
  ): Promise<LightMyRequestResponse>;
}

export const PASSWORD = 'tidal-lantern-quince-boat';

let addresses = 0;

/** Sign-in is counted by address: each browser has its own. */
export function newAddress(): string {
  addresses++;
  return `198.18.${addresses >> 8}.${addresses & 255}`;
}

export function postForm(
  here: Installation,
  fields: Record<string, string>,
  {
    url = '/sign-in',
    cookie,
    remoteAddress = newAddress(),
  }: { url?: string; cookie?: string; remoteAddress?: string } = {},
): Promise<LightMyRequestResponse> {
  return here.app.inject({
    method: 'POST',
    url,
    remoteAddress,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'sec-fetch-site': 'same-origin',
      ...(cookie === undefined ? {} : { cookie }),
    },
    payload: new URLSearchParams(fields).toString(),
  });
}

/** Windows in which tries are counted last a minute, and a busy machine takes as long for twenty passwords: those that are open now end later. */
export const keepWindowsOpen = (database: Sql): Promise<number> =>
  database.run(`UPDATE standfirst.try SET ends_at = standfirst.clock() + interval '100 seconds'`);

export function cookieOf(answer: LightMyRequestResponse): string {
  return String(answer.headers['set-cookie']).split(';')[0] ?? '';
}

export function tokenOf(path: string): string {
  return path.split('token=')[1] ?? '';
}

/** Invites somebody and lets them come. */
export async function join(here: Installation, name: string, role: Role, email: string | null = null): Promise<Member> {
  const invited = await here.app.inject({
    method: 'POST',
    url: '/v1/users',
    headers: await here.key(),
    payload: { name, role, email },
  });
  if (invited.statusCode !== 201) throw new Error(`Not invited: ${invited.body}`);
  const { id, link } = invited.json<{ id: string; link: { path: string } }>();
  const came = await postForm(here, { token: tokenOf(link.path), password: PASSWORD });
  if (came.statusCode !== 303) throw new Error(`Not let in: ${came.statusCode} ${came.body}`);
  return memberAt(here, id, name, cookieOf(came));
}

export function memberAt(here: Installation, id: string, name: string, cookie: string): Member {
  return {
    id,
    name,
    cookie,
    ask(method, url, payload, more = {}) {
      const headers = { cookie: this.cookie, 'sec-fetch-site': 'same-origin', 'x-standfirst': '1', ...more };
      return here.app.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) });
    },
  };
}
