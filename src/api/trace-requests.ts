import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { OpenSpan, Trace } from '../trace/trace.ts';

/**
 * A span for every request of somebody known: after `authenticate`, so that strangers can neither fill the collector nor
 * decide which trace is kept. A `traceparent` of the caller's is continued.
 */
export function traceRequests(app: FastifyInstance, trace: Trace): void {
  if (!trace.isOn) return;
  const open = new WeakMap<FastifyRequest, OpenSpan>();

  app.addHook('onRequest', async (request) => {
    if (request.caller === null) return;
    const { method, url: route = '' } = request.routeOptions;
    const name = [method].flat()[0] ?? 'GET';
    const says = {
      'http.request.method': name,
      'http.route': route,
      'standfirst.requestId': request.id,
      'standfirst.caller': request.caller.id,
    };
    const parent = request.headers.traceparent;
    open.set(
      request,
      trace.begin(`${name} ${route}`, { kind: 'server', says, parent: typeof parent === 'string' ? parent : null }),
    );
  });

  // Before the change, whose jobs may begin at once and would be met first.
  app.addHook('preHandler', async (request) => {
    const span = open.get(request);
    const { id } = (request.params ?? {}) as { id?: unknown };
    if (span === undefined || ['GET', 'HEAD'].includes(request.method) || typeof id !== 'string') return;
    await trace.within(span, () => trace.follow(id));
  });

  // After the body has been read: what is read from a stream runs outside of the request.
  app.addHook('preHandler', (request, _reply, done) => {
    const span = open.get(request);
    if (span === undefined) done();
    else trace.within(span, done);
  });

  app.addHook('onResponse', async (request, reply) => {
    const span = open.get(request);
    if (span === undefined) return;
    const { statusCode } = reply;
    span.says({ 'http.response.status_code': statusCode });
    if (statusCode >= 500) span.fails(String(statusCode));
    span.end();
  });
}
