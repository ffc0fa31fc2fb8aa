/** One thing wrong with a request. */
export interface Fault {
  /** JSON pointer into the body; `?name` for a query parameter. */
  readonly pointer: string;
  readonly code: string;
  readonly message: string;
}

/** An answer that is not 2xx, as RFC 9457 says it; `message` is its one sentence. */
export class StandfirstProblem extends Error {
  readonly status: number;
  /** `/problems/<name>`; `about:blank` where the answer was none of ours. */
  readonly type: string;
  /** Every fault of the request. */
  readonly faults: readonly Fault[];
  /** For the log of the installation; null where the answer was none of ours. */
  readonly requestId: string | null;
  /** Seconds after which it may be tried again, as the server said. */
  readonly retryAfterS: number | null;

  constructor(status: number, body: string, retryAfter: string | null) {
    const said = readProblem(body);
    super(said.detail ?? `HTTP ${status}`);
    this.name = 'StandfirstProblem';
    this.status = status;
    this.type = said.type ?? 'about:blank';
    this.faults = said.errors ?? [];
    this.requestId = said.requestId ?? null;
    this.retryAfterS = retryAfter !== null && /^\d+$/.test(retryAfter) ? Number(retryAfter) : null;
  }
}

function readProblem(body: string): { detail?: string; type?: string; errors?: Fault[]; requestId?: string } {
  try {
    const said: unknown = JSON.parse(body);
    return typeof said === 'object' && said !== null ? said : {};
  } catch {
    return {};
  }
}
