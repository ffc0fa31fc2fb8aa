/** Sitemaps, their indexes, and lists of addresses as text. https://www.sitemaps.org/protocol.html */
import { Parser } from 'htmlparser2';
import { itemAt, type SourceItem } from '../domain/source.ts';
import { readMachineDate } from './dates.ts';
import type { FeedRefusal } from './feed.ts';
import { MAX_FEED_ITEMS, MAX_XML_DEPTH } from './feed-limits.ts';
import { oneLine } from './html-text.ts';

export type Sitemap =
  | { readonly kind: 'urlset'; readonly items: readonly SourceItem[]; readonly isCut: boolean }
  /** Addresses of sitemaps, the one that changed last first. */
  | { readonly kind: 'index'; readonly sitemaps: readonly string[] };

interface Entry {
  loc: string;
  lastmod: string;
  title: string;
  date: string;
  language: string;
  keywords: string;
}

type Field = keyof Entry;

/** Elements of the protocol and of its news extension, whatever prefix they carry. */
const fields: Readonly<Record<string, Field>> = {
  loc: 'loc',
  lastmod: 'lastmod',
  title: 'title',
  publication_date: 'date',
  language: 'language',
  keywords: 'keywords',
};

/** A sitemap may have 50,000 entries: each is read into a few words and only the newest are kept. Never throws. */
export function parseSitemap(text: string): Sitemap | FeedRefusal {
  const head = text.slice(0, 4096);
  if (!/<(?:\w+:)?(?:urlset|sitemapindex)\b/.test(head)) return fromList(text);
  const reader = new EntryReader();
  const parser = new Parser(reader, { xmlMode: true, decodeEntities: true });
  try {
    parser.write(text);
    parser.end();
  } catch (reason) {
    if (reader.refusal === null) throw reason;
    return reader.refusal;
  }
  if (reader.isIndex) {
    const newest = reader.kept().toSorted((a, b) => whenOf(b).localeCompare(whenOf(a)));
    return { kind: 'index', sitemaps: newest.map(({ loc }) => loc) };
  }
  return { kind: 'urlset', items: reader.kept().map(itemOf), isCut: reader.isCut };
}

class EntryReader {
  isIndex = false;
  isCut = false;
  refusal: FeedRefusal | null = null;
  #depth = 0;
  #entry: Entry | null = null;
  #field: Field | null = null;
  #entries: Entry[] = [];

  onopentag(rawName: string): void {
    this.#depth += 1;
    if (this.#depth > MAX_XML_DEPTH) this.#refuse(`The sitemap nests deeper than ${MAX_XML_DEPTH} elements.`);
    const name = local(rawName);
    if (name === 'sitemapindex') this.isIndex = true;
    if (name === 'url' || name === 'sitemap')
      this.#entry = { loc: '', lastmod: '', title: '', date: '', language: '', keywords: '' };
    // `image:loc`, `video:title` and the like are other things.
    const isOurs = !rawName.includes(':') || rawName.startsWith('news:');
    this.#field = isOurs ? (fields[name] ?? null) : null;
  }

  onprocessinginstruction(name: string, data: string): void {
    if (/^!(?:doctype|entity)/i.test(name) && /!entity/i.test(data))
      this.#refuse('The sitemap declares entities of its own, which sitemaps never need. It is not read.');
  }

  ontext(text: string): void {
    if (this.#entry !== null && this.#field !== null && this.#entry[this.#field].length < MAX_FIELD)
      this.#entry[this.#field] += text;
  }

  onclosetag(rawName: string): void {
    this.#depth -= 1;
    this.#field = null;
    const name = local(rawName);
    if ((name !== 'url' && name !== 'sitemap') || this.#entry === null) return;
    if (/^https?:\/\//i.test(this.#entry.loc.trim())) this.#entries.push(this.#entry);
    this.#entry = null;
    if (this.#entries.length >= 2 * MAX_FEED_ITEMS) this.#keepNewest();
  }

  kept(): readonly Entry[] {
    this.#keepNewest();
    return this.#entries;
  }

  #keepNewest(): void {
    if (this.#entries.length <= MAX_FEED_ITEMS) return;
    this.isCut = true;
    this.#entries = this.#entries.toSorted((a, b) => whenOf(b).localeCompare(whenOf(a))).slice(0, MAX_FEED_ITEMS);
  }

  #refuse(detail: string): never {
    this.refusal = { kind: 'refused', reason: 'hostile', detail };
    throw this.refusal;
  }
}

/** UTF-16 units of one field. */
const MAX_FIELD = 2000;

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1).toLowerCase();
}

/** For sorting: W3C dates sort as text as far as the day, which is what decides among thousands. */
function whenOf({ date, lastmod }: Entry): string {
  return (date || lastmod).trim();
}

function itemOf(entry: Entry): SourceItem {
  const language = entry.language.trim();
  return {
    guid: null,
    url: entry.loc.trim(),
    title: oneLine(entry.title),
    teaser: null,
    content: null,
    sections: entry.keywords.split(',').map(oneLine).filter(Boolean),
    lang: language === '' ? null : language,
    // `lastmod` says when a page was touched, not when it was news.
    publishedAt: readMachineDate(entry.date),
  };
}

function fromList(text: string): Sitemap | FeedRefusal {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  if (lines.length === 0)
    return { kind: 'refused', reason: 'empty', detail: 'The sitemap is empty. Check its address.' };
  if (!lines.every((line) => /^https?:\/\/\S+$/i.test(line))) {
    const detail = 'The document is no sitemap and no list of addresses, one a line.';
    return { kind: 'refused', reason: 'not-a-feed', detail };
  }
  const items = lines.slice(0, MAX_FEED_ITEMS).map(itemAt);
  return { kind: 'urlset', items, isCut: lines.length > items.length };
}
