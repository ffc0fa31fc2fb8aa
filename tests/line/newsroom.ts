import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Context } from '../../src/context.ts';
import { compose } from '../../src/pipeline/compose.ts';
import { ingest } from '../../src/pipeline/ingest.ts';
import { poll } from '../../src/pipeline/poll.ts';
import { addSource } from '../../src/pipeline/sources.ts';
import { summarize } from '../../src/pipeline/summarize.ts';
import { getSource } from '../../src/store/source.ts';
import { givenSourceSettings } from '../../src/store/source-settings.ts';
import type { SourceRow } from '../../src/store/source.ts';
import { pageDecisions } from '../../src/store/decision.ts';
import type { DecisionRow } from '../../src/store/decision.ts';
import { serve, type Loopback } from '../http/loopback.ts';
import { z } from 'zod';

/** A paper of our own invention on loopback: a feed that is written as the test goes, and the pages it names. */
export interface Paper extends Loopback {
  items: FeedEntry[];
  /** Path → HTML; anything else is 404. */
  readonly pages: Map<string, string>;
  /** Answers the feed instead, for one request after the other. */
  readonly instead: ((response: ServerResponse, request: IncomingMessage) => void)[];
  etag: string | null;
  /** Elements of the channel before its items. */
  head: string;
}

export interface FeedEntry {
  readonly guid?: string;
  readonly link?: string;
  readonly title: string;
  readonly teaser?: string;
  readonly date?: string;
  readonly category?: string;
  readonly content?: string;
}

export async function startPaper(): Promise<Paper> {
  const state = {
    items: [] as FeedEntry[],
    pages: new Map<string, string>(),
    instead: [] as Paper['instead'],
    etag: null as string | null,
    head: '',
  };
  const server = await serve((request, response) => {
    const path = request.url ?? '';
    if (path.startsWith('/feed')) {
      const other = state.instead.shift();
      if (other !== undefined) return other(response, request);
      if (state.etag !== null && request.headers['if-none-match'] === state.etag)
        return void response.writeHead(304).end();
      const headers = { 'content-type': 'application/rss+xml', ...(state.etag === null ? {} : { etag: state.etag }) };
      return void response.writeHead(200, headers).end(rssOf(state.items, state.head));
    }
    const page = state.pages.get(path);
    if (page === undefined) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
  });
  return Object.assign(state, server);
}

export function rssOf(items: readonly FeedEntry[], head = ''): string {
  const entries = items.map(
    (item) =>
      `<item><title>${item.title}</title>${tag('guid', item.guid, ' isPermaLink="false"')}${tag('link', item.link)}${tag('pubDate', item.date)}${tag(
        'description',
        item.teaser,
      )}${tag('category', item.category)}${item.content === undefined ? '' : `<content:encoded><![CDATA[${item.content}]]></content:encoded>`}</item>`,
  );
  return `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Tarn Valley Post</title>${head}${entries.join('')}</channel></rss>`;
}

function tag(name: string, text: string | undefined, attributes = ''): string {
  return text === undefined ? '' : `<${name}${attributes}>${text}</${name}>`;
}

/** Paragraphs about an invented place, different for every `name`: two of them share no words in a row to speak of. */
export function story(name: string): string {
  let seed = [...name].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 2_147_483_647, 7);
  const pick = (words: readonly string[]): string => {
    seed = (seed * 48_271) % 2_147_483_647;
    return words[seed % words.length] ?? '';
  };
  const clause = (): string =>
    `the ${pick(qualities)} ${pick(things)} ${pick(deeds)} the ${pick(things)} of the ${pick(qualities)} ${pick(things)}`;
  const sentence = (): string => `In ${name} ${clause()} and ${clause()} because ${clause()}.`;
  return Array.from({ length: 6 }, () => `<p>${sentence()} ${sentence()} ${sentence()}</p>`).join('');
}

/** The same as plain text. */
export function plainStory(name: string): string {
  return story(name).replaceAll('</p>', '\n').replaceAll('<p>', '');
}

const things =
  'reservoir ferry orchard museum railway lighthouse market school quarry bridge harbour council library mill tower valley garden theatre station hospital fountain canal forest chapel archive workshop stadium bakery vineyard observatory'.split(
    ' ',
  );
const qualities =
  'old new northern southern narrow wooden crowded quiet famous forgotten flooded costly public private distant painted'.split(
    ' ',
  );
const deeds =
  'replaced crossed closed opened visited painted measured borrowed defended bought sold repaired followed joined praised left'.split(
    ' ',
  );

export function pageOf(title: string, body: string, head = ''): string {
  return `<!doctype html><html lang="en"><head><title>${title}</title>${head}</head><body><article><h1>${title}</h1>${body}</article></body></html>`;
}

/** Adds the feed of a paper as a source; by default it is read from its own text, without the pages. */
export function addFeed(
  context: Context,
  paper: Pick<Paper, 'url'>,
  settings: Record<string, unknown> = { text: 'feed' },
  path = '/feed.xml',
): Promise<SourceRow> {
  const request = { kind: 'feed', url: `${paper.url}${path}`, settings: givenSourceSettings.parse(settings) } as const;
  return addSource(context, request, 'test');
}

/** Reads a source now, whatever its time. @returns it as it stands then. */
export async function readNow(context: Context, id: string): Promise<SourceRow> {
  await context.database.run(
    `UPDATE standfirst.source SET next_at = standfirst.clock(), busy_until = NULL WHERE id = $1`,
    [id],
  );
  // The pause between two sources of one host is another test's matter.
  await context.database.run(
    `UPDATE standfirst.source SET polled_at = polled_at - interval '2 seconds' WHERE id <> $1`,
    [id],
  );
  await poll(context, id, new AbortController().signal);
  const row = await getSource(context.database, id);
  if (row === null) throw new Error(`There is no source ${id}.`);
  return row;
}

/** Lets every article that waits go down the line, as the workers would. */
export async function runLine(context: Context): Promise<void> {
  for (;;) {
    const waiting = await context.database.many(
      z.object({ id: z.string() }),
      `SELECT id FROM standfirst.article WHERE state = 'pending' ORDER BY id`,
    );
    if (waiting.length === 0) return;
    for (const { id } of waiting) {
      await ingest(context, id);
      await summarize(context, id);
      await compose(context, id);
    }
  }
}

export async function logOf(context: Context, id: string): Promise<DecisionRow[]> {
  return pageDecisions(context.database, id, null, { limit: 10_000, after: null });
}

export async function outcomesOf(context: Context, id: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { outcome } of await logOf(context, id)) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}
