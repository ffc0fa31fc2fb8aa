import { Worker } from 'node:worker_threads';
import type { Extraction } from '../text/html.ts';
import type { Extract, TooComplex } from './extract.ts';

export interface ToThread {
  readonly html: string;
  readonly url: string | null;
}

export type FromThread =
  | { readonly kind: 'ready' }
  | { readonly kind: 'extraction'; readonly extraction: Extraction }
  | { readonly kind: 'fell'; readonly message: string };

export interface ExtractThread extends AsyncDisposable {
  readonly extract: Extract;
  close(): Promise<void>;
}

export interface ThreadLimits {
  /** For one page, from the moment its turn comes. Plain text of 5 MB takes 0.8 s, a page with 20,000 link teasers 1.3 s. */
  readonly timeMs: number;
  readonly memoryMb: number;
}

/**
 * Extraction off the main thread, so that no page can stop the server: one thread, started with the first page, one page
 * at a time. A page that runs over its time or memory ends the thread, is answered as `too-complex`, and the next page
 * gets a new thread. Rejects only where no thread can be started, or after `close`.
 */
export function openExtractThread(limits: ThreadLimits = { timeMs: 2_000, memoryMb: 256 }): ExtractThread {
  let thread: Promise<Worker> | null = null;
  let line: Promise<unknown> = Promise.resolve();
  let isClosed = false;

  const work = async (page: ToThread): Promise<Extraction | TooComplex> => {
    if (isClosed) throw new Error('The thread that reads pages is closed.');
    thread ??= startThread(limits.memoryMb);
    const worker = await thread.catch((error: unknown) => {
      thread = null;
      throw error;
    });
    const outcome = await onePage(worker, page, limits);
    if (outcome.isThreadSpent) {
      thread = null;
      await worker.terminate();
    }
    return outcome.answer;
  };

  const close = async (): Promise<void> => {
    isClosed = true;
    const worker = await thread?.catch(() => null);
    await worker?.terminate();
  };

  return {
    extract(html, url) {
      const turn = line.then(() => work({ html, url }));
      line = turn.catch(() => undefined);
      return turn;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

function startThread(memoryMb: number): Promise<Worker> {
  const worker = new Worker(new URL('./extract-thread.ts', import.meta.url), {
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

interface PageOutcome {
  readonly answer: Extraction | TooComplex;
  readonly isThreadSpent: boolean;
}

function onePage(worker: Worker, page: ToThread, { timeMs, memoryMb }: ThreadLimits): Promise<PageOutcome> {
  const where = page.url ?? 'The HTML';
  return new Promise((resolve) => {
    const settle = (answer: Extraction | TooComplex, isThreadSpent: boolean): void => {
      clearTimeout(timer);
      worker.off('message', onMessage).off('error', onError).off('exit', onExit).unref();
      resolve({ answer, isThreadSpent });
    };
    const refuse = (what: string): void =>
      settle(tooComplex(`${where} ${what}. Paste the article’s text instead.`), true);
    const onMessage = (message: FromThread): void => {
      if (message.kind === 'extraction') settle(message.extraction, false);
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
    worker.postMessage(page);
  });
}

function tooComplex(detail: string): TooComplex {
  return { kind: 'refused', reason: 'too-complex', detail };
}
