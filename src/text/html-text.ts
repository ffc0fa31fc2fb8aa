import { ELEMENT, type HtmlElement, type HtmlNode, TEXT } from './html-node.ts';

const blocks: ReadonlySet<string> = new Set(
  (
    'address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer ' +
    'form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul'
  ).split(' '),
);

export const silent: ReadonlySet<string> = new Set(
  'audio button canvas embed head iframe input math noscript object script select style svg template textarea video'.split(
    ' ',
  ),
);

/** Whether an element begins and ends a line of its own. */
export function isBlock(element: HtmlElement): boolean {
  return blocks.has(element.localName);
}

/** The words of an element as a reader sees them: NFC, one paragraph a line, no empty lines. */
export function plainText(element: HtmlElement): string {
  const lines: string[] = [];
  let line = '';
  const flush = () => {
    const clean = oneLine(line);
    if (clean) lines.push(clean);
    line = '';
  };
  const walk = (node: HtmlNode): void => {
    if (node.nodeType === TEXT) line += node.textContent;
    else if (node.localName === 'br') flush();
    else if (!silent.has(node.localName)) {
      const block = isBlock(node);
      if (block) flush();
      for (const child of node.childNodes) walk(child);
      if (block) flush();
    }
  };
  if (element.nodeType === ELEMENT) walk(element);
  flush();
  return lines.join('\n');
}

/**
 * Collapses white space and drops what a reader never sees: soft hyphens, zero-width spaces, byte order marks, control
 * characters, and overrides of direction, which make a text read as another than it is.
 */
export function oneLine(text: string): string {
  return (
    text
      .replace(/[\u00ad\u200b\u2060\ufeff\u202d\u202e]|(?![\s\u0085])\p{Cc}/gu, '')
      // U+0085 parts lines too, by Unicode; JavaScript's \s lacks it.
      .replace(/[\s\u0085]+/g, ' ')
      .trim()
      .normalize('NFC')
  );
}

const denseScript = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;

/** Length in characters of an alphabet: a Chinese, Japanese or Korean character says as much as about three letters. */
export function textWeight(text: string): number {
  const clean = text.trim();
  if (!/[\u1100-\uffff]/.test(clean)) return clean.length;
  return clean.length + 2 * (clean.match(denseScript)?.length ?? 0);
}
