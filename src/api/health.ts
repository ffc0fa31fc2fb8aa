import { checkedOf, runChecks } from './checks.ts';
import type { Api, ApiContext } from './parts.ts';

/** `/healthz`: the process answers. `/readyz`: it can do its work; 503 names what is missing. */
export function healthRoutes(app: Api, context: ApiContext): void {
  app.get('/healthz', { schema: { hide: true } }, async () => ({ status: 'ok' }));

  app.get('/readyz', { schema: { hide: true } }, async (_request, reply) => {
    const found = await runChecks(checkedOf(context));
    const isReady = found.every(({ state }) => state !== 'wrong');
    const checks = Object.fromEntries(
      found.map(({ name, state, sentence }) => [name, state === 'ok' ? 'ok' : sentence]),
    );
    return reply
      .code(isReady ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ status: isReady ? 'ready' : 'not ready', checks });
  });
}
