/** OPML 2.0, the format in which feed readers hand over their lists. http://opml.org/spec2.opml */
import type { FeedRefusal } from './feed.ts';
import { MAX_OPML_LENGTH, MAX_OUTLINES } from './feed-limits.ts';
import { children, descendant, readXml, type XmlElement } from './feed-xml.ts';

export interface Outline {
  readonly url: string;
  readonly title: string;
  /** Names of the folders around it, from outside in. */
  readonly folders: readonly string[];
}

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
