import { z } from 'zod';
import { changeTeamMember, inviteMember, removeMember, renewLink } from '../../pipeline/team.ts';
import type { Link } from '../../pipeline/team.ts';
import { found } from '../../store/database.ts';
import type { MemberRow } from '../../store/member.ts';
import { getMember, listMembers } from '../../store/member.ts';
import { changeTeamRules, getTeamRules } from '../../store/team.ts';
import { roles, scopesOf } from '../access.ts';
import { callerOf } from '../authenticate.ts';
import type { Caller } from '../caller.ts';
import { sendVersion, versionFrom, versionIfSent } from '../etag.ts';
import { mayGiveRole } from '../may-give.ts';
import { sendPage } from '../page.ts';
import type { Api, ApiContext } from '../parts.ts';
import { byId, noBody, pageQuery } from '../schemas/common.ts';
import type { MemberView } from '../schemas/team.ts';
import {
  invitedMember,
  memberChange,
  memberLink,
  memberPage,
  memberView,
  newMember,
  roleMatrix,
  teamRules,
  teamRulesChange,
} from '../schemas/team.ts';

/** The team: who is in it, what each may do, and the rules it has given itself. */
export function teamRoutes(app: Api, context: ApiContext): void {
  const { database } = context;

  app.get(
    '/v1/roles',
    {
      schema: {
        operationId: 'listRoles',
        summary: 'What each role may do, from least to most',
        tags: ['team'],
        response: { 200: roleMatrix },
      },
    },
    async () => ({ roles: roles.map((role) => ({ role, scopes: scopesOf(role) })) }),
  );

  app.get(
    '/v1/users',
    {
      schema: {
        operationId: 'listUsers',
        summary: 'Members of the team, in the order of their coming',
        tags: ['team'],
        querystring: pageQuery,
        response: { 200: memberPage },
      },
    },
    (request, reply) =>
      sendPage(
        request,
        reply,
        (page) => listMembers(database, page),
        (row) => [row.id],
        (row) => viewOf(row, callerOf(request)),
      ),
  );

  app.get(
    '/v1/users/:id',
    {
      schema: {
        operationId: 'getUser',
        summary: 'One member',
        tags: ['team'],
        params: byId,
        response: { 200: memberView },
      },
    },
    async (request, reply) => {
      const row = found(await getMember(database, request.params.id), 'member', request.params.id);
      sendVersion(reply, row.version);
      return viewOf(row, callerOf(request));
    },
  );

  app.post(
    '/v1/users',
    {
      config: { redactReplay: withoutPath },
      schema: {
        operationId: 'inviteUser',
        summary: 'Invite somebody; the link by which they come is shown this once',
        tags: ['team'],
        body: newMember,
        response: { 201: invitedMember },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      mayGiveRole(caller, request.body.role);
      const { member, link } = await inviteMember(context, request.body, caller.id);
      void reply.header('location', `/v1/users/${member.id}`);
      sendVersion(reply, member.version);
      return reply.code(201).send({ ...viewOf(member, caller), link: linkOf(link) });
    },
  );

  app.patch(
    '/v1/users/:id',
    {
      config: { ifMatch: 'required' },
      schema: {
        operationId: 'changeUser',
        summary: 'Name, address or role; sessions and keys have the new role with their next request',
        tags: ['team'],
        params: byId,
        body: memberChange,
        response: { 200: memberView },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      const { id } = request.params;
      const version = versionFrom(request);
      const { name, email, role } = request.body;
      mayGiveRole(caller, found(await getMember(database, id), 'member', id).role);
      if (role !== undefined) mayGiveRole(caller, role);
      const change = {
        ...(name === undefined ? {} : { name }),
        ...(email === undefined ? {} : { email }),
        ...(role === undefined ? {} : { role }),
      };
      const row = await changeTeamMember(context, id, version, change, caller.id);
      sendVersion(reply, row.version);
      return viewOf(row, caller);
    },
  );

  app.delete(
    '/v1/users/:id',
    {
      config: { ifMatch: 'optional' },
      schema: {
        operationId: 'removeUser',
        summary: 'Remove a member for good: their sessions, links and API keys end at once',
        tags: ['team'],
        params: byId,
        response: { 204: z.undefined().describe('Removed.') },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      const { id } = request.params;
      mayGiveRole(caller, found(await getMember(database, id), 'member', id).role);
      await removeMember(context, id, versionIfSent(request), caller.id);
      return reply.code(204).send();
    },
  );

  app.post(
    '/v1/users/:id/link',
    {
      config: { redactReplay: withoutPath },
      schema: {
        operationId: 'makeUserLink',
        summary: 'A new link for a member: an invitation while they have not come, else one to set a new password',
        tags: ['team'],
        params: byId,
        body: noBody,
        response: { 200: memberLink },
      },
    },
    async (request) => {
      const caller = callerOf(request);
      const { id } = request.params;
      mayGiveRole(caller, found(await getMember(database, id), 'member', id).role);
      return linkOf(await renewLink(context, id, caller.id));
    },
  );

  app.get(
    '/v1/team',
    {
      schema: {
        operationId: 'getTeamRules',
        summary: 'The rules the team has given itself',
        tags: ['team'],
        response: { 200: teamRules },
      },
    },
    async (_request, reply) => {
      const { version, ...rules } = await getTeamRules(database);
      sendVersion(reply, version);
      return rules;
    },
  );

  app.patch(
    '/v1/team',
    {
      config: { ifMatch: 'required' },
      schema: {
        operationId: 'changeTeamRules',
        summary: 'Four eyes: nobody approves their own words',
        tags: ['team'],
        body: teamRulesChange,
        response: { 200: teamRules },
      },
    },
    async (request, reply) => {
      const expected = versionFrom(request);
      const actor = callerOf(request).id;
      const { version, ...rules } = await database.transaction((sql) =>
        changeTeamRules(sql, expected, request.body, actor),
      );
      sendVersion(reply, version);
      return rules;
    },
  );
}

/** Addresses and how people sign in are for those who look after the team. */
function viewOf(row: MemberRow, caller: Caller): MemberView {
  const isForAdmins = caller.scopes.includes('users:manage');
  return {
    ...row,
    email: isForAdmins || row.id === caller.id ? row.email : null,
    hasPassword: isForAdmins ? row.hasPassword : null,
    passkeys: isForAdmins ? row.passkeys : null,
    createdAt: row.createdAt.toISOString(),
    joinedAt: row.joinedAt?.toISOString() ?? null,
    seenAt: row.seenAt?.toISOString() ?? null,
  };
}

function linkOf({ path, expiresAt }: Link): { path: string; expiresAt: string } {
  return { path, expiresAt: expiresAt.toISOString() };
}

/** What a replayed answer says: everything but the path, which was shown once. */
function withoutPath(body: string): string {
  return JSON.stringify(JSON.parse(body), (name, value: unknown) => (name === 'path' ? null : value));
}
