/** The text constructs of RSS and Atom: plain, escaped HTML, inline XHTML, base64. RFC 4287, section 3.1. */
import { escapeXml } from './escape-xml.ts';
import { MAX_TEXT_LENGTH } from './feed-limits.ts';
import { textOf, type XmlElement } from './feed-xml.ts';
import { parseHtml } from './html-parse.ts';
import { oneLine, plainText } from './html-text.ts';

/** As HTML source, for a body that may carry markup. Empty where the element is missing. */
export function markupOf(element: XmlElement | null): string {
  if (!element) return '';
  const hasElements = element.children.some((node) => typeof node !== 'string');
  if (hasElements) return innerXml(element).trim().slice(0, MAX_TEXT_LENGTH);
  const text = decoded(element).slice(0, MAX_TEXT_LENGTH);
  return isPlain(element) ? escapeXml(text) : text;
}

/** As plain words on one line, for titles and names. */
export function wordsOf(element: XmlElement | null): string {
  if (!element) return '';
  const hasElements = element.children.some((node) => typeof node !== 'string');
  if (!hasElements && isPlain(element)) return oneLine(decoded(element));
  return oneLine(plainOf(markupOf(element)));
}

/** UTF-16 units of markup that are made plain: a million of nothing but tags took 0.6 s and 100 MB. */
const MAX_PLAIN_LENGTH = 100_000;

/** As plain text, one paragraph a line, for summaries. */
export function plainOf(source: string): string {
  const markup = source.slice(0, MAX_PLAIN_LENGTH);
  return /[<&]/.test(markup)
    ? plainText(parseHtml(markup, 'about:blank').body)
    : markup.split(/\n+/).map(oneLine).filter(Boolean).join('\n');
}

/** Atom 1.0 says `type="text"`, Atom 0.3 `type="text/plain"` or `mode="escaped"`; RSS says nothing and means HTML. */
function isPlain({ attributes }: XmlElement): boolean {
  const type = attributes['type']?.toLowerCase();
  return type === 'text' || type === 'text/plain';
}

function decoded(element: XmlElement): string {
  const text = textOf(element);
  const type = element.attributes['type']?.toLowerCase() ?? '';
  const isBase64 =
    element.attributes['mode'] === 'base64' || (type.includes('/') && !/^text\/|\+xml$|\/xml$/.test(type));
  if (!isBase64 || !/^[A-Za-z0-9+/=\s]+$/.test(text)) return text;
  return Buffer.from(text, 'base64').toString('utf8');
}

function innerXml(element: XmlElement): string {
  return element.children.map((node) => (typeof node === 'string' ? escapeXml(node) : outerXml(node))).join('');
}

function outerXml(element: XmlElement): string {
  const name = element.name.replace(/^.*:/, '');
  const attributes = Object.entries(element.attributes)
    .filter(([key]) => !key.startsWith('xmlns'))
    .map(([key, value]) => ` ${key}="${escapeXml(value)}"`)
    .join('');
  return `<${name}${attributes}>${innerXml(element)}</${name}>`;
}
