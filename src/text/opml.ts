/** OPML 2.0, the format in which feed readers hand over their lists. http://opml.org/spec2.opml */
import type { FeedRefusal } from './feed.ts';
import { escapeXml } from './feed-text.ts';
import { children, descendant, readXml, type XmlElement } from './feed-xml.ts';

export interface Outline {
  readonly url: string;
  readonly title: string;
  /** Names of the folders around it, from outside in. */
  readonly folders: readonly string[];
}

/** Most feeds of one list, and most UTF-16 units. */
export const MAX_OUTLINES = 1000;
const MAX_OPML_LENGTH = 2 * 1024 * 1024;

/** Every feed of a list, each address once. Never throws. */
export function parseOpml(text: string): Outline[] | FeedRefusal {
  if (text.length > MAX_OPML_LENGTH) {
    const detail = `The OPML has ${text.length} characters; at most ${MAX_OPML_LENGTH} are read.`;
    return { kind: 'refused', reason: 'too-large', detail };
  }
  const tree = readXml(text.trim());
  if ('kind' in tree) return tree;
  const body = descendant(tree, 'body');
  if (descendant(tree, 'opml') === null || body === null) {
    return {
      kind: 'refused',
      reason: 'not-a-feed',
      detail: 'The document is not OPML: it has no opml and body element.',
    };
  }
  const found = new Map<string, Outline>();
  gather(body, [], found);
  if (found.size > MAX_OUTLINES) {
    const detail = `The OPML names ${found.size} feeds; at most ${MAX_OUTLINES} are taken at once. Split it.`;
    return { kind: 'refused', reason: 'too-large', detail };
  }
  return [...found.values()];
}

function gather(element: XmlElement, folders: readonly string[], found: Map<string, Outline>): void {
  for (const outline of children(element, 'outline')) {
    const { xmlurl, title, text } = outline.attributes;
    const name = (title ?? text ?? '').trim();
    const url = xmlurl?.trim() ?? '';
    if (url !== '' && !found.has(url)) found.set(url, { url, title: name, folders });
    gather(outline, url === '' && name !== '' ? [...folders, name] : folders, found);
  }
}

/** An OPML document of feeds. */
export function writeOpml(title: string, outlines: readonly Pick<Outline, 'url' | 'title'>[]): string {
  const lines = outlines.map(
    (one) =>
      `    <outline type="rss" text="${attribute(one.title)}" title="${attribute(one.title)}" xmlUrl="${attribute(one.url)}"/>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
  <head>
    <title>${attribute(title)}</title>
  </head>
  <body>
${lines.join('\n')}
  </body>
</opml>
`;
}

/** XML 1.0 has no way to write control characters. https://www.w3.org/TR/xml/#charsets */
function attribute(text: string): string {
  return escapeXml(text.replace(/\p{Cc}/gu, ' '));
}
