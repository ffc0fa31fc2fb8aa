import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import { networks } from '../src/networks/registry.ts';
import type { Article } from '../src/domain/article.ts';
import { fitPost } from '../src/text/fit.ts';
import { extractArticle } from '../src/text/html.ts';
import { summarize } from '../src/text/summary.ts';

export interface Speed {
  readonly name: string;
  readonly peer: string;
  readonly least: string;
  readonly aim: string;
  readonly here: string;
}

interface Page {
  readonly html: string;
  readonly url: string;
}

/** Speeds per CPU-second of this process, the peer's in the same run on the same pages. */
export function speeds(folder: string): Speed[] {
  const pages = gunzipSync(readFileSync(join(folder, 'data/scrapinghub.jsonl.gz')))
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Page);
  const peer = perSecond(pages, ({ html }) => {
    new Readability(parseHTML(html).document as never).parse();
  });
  const ours = perSecond(pages, ({ html, url }) => extractArticle(html, url));
  const articles = pages.flatMap(({ html, url }): Article[] => {
    const found = extractArticle(html, url);
    return found.kind === 'article' ? [found.article] : [];
  });
  const posts = perSecond(articles, (known) => {
    // A new article to every cache that knows articles.
    const article = { ...known };
    const summary = summarize(article);
    for (const { profile } of networks) fitPost({ article, summary, link: article.url, limits: profile.limits });
  });
  return [
    {
      name: 'speed, extraction, pages per CPU-second',
      peer: `readability + linkedom ${peer.toFixed(1)} in this run`,
      least: '0.8 times that',
      aim: '2 times',
      here: `${ours.toFixed(1)}, ${(ours / peer).toFixed(2)} times`,
    },
    {
      name: `speed, summary + hashtags + posts for ${networks.length} networks, articles per CPU-second`,
      peer: 'keywords alone: 5 and 173',
      least: '150',
      aim: '500',
      here: posts.toFixed(0),
    },
  ];
}

/** Items per second of processor time, once the code is compiled: a worker runs for weeks, so all are done once before. */
function perSecond<T>(items: readonly T[], work: (item: T) => unknown): number {
  for (const item of items) work(item);
  const before = process.cpuUsage();
  for (const item of items) work(item);
  const { user, system } = process.cpuUsage(before);
  return items.length / ((user + system) / 1e6);
}
