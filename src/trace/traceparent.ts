/** The one place in a trace that W3C `traceparent` names: https://www.w3.org/TR/trace-context/#traceparent-header */
export interface TracePlace {
  readonly traceId: string;
  readonly spanId: string;
  /** Whether the one before keeps its part of the trace. */
  readonly isSampled: boolean;
}

const FORM = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/;

/** Null where it is not of version 00, or not of its form: a trace begins anew then. */
export function readTraceparent(text: unknown): TracePlace | null {
  const [, traceId, spanId, flags] = typeof text === 'string' ? (FORM.exec(text) ?? []) : [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return null;
  return { traceId, spanId, isSampled: (Number.parseInt(flags, 16) & 1) === 1 };
}

export function writeTraceparent({ traceId, spanId, isSampled }: TracePlace): string {
  return `00-${traceId}-${spanId}-${isSampled ? '01' : '00'}`;
}
