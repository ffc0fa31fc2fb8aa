import { AsyncLocalStorage } from 'node:async_hooks';
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace as api, TraceFlags } from '@opentelemetry/api';
import type { Span, SpanContext } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { Collector } from './otlp-exporter.ts';
import { otlpExporter } from './otlp-exporter.ts';
import { said } from './said.ts';
import type { Asked, OpenSpan, Says, Trace } from './trace.ts';
import { readTraceparent, writeTraceparent } from './traceparent.ts';

export interface TraceOptions {
  readonly collector: Collector;
  /** As the collector names this installation. */
  readonly service: string;
  readonly version: string;
  /** This process. */
  readonly instance: string;
  /** Writes down where a thing was last met, and answers where it was before; null for a thing that is new. */
  readonly mark: (subject: string, traceparent: string) => Promise<string | null>;
}

const kinds = { server: SpanKind.SERVER, consumer: SpanKind.CONSUMER, client: SpanKind.CLIENT };

/** Spans that wait to be sent, at most: with a collector that is away, further ones are dropped. */
const MOST_WAITING = 2_048;
/** Longest that a stop waits for the last spans. */
const CLOSE_MS = 3_000;

/** What is traced where a collector was named. Nothing of it is global: a second installation in a process has its own. */
export function openTrace({ collector, service, version, instance, mark }: TraceOptions): Trace {
  const exporter = otlpExporter(collector);
  const processor = new BatchSpanProcessor({ exporter, maxQueueSize: MOST_WAITING, scheduledDelayMillis: 1_000 });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({
      'service.name': service,
      'service.version': version,
      'service.instance.id': instance,
    }),
    spanProcessors: [processor],
  });
  const tracer = provider.getTracer('standfirst', version);
  const open = new AsyncLocalStorage<Span>();

  const start = (name: string, { kind, says = {}, parent = null }: Asked): Span => {
    const given = readTraceparent(parent);
    const above = given === null ? open.getStore()?.spanContext() : remote(given);
    const context = above === undefined ? ROOT_CONTEXT : api.setSpanContext(ROOT_CONTEXT, above);
    return tracer.startSpan(name, { kind: kinds[kind], attributes: said(says) }, context);
  };

  return {
    isOn: true,
    async span(name, asked, work) {
      const span = start(name, asked);
      try {
        return await open.run(span, () => work(openSpan(span)));
      } catch (error) {
        openSpan(span).fails((error as Error).constructor?.name ?? 'Error');
        throw error;
      } finally {
        span.end();
      }
    },
    begin: (name, asked) => openSpan(start(name, asked)),
    within: (span, work) => open.run((span as OtelSpan).span, work),
    current() {
      const context = open.getStore()?.spanContext();
      return context === undefined ? null : writeTraceparent(placeOf(context));
    },
    async follow(subject) {
      const span = open.getStore();
      if (span === undefined) return;
      try {
        const { traceId } = span.spanContext();
        const before = readTraceparent(await mark(subject, writeTraceparent(placeOf(span.spanContext()))));
        if (before !== null && before.traceId !== traceId) span.addLink({ context: remote(before) });
      } catch (error) {
        collector.onLost(`The trace of ${subject} was not written down: ${(error as Error).message}`);
      }
    },
    async close() {
      const enough = new Promise((resolve) => setTimeout(resolve, CLOSE_MS).unref());
      await Promise.race([provider.shutdown().catch(() => {}), enough]);
    },
  };
}

interface OtelSpan extends OpenSpan {
  readonly span: Span;
}

const WORD = /^[\w-]{1,60}$/;

function openSpan(span: Span): OtelSpan {
  return {
    span,
    says: (more: Says) => void span.setAttributes(said(more)),
    fails: (kind) => void span.setStatus({ code: SpanStatusCode.ERROR, message: WORD.test(kind) ? kind : 'error' }),
    end: () => span.end(),
  };
}

function remote({ traceId, spanId, isSampled }: ReturnType<typeof placeOf>): SpanContext {
  return { traceId, spanId, traceFlags: isSampled ? TraceFlags.SAMPLED : TraceFlags.NONE, isRemote: true };
}

function placeOf({ traceId, spanId, traceFlags }: SpanContext) {
  return { traceId, spanId, isSampled: (traceFlags & TraceFlags.SAMPLED) === TraceFlags.SAMPLED };
}
