import { dateOf, type FeedItem, linkOf, readItem, relation } from './feed-item.ts';
import { notAFeed } from './feed-instead.ts';
import { readJsonFeed } from './feed-json.ts';
import { MAX_FEED_ITEMS, MAX_FEED_LENGTH } from './feed-limits.ts';
import { markupOf, plainOf, wordsOf } from './feed-text.ts';
import { child, children, descendant, inherited, readXml, textOf, type XmlElement } from './feed-xml.ts';

export interface Feed {
  readonly kind: 'feed';
  readonly format: 'rss' | 'rdf' | 'atom' | 'json';
  readonly title: string;
  /** The site the feed belongs to. */
  readonly link: string | null;
  readonly description: string | null;
  /** BCP 47 tag as the feed gives it. */
  readonly lang: string | null;
  /** RFC 3339 instant, or `YYYY-MM-DD`. */
  readonly updatedAt: string | null;
  /** Where the feed offers to tell when it changes (WebSub), and the address it calls itself. */
  readonly hub: string | null;
  readonly self: string | null;
  /** In the feed's order: the newest first, as a rule. */
  readonly items: readonly FeedItem[];
  /** There is more than was read. */
  readonly isCut: boolean;
}

export interface FeedRefusal {
  readonly kind: 'refused';
  readonly reason: 'empty' | 'hostile' | 'too-large' | 'not-a-feed';
  /** One sentence: what was found and what to do. */
  readonly detail: string;
}

/** Before they are made: 550,000 objects of `{"id":1}` took 60 MB. Braces inside a text count; real feeds have few. */
const MAX_JSON_LISTS = 60_000;

/**
 * RSS 0.9–2.0, RDF, Atom 0.3 and 1.0, JSON Feed 1.x, read leniently. `headers` are the response's, names in lower case:
 * `content-location` is a base for relative links and `content-language` a language of last resort. Never throws.
 * @param isCut the document is only the beginning of one: its last item is not whole.
 */
export function parseFeed(
  xml: string,
  headers: Readonly<Record<string, string>> = {},
  isCut = false,
): Feed | FeedRefusal {
  if (xml.length > MAX_FEED_LENGTH) {
    return refuse('too-large', `The feed has ${xml.length} characters; at most ${MAX_FEED_LENGTH} are read.`);
  }
  // Zero characters are UTF-16 that somebody decoded as something narrower.
  const text = xml.replaceAll('\0', '').replace(/^[\ufeff\ufffd\s]+/, '');
  if (text === '') return refuse('empty', 'The feed is empty. Check its address.');
  if (text.startsWith('{')) {
    if (isCut)
      return refuse('too-large', `The feed has more than ${MAX_FEED_LENGTH} bytes of JSON, the most that is read.`);
    if ((text.match(/[{[]/g)?.length ?? 0) > MAX_JSON_LISTS)
      return refuse('hostile', `The feed has more than ${MAX_JSON_LISTS} JSON objects and lists. It is not read.`);
    return readJsonFeed(text, MAX_FEED_ITEMS) ?? refuse('not-a-feed', notAFeed(text, headers));
  }
  // Most of what is no feed is a web page, and 5 MB of one take 100 MB as a tree.
  if (!/<(?:[^\s<>/:]{1,100}:)?(?:rss|rdf|feed|channel)[\s/>]/i.test(text))
    return refuse('not-a-feed', notAFeed(text, headers));
  const tree = readXml(text, MAX_FEED_ITEMS + 1);
  if ('kind' in tree) return tree;
  const root = descendant(tree, 'rss', 'rdf:rdf', 'feed', 'channel');
  if (!root) return refuse('not-a-feed', notAFeed(text, headers));
  return readFeed(root, headers, isCut || tree.isCut);
}

function readFeed(root: XmlElement, headers: Readonly<Record<string, string>>, isCut: boolean): Feed {
  const channel = child(root, 'channel') ?? root;
  const location = headers['content-location'] ?? '';
  const base = URL.canParse(location) ? location : null;
  // RDF keeps its items beside the channel, RSS inside; some feeds do both or open a second channel.
  const found = [root, ...children(root, 'channel')].flatMap((holder) => children(holder, 'item', 'entry'));
  const items = isCut && found.length <= MAX_FEED_ITEMS ? found.slice(0, -1) : found.slice(0, MAX_FEED_ITEMS);
  const about = child(
    channel,
    'description',
    'subtitle',
    'tagline',
    'itunes:summary',
    'itunes:subtitle',
    'dc:description',
  );
  return {
    kind: 'feed',
    format: root.name === 'feed' ? 'atom' : root.name === 'rdf:rdf' ? 'rdf' : 'rss',
    title: wordsOf(child(channel, 'title', 'dc:title', 'itunes:title')),
    link: linkOf(channel, base),
    description: plainOf(markupOf(about)) || null,
    lang: languageOf(channel, headers),
    updatedAt: dateOf(
      channel,
      'lastbuilddate',
      'updated',
      'modified',
      'dcterms:modified',
      'pubdate',
      'dc:date',
      'published',
    ),
    hub: relation(channel, base, 'hub'),
    self: relation(channel, base, 'self'),
    items: items.map((item) => readItem(item, base)),
    isCut: isCut || found.length > items.length,
  };
}

function languageOf(channel: XmlElement, headers: Readonly<Record<string, string>>): string | null {
  const given =
    textOf(child(channel, 'language', 'dc:language')) || inherited(channel, 'xml:lang') || headers['content-language'];
  return given?.split(',')[0]?.trim().replaceAll('_', '-') || null;
}

function refuse(reason: FeedRefusal['reason'], detail: string): FeedRefusal {
  return { kind: 'refused', reason, detail };
}
