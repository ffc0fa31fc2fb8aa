import type { Settings } from './context-settings.ts';
import { OWN_NETWORK } from './http/addresses.ts';
import { createHttp, userAgentOf } from './http/client.ts';
import type { Logger } from './logger.ts';
import type { Database } from './store/database.ts';
import { swapTraceMark } from './store/trace-mark.ts';
import { noTrace } from './trace/trace.ts';
import type { Trace } from './trace/trace.ts';
import { version } from './version.ts';

/** A collector that is away is told of once in so long. */
const TOLD_EVERY_MS = 60_000;

/** The part of the composition root that opens traces where the operator named a collector, whose address may be this machine or network. */
export async function openTraces(
  { traces, outbound }: Settings,
  {
    database,
    log,
    instance,
    monotonic,
    undo,
  }: {
    readonly database: Database;
    readonly log: Logger;
    readonly instance: string;
    readonly monotonic: () => number;
    readonly undo: (() => Promise<unknown>)[];
  },
): Promise<Trace> {
  if (traces === null) return noTrace;
  const { openTrace } = await import('./trace/open-trace.ts');
  const http = createHttp({
    allowPrivate: [...OWN_NETWORK, ...outbound.allowPrivate],
    userAgent: userAgentOf(version, outbound.contact),
  });
  undo.push(() => http.close());
  let toldAt = -Infinity;
  const onLost = (sentence: string): void => {
    if (monotonic() - toldAt < TOLD_EVERY_MS) return;
    toldAt = monotonic();
    log.warn(sentence);
  };
  const { url, headers, service } = traces;
  const trace = openTrace({
    collector: { url, headers, fetch: http.fetch, onLost },
    service,
    version,
    instance,
    mark: (subject, traceparent) => swapTraceMark(database, subject, traceparent),
  });
  undo.push(() => trace.close());
  return trace;
}
