/** Spans of what is done, for the collector that the operator named; without one, nothing at all: see `noTrace`. */
export interface Trace {
  readonly isOn: boolean;
  /** Runs `work` in a span of its own, a part of the one that is open here, or of `asked.parent`. */
  span<T>(name: string, asked: Asked, work: (span: OpenSpan) => Promise<T>): Promise<T>;
  /** The same for work that ends elsewhere: the caller ends the span. */
  begin(name: string, asked: Asked): OpenSpan;
  /** Runs `work`, and everything that it waits for, inside of a span that was begun. */
  within<T>(span: OpenSpan, work: () => T): T;
  /** W3C `traceparent` of the span that is open here; null where none is. */
  current(): string | null;
  /**
   * Links the open span to the one that last had to do with a thing, an attempt, a post or what the post was written from,
   * and leaves a mark for the next. Never throws: what is traced goes on without its trace.
   */
  follow(subject: string): Promise<void>;
  /** Sends what is left, for a few seconds. */
  close(): Promise<void>;
}

export interface Asked {
  /** `server`: a request came in. `consumer`: a job was taken. `client`: something is asked outside. */
  readonly kind: 'server' | 'consumer' | 'client';
  readonly says?: Says;
  /** What it continues, as W3C `traceparent`; anything else counts as none. */
  readonly parent?: string | null;
}

/**
 * What a span says besides its name: names and numbers of ours. Whatever is not of that form, a text, an address, a token, is
 * withheld, so that nothing that anybody wrote leaves by this way.
 */
export type Says = Readonly<Partial<Record<SaidName, string | number | boolean>>>;
export type SaidName =
  | 'http.request.method'
  | 'http.route'
  | 'http.response.status_code'
  | 'messaging.destination.name'
  | `standfirst.${string}`;

export interface OpenSpan {
  says(more: Says): void;
  /** @param kind in a word, never the sentence of an error. */
  fails(kind: string): void;
  end(): void;
}

const silent: OpenSpan = { says: () => {}, fails: () => {}, end: () => {} };

/** Nothing is traced, and nothing is loaded for it. */
export const noTrace: Trace = {
  isOn: false,
  span: (_name, _asked, work) => work(silent),
  begin: () => silent,
  within: (_span, work) => work(),
  current: () => null,
  follow: () => Promise.resolve(),
  close: () => Promise.resolve(),
};
