import { Refusal } from '../domain/errors.ts';
import { makeToken } from '../secrets/token.ts';
import type { Sql } from '../store/database.ts';
import { found } from '../store/database.ts';
import { recordEvent } from '../store/event.ts';
import {
  changeMember,
  countOtherAdmins,
  getMember,
  insertMember,
  lockTeam,
  removeMember as removeMemberRow,
} from '../store/member.ts';
import type { MemberFields, MemberRow } from '../store/member.ts';
import { endSessionsOf } from '../store/session.ts';
import { staleVersion } from '../store/stale-version.ts';
import type { LinkPurpose } from '../store/sign-in-link.ts';
import { endLinksOf, insertSignInLink } from '../store/sign-in-link.ts';
import type { Tools } from './tools.ts';

type TeamTools = Pick<Tools, 'database' | 'io'>;

/** The first admin's link is printed at the start and used at once; the others travel by mail or chat. */
const lifeMs: Readonly<Record<LinkPurpose, number>> = {
  'sign-in': 15 * 60_000,
  invitation: 7 * 24 * 3_600_000,
  reset: 60 * 60_000,
};

/** A link that works once. Its path is a secret: it is shown this once, to whoever may hand it on. */
export interface Link {
  readonly path: string;
  readonly expiresAt: Date;
}

/** Adds a member, who comes by the link. @throws Refusal `conflict` where the name or address is taken. */
export async function inviteMember(
  { database, io }: TeamTools,
  fields: MemberFields,
  actor: string,
): Promise<{ member: MemberRow; link: Link }> {
  const id = io.id('user');
  return database.transaction(async (sql) => {
    const member = await insertMember(sql, id, fields, actor);
    return { member, link: await newLink(sql, io, id, 'invitation') };
  });
}

/** A new link for a member: an invitation while they have not come yet, else one to set a new password. Older ones end. */
export async function renewLink({ database, io }: TeamTools, id: string, actor: string): Promise<Link> {
  return database.transaction(async (sql) => {
    const member = found(await getMember(sql, id), 'member', id);
    await endLinksOf(sql, id);
    const purpose = member.joinedAt === null ? 'invitation' : 'reset';
    await recordEvent(sql, { type: 'member.link_made', subject: id, actor, data: { purpose } });
    return newLink(sql, io, id, purpose);
  });
}

/** The link that is printed at the start. Nothing that a person did, and used up by whoever owns the terminal. */
export function signInLink(sql: Sql, io: TeamTools['io'], memberId: string): Promise<Link> {
  return newLink(sql, io, memberId, 'sign-in');
}

/**
 * Changes name, address or role. Sessions and keys have the new role with their next request.
 * @throws Refusal `conflict` where no admin would be left.
 */
export async function changeTeamMember(
  { database }: TeamTools,
  id: string,
  version: number | null,
  change: Partial<MemberFields>,
  actor: string,
): Promise<MemberRow> {
  return database.transaction(async (sql) => {
    await lockTeam(sql);
    const { name, email, role, ...before } = found(await getMember(sql, id), 'member', id);
    const fields = { name, email, role, ...change };
    if (role === 'admin' && fields.role !== 'admin') await refuseLastAdmin(sql, id, name, 'demoted');
    return changeMember(sql, { ...before, name, email, role }, version, fields, actor);
  });
}

/** Removes a member: sessions, links and API keys of theirs end at once. @throws Refusal stale-version, or where no admin would be left. */
export async function removeMember(
  { database }: Pick<TeamTools, 'database'>,
  id: string,
  version: number | null,
  actor: string,
): Promise<void> {
  await database.transaction(async (sql) => {
    await lockTeam(sql);
    const member = found(await getMember(sql, id), 'member', id);
    if (version !== null && version !== member.version) throw staleVersion(`Member ${id}`, member.version, version);
    if (member.role === 'admin') await refuseLastAdmin(sql, id, member.name, 'removed');
    await endSessionsOf(sql, id);
    await endLinksOf(sql, id);
    await removeMemberRow(sql, member, actor);
  });
}

async function refuseLastAdmin(sql: Sql, id: string, name: string, what: 'demoted' | 'removed'): Promise<void> {
  if ((await countOtherAdmins(sql, id)) > 0) return;
  throw new Refusal(
    'conflict',
    `${name} is the last admin who has signed in, and cannot be ${what}: make somebody else admin first.`,
  );
}

async function newLink(sql: Sql, io: TeamTools['io'], memberId: string, purpose: LinkPurpose): Promise<Link> {
  const { token, hash } = makeToken();
  await insertSignInLink(sql, { tokenHash: hash, memberId, purpose, lifeMs: lifeMs[purpose] });
  return { path: `/sign-in?token=${token}`, expiresAt: new Date(io.now().getTime() + lifeMs[purpose]) };
}
