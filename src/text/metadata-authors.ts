import { cleanAuthors } from './author-names.ts';
import { ELEMENT, type HtmlElement } from './html-node.ts';
import { oneLine } from './html-text.ts';
import { isObject, isOfType, names, type JsonObject } from './metadata-jsonld.ts';
import { holdersOf, letters } from './metadata-headline.ts';
import type { PageFacts } from './metadata-page.ts';

/**
 * The people who sign the article, in the page's order. A person named in JSON-LD, meta tags or the printed byline wins
 * over the desk, the agency or the site; those are given only where nobody signs.
 */
export function findAuthors(facts: PageFacts, siteName: string | null, headline: HtmlElement | null): string[] {
  const desk: string[] = [];
  for (const source of [fromJsonLd, fromMeta, fromPage]) {
    for (const candidate of source(facts, headline)) {
      const people = cleanAuthors(candidate);
      const signed = people.filter((name) => !isDesk(name, siteName, facts.url));
      // “example.org, Springfield, Utopia” is the publisher’s address, not two people beside a desk.
      const isAddress = /\.(?:com|org|net|[a-z]{2}),/i.test(candidate[0] ?? '');
      if (signed.length > 0 && !isAddress) return signed;
      desk.push(...people);
    }
  }
  return desk.slice(0, 1);
}

type Source = (facts: PageFacts, headline: HtmlElement | null) => Iterable<readonly string[]>;

const fromJsonLd: Source = function* ({ articleNode, nodes }) {
  for (const key of ['author', 'creator']) {
    const value = articleNode?.[key];
    if (value === undefined) continue;
    const people = [value]
      .flat()
      .filter((item) => !isObject(item) || !isOfType(resolve(item, nodes), /organization|corporation/i));
    yield names(people, nodes);
    yield names(value, nodes);
  }
};

function resolve(node: JsonObject, nodes: readonly JsonObject[]): JsonObject {
  return nodes.find((other) => other['@id'] !== undefined && other['@id'] === node['@id'] && other['@type']) ?? node;
}

const metaNames = [
  'author',
  'article:author',
  'article:author_name',
  'parsely-author',
  'sailthru.author',
  'cxenseparse:author',
  'shareaholic:article_author_name',
  'og:article:author',
  'og:author',
  'twitter:author',
  'byl',
  'byline',
  'cse_author',
  'dc.creator',
  'dcterms.creator',
  'dc.creator.personalname',
  'citation_author',
  'rbauthors',
  'authors',
];

const fromMeta: Source = function* (facts) {
  for (const name of metaNames) {
    const contents = [...new Set(facts.meta(name))];
    if (contents.length > 0) yield contents;
  }
  for (const place of ['1', '2', '3']) {
    const isWriter = facts.meta(`twitter:label${place}`).some((label) => writtenBy.test(label.trim()));
    if (isWriter) yield facts.meta(`twitter:data${place}`);
  }
};

/** What the label of a link preview is called where the value beside it is the author; common content systems write it. */
const writtenBy =
  /^(?:written by|author|verfasst von|geschrieben von|autor|écrit par|auteur|escrito por|scritto da|autore|geschreven door|napisane przez|автор|написано|yazan)\b/iu;

const otherPlaces =
  /comment|related|recommend|sidebar|teaser|promo|latest|popular|trending|widget|footer|breadcrumb|copyright|caption|photo|quote|search/i;

/** Strongest first: marked up as the author, then named so in the class, then worded as a byline. */
const fromPage: Source = function* (facts, headline) {
  const { elements } = facts;
  const holders = holdersOf(headline);
  const marked: HtmlElement[] = [];
  const named: HtmlElement[] = [];
  const cards: HtmlElement[] = [];
  for (const element of elements) {
    if (element.localName === 'meta' || element.localName === 'script' || element.localName === 'body') continue;
    const text = element.textContent;
    if (text.length > 400 || text.trim() === '') continue;
    const rel = element.getAttribute('rel') ?? '';
    const itemprop = element.getAttribute('itemprop') ?? '';
    const names = `${element.className} ${element.id}`;
    if (/(?:^|\s)author(?:\s|$)/.test(rel) || /(?:^|\s)author(?:\s|$)/.test(itemprop)) marked.push(element);
    else if (
      /(?:^|[-_\s])(?:author|autor|byline|auteur|autore|verfasser|writer)(?:s|en)?(?:[-_]?(?:name|names|link|title))?(?:$|[-_\s])|authorname|bylinename/i.test(
        names,
      )
    ) {
      named.push(element);
    } else if (/(?:^|\s)(?:vcard|fn)(?:\s|$)/.test(names)) cards.push(element);
    else if (element.localName === 'byline' || element.localName === 'address') cards.push(element);
  }
  const within = (group: readonly HtmlElement[], isWanted: (element: HtmlElement) => boolean): string[][] => {
    const here = group.filter(isWanted);
    const near = headline ? nearest(here, headline, elements) : here;
    return near.map(innerNames).filter((own) => own.length > 0);
  };
  for (const group of [marked, named, cards]) yield* within(group, (element) => !isElsewhere(element, holders));
  yield* wordedBylines(facts, headline);
  // A column beside the story may name its author too, but never comments or teasers.
  for (const group of [marked, named]) yield* within(group, (element) => !isOthers(element, holders));
};

/** Inside a byline the links or the marked names are the people; else its whole text. */
function innerNames(element: HtmlElement): string[] {
  const marked = element
    .getElementsByTagName('*')
    .filter((inner) =>
      /(?:^|\s)(?:fn|name)(?:\s|$)|(?:author|person|byline)[-_]*name/i.test(
        `${inner.className} ${inner.getAttribute('itemprop') ?? ''}`,
      ),
    );
  const inner =
    marked.length > 0 ? marked : element.getElementsByTagName('a').filter((link) => !/^\s*$/.test(link.textContent));
  const texts = [...new Set(inner.map((part) => oneLine(part.textContent)))].filter(
    (text) => cleanAuthors([text]).length > 0,
  );
  return texts.length > 0 && texts.length <= 6 ? texts : [oneLine(spaced(element))];
}

/** Text with a separator between the parts, so that a name does not run into the date beside it. */
function spaced(element: HtmlElement): string {
  return element.childNodes
    .map((node) => (node.nodeType === ELEMENT && node.children.length > 0 ? spaced(node) : node.textContent.trim()))
    .filter((text) => text !== '')
    .join(element.children.length > 0 ? ' | ' : ' ');
}

function isElsewhere(element: HtmlElement, holders: ReadonlySet<HtmlElement>): boolean {
  for (let at: HtmlElement | null = element; at && at.localName !== 'body' && !holders.has(at); at = at.parentNode) {
    if (at.localName === 'footer' && at.parentNode && holders.has(at.parentNode) && at.parentNode.localName === 'body')
      return true;
    if (at.localName === 'nav' || at.localName === 'aside') return true;
    if (otherPlaces.test(`${at.className} ${at.id}`)) return true;
    if (at.localName === 'article') return false;
  }
  return false;
}

/** Whether an element belongs to another text: to a comment, a teaser, a list of stories. */
function isOthers(element: HtmlElement, holders: ReadonlySet<HtmlElement>): boolean {
  for (let at: HtmlElement | null = element; at && at.localName !== 'body' && !holders.has(at); at = at.parentNode) {
    if (
      at.localName === 'nav' ||
      /comment|related|recommend|teaser|promo|latest|popular|trending|card|list/i.test(`${at.className} ${at.id}`)
    )
      return true;
  }
  return false;
}

function nearest(
  group: readonly HtmlElement[],
  headline: HtmlElement,
  elements: readonly HtmlElement[],
): HtmlElement[] {
  if (group.length < 2) return [...group];
  const places = new Map(elements.map((element, at) => [element, at]));
  const start = places.get(headline) ?? 0;
  const distance = (element: HtmlElement): number => {
    const steps = (places.get(element) ?? 0) - start;
    return steps >= 0 ? steps : -steps * 2 + 50;
  };
  return group.toSorted((a, b) => distance(a) - distance(b)).slice(0, 5);
}

const bylineWords =
  /^(?:by|von|par|por|di|door|da|text|autor(?:in|en)?|author|interview|written by|eine (?:kolumne|analyse|reportage) von|av|af|от|автор|yazan)[:\s]\s*(\p{Lu}.{2,80})$/iu;

/** The same where letters have no case: only with a colon, because the words are verbs too. */
const uncasedByline =
  /^(?:كتبت?|بقلم|نویسنده|מאת|लेखक|文|撰文|作者|記者|记者|文責|글|기자)\s?[:：]\s*(\p{Lo}[\p{L}\p{M}\s.-]{1,40})$/u;

/** `Autor:` in an element of its own, before the name. */
const bylineLabel = /^(?:autor(?:in|en)?|author|written by|by|von|verfasser(?:in)?|auteur|autore|por|par|автор)\s?:$/iu;

/** The text that follows an element within its parent, up to the next element that has some. */
function textAfter(element: HtmlElement): string {
  const siblings = element.parentNode?.childNodes ?? [];
  for (const node of siblings.slice(siblings.indexOf(element) + 1)) {
    const text = oneLine(node.textContent);
    if (text !== '') return text.length > 80 ? '' : text;
  }
  return '';
}

/** “By Ada Lindqvist” as a line of its own within the first elements after the headline, or just before it. */
function* wordedBylines({ elements }: PageFacts, headline: HtmlElement | null): Iterable<readonly string[]> {
  const start = headline ? elements.indexOf(headline) : 0;
  for (const element of elements.slice(Math.max(0, start - 20), start + 150)) {
    const whole = element.textContent;
    if (whole.length > 140) continue;
    if (whole.length < 20 && bylineLabel.test(whole.trim())) yield [textAfter(element)];
    const text = oneLine(spaced(element));
    const name = text.length > 100 ? undefined : (bylineWords.exec(text) ?? uncasedByline.exec(text))?.[1];
    if (name !== undefined) yield [name];
  }
}

const agencies =
  /^(?:(?:the )?associated press|ap|reuters|afp|agence france[- ]presse|dpa|apa|sda|epa|efe|ansa|ntb|tt|belga|anp|pap|ria novosti|tass|interfax|xinhua|kyodo|pti|ani|bloomberg|upi|press association|pa media|news agencies|agencies|staff|staff (?:reporter|writer)|admin(?:istrator)?|redaktion|redaktionsteam|editor(?:s|ial team|ial staff)?|newsroom|news desk|web ?desk|redacci[oó]n|reda[cç][aã]o|la r[ée]daction|r[ée]daction|redazione|redactie|redakcja|редакция|guest|gast|gastbeitrag|gastautor(?:in)?|webmaster)$/i;

/** `SP-X`, `LN`: an agency or a desk that signs by its letters. */
const abbreviation = /^[\p{Lu}-]{2,5}$/u;

function isDesk(name: string, siteName: string | null, url: string | null): boolean {
  if (agencies.test(name) || abbreviation.test(name)) return true;
  const key = letters(name.replace(/^the\s/i, ''));
  const site = letters(siteName ?? '');
  if (site !== '' && (key === site || (key.includes(site) && site.length > 3))) return true;
  const host = letters(/^https?:\/\/(?:www\.)?([^/:?#]+)/i.exec(url ?? '')?.[1] ?? '');
  return key.length > 3 && (host.startsWith(key) || key === host);
}
