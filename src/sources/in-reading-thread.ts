/** The thread that `reading-thread.ts` starts: one document in, what it says out. It shares nothing with its parent. */
import { parentPort } from 'node:worker_threads';
import { parseFeed } from '../text/feed.ts';
import { extractArticle } from '../text/html.ts';
import { parseSitemap } from '../text/sitemap.ts';
import type { Document, FromThread } from './reading-thread.ts';

const say = (message: FromThread): void => parentPort?.postMessage(message);

function read(document: Document): unknown {
  if (document.kind === 'page') return extractArticle(document.html, document.url);
  if (document.kind === 'sitemap') return parseSitemap(document.text);
  return parseFeed(document.xml, document.headers, document.isCut);
}

parentPort?.on('message', (document: Document) => {
  try {
    say({ kind: 'read', found: read(document) });
  } catch (error) {
    say({ kind: 'fell', message: error instanceof Error ? error.message : String(error) });
  }
});
say({ kind: 'ready' });
