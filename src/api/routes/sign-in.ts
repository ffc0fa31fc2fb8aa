import { z } from 'zod';
import { recordEvent } from '../../store/event.ts';
import { endSession, insertSession } from '../../store/session.ts';
import { getSignInLink, takeSignInLink } from '../../store/sign-in-link.ts';
import { cookieName, cookieOptions } from '../cookie.ts';
import { escapeHtml, htmlPage } from '../html.ts';
import type { Api, ApiContext } from '../parts.ts';
import { ApiProblem } from '../problem.ts';
import type { RateLimits } from '../rate-limits.ts';
import { checkOrigin } from '../same-origin.ts';
import { hashToken, makeToken } from '../../secrets/token.ts';

const TOKEN = /^[\w-]{20,100}$/;

/**
 * Sign-in by a link that works once. Opening it only shows a button, because mail filters and chat previews open links
 * too; pressing the button uses it up, ends the browser's older session and sets a new cookie.
 */
export function signInRoutes(app: Api, context: ApiContext, rateLimits: RateLimits): void {
  const { database, settings } = context;

  app.get(
    '/sign-in',
    { schema: { hide: true, querystring: z.object({ token: z.string().optional() }) } },
    async (request, reply) => {
      await rateLimits.use('sign-in', request.ip, request);
      const { token } = request.query;
      const link = token !== undefined && TOKEN.test(token) ? await getSignInLink(database, hashToken(token)) : null;
      void reply.type('text/html; charset=utf-8');
      if (token === undefined) return reply.send(htmlPage('Sign in', `<p>${HOW_TO}</p>`, request.cspNonce));
      if (link === null || link.usedAt !== null || link.isExpired) {
        return reply.code(410).send(deadLink(request.cspNonce));
      }
      return reply.send(
        htmlPage(
          'Sign in to standfirst',
          `<form method="post" action="/sign-in">
<input type="hidden" name="token" value="${escapeHtml(token)}">
<p><button type="submit">Sign in</button></p>
</form>
<p>The link works once, until ${link.expiresAt.toISOString().slice(11, 16)} UTC.</p>`,
          request.cspNonce,
        ),
      );
    },
  );

  app.post(
    '/sign-in',
    { schema: { hide: true, body: z.object({ token: z.string().max(200).default('') }) } },
    async (request, reply) => {
      await rateLimits.use('sign-in', request.ip, request);
      checkOrigin(request, settings.http.publicUrl);
      const hash = hashToken(request.body.token);
      const link = await getSignInLink(database, hash);
      if (link !== null) await rateLimits.use('sign-in-account', link.memberId, request);
      const session = makeToken();
      const old = request.cookies[cookieName(settings)];
      const member = await database.transaction(async (sql) => {
        const taken = await takeSignInLink(sql, hash);
        if (taken === null) return null;
        if (old !== undefined) await endSession(sql, hashToken(old));
        await insertSession(sql, session.hash, taken.id);
        await recordEvent(sql, {
          type: 'member.signed-in',
          subject: taken.id,
          actor: taken.id,
          data: { ip: request.ip },
        });
        return taken;
      });
      if (member === null) {
        return reply.code(410).type('text/html; charset=utf-8').send(deadLink(request.cspNonce));
      }
      return reply.setCookie(cookieName(settings), session.token, cookieOptions(settings)).redirect('/', 303);
    },
  );
}

const FORMS = new Set(['/sign-in', '/connect/choose']);

/** Reads the forms of our own pages. Refuses one anywhere else, so that no other route accepts a form by accident. */
export function readForms(app: Api): void {
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: 4_096 },
    (request, body, done) => {
      if (FORMS.has(request.routeOptions.url ?? '')) done(null, fieldsOf(new URLSearchParams(String(body))));
      else done(new ApiProblem('unsupported-media-type', 'The body is a form: send JSON.'), undefined);
    },
  );
}

/** A field that stands more than once is a list. */
function fieldsOf(form: URLSearchParams): Record<string, string | string[]> {
  return Object.fromEntries(
    [...new Set(form.keys())].map((name) => {
      const values = form.getAll(name);
      return [name, values.length === 1 ? (values[0] ?? '') : values];
    }),
  );
}

const HOW_TO =
  'The sign-in link stands in the terminal where standfirst was started. Start it again, and it prints a new one.';

function deadLink(nonce: string): string {
  return htmlPage(
    'This link does not work any more',
    `<p>It was used, has run out after 15 minutes, or is not complete.</p><p>${HOW_TO}</p>`,
    nonce,
  );
}
