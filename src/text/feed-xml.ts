import { Parser } from 'htmlparser2';
import { MAX_PIECES, MAX_TEXT_LENGTH, MAX_XML_DEPTH } from './feed-limits.ts';

/**
 * An element of a feed. Names are canonical: whatever prefix the feed chose, Dublin Core is `dc:`; the elements of RSS, RDF’s items and Atom, which never mean
 * different things by one name, have none. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (XmlElement | string)[];
  readonly parent: XmlElement | null;
}

export type XmlRefusal = { readonly kind: 'refused'; readonly reason: 'hostile'; readonly detail: string };

export interface XmlDocument extends XmlElement {
  /** Reading stopped inside an item: the last one is not whole. */
  readonly isCut: boolean;
}

/** Namespaces by the prefix this code uses. Old and misspelt addresses of the same vocabulary are folded together. */
const prefixes: Readonly<Record<string, string>> = {
  'http://www.w3.org/2005/atom': '',
  'http://purl.org/atom/ns': '',
  'http://example.com/newformat': '',
  'http://example.com/necho': '',
  'http://purl.org/echo': '',
  'uri/of/echo/namespace': '',
  'http://purl.org/pie': '',
  'http://purl.org/rss/1.0': '',
  'http://my.netscape.com/rdf/simple/0.9': '',
  'http://channel.netscape.com/rdf/simple/0.9': '',
  'http://backend.userland.com/rss': '',
  'http://blogs.law.harvard.edu/tech/rss': '',
  'http://backend.userland.com/rss2': '',
  'http://purl.org/net/rss1.1': '',
  'http://www.w3.org/1999/02/22-rdf-syntax-ns': 'rdf',
  'http://purl.org/dc/elements/1.1': 'dc',
  'http://purl.org/dc/elements/1.0': 'dc',
  'http://purl.org/dc/terms': 'dcterms',
  'http://purl.org/rss/1.0/modules/content': 'content',
  'http://www.itunes.com/dtds/podcast-1.0.dtd': 'itunes',
  'http://example.com/dtds/podcast-1.0.dtd': 'itunes',
  'http://search.yahoo.com/mrss': 'media',
  'http://www.w3.org/1999/xhtml': 'xhtml',
  'http://www.w3.org/xml/1998/namespace': 'xml',
  'http://rssnamespace.org/feedburner/ext/1.0': 'feedburner',
};

/**
 * Reads XML the way feed readers must: unclosed tags, stray `&` and undeclared prefixes are forgiven. Nothing that a
 * DTD declares is ever read or expanded. A feed that declares entities of its own, nests endlessly or never ends is
 * refused; a DOCTYPE that only names the RSS 0.91 or XHTML DTD is harmless and common, so it is skipped.
 * @param most items or entries after which reading stops, so that a feed of any length costs no more than its beginning.
 */
export function readXml(xml: string, most = Number.POSITIVE_INFINITY): XmlDocument | XmlRefusal {
  const reader = new TreeBuilder(most);
  const parser = new Parser(reader, { xmlMode: true, decodeEntities: true });
  try {
    parser.write(xml);
    parser.end();
  } catch (reason) {
    // Stopped at once: the tokenizer searches its list of open tags from end to end, so a deep feed would take minutes.
    if (reason !== reader.refusal && reason !== ENOUGH) throw reason;
  }
  return reader.refusal ?? { ...reader.root, isCut: reader.isCut };
}

function hostile(detail: string): XmlRefusal {
  return { kind: 'refused', reason: 'hostile', detail };
}

interface OpenElement extends XmlElement {
  readonly children: (XmlElement | string)[];
  readonly parent: OpenElement | null;
  readonly scope: ReadonlyMap<string, string>;
}

/** Thrown through the tokenizer once enough was read. */
const ENOUGH = new Error('enough');

class TreeBuilder {
  readonly root: OpenElement = { name: '#document', attributes: {}, children: [], parent: null, scope: new Map() };
  refusal: XmlRefusal | null = null;
  isCut = false;
  #at: OpenElement = this.root;
  #depth = 0;
  #pieces = 0;
  #items = 0;
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  onopentag(rawName: string, attributes: Record<string, string>): void {
    this.#depth += 1;
    if (this.#depth > MAX_XML_DEPTH) this.#refuse(`The feed nests deeper than ${MAX_XML_DEPTH} elements.`);
    const scope = declared(this.#at.scope, attributes);
    const name = canonical(rawName, scope);
    const element: OpenElement = { name, attributes: named(attributes), children: [], parent: this.#at, scope };
    this.#at.children.push(element);
    this.#at = element;
    this.#count();
  }

  /** Told before the tag is whole, so that a tag of a million attributes ends here. */
  onattribute(): void {
    this.#count();
  }

  onprocessinginstruction(name: string, data: string): void {
    if (!/^!(?:doctype|entity)/i.test(name) || !/!entity/i.test(data)) return;
    // The W3C's character entities, which old RDF feeds pull in: named only, never fetched.
    if (/!entity\s+%\s+\S+\s+public\s+["']-\/\/W3C\/\/ENTITIES/i.test(data)) return;
    this.#refuse('The feed declares entities of its own, which feeds never need. It is not read.');
  }

  onclosetag(): void {
    this.#depth -= 1;
    const { name } = this.#at;
    if (this.#at.parent) this.#at = this.#at.parent;
    if ((name === 'item' || name === 'entry') && ++this.#items >= this.#most) throw ENOUGH;
  }

  ontext(text: string): void {
    const { children } = this.#at;
    const last = children.at(-1);
    if (typeof last !== 'string') children.push(text);
    else if (last.length < MAX_TEXT_LENGTH) children[children.length - 1] = last + text;
  }

  /** What was read of a feed before it grew too large is of use; a document without a whole item is none. */
  #count(): void {
    this.#pieces += 1;
    if (this.#pieces <= MAX_PIECES) return;
    if (this.#items === 0)
      this.#refuse(`The feed has more than ${MAX_PIECES} elements and attributes before the end of its first item.`);
    this.isCut = true;
    throw ENOUGH;
  }

  /** Thrown through the tokenizer to stop it; `readXml` catches it. */
  #refuse(detail: string): never {
    this.refusal = hostile(detail);
    throw this.refusal;
  }
}

function declared(scope: ReadonlyMap<string, string>, attributes: Record<string, string>): ReadonlyMap<string, string> {
  let own: Map<string, string> | null = null;
  for (const key in attributes) {
    if (key !== 'xmlns' && !key.startsWith('xmlns:')) continue;
    own ??= new Map(scope);
    const uri = (attributes[key] ?? '')
      .trim()
      .toLowerCase()
      .replace(/[#/]+$/, '');
    own.set(key.slice(6).toLowerCase(), prefixes[uri] ?? key.slice(6).toLowerCase());
  }
  return own ?? scope;
}

function canonical(rawName: string, scope: ReadonlyMap<string, string>): string {
  const name = rawName.toLowerCase();
  const colon = name.indexOf(':');
  const prefix = colon < 0 ? '' : name.slice(0, colon);
  const known = scope.get(prefix) ?? prefix;
  return known === '' ? name.slice(colon + 1) : `${known}:${name.slice(colon + 1)}`;
}

function named(attributes: Record<string, string>): Record<string, string> {
  const lower: Record<string, string> = {};
  for (const key in attributes) lower[key.toLowerCase()] ??= attributes[key] ?? '';
  return lower;
}

/** First child with one of the names; the order of the names decides, then the order in the feed. Empty ones count last. */
export function child(element: XmlElement, ...names: string[]): XmlElement | null {
  let empty: XmlElement | null = null;
  for (const name of names) {
    for (const node of children(element, name)) {
      if (node.children.length > 0 || Object.keys(node.attributes).length > 0) return node;
      empty ??= node;
    }
  }
  return empty;
}

export function children(element: XmlElement, ...names: string[]): XmlElement[] {
  return element.children.filter((node): node is XmlElement => typeof node !== 'string' && names.includes(node.name));
}

/** The first element with one of the names, at any depth. */
export function descendant(element: XmlElement, ...names: string[]): XmlElement | null {
  for (const node of element.children) {
    if (typeof node === 'string') continue;
    if (names.includes(node.name)) return node;
    const inner = descendant(node, ...names);
    if (inner) return inner;
  }
  return null;
}

/** All text of an element, trimmed. */
export function textOf(element: XmlElement | null): string {
  const gather = (node: XmlElement): string =>
    node.children.map((part) => (typeof part === 'string' ? part : gather(part))).join('');
  return element ? gather(element).trim() : '';
}

/** The nearest value of an inherited attribute: `xml:base`, `xml:lang`. */
export function inherited(element: XmlElement, attribute: string): string | null {
  for (let at: XmlElement | null = element; at; at = at.parent) {
    const value = at.attributes[attribute];
    if (value !== undefined) return value;
  }
  return null;
}
