import Fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import type { Api } from './parts.ts';
import { NONCE_PLACEHOLDER } from './security-headers.ts';

/**
 * The reference page at `/docs`, for people; it asks nobody outside. Loaded when somebody first looks: the page's own script
 * alone is 12 MB of memory, and most processes never show it.
 */
export function referenceRoutes(app: Api): void {
  let page: Promise<FastifyInstance> | undefined;
  for (const url of ['/docs', '/docs/', '/docs/js/scalar.js']) {
    app.get(url, { schema: { hide: true } }, async (request, reply) => {
      page ??= openReference();
      const { statusCode, headers, rawPayload } = await (await page).inject(request.url);
      if (headers.location !== undefined) return reply.redirect(headers.location, statusCode);
      void reply.code(statusCode).type(String(headers['content-type']));
      // The page is written once with a placeholder; every answer gets the nonce of its own policy.
      if (url === '/docs/') return reply.send(rawPayload.toString().replaceAll(NONCE_PLACEHOLDER, request.cspNonce));
      return reply.send(rawPayload);
    });
  }
}

async function openReference(): Promise<FastifyInstance> {
  const { default: reference } = await import('@scalar/fastify-api-reference');
  const app = Fastify();
  await app.register(reference, {
    routePrefix: '/docs',
    configuration: {
      url: '/openapi.json',
      nonce: NONCE_PLACEHOLDER,
      withDefaultFonts: false,
      telemetry: false,
      agent: { disabled: true },
      showDeveloperTools: 'never',
      hideClientButton: true,
      pageTitle: 'standfirst API',
    } as never,
  });
  await app.ready();
  return app;
}
