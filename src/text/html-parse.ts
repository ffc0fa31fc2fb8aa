import { Parser } from 'htmlparser2';
import { HtmlDocument, HtmlElement, type HtmlNode, HtmlText, TEXT } from './html-node.ts';

/** Elements nested deeper than this are attached to the last allowed level: no real page needs more, hostile ones do. */
const MAX_DEPTH = 512;

const headTags: ReadonlySet<string> = new Set('base link meta noscript script style template title'.split(' '));

/**
 * HTML as a browser would lay it out, near enough for reading: `html`, `head` and `body` always exist, once.
 * `url` becomes the base of relative links. Never throws: whatever is not markup becomes text.
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
    parser.write(html);
    parser.end();
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
    const element = new HtmlElement(name, this.#document);
    for (const key in attributes) element.setAttribute(key, attributes[key] ?? '');
    this.#at.appendChild(element);
    if (this.#open.length < MAX_DEPTH) {
      this.#open.push(element);
      this.#at = element;
    } else this.#open.push(null);
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
