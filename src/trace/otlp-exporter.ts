import { JsonTraceSerializer } from '@opentelemetry/otlp-transformer';
import type { SpanExporter } from '@opentelemetry/sdk-trace';

export interface Collector {
  /** Where spans are sent: the whole address. */
  readonly url: string;
  /** What it asks for besides, such as a key. */
  readonly headers: Readonly<Record<string, string>>;
  readonly fetch: typeof fetch;
  /** In one sentence, when spans are lost; the spans themselves are not tried again. */
  readonly onLost: (sentence: string) => void;
}

const ANSWER_WITHIN_MS = 10_000;

/** Sends spans as OTLP/HTTP in JSON (https://opentelemetry.io/docs/specs/otlp/#otlphttp), by the guarded door. */
export function otlpExporter({ url, headers, fetch: send, onLost }: Collector): SpanExporter {
  const { host } = new URL(url);
  return {
    export(spans, done) {
      const body = JsonTraceSerializer.serializeRequest(spans) as Uint8Array<ArrayBuffer> | undefined;
      const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
      const init = { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, signal };
      send(url, { ...init, body: body ?? null })
        .then(async (answer) => {
          await answer.body?.cancel();
          if (!answer.ok) throw new Error(`it answered ${answer.status}`);
          done({ code: 0 });
        })
        .catch((error: unknown) => {
          const { message } = error as Error;
          onLost(`${spans.length} spans did not reach the collector at ${host}: ${message}.`);
          done({ code: 1 });
        });
    },
    shutdown: () => Promise.resolve(),
  };
}
