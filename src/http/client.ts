import { isIP } from 'node:net';
import type { Dispatcher } from 'undici';
import { createAddressJudge } from './addresses.ts';
import { type GuardedConnect, guardedConnector, judged, type Resolve, resolveBySystem } from './connect.ts';
import { type FetchFailure, GuardError } from './failure.ts';
import { guardedFetch } from './network-fetch.ts';
import { type Fetched, getPage, type GetOptions } from './page.ts';
import { watchStandstills } from './standstill.ts';
import { createTurns } from './turns.ts';
import { undici } from './undici.ts';
import { provingUnsent } from './unsent.ts';
import { bareHost, portOf, readUrl } from './url-rules.ts';

export interface HttpOptions {
  /** CIDR ranges that may be called although they are not public, and on any port: `STANDFIRST_ALLOW_PRIVATE`. */
  readonly allowPrivate: readonly string[];
  /** Address of an egress proxy that everything goes through; it then resolves names and guards by its own rules. */
  readonly proxy?: string;
  /** Who asks, with a contact: see `userAgentOf`. */
  readonly userAgent: string;
  /** 80 and 443 where absent. */
  readonly allowedPorts?: readonly number[];
  readonly timeouts?: Partial<Timeouts>;
  /** Most bytes of an answer after decompression: 5 MB where absent. `Infinity`: what `fetch` answers is given as it comes. */
  readonly maxBytes?: number;
  /** Milliseconds between two requests of `get` to one host: 1,000 where absent. */
  readonly floorMs?: number;
  /** Monotonic milliseconds. */
  readonly now?: () => number;
  /** Milliseconds of the wall clock: where absent, a machine that slept is not noticed. */
  readonly wall?: () => number;
  /** Asks DNS; replaced in tests. */
  readonly resolve?: Resolve;
}

/** In milliseconds. */
export interface Timeouts {
  readonly connectMs: number;
  /** `get`: from the connection to the headers. */
  readonly headersMs: number;
  /** `get`: from the headers to the end of the body. */
  readonly bodyMs: number;
  /** `get` with `isPatient`: to the headers, and from there to the end of the body. */
  readonly patientMs: number;
  /** `fetch`: everything together. */
  readonly publishMs: number;
}

/** The one guarded door outward. */
export interface Http extends AsyncDisposable {
  /** For networks: see `guardedFetch`. */
  readonly fetch: typeof fetch;
  /** For pages, feeds and images that people and feeds name: see `getPage`. */
  get(url: string | URL, options: GetOptions): Promise<Fetched | FetchFailure>;
  /**
   * Opens a WebSocket (`wss:` or `ws:`) under the same guard. Throws `GuardError` for an address that is blocked as it is
   * written; a name that leads to one ends as an `error` event, before the socket opens.
   */
  socket(url: string): WebSocket;
  /** One sentence where an address would not be called, as its name resolves now; null where it would. */
  judge(url: string): Promise<string | null>;
  /** Ends what is open. */
  close(): Promise<void>;
}

const defaultTimeouts: Timeouts = {
  connectMs: 5_000,
  headersMs: 5_000,
  bodyMs: 15_000,
  patientMs: 40_000,
  publishMs: 30_000,
};
const FIVE_MB = 5 * 1024 * 1024;
/** Under way at once over all hosts: pages that somebody waits for, and feeds that may each take a minute. */
const MOST_AT_ONCE = { prompt: 8, patient: 32 };

/**
 * Opens the guarded client. Every connection is judged when it is opened: see `guardedLookup`. Throws `RangeError` where
 * `allowPrivate` holds something that is not an address range.
 */
export function createHttp(options: HttpOptions): Http {
  const timeouts = { ...defaultTimeouts, ...options.timeouts };
  const { proxy, userAgent, maxBytes = FIVE_MB, floorMs = 1_000, now = () => performance.now(), wall } = options;
  const guard: GuardedConnect = {
    judge: createAddressJudge(options.allowPrivate),
    allowedPorts: options.allowedPorts ?? [80, 443],
    namesResolveElsewhere: proxy !== undefined,
    resolve: options.resolve ?? resolveBySystem,
  };
  const longestMs = Math.max(timeouts.publishMs, timeouts.patientMs);
  const { plain, proving, close } = keepConnections(
    () => openDispatcher(guard, longestMs, timeouts.connectMs, proxy),
    longestMs,
    [() => performance.now(), ...(wall === undefined ? [] : [wall])],
  );
  const turns = createTurns({ most: MOST_AT_ONCE, floorMs, now });
  const page = {
    rules: guard,
    dispatcher: plain,
    turns,
    userAgent,
    maxBytes,
    headersMs: timeouts.connectMs + timeouts.headersMs,
    bodyMs: timeouts.bodyMs,
    patientMs: timeouts.patientMs,
  };

  return {
    fetch: guardedFetch({ rules: guard, dispatcher: proving, userAgent, maxBytes, totalMs: timeouts.publishMs }),
    get: (url, wanted) => getPage(page, url, wanted),
    socket(url) {
      readUrl(url.replace(/^ws/u, 'http'), guard);
      const { WebSocket: Socket } = undici();
      return new Socket(url, { dispatcher: plain() }) as unknown as WebSocket;
    },
    async judge(input) {
      try {
        const url = readUrl(input, guard);
        const host = bareHost(url.hostname);
        if (isIP(host) === 0 && !guard.namesResolveElsewhere) await judged(guard, host, portOf(url));
        return null;
      } catch (error) {
        if (error instanceof GuardError) return error.message;
        return `${input.slice(0, 200)} cannot be found (${(error as Error).message}): check its name.`;
      }
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** `standfirst/<version> (+<contact>)`: who we are, and whom to write to. The contact is an address or a URL. */
export function userAgentOf(version: string, contact: string): string {
  const plain = contact.replace(/[^\u0021-\u007e]|[()]/gu, '');
  return plain === '' ? `standfirst/${version}` : `standfirst/${version} (+${plain})`;
}

/**
 * The connections that are kept for the next request, opened with the first. After a standstill the next request opens its
 * own: what it sends on one that the other side has ended meanwhile is lost without a proof that it was.
 */
function keepConnections(open: () => Dispatcher, longestMs: number, clocks: readonly (() => number)[]): Connections {
  const all = new Set<Dispatcher>();
  const standstills = watchStandstills(clocks);
  const { count } = standstills;
  let current: { readonly plain: Dispatcher; readonly proving: Dispatcher; readonly openedAt: number } | undefined;
  let isClosed = false;
  // Closed once nothing can be under way: what an agent that was closed has under way is not ended by its `destroy`.
  const retire = (one: Dispatcher): void => {
    const end = (): void => {
      all.delete(one);
      void one.close().catch(() => {});
    };
    setTimeout(end, longestMs).unref();
  };
  const now = (): NonNullable<typeof current> => {
    if (current !== undefined && current.openedAt === count()) return current;
    if (current !== undefined) retire(current.plain);
    const plain = open();
    all.add(plain);
    if (isClosed) void plain.destroy();
    return (current = { plain, proving: plain.compose(provingUnsent(count)), openedAt: count() });
  };
  return {
    plain: () => now().plain,
    proving: () => now().proving,
    async close() {
      isClosed = true;
      standstills[Symbol.dispose]();
      await Promise.all([...all].map((one) => one.destroy()));
    },
  };
}

interface Connections {
  readonly plain: () => Dispatcher;
  /** Errors of what goes through it tell where nothing has left. */
  readonly proving: () => Dispatcher;
  readonly close: () => Promise<void>;
}

function openDispatcher(
  guard: GuardedConnect,
  longestMs: number,
  connectMs: number,
  proxy: string | undefined,
): Dispatcher {
  // HTTP/1.1 only: one connection carries one request, so a lost connection is one lost answer and not many.
  const common = { allowH2: false, headersTimeout: longestMs, bodyTimeout: longestMs };
  const { Agent, ProxyAgent } = undici();
  if (proxy !== undefined) return new ProxyAgent({ ...common, uri: proxy });
  return new Agent({ ...common, connect: guardedConnector(guard, connectMs) });
}
