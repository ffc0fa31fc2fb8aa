import { HtmlElement, HtmlText } from './html-node.ts';
import type { HtmlNode } from './html-node.ts';

/** What Readability asks of a document. */
export class HtmlDocument {
  readonly nodeType = 9;
  readonly nodeName = '#document';
  readonly baseURI: string;
  readonly documentURI: string;
  readonly documentElement: HtmlElement;
  readonly head: HtmlElement;
  readonly body: HtmlElement;
  readonly parseFragment: (html: string) => HtmlNode[];

  constructor(url: string, parseFragment: (html: string, document: HtmlDocument) => HtmlNode[]) {
    this.baseURI = this.documentURI = url;
    this.parseFragment = (html) => parseFragment(html, this);
    this.documentElement = new HtmlElement('html', this);
    this.head = this.documentElement.appendChild(new HtmlElement('head', this));
    this.body = this.documentElement.appendChild(new HtmlElement('body', this));
  }

  get title(): string {
    return this.head.getElementsByTagName('title')[0]?.textContent.trim() ?? '';
  }

  get childNodes(): HtmlElement[] {
    return [this.documentElement];
  }

  get firstChild(): HtmlElement {
    return this.documentElement;
  }

  createElement(tag: string): HtmlElement {
    return new HtmlElement(tag.toLowerCase(), this);
  }

  createTextNode(text: string): HtmlText {
    return new HtmlText(text);
  }

  getElementsByTagName(tag: string): HtmlElement[] {
    return this.documentElement.getElementsByTagName(tag);
  }

  querySelectorAll(tags: string): HtmlElement[] {
    return this.documentElement.querySelectorAll(tags);
  }
}
