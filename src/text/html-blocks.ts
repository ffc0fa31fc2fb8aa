import { type HtmlElement, type HtmlNode, TEXT } from './html-node.ts';
import { isBlock, oneLine, silent } from './html-text.ts';

/** One paragraph of a page with what is needed to judge it. */
export interface Block {
  readonly text: string;
  /** Tag of the innermost block element around it. */
  readonly tag: string;
  /** Share of the text that is inside links, 0…1. */
  readonly linked: number;
  /** Whether all of it is set in bold or italics. */
  readonly marked: boolean;
}

/** The paragraphs of an element in reading order, empty ones left out. */
export function blocksOf(root: HtmlElement): Block[] {
  const blocks: Block[] = [];
  let line = '';
  let linked = 0;
  let marked = 0;
  const flush = (tag: string): void => {
    const text = oneLine(line);
    const length = line.replace(/\s+/g, '').length;
    if (text) blocks.push({ text, tag, linked: linked / Math.max(1, length), marked: marked >= length });
    line = '';
    linked = marked = 0;
  };
  const walk = (node: HtmlNode, tag: string, inLink: boolean, inMark: boolean): void => {
    if (node.nodeType === TEXT) {
      line += node.textContent;
      const length = inLink || inMark ? node.textContent.replace(/\s+/g, '').length : 0;
      if (inLink) linked += length;
      if (inMark) marked += length;
      return;
    }
    const name = node.localName;
    if (name === 'br') return flush(tag);
    if (silent.has(name)) return;
    const block = isBlock(node);
    if (block) flush(tag);
    const inner = block ? name : tag;
    const link = inLink || name === 'a';
    const mark = inMark || name === 'b' || name === 'strong' || name === 'em' || name === 'i';
    for (const child of node.childNodes) walk(child, inner, link, mark);
    if (block) flush(name);
  };
  walk(root, root.localName, false, false);
  flush(root.localName);
  return blocks;
}
