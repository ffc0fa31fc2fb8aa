import { z } from 'zod';
import { HUB_PATH, takeDelivery, verifySubscription } from '../../pipeline/subscribe.ts';
import { MAX_INPUT_BYTES } from '../../text/input.ts';
import { clientBucket } from '../client-address.ts';
import type { Api, ApiContext } from '../parts.ts';
import { ApiProblem } from '../problem.ts';
import type { RateLimits } from '../rate-limits.ts';

const byToken = z.object({ token: z.string().regex(/^[\w-]{20,100}$/) });

/** What a hub asks to be sure that we asked (WebSub 5.3). */
const verification = z.object({
  'hub.mode': z.enum(['subscribe', 'unsubscribe', 'denied']),
  'hub.topic': z.string().max(4000),
  'hub.challenge': z.string().max(2000).optional(),
  'hub.lease_seconds': z.coerce.number().int().min(1).optional().catch(undefined),
  'hub.reason': z.string().max(1000).optional().catch(undefined),
});

/**
 * Where hubs call: open to everybody, counted by address, and nothing is read before its signature is right. The path is
 * known to the hub only.
 */
export async function webSubRoutes(app: Api, context: ApiContext, rateLimits: RateLimits): Promise<void> {
  // Any kind of body, as bytes, here and nowhere else: the signature is over the bytes.
  await app.register(async (instance) => {
    const scope = instance as unknown as Api;
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MAX_INPUT_BYTES }, (_request, body, done) => {
      done(null, body);
    });

    scope.get(
      `${HUB_PATH}/:token`,
      { exposeHeadRoute: false, schema: { hide: true, params: byToken, querystring: verification } },
      async (request, reply) => {
        await rateLimits.use('stranger', clientBucket(request), request, reply);
        const { query } = request;
        const isOurs = await verifySubscription(context, request.params.token, {
          mode: query['hub.mode'],
          topic: query['hub.topic'],
          leaseS: query['hub.lease_seconds'] ?? null,
          reason: query['hub.reason'] ?? null,
        });
        if (query['hub.mode'] === 'denied') return reply.code(200).send('');
        if (!isOurs) throw new ApiProblem('not-found', 'Nothing like this was asked for.');
        // Plain text, so that no browser takes a challenge for a page.
        return reply.type('text/plain; charset=utf-8').send(query['hub.challenge'] ?? '');
      },
    );

    scope.post(`${HUB_PATH}/:token`, { schema: { hide: true, params: byToken } }, async (request, reply) => {
      await rateLimits.use('stranger', clientBucket(request), request, reply);
      const signature = request.headers['x-hub-signature'];
      const isKnown = await takeDelivery(context, request.params.token, {
        body: request.body instanceof Uint8Array ? request.body : new Uint8Array(),
        signature: typeof signature === 'string' ? signature : null,
        contentType: request.headers['content-type'] ?? null,
      });
      // 410 tells the hub to stop.
      return reply.code(isKnown ? 202 : 410).send('');
    });
  });
}
