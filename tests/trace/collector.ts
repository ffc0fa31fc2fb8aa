import { z } from 'zod';
import { serve } from '../http/loopback.ts';

const value = z.object({ stringValue: z.string().optional(), intValue: z.coerce.number().optional() });
const attributes = z.array(z.object({ key: z.string(), value })).default([]);
const span = z.looseObject({
  traceId: z.string().regex(/^[0-9a-f]{32}$/),
  spanId: z.string().regex(/^[0-9a-f]{16}$/),
  parentSpanId: z.string().optional(),
  name: z.string(),
  kind: z.number(),
  attributes,
  links: z.array(z.looseObject({ traceId: z.string(), spanId: z.string() })).default([]),
  status: z.looseObject({ code: z.number().optional(), message: z.string().optional() }),
});
export type Recorded = z.infer<typeof span>;
const request = z.object({
  resourceSpans: z.array(
    z.looseObject({
      resource: z.looseObject({ attributes }),
      scopeSpans: z.array(z.looseObject({ spans: z.array(span) })),
    }),
  ),
});

/** A collector on loopback that keeps what it is sent, and takes nothing that is not OTLP in JSON. */
export async function startCollector() {
  let status = 200;
  const server = await serve((asked, response) => {
    const isOurs = asked.url === '/v1/traces' && asked.headers['content-type'] === 'application/json';
    response.writeHead(isOurs ? status : 400, { 'content-type': 'application/json' }).end('{}');
  });
  const parsed = () => server.seen.map(({ body }) => request.parse(JSON.parse(body)));
  return {
    ...server,
    /** Every span that came, in the order of their ends. */
    spans: (): Recorded[] =>
      parsed().flatMap(({ resourceSpans }) => resourceSpans.flatMap((one) => one.scopeSpans.flatMap((of) => of.spans))),
    /** What the spans say of where they come from. */
    resource: () => saidIn(parsed()[0]?.resourceSpans[0]?.resource.attributes ?? []),
    answer: (code: number) => void (status = code),
  };
}

/** Attributes as an object. */
export function saidIn(given: Recorded['attributes']): Record<string, string | number | undefined> {
  return Object.fromEntries(given.map(({ key, value: { stringValue, intValue } }) => [key, stringValue ?? intValue]));
}
