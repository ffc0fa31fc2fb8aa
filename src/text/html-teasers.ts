/** Titles of other pages and what stands under them: what a list page is made of, and an article has beside it. */
import { type HtmlElement, type HtmlNode, TEXT } from './html-node.ts';
import { isBlock, oneLine, silent } from './html-text.ts';

export interface Teasers {
  /** Headings that are links. */
  readonly headings: number;
  /** All titles of other pages of the same site: such headings, and links that stand for themselves in a box or a list. */
  readonly titles: number;
  /** The text around each of them, a line each; empty where they are few. */
  readonly blurbs: string;
}

/** Fewer titles of other pages than this make no list, and more than the second number make it no surer. */
const FEWEST = 8;
const MOST = 300;
/** UTF-16 units: a shorter link is a name or a button, a longer one no title. */
const SHORTEST_TITLE = 20;
const LONGEST_TITLE = 300;
/** What may stand before a title, or after one in a paragraph of its own: a date, a section. */
const LONGEST_KICKER = 30;
/** Longest text around one title that is still a teaser, in UTF-16 units. */
const LONGEST_BLURB = 800;
/** A title stands no deeper in its teaser, so that endless nesting costs nothing. */
const DEEPEST = 8;

/** `url` is the address of the page, or null where it is not known: then every link counts. */
export function readTeasers(body: HtmlElement, elements: readonly HtmlElement[], url: string | null): Teasers {
  const page = url === null ? null : URL.parse(url);
  const headings = elements.filter(isHeadingTeaser);
  const taken = new Set(headings.map(linkOf));
  const links = titleLinks(body).filter((link) => !taken.has(link));
  const others: readonly HtmlElement[] = [
    ...headings.filter((heading) => leadsToOther(linkOf(heading), page)),
    ...links.filter((link) => leadsToOther(link, page)),
  ].slice(0, MOST);
  return { headings: headings.length, titles: others.length, blurbs: blurbsOf(others) };
}

/** A heading that is a link: the title of another page. */
function isHeadingTeaser(element: HtmlElement): boolean {
  if (!/^h[2-4]$/.test(element.localName)) return false;
  const text = element.textContent.trim();
  const link = linkOf(element);
  return text.length >= SHORTEST_TITLE && link !== undefined && link.textContent.trim().length >= text.length * 0.8;
}

function linkOf(heading: HtmlElement): HtmlElement | undefined {
  return (
    heading.getElementsByTagName('a')[0] ?? (heading.parentNode?.localName === 'a' ? heading.parentNode : undefined)
  );
}

/** Whether a link leads to another page of the same site: not into the page itself, nor to a shop or a source. */
function leadsToOther(link: HtmlElement | undefined, page: URL | null): boolean {
  const href = link?.getAttribute('href')?.trim() ?? '';
  if (href === '' || href.startsWith('#') || /^(?:javascript|mailto|tel|data):/i.test(href)) return false;
  if (page === null) return true;
  const target = URL.parse(href, page.href);
  return target !== null && siteOf(target) === siteOf(page) && target.pathname !== page.pathname;
}

function siteOf(url: URL): string {
  return url.hostname.replace(/^(?:www|m|amp)\./, '');
}

interface Line {
  readonly tag: string;
  length: number;
  title: HtmlElement | null;
  titleLength: number;
  /** The first character behind the title in the same line; null while the title is read. */
  after: string | null;
}

/** A link that its sentence goes on after is part of it: `The council votes today, says …`. */
const GOES_ON = /^[\p{Ll},;.!?)’”]/u;

/** Links that open a box, a list item or a cell, or that are all of a paragraph. */
function titleLinks(body: HtmlElement): HtmlElement[] {
  const found: HtmlElement[] = [];
  const close = ({ tag, length, title, titleLength, after }: Line): void => {
    if (title === null || GOES_ON.test(after ?? '')) return;
    if (!/^(?:p|h\d|blockquote)$/.test(tag) || length - titleLength <= LONGEST_KICKER) found.push(title);
  };
  const open = (tag: string): Line => ({ tag, length: 0, title: null, titleLength: 0, after: null });
  const walk = (node: HtmlNode, outer: Line): Line => {
    if (node.nodeType === TEXT) {
      const text = oneLine(node.textContent);
      if (outer.after === '') outer.after = text.charAt(0);
      outer.length += text.length;
      return outer;
    }
    if (silent.has(node.localName)) return outer;
    const block = isBlock(node);
    let line = outer;
    if (block) {
      close(outer);
      line = open(node.localName);
    } else if (node.localName === 'a' && outer.title === null && outer.length <= LONGEST_KICKER) {
      const { length } = oneLine(node.textContent);
      if (length >= SHORTEST_TITLE && length <= LONGEST_TITLE) [outer.title, outer.titleLength] = [node, length];
    }
    for (const child of node.childNodes) line = walk(child, line);
    if (line.title === node) line.after = '';
    if (!block) return line;
    close(line);
    return open(node.parentNode?.localName ?? '');
  };
  close(walk(body, open('body')));
  return found;
}

/** The text around each title of another page, as far as no second title stands in it. */
function blurbsOf(teasers: readonly HtmlElement[]): string {
  if (teasers.length < FEWEST) return '';
  const titlesIn = new Map<HtmlElement, number>();
  for (const teaser of teasers)
    for (const parent of above(teaser)) titlesIn.set(parent, (titlesIn.get(parent) ?? 0) + 1);
  return teasers.map((teaser) => blurbOf(teaser, (parent) => titlesIn.get(parent) === 1)).join('\n');
}

function blurbOf(teaser: HtmlElement, isAlone: (parent: HtmlElement) => boolean): string {
  let found = '';
  for (const parent of above(teaser)) {
    if (!isAlone(parent)) break;
    found = oneLine(visibleText(parent));
    // A running text with one such title in it is no teaser.
    if (found.length > LONGEST_BLURB) return '';
  }
  return found;
}

function* above(element: HtmlElement): Generator<HtmlElement> {
  let parent = element.parentNode;
  for (let depth = 0; depth < DEEPEST && parent !== null && parent.localName !== 'body'; depth += 1) {
    yield parent;
    parent = parent.parentNode;
  }
}

/** The words of an element without scripts and styles, cut off far past what anybody judges by. */
export function visibleText(element: HtmlElement): string {
  let text = '';
  for (const node of element.childNodes) {
    if (node.nodeType === TEXT) text += node.textContent;
    else if (node.localName !== 'script' && node.localName !== 'style' && node.localName !== 'noscript')
      text += ` ${visibleText(node)}`;
    if (text.length > 40_000) break;
  }
  return text;
}
