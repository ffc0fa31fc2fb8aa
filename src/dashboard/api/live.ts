import { sessionEvents } from './client.ts';
import { serverNow } from './server-clock.ts';
import type { LiveEvent } from './types.ts';

export type LiveState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  | { readonly kind: 'reconnecting'; readonly since: number; readonly tries: number }
  | { readonly kind: 'stale'; readonly since: number };

/** The server says something every 15 s; silence for longer means that the line is cut. */
const SILENCE_MS = 22_000;
/** After this long without a line the picture is called stale. */
const STALE_MS = 20_000;
/**
 * A page that nobody sees lets its line go after this long. A browser opens six connections to a server over HTTP/1.1, over
 * all of its pages: with a line each, the seventh page would get no answer, and then none of them.
 */
const UNSEEN_MS = 2_000;
const RETRY_MS = [500, 1_000, 2_000, 4_000, 8_000] as const;

export interface LiveLine {
  stop(): void;
}

/**
 * Reads `GET /v1/events` for as long as the page is seen: goes on from the last cursor after every cut, so nothing is
 * missed. Where the session has ended it waits for the next one. `fetch` instead of `EventSource`, because a heartbeat
 * and a 401 must be seen.
 */
export function openLive(onEvents: (events: LiveEvent[]) => void, onState: (state: LiveState) => void): LiveLine {
  const stopped = new AbortController();
  let cursor: string | null = null;
  let cutAt: number | null = null;
  let tries = 0;
  let skipWait: (() => void) | null = null;

  const say = (): void => {
    if (cutAt === null) return;
    const stale = serverNow() - cutAt > STALE_MS;
    onState(stale ? { kind: 'stale', since: cutAt } : { kind: 'reconnecting', since: cutAt, tries });
  };

  const hurry = (): void => skipWait?.();
  window.addEventListener('online', hurry);
  stopped.signal.addEventListener('abort', () => window.removeEventListener('online', hurry));

  void (async () => {
    onState({ kind: 'connecting' });
    while (!stopped.signal.aborted) {
      if (document.hidden) {
        cutAt = null;
        onState({ kind: 'connecting' });
        await seen(stopped.signal);
        tries = 0;
        continue;
      }
      const line = new AbortController();
      const cut = (): void => line.abort();
      stopped.signal.addEventListener('abort', cut, { once: true });
      window.addEventListener('offline', cut);
      let unseen: ReturnType<typeof setTimeout> | undefined;
      const look = (): void => {
        clearTimeout(unseen);
        if (document.hidden) unseen = setTimeout(cut, UNSEEN_MS);
      };
      document.addEventListener('visibilitychange', look);
      let watch = setTimeout(cut, SILENCE_MS);
      try {
        const headers: Record<string, string> = { accept: 'text/event-stream' };
        if (cursor !== null) headers['last-event-id'] = cursor;
        const reply = await fetch('/v1/events', { headers, signal: line.signal, credentials: 'same-origin' });
        if (reply.status === 401) {
          cutAt ??= serverNow();
          say();
          sessionEvents.dispatchEvent(new Event('ended'));
          await signedInAgain(stopped.signal);
          continue;
        }
        if (!reply.ok || reply.body === null) throw new Error(`status ${reply.status}`);
        cutAt = null;
        tries = 0;
        onState({ kind: 'live' });
        for await (const messages of readMessages(reply.body)) {
          clearTimeout(watch);
          watch = setTimeout(cut, SILENCE_MS);
          if (messages.length === 0) continue;
          cursor = messages.at(-1)?.cursor ?? cursor;
          onEvents(messages);
        }
      } catch {
        // Whatever cut the line, the answer is the same: take it up again.
      } finally {
        clearTimeout(watch);
        clearTimeout(unseen);
        window.removeEventListener('offline', cut);
        document.removeEventListener('visibilitychange', look);
        line.abort();
      }
      if (stopped.signal.aborted) return;
      if (document.hidden) continue;
      cutAt ??= serverNow();
      say();
      const wait = RETRY_MS[Math.min(tries, RETRY_MS.length - 1)] ?? 8_000;
      tries += 1;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, wait);
        skipWait = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      skipWait = null;
      say();
    }
  })();

  return { stop: () => stopped.abort() };
}

/** Ends when somebody has signed in anew, or nobody listens any more. */
function signedInAgain(stopped: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const listened = new AbortController();
    const go = (): void => {
      listened.abort();
      resolve();
    };
    sessionEvents.addEventListener('again', go, { signal: listened.signal });
    stopped.addEventListener('abort', go, { signal: listened.signal });
  });
}

/** Ends when somebody looks at the page, or nobody listens any more. */
function seen(stopped: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const listened = new AbortController();
    const go = (): void => {
      if (document.hidden && !stopped.aborted) return;
      listened.abort();
      resolve();
    };
    document.addEventListener('visibilitychange', go, { signal: listened.signal });
    stopped.addEventListener('abort', go, { signal: listened.signal });
  });
}

/** One array per chunk of the stream; empty for a heartbeat. */
async function* readMessages(body: ReadableStream<Uint8Array>): AsyncGenerator<LiveEvent[]> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  let buffer = '';
  while (true) {
    const { done, value } = await reader.read();
    if (done) return;
    buffer += value;
    const blocks = buffer.split('\n\n');
    buffer = blocks.pop() ?? '';
    const events: LiveEvent[] = [];
    for (const block of blocks) {
      const data = block
        .split('\n')
        .filter((line) => line.startsWith('data:'))
        .map((line) => line.slice(5).trimStart())
        .join('\n');
      if (data !== '') events.push(JSON.parse(data) as LiveEvent);
    }
    yield events;
  }
}
