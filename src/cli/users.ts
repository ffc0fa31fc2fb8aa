import { z } from 'zod';
import { Refusal } from '../domain/errors.ts';
import { callApi, serverOf } from './call-api.ts';
import type { ApiOptions } from './call-api.ts';
import { pagesOf } from './pages.ts';
import { printLine } from './print.ts';

export interface UsersOptions extends ApiOptions {
  readonly json?: boolean;
}

export interface AddUserOptions extends UsersOptions {
  readonly role: string;
  readonly email?: string;
}

const member = z.looseObject({
  id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  role: z.string(),
  joinedAt: z.string().nullable(),
  seenAt: z.string().nullable(),
  version: z.number(),
});
type Member = z.infer<typeof member>;
const link = z.object({ path: z.string(), expiresAt: z.string() });

/** Every member, one a line. */
export async function listUsers(options: UsersOptions): Promise<void> {
  for (const one of await everyMember(options)) show(one, options);
}

/** Invites somebody and prints the link, which is shown this once. */
export async function addUser(name: string, { role, email = undefined, ...options }: AddUserOptions): Promise<void> {
  const body = { name, role, ...(email === undefined ? {} : { email }) };
  const invited = z.looseObject({ link }).parse(await callApi(options, 'POST', '/v1/users', body));
  showLink(name, invited.link, options);
}

/**
 * Prints a new link for a member.
 * @throws Refusal where an invitation is asked for somebody who has come, or a reset for somebody who has not.
 */
export async function printLink(verb: 'invite' | 'reset', name: string, options: UsersOptions): Promise<void> {
  const { id, joinedAt } = await memberCalled(name, options);
  if (verb === 'invite' && joinedAt !== null) {
    throw new Refusal('conflict', `${name} has come already: standfirst users reset lets them set a new password.`);
  }
  const made = link.parse(await callApi(options, 'POST', `/v1/users/${id}/link`));
  showLink(name, made, options);
}

export async function changeRole(name: string, role: string, options: UsersOptions): Promise<void> {
  const { id, version } = await memberCalled(name, options);
  show(member.parse(await callApi(options, 'PATCH', `/v1/users/${id}`, { role }, version)), options);
}

export async function removeUser(name: string, options: UsersOptions): Promise<void> {
  const { id } = await memberCalled(name, options);
  await callApi(options, 'DELETE', `/v1/users/${id}`);
  printLine(options, { id, removed: true }, `${name} is removed.`);
}

async function everyMember(options: UsersOptions): Promise<Member[]> {
  const all: Member[] = [];
  for await (const one of pagesOf(options, '/v1/users', member)) all.push(one);
  return all;
}

async function memberCalled(name: string, options: UsersOptions): Promise<Member> {
  const wanted = name.toLowerCase();
  const found = (await everyMember(options)).find((one) =>
    [one.id, one.name, one.email].some((known) => known?.toLowerCase() === wanted),
  );
  if (found !== undefined) return found;
  throw new Refusal('not-found', `There is no member ${name}: standfirst users list shows who there is.`);
}

function show(one: Member, { json }: UsersOptions): void {
  const seen = one.joinedAt === null ? 'invited' : `seen ${one.seenAt?.slice(0, 10) ?? 'never'}`;
  const words = [one.id, one.role, one.name, ...(one.email === null ? [] : [one.email]), seen].join('  ');
  printLine({ json }, one, words);
}

function showLink(name: string, { path, expiresAt }: z.infer<typeof link>, options: UsersOptions): void {
  const url = `${serverOf(options)}${path}`;
  const words = `For ${name}, once, until ${expiresAt.slice(0, 16).replace('T', ' ')} UTC:\n${url}`;
  printLine(options, { url, expiresAt }, words);
}
