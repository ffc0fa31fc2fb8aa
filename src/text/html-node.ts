import type { HtmlDocument } from './html-document.ts';
import { serialize } from './html-serialize.ts';

/** A small DOM: just what Readability and our own filters touch, with plain arrays and cached text, and nothing live. */

export const ELEMENT = 1;
export const TEXT = 3;

export type HtmlNode = HtmlElement | HtmlText;

export class HtmlAttribute {
  readonly name: string;
  value: string;

  constructor(name: string, value: string) {
    this.name = name;
    this.value = value;
  }

  cloneNode(): HtmlAttribute {
    return new HtmlAttribute(this.name, this.value);
  }
}

/** What elements and texts have in common. The names are the DOM's, because Readability calls them. */
abstract class Linked {
  abstract readonly nodeType: number;
  parentNode: HtmlElement | null = null;
  nextSibling: HtmlNode | null = null;
  previousSibling: HtmlNode | null = null;
  readonly ELEMENT_NODE = ELEMENT;
  readonly TEXT_NODE = TEXT;

  get parentElement(): HtmlElement | null {
    return this.parentNode;
  }

  get nextElementSibling(): HtmlElement | null {
    let node = this.nextSibling;
    while (node && node.nodeType !== ELEMENT) node = node.nextSibling;
    return node as HtmlElement | null;
  }

  get previousElementSibling(): HtmlElement | null {
    let node = this.previousSibling;
    while (node && node.nodeType !== ELEMENT) node = node.previousSibling;
    return node as HtmlElement | null;
  }

  remove(): void {
    this.parentNode?.removeChild(this as unknown as HtmlNode);
  }
}

export class HtmlText extends Linked {
  readonly nodeType = TEXT;
  readonly nodeName = '#text';
  readonly childNodes: readonly HtmlNode[] = [];
  textContent: string;

  constructor(text: string) {
    super();
    this.textContent = text;
  }
}

const noStyle = Object.freeze({ display: '', visibility: '' });

export class HtmlElement extends Linked {
  readonly nodeType = ELEMENT;
  readonly localName: string;
  readonly tagName: string;
  readonly attributes: HtmlAttribute[] = [];
  readonly childNodes: HtmlNode[] = [];
  ownerDocument: HtmlDocument;
  #text: string | null = null;

  constructor(localName: string, ownerDocument: HtmlDocument) {
    super();
    this.localName = localName;
    this.tagName = localName.toUpperCase();
    this.ownerDocument = ownerDocument;
  }

  get nodeName(): string {
    return this.tagName;
  }

  get firstChild(): HtmlNode | null {
    return this.childNodes[0] ?? null;
  }

  get lastChild(): HtmlNode | null {
    return this.childNodes.at(-1) ?? null;
  }

  get children(): HtmlElement[] {
    return this.childNodes.filter((node) => node.nodeType === ELEMENT);
  }

  get firstElementChild(): HtmlElement | null {
    return (this.childNodes.find((node) => node.nodeType === ELEMENT) as HtmlElement | undefined) ?? null;
  }

  get id(): string {
    return this.getAttribute('id') ?? '';
  }

  get className(): string {
    return this.getAttribute('class') ?? '';
  }

  set className(value: string) {
    this.setAttribute('class', value);
  }

  get src(): string {
    return this.getAttribute('src') ?? '';
  }

  get style(): { readonly display: string; readonly visibility: string } {
    const style = this.getAttribute('style');
    if (!style) return noStyle;
    return {
      display: /(?:^|;)\s*display\s*:\s*([\w-]+)/i.exec(style)?.[1]?.toLowerCase() ?? '',
      visibility: /(?:^|;)\s*visibility\s*:\s*([\w-]+)/i.exec(style)?.[1]?.toLowerCase() ?? '',
    };
  }

  get textContent(): string {
    if (this.#text === null) {
      let text = '';
      for (const node of this.childNodes) text += node.textContent;
      this.#text = text;
    }
    return this.#text;
  }

  set textContent(text: string) {
    this.#empty();
    this.appendChild(new HtmlText(text));
  }

  get innerHTML(): string {
    return this.childNodes.map(serialize).join('');
  }

  set innerHTML(html: string) {
    this.#empty();
    for (const node of this.ownerDocument.parseFragment(html)) this.appendChild(node);
  }

  getAttribute(name: string): string | null {
    for (const attribute of this.attributes) if (attribute.name === name) return attribute.value;
    return null;
  }

  hasAttribute(name: string): boolean {
    return this.getAttribute(name) !== null;
  }

  setAttribute(name: string, value: string): void {
    const known = this.attributes.find((attribute) => attribute.name === name);
    if (known) known.value = String(value);
    else this.attributes.push(new HtmlAttribute(name, String(value)));
  }

  setAttributeNode(attribute: HtmlAttribute): void {
    this.setAttribute(attribute.name, attribute.value);
  }

  removeAttribute(name: string): void {
    const at = this.attributes.findIndex((attribute) => attribute.name === name);
    if (at >= 0) this.attributes.splice(at, 1);
  }

  /** Descendants with the tag, in document order; `*` for all. */
  getElementsByTagName(tag: string): HtmlElement[] {
    const found: HtmlElement[] = [];
    collect(this, tag === '*' ? null : new Set([tag.toLowerCase()]), found);
    return found;
  }

  /** Tag names only, parted by commas: the one form Readability asks for. */
  querySelectorAll(tags: string): HtmlElement[] {
    const found: HtmlElement[] = [];
    const names = tags.split(',').map((tag) => tag.trim().toLowerCase());
    collect(this, names.includes('*') ? null : new Set(names), found);
    return found;
  }

  appendChild<N extends HtmlNode>(node: N): N {
    node.parentNode?.removeChild(node);
    const last = this.lastChild;
    if (last) last.nextSibling = node;
    node.previousSibling = last;
    node.nextSibling = null;
    node.parentNode = this;
    this.childNodes.push(node);
    this.#forget();
    return node;
  }

  removeChild<N extends HtmlNode>(node: N): N {
    const at = this.childNodes.indexOf(node);
    if (at < 0) return node;
    this.childNodes.splice(at, 1);
    if (node.previousSibling) node.previousSibling.nextSibling = node.nextSibling;
    if (node.nextSibling) node.nextSibling.previousSibling = node.previousSibling;
    node.parentNode = node.nextSibling = node.previousSibling = null;
    this.#forget();
    return node;
  }

  replaceChild<N extends HtmlNode>(fresh: HtmlNode, old: N): N {
    fresh.parentNode?.removeChild(fresh);
    const at = this.childNodes.indexOf(old);
    if (at < 0) return old;
    this.childNodes[at] = fresh;
    fresh.parentNode = this;
    fresh.previousSibling = old.previousSibling;
    fresh.nextSibling = old.nextSibling;
    if (old.previousSibling) old.previousSibling.nextSibling = fresh;
    if (old.nextSibling) old.nextSibling.previousSibling = fresh;
    old.parentNode = old.nextSibling = old.previousSibling = null;
    this.#forget();
    return old;
  }

  #empty(): void {
    for (const node of this.childNodes) node.parentNode = node.nextSibling = node.previousSibling = null;
    this.childNodes.length = 0;
    this.#forget();
  }

  /** A cached text implies that all below it are cached, so forgetting can stop at the first ancestor without one. */
  #forget(): void {
    if (this.#text === null) return;
    this.#text = null;
    if (this.parentNode) this.parentNode.#forget();
  }
}

function collect(element: HtmlElement, tags: ReadonlySet<string> | null, found: HtmlElement[]): void {
  for (const node of element.childNodes) {
    if (node.nodeType !== ELEMENT) continue;
    if (!tags || tags.has(node.localName)) found.push(node);
    collect(node, tags, found);
  }
}
