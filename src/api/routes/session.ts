import { endSession } from '../../store/session.ts';
import { getMember } from '../../store/member.ts';
import { getNewsroom, zoneOfNewsroom } from '../../store/newsroom.ts';
import { recordEvent } from '../../store/event.ts';
import { z } from 'zod';
import { callerOf } from '../authenticate.ts';
import type { Caller } from '../caller.ts';
import { cookieName, cookieOptions } from '../cookie.ts';
import type { Api, ApiContext } from '../parts.ts';
import { sessionView } from '../schemas/session.ts';

export function sessionRoutes(app: Api, context: ApiContext): void {
  app.get(
    '/v1/session',
    {
      schema: {
        operationId: 'getSession',
        summary: 'Who is asking',
        tags: ['session'],
        response: { 200: sessionView },
      },
    },
    async (request) => {
      const caller = callerOf(request);
      const { name } = await getNewsroom(context.database);
      return {
        canReturn: await canReturn(caller),
        member: caller.role === null ? null : { id: caller.id, name: caller.name, role: caller.role },
        apiKey: caller.kind === 'api-key' ? { id: caller.id, name: caller.name } : null,
        scopes: [...caller.scopes],
        expiresAt: caller.expiresAt?.toISOString() ?? null,
        newsroom: name,
        timeZone: await zoneOfNewsroom(context.database, context.settings.timeZone),
        now: context.io.now().toISOString(),
      };
    },
  );

  async function canReturn({ session, memberId }: Caller): Promise<boolean> {
    const member = session === null || memberId === null ? null : await getMember(context.database, memberId);
    return member !== null && (member.hasPassword || member.passkeys > 0);
  }

  app.delete(
    '/v1/session',
    {
      schema: {
        operationId: 'endSession',
        summary: 'Sign out',
        tags: ['session'],
        response: { 204: z.undefined().describe('Signed out.') },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      if (caller.kind === 'member') {
        await context.database.transaction(async (sql) => {
          await endSession(sql, caller.secretHash);
          await recordEvent(sql, { type: 'member.signed_out', subject: caller.id, actor: caller.id });
        });
      }
      const { path, secure, httpOnly, sameSite } = cookieOptions(context.settings);
      void reply.setCookie(cookieName(context.settings), '', { path, secure, httpOnly, sameSite, maxAge: 0 } as never);
      return reply.code(204).send();
    },
  );
}
