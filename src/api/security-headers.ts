import helmet from '@fastify/helmet';
import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';

/** What a page carries where its nonce belongs; Vite writes it (`html.cspNonce`), the server fills it in. */
export const NONCE_PLACEHOLDER = '__CSP_NONCE__';

/**
 * Security headers of every answer. Nothing may load but what the page itself names: scripts and styles by nonce, the
 * rest from this origin. ASVS 5.0, 3.4.
 */
export async function sendSecurityHeaders(app: FastifyInstance, publicUrl: string | null): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: false,
    // The page's own origin goes along with its own requests: `same-origin.ts` reads it.
    referrerPolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: false,
    // Only where the operator says that people come by https; other names on the same host are theirs to decide on.
    strictTransportSecurity: publicUrl?.startsWith('https:') === true ? { includeSubDomains: false } : false,
    xFrameOptions: { action: 'deny' },
  });
  app.decorateRequest('cspNonce', '');
  app.addHook('onRequest', async (request, reply) => {
    request.cspNonce = randomBytes(16).toString('base64');
    void reply.header('content-security-policy', policyOf(request.routeOptions.url ?? '', request.cspNonce));
    void reply.header('x-request-id', request.id);
    if (request.url.startsWith('/v1/') || request.url.startsWith('/sign-in')) {
      void reply.header('cache-control', 'no-store');
    }
  });
}

/** The board of queues is not ours, and loads its further files by itself, from this origin. */
function policyOf(url: string, nonce: string): string {
  const own = policy(nonce);
  if (!url.startsWith('/ops/queues')) return own.join('; ');
  return own
    .map((line) => (/^(?:script|style)-src /.test(line) ? `${line} 'self'` : line))
    .map((line) => line.replace(`base-uri 'none'`, `base-uri 'self'`))
    .join('; ');
}

function policy(nonce: string): string[] {
  return [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    `connect-src 'self'`,
    `img-src 'self' data:`,
    `font-src 'self'`,
    `manifest-src 'self'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
    `base-uri 'none'`,
  ];
}
