import { Worker } from 'node:worker_threads';
import type { Feed, FeedRefusal } from '../text/feed.ts';
import type { Extraction } from '../text/html.ts';
import type { Sitemap } from '../text/sitemap.ts';
import type { Extract, Parse, TooComplex } from './readers.ts';

/** What goes into the thread. */
export type Document =
  | { readonly kind: 'page'; readonly html: string; readonly url: string | null }
  | {
      readonly kind: 'feed';
      readonly xml: string;
      readonly headers: Readonly<Record<string, string>>;
      readonly isCut: boolean;
    }
  | { readonly kind: 'sitemap'; readonly text: string };

export type FromThread =
  | { readonly kind: 'ready' }
  | { readonly kind: 'read'; readonly found: unknown }
  | { readonly kind: 'fell'; readonly message: string };

export interface ReadingThread extends AsyncDisposable {
  readonly extract: Extract;
  readonly parse: Parse;
  close(): Promise<void>;
}

export interface ThreadLimits {
  /** For one page, from the moment its turn comes. Plain text of 5 MB takes 0.8 s, a page with 20,000 link teasers 1.3 s. */
  readonly timeMs: number;
  /** For one feed or sitemap. A thousand articles whole, 5 MB, take 0.7 s. */
  readonly feedMs: number;
  readonly memoryMb: number;
}

const LIMITS: ThreadLimits = { timeMs: 2_000, feedMs: 5_000, memoryMb: 256 };

/** What the thread made of a document, or why it did not: a half sentence that follows the document's name. */
type Outcome = { readonly found: unknown } | { readonly why: string };

/**
 * Pages and feeds are read off the main thread, so that none can stop the server or delay a post: one thread, started with
 * the first of them, one document at a time. One that runs over its time or memory ends the thread, is refused, and the
 * next one gets a new thread. Rejects only where no thread can be started, or after `close`.
 */
export function openReadingThread(limits: Partial<ThreadLimits> = {}): ReadingThread {
  const { timeMs, feedMs, memoryMb } = { ...LIMITS, ...limits };
  let thread: Promise<Worker> | null = null;
  let line: Promise<unknown> = Promise.resolve();
  let isClosed = false;

  const work = async (document: Document): Promise<Outcome> => {
    if (isClosed) throw new Error('The thread that reads pages and feeds is closed.');
    thread ??= startThread(memoryMb);
    const worker = await thread.catch((error: unknown) => {
      thread = null;
      throw error;
    });
    const outcome = await oneDocument(worker, document, document.kind === 'page' ? timeMs : feedMs, memoryMb);
    if ('why' in outcome) {
      thread = null;
      await worker.terminate();
    }
    return outcome;
  };

  const read = (document: Document): Promise<Outcome> => {
    const turn = line.then(() => work(document));
    line = turn.catch(() => undefined);
    return turn;
  };

  const close = async (): Promise<void> => {
    isClosed = true;
    const worker = await thread?.catch(() => null);
    await worker?.terminate();
  };

  return {
    async extract(html, url) {
      const outcome = await read({ kind: 'page', html, url });
      if ('found' in outcome) return outcome.found as Extraction;
      return tooComplex(`${url ?? 'The HTML'} ${outcome.why}. Paste the article’s text instead.`);
    },
    parse: {
      async feed(xml, headers, isCut) {
        const outcome = await read({ kind: 'feed', xml, headers, isCut });
        return 'found' in outcome ? (outcome.found as Feed | FeedRefusal) : hostile(`The feed ${outcome.why}.`);
      },
      async sitemap(text) {
        const outcome = await read({ kind: 'sitemap', text });
        return 'found' in outcome ? (outcome.found as Sitemap | FeedRefusal) : hostile(`The sitemap ${outcome.why}.`);
      },
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

function startThread(memoryMb: number): Promise<Worker> {
  const worker = new Worker(new URL('./in-reading-thread.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
    // Nothing of ours: not the keys in the environment, not the parent's flags.
    env: {},
    execArgv: [],
    workerData: null,
  });
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', () => {
      worker.off('error', reject);
      // A thread that is idle or being ended may still report an error; by then it is nobody's.
      worker.on('error', () => undefined);
      // An idle thread does not keep the process alive.
      worker.unref();
      resolve(worker);
    });
  });
}

/** @returns `why` where the thread is spent. */
function oneDocument(worker: Worker, document: Document, timeMs: number, memoryMb: number): Promise<Outcome> {
  return new Promise((resolve) => {
    const settle = (outcome: Outcome): void => {
      clearTimeout(timer);
      worker.off('message', onMessage).off('error', onError).off('exit', onExit).unref();
      resolve(outcome);
    };
    const refuse = (why: string): void => settle({ why });
    const onMessage = (message: FromThread): void => {
      if (message.kind === 'read') settle({ found: message.found });
      else if (message.kind === 'fell') refuse('is built in a way that cannot be read');
    };
    const onError = (error: NodeJS.ErrnoException): void =>
      refuse(
        error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? `needs more than ${memoryMb} MB to be read` : 'cannot be read',
      );
    const onExit = (): void => refuse('was not read: the reader ended');
    const timer = setTimeout(() => refuse(`takes longer than ${timeMs / 1000} s to be read`), timeMs);
    worker.ref();
    worker.on('message', onMessage).once('error', onError).once('exit', onExit);
    worker.postMessage(document);
  });
}

function tooComplex(detail: string): TooComplex {
  return { kind: 'refused', reason: 'too-complex', detail };
}

function hostile(detail: string): FeedRefusal {
  return { kind: 'refused', reason: 'hostile', detail };
}
