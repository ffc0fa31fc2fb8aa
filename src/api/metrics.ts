import type { Registry } from '@prometheus-io/client';
import type { Database } from '../store/database.ts';
import { newestCursor } from '../store/event.ts';
import { figuresNow, outcomesAfter } from '../store/figures.ts';
import type { Api, ApiContext } from './parts.ts';

/** Upper bounds in seconds: from a lone post on a quiet system to a quarter of an hour. */
const LATENESS_BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 15, 60, 300, 900];
const PAGE = 1_000;

/**
 * `GET /metrics` for Prometheus. The figures are those of the whole installation, read from the database, so that workers need no
 * port of their own and one API process is enough to ask. Counters begin at 0 with the first question.
 */
export function metricsRoute(app: Api, { database }: ApiContext): void {
  let meters: Promise<Meters> | undefined;
  app.get('/metrics', { schema: { hide: true } }, async (_request, reply) => {
    meters ??= openMeters(database);
    const { registry, read } = await meters;
    await read();
    return reply
      .type(registry.contentType)
      .header('cache-control', 'no-store')
      .send(await registry.metrics());
  });
}

interface Meters {
  readonly registry: Registry;
  /** Brings the figures up to now; of two at a time the second waits. */
  read(): Promise<void>;
}

/** Loaded with the first question: an installation without Prometheus pays nothing for it. */
async function openMeters(database: Database): Promise<Meters> {
  const { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } = await import('@prometheus-io/client');
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const posts = new Counter({
    name: 'standfirst_posts_total',
    help: 'Posts by what became of them.',
    labelNames: ['network', 'outcome'] as const,
    registers,
  });
  const lateness = new Histogram({
    name: 'standfirst_publish_lateness_seconds',
    help: 'From the time a post was due to when its last request left.',
    labelNames: ['network'] as const,
    buckets: LATENESS_BUCKETS,
    registers,
  });
  const gauge = (name: string, help: string) => new Gauge({ name: `standfirst_${name}`, help, registers });
  const due = gauge('due_posts', 'Posts whose time has come and that have not gone.');
  const oldest = gauge('oldest_due_seconds', 'How long the oldest of them has waited.');
  const heartbeat = gauge('worker_heartbeat_timestamp', 'When a worker was last heard of, in Unix seconds; 0: none.');
  const toDesk = gauge(
    'source_to_desk_seconds',
    'Median of the last hour, from finding an item to its article on the desk.',
  );
  let cursor = await newestCursor(database);
  const readOn = async (): Promise<void> => {
    for (;;) {
      const page = await outcomesAfter(database, cursor, PAGE);
      for (const { network, outcome, latenessMs } of page) {
        posts.inc({ network, outcome });
        if (latenessMs !== null) lateness.observe({ network }, latenessMs / 1000);
      }
      cursor = page.at(-1)?.cursor ?? cursor;
      if (page.length < PAGE) break;
    }
    const now = await figuresNow(database);
    due.set(now.duePosts);
    oldest.set(now.oldestDueS);
    heartbeat.set(now.heartbeatAt ?? 0);
    toDesk.set(now.sourceToDeskS ?? Number.NaN);
  };
  let reading: Promise<void> = Promise.resolve();
  return { registry, read: () => (reading = reading.catch(() => {}).then(readOn)) };
}
