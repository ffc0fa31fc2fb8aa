import type { Registry } from '@prometheus-io/client';
import type { Database } from '../store/database.ts';
import { figuresNow } from '../store/figures.ts';
import { LATENESS_BOUNDS, outcomeTotals } from '../store/outcome-total.ts';
import type { OutcomeTotal } from '../store/outcome-total.ts';
import type { Api, ApiContext } from './parts.ts';

/**
 * `GET /metrics` for Prometheus. The figures are those of the whole installation, kept in the database, so that workers need no
 * port of their own, every API process answers the same totals, and a restart does not begin at 0.
 */
export function metricsRoute(app: Api, { database }: ApiContext): void {
  let meters: Promise<Meters> | undefined;
  app.get('/metrics', { schema: { hide: true } }, async (_request, reply) => {
    meters ??= openMeters(database);
    const { registry, read } = await meters;
    const totals = await read();
    return reply
      .type(registry.contentType)
      .header('cache-control', 'no-store')
      .send(`${totals}${await registry.metrics()}`);
  });
}

interface Meters {
  readonly registry: Registry;
  /** Brings the figures up to now; of two at a time the second waits. @returns the counters, as text. */
  read(): Promise<string>;
}

/** Loaded with the first question: an installation without Prometheus pays nothing for it. */
async function openMeters(database: Database): Promise<Meters> {
  const { collectDefaultMetrics, Gauge, Registry } = await import('@prometheus-io/client');
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const gauge = (name: string, help: string) => new Gauge({ name: `standfirst_${name}`, help, registers });
  const due = gauge('due_posts', 'Posts whose time has come, that nobody holds and that have not gone.');
  const oldest = gauge('oldest_due_seconds', 'How long the oldest of them has waited.');
  const held = gauge('held_posts', 'Posts whose time has come and that somebody holds.');
  const heartbeat = gauge('worker_heartbeat_timestamp', 'When a worker was last heard of, in Unix seconds; 0: none.');
  const toDesk = gauge(
    'source_to_desk_seconds',
    'Median of the last hour, from finding an item to its article on the desk.',
  );
  const readOn = async (): Promise<string> => {
    const totals = await outcomeTotals(database);
    const now = await figuresNow(database);
    due.set(now.duePosts);
    oldest.set(now.oldestDueS);
    held.set(now.heldPosts);
    heartbeat.set(now.heartbeatAt ?? 0);
    toDesk.set(now.sourceToDeskS ?? Number.NaN);
    return countersOf(totals);
  };
  let reading: Promise<string> = Promise.resolve('');
  return { registry, read: () => (reading = reading.catch(() => '').then(readOn)) };
}

/** Prometheus' text format (https://prometheus.io/docs/instrumenting/exposition_formats/): names of networks need no escape. */
function countersOf(totals: readonly OutcomeTotal[]): string {
  const lines = [
    '# HELP standfirst_posts_total Posts by what became of them.',
    '# TYPE standfirst_posts_total counter',
    ...totals.map(
      ({ network, outcome, posts }) => `standfirst_posts_total{network="${network}",outcome="${outcome}"} ${posts}`,
    ),
    '# HELP standfirst_publish_lateness_seconds From the time a post was due to when its last request left.',
    '# TYPE standfirst_publish_lateness_seconds histogram',
    ...totals.filter(({ outcome, measured }) => outcome === 'published' && measured > 0).flatMap(latenessOf),
  ];
  return `${lines.join('\n')}\n\n`;
}

function latenessOf({ network, within, measured, latenessS }: OutcomeTotal): string[] {
  const name = 'standfirst_publish_lateness_seconds';
  const bucket = (le: string, count: number): string => `${name}_bucket{le="${le}",network="${network}"} ${count}`;
  return [
    ...LATENESS_BOUNDS.map((bound, index) => bucket(String(bound), within[index] ?? 0)),
    bucket('+Inf', measured),
    `${name}_sum{network="${network}"} ${latenessS}`,
    `${name}_count{network="${network}"} ${measured}`,
  ];
}
