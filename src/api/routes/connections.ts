import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Refusal } from '../../domain/errors.ts';
import type { RefusalReason } from '../../domain/errors.ts';
import { beginConnection, chooseAccounts, landConnection } from '../../pipeline/connect.ts';
import type { AccountRow } from '../../store/account.ts';
import { clientBucket } from '../client-address.ts';
import { callerOf } from '../authenticate.ts';
import { escapeHtml, htmlPage } from '../html.ts';
import type { Api, ApiContext } from '../parts.ts';
import type { RateLimits } from '../rate-limits.ts';
import { checkOrigin } from '../same-origin.ts';
import { connectionView, newConnection } from '../schemas/connection.ts';
import { mayReach } from '../test-keys.ts';

const CALLBACK = '/connect/callback';

/**
 * Connecting accounts by consent (OAuth 2 with PKCE): a request names the page to open, the network sends the browser back
 * here, and a page of ours says what was connected or asks which of several accounts. Pages run no script.
 */
export function connectionRoutes(app: Api, context: ApiContext, rateLimits: RateLimits): void {
  const { settings } = context;

  app.post(
    '/v1/connections',
    {
      config: { redactReplay: (body) => JSON.stringify({ ...JSON.parse(body), url: null }) },
      schema: {
        operationId: 'beginConnection',
        summary: 'Begin to connect an account, or to reconnect one, by consent in a browser',
        tags: ['accounts'],
        body: newConnection,
        response: { 201: connectionView },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      const { network, app: given, accountId, resume } = request.body;
      mayReach(caller, network);
      const redirectUri = `${settings.http.publicUrl?.replace(/\/$/, '') ?? ownAddress(request)}${CALLBACK}`;
      const asked = { network, app: given, redirectUri, accountId, resume };
      const begun = await beginConnection(context, asked, caller.id);
      return reply.code(201).send({ url: begun.url, redirectUri, expiresAt: begun.expiresAt.toISOString() });
    },
  );

  app.get(CALLBACK, { schema: { hide: true, querystring: landing } }, async (request, reply) => {
    await rateLimits.use('sign-in', clientBucket(request), request);
    void reply.type('text/html; charset=utf-8').header('referrer-policy', 'no-referrer');
    const { state, code, error, error_description: said } = request.query;
    if (state === undefined || code === undefined) {
      const why = said ?? error;
      // Anybody can write such an address: their words are not ours.
      const words = why === undefined ? 'The address is not complete.' : `The page that sent you here says: “${why}”`;
      return reply.code(400).send(page(request, 'Nothing was connected', `<p>${escapeHtml(words)}</p>`));
    }
    const landed = await landConnection(context, { state, code }, memberOf(request)).catch(refusalIn);
    if (landed instanceof Refusal) return refusePage(request, reply, landed);
    if (landed.kind === 'connected') return reply.send(connectedPage(request, landed.accounts));
    const boxes = landed.names.map(
      (name, place) =>
        `<p><label><input type="checkbox" name="chosen" value="${place}"> ${escapeHtml(name)}</label></p>`,
    );
    return reply.send(
      page(
        request,
        `Which accounts on ${landed.network}?`,
        `<form method="post" action="/connect/choose">
<input type="hidden" name="token" value="${escapeHtml(landed.token)}">
${boxes.join('\n')}
<p><button type="submit">Connect</button></p>
</form>`,
      ),
    );
  });

  app.post('/connect/choose', { schema: { hide: true, body: choice } }, async (request, reply) => {
    await rateLimits.use('sign-in', clientBucket(request), request);
    checkOrigin(request, settings.http.publicUrl);
    const { token, chosen } = request.body;
    void reply.type('text/html; charset=utf-8');
    const accounts = await chooseAccounts(context, { token, chosen }, memberOf(request)).catch(refusalIn);
    return accounts instanceof Refusal
      ? refusePage(request, reply, accounts)
      : reply.send(connectedPage(request, accounts));
  });
}

const landing = z.object({
  state: z.string().max(200).optional(),
  code: z.string().max(4000).optional(),
  error: z.string().max(200).optional(),
  error_description: z.string().max(1000).optional(),
});
const places = z.union([z.coerce.number().int().min(0), z.array(z.coerce.number().int().min(0)).max(100)]);
const choice = z.object({
  token: z.string().max(200),
  chosen: places.default([]).transform((given) => (typeof given === 'number' ? [given] : given)),
});

const statuses: Partial<Record<RefusalReason, number>> = {
  'not-found': 410,
  'not-allowed': 403,
  conflict: 409,
  unavailable: 503,
};

function refusalIn(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  throw error;
}

/** A person reads this in a browser, so that it is a page and not a problem document. */
function refusePage(request: FastifyRequest, reply: FastifyReply, refusal: Refusal): FastifyReply {
  const body = `<p>${escapeHtml(refusal.message)}</p>`;
  return reply.code(statuses[refusal.reason] ?? 400).send(page(request, 'Nothing was connected', body));
}

function memberOf({ caller }: FastifyRequest): string | null {
  return caller?.kind === 'member' ? caller.id : null;
}

function ownAddress(request: FastifyRequest): string {
  return `${request.protocol}://${request.host}`;
}

function connectedPage(request: FastifyRequest, accounts: readonly AccountRow[]): string {
  if (accounts.length === 0) return page(request, 'Nothing was connected', '<p>No account was chosen.</p>');
  const names = accounts.map((account) => `<li>${escapeHtml(account.name)}${lackIn(account)}</li>`).join('');
  return page(request, 'Connected', `<ul>${names}</ul>`);
}

/** What the person did not say yes to, and what becomes of that. */
function lackIn({ problem }: AccountRow): string {
  if (problem?.cause !== 'permission') return '';
  const remedy = 'What needs it will be refused: choose Reconnect under Setup, and grant it on the network’s page.';
  return `<br><strong>${escapeHtml(problem.detail)}</strong> ${remedy}`;
}

function page(request: FastifyRequest, title: string, body: string): string {
  return htmlPage(title, `${body}\n<p><a href="/">Back to standfirst</a></p>`, request.cspNonce);
}
