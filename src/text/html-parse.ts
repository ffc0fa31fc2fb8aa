import { Parser } from 'htmlparser2';
import { HtmlDocument } from './html-document.ts';
import { HtmlAttribute, HtmlElement, type HtmlNode, HtmlText, TEXT } from './html-node.ts';

/**
 * Of 562 news pages the deepest nests 49 elements and the largest has 9,747. What nests deeper keeps its words but makes no
 * elements; after the last element allowed nothing is read. Without this a hostile page takes minutes: filters look around
 * themselves, and the tokenizer's own list of open tags is searched from end to end.
 */
const MAX_DEPTH = 150;
const MAX_ELEMENTS = 20_000;

/** Thrown through the tokenizer to stop it. */
const enough = Symbol('enough');

const headTags: ReadonlySet<string> = new Set('base link meta noscript script style template title'.split(' '));

/**
 * HTML as a browser would lay it out, near enough for reading: `html`, `head` and `body` always exist, once.
 * `url` becomes the base of relative links. Never throws: whatever is not markup becomes text. Reads 20,000 elements at most.
 */
export function parseHtml(html: string, url: string): HtmlDocument {
  const document = new HtmlDocument(url, parseFragment);
  const builder = new Builder(document, document.head);
  builder.read(html);
  return document;
}

function parseFragment(html: string, document: HtmlDocument): HtmlNode[] {
  const holder = document.createElement('template');
  new Builder(document, holder).read(html);
  return [...holder.childNodes];
}

class Builder {
  readonly #document: HtmlDocument;
  readonly #wholePage: boolean;
  /** Open elements, innermost last. `null` marks an open tag that made no element of its own. */
  readonly #open: (HtmlElement | null)[] = [];
  #at: HtmlElement;
  #elements = 0;

  constructor(document: HtmlDocument, root: HtmlElement) {
    this.#document = document;
    this.#wholePage = root === document.head;
    this.#at = root;
  }

  read(html: string): void {
    const parser = new Parser(
      {
        onopentag: (name, attributes) => this.#opened(name, attributes),
        onclosetag: () => this.#closed(),
        ontext: (text) => this.#text(text),
      },
      { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true, recognizeSelfClosing: false },
    );
    try {
      parser.write(html);
      parser.end();
    } catch (reason) {
      if (reason !== enough) throw reason;
    }
  }

  #opened(name: string, attributes: Record<string, string>): void {
    const { documentElement, head, body } = this.#document;
    if (this.#wholePage && (name === 'html' || name === 'head' || name === 'body')) {
      const element = name === 'html' ? documentElement : name === 'head' ? head : body;
      for (const key in attributes) if (!element.hasAttribute(key)) element.setAttribute(key, attributes[key] ?? '');
      if (name === 'body' && this.#at === head) this.#at = body;
      this.#open.push(null);
      return;
    }
    if (this.#wholePage && this.#at === head && !headTags.has(name)) this.#at = body;
    this.#elements += 1;
    if (this.#elements > MAX_ELEMENTS) throw enough;
    if (this.#open.length >= MAX_DEPTH) {
      this.#open.push(null);
      return;
    }
    const element = new HtmlElement(name, this.#document);
    for (const key in attributes) element.attributes.push(new HtmlAttribute(key, attributes[key] ?? ''));
    this.#at.appendChild(element);
    this.#open.push(element);
    this.#at = element;
  }

  #closed(): void {
    const element = this.#open.pop();
    if (element?.parentNode) this.#at = element.parentNode;
  }

  #text(text: string): void {
    const { head, body } = this.#document;
    if (this.#wholePage && this.#at === head) {
      if (text.trim() === '') return;
      this.#at = body;
    }
    const last = this.#at.lastChild;
    if (last?.nodeType === TEXT) last.textContent += text;
    else this.#at.appendChild(new HtmlText(text));
  }
}
