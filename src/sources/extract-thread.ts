/** The thread that `extract-in-thread.ts` starts: one page in, one extraction out. It shares nothing with its parent. */
import { parentPort } from 'node:worker_threads';
import { extractArticle } from '../text/html.ts';
import type { FromThread, ToThread } from './extract-in-thread.ts';

const say = (message: FromThread): void => parentPort?.postMessage(message);

parentPort?.on('message', ({ html, url }: ToThread) => {
  try {
    say({ kind: 'extraction', extraction: extractArticle(html, url) });
  } catch (error) {
    say({ kind: 'fell', message: error instanceof Error ? error.message : String(error) });
  }
});
say({ kind: 'ready' });
