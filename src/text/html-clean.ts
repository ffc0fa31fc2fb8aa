/** Takes off a page what is never part of an article, before Readability looks for the article. */
import type { HtmlDocument } from './html-document.ts';
import { ELEMENT, TEXT, type HtmlElement } from './html-node.ts';
import { removeRecords } from './html-records.ts';
import { textWeight } from './html-text.ts';

/**
 * Removes navigation, captions, share bars, sign-up boxes and the like in place. Nothing that holds a good part of the
 * page's prose is removed, whatever its name: publishers reuse class names. Lists of records go whatever they weigh.
 */
export function clearPage(document: HtmlDocument): Cleared {
  const records = removeRecords(document.body);
  const prose = new Map<HtmlElement, number>();
  const total = measureProse(document.body, prose);
  return { prose: total - clear(document.body, prose, total * 0.25), records };
}

export interface Cleared {
  /** Weight of the running text that is left. */
  readonly prose: number;
  /** Weight of the records that were removed. */
  readonly records: number;
}

/** The smallest element that holds three quarters of the page's running text. */
export function proseHolder(document: HtmlDocument): HtmlElement {
  const prose = new Map<HtmlElement, number>();
  const total = measureProse(document.body, prose);
  let holder = document.body;
  for (;;) {
    const inner = holder.children.find((child) => (prose.get(child) ?? 0) >= total * 0.75);
    if (!inner) return holder;
    holder = inner;
  }
}

/** Gives the weight of the running text that was removed. */
function clear(element: HtmlElement, prose: ReadonlyMap<HtmlElement, number>, ceiling: number): number {
  let removed = 0;
  for (const child of element.childNodes.slice()) {
    if (child.nodeType !== ELEMENT) continue;
    const weight = prose.get(child) ?? 0;
    if (weight <= ceiling && isBeside(child)) {
      child.remove();
      removed += weight;
    } else removed += clear(child, prose, ceiling);
  }
  return removed;
}

/** Units of running text: text nodes long enough to be sentences, outside links. */
function measureProse(element: HtmlElement, prose: Map<HtmlElement, number>): number {
  let units = 0;
  for (const child of element.childNodes) {
    if (child.nodeType === TEXT) {
      const length = textWeight(child.textContent);
      if (length >= 60) units += length;
    } else if (!wordless.has(child.localName)) units += measureProse(child, prose);
  }
  prose.set(element, units);
  return units;
}

const wordless: ReadonlySet<string> = new Set('a button noscript option script select style svg template'.split(' '));

const besideTags: ReadonlySet<string> = new Set(
  'aside button dialog footer form iframe nav noscript object script style svg template'.split(' '),
);

const besideRoles: ReadonlySet<string> = new Set(
  'alert alertdialog banner complementary contentinfo dialog menu menubar navigation search toolbar'.split(' '),
);

/** Words of class names and ids, as found on news sites of every kind: what is beside the article. */
const besideWords: ReadonlySet<string> = new Set(
  (
    'ad ads adslot advert advertisement advertising advertorial addthis byline breadcrumb breadcrumbs caption captions ' +
    'comments cookie cookies copyright credit credits dateline disqus footer footnav gdpr hidden latest mostpopular mostread ' +
    'nav navbar navigation newsletter newsletters nocontent outbrain pagination popup promo promos promoted promotion ' +
    'recirc recirculation recommend recommendation recommendations recommended related relatedcontent relatedlinks ' +
    'share sharebar sharing shares sidebar signup social sponsor sponsored subscribe subscription taboola ' +
    'tagcloud taglist tags timestamp toolbar trending'
  ).split(' '),
);

/** Words that also name parts of the article (“teaser” is the standfirst on many sites): they need links to count. */
const linkedWords: ReadonlySet<string> = new Set('box card list module panel teaser teasers widget widgets'.split(' '));

const besidePhrases =
  /(?:^|[-_\s])(?:about-the-author|article-(?:date|meta|tags|author|info|footer|tools)|author-(?:bio|box|card|info)|bio-box|entry-(?:meta|footer|utility)|has-newsletter|more-(?:from|on|stories|news)|post-(?:meta|tags|author|info|date|footer)|pub(?:lish(?:ed)?)?-?(?:date|time)|read-(?:more|next|also)|screen-reader-text|see-also|skip-link|sr-only|visually-hidden|wp-caption-text|you-may-(?:also-)?like)(?:$|[-_\s])/i;

function isBeside(element: HtmlElement): boolean {
  if (element.localName === 'figcaption') return element.getElementsByTagName('p').length < 2;
  if (besideTags.has(element.localName)) return true;
  if (element.attributes.length === 0) return false;
  if (element.hasAttribute('hidden') || element.style.display === 'none') return true;
  const role = element.getAttribute('role');
  if (role && besideRoles.has(role.toLowerCase())) return true;
  const names = `${element.className} ${element.id}`;
  if (names === ' ') return false;
  if (besidePhrases.test(names)) return true;
  const words = namesOf(names);
  if (words.some((word) => besideWords.has(word))) return true;
  return words.some((word) => linkedWords.has(word)) && isMostlyLinks(element);
}

function isMostlyLinks(element: HtmlElement): boolean {
  const length = element.textContent.trim().length;
  let linked = 0;
  for (const link of element.getElementsByTagName('a')) linked += link.textContent.trim().length;
  return linked > length * 0.4;
}

/** `articleShareBar news-letter` → article, share, bar, news, letter. */
function namesOf(names: string): string[] {
  return names
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/);
}
