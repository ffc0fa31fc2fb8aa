/** What a body, a file or standard input turned out to hold. */
export type Input =
  | { readonly kind: 'html'; readonly html: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'refused'; readonly reason: 'empty' | 'binary' | 'too-large'; readonly detail: string };

/** Most bytes accepted for one article: ten times the largest news page seen. The guarded client has the same limit. */
export const MAX_INPUT_BYTES = 5 * 1024 * 1024;

/**
 * Tells HTML from plain text and decodes either, in the order of the Encoding Standard and RFC 8259's neighbours in
 * HTML: byte order mark, the charset of `contentType`, the page's own `meta` charset, then UTF-8, then windows-1252
 * for bytes that are not UTF-8. https://html.spec.whatwg.org/multipage/parsing.html#determining-the-character-encoding
 */
export function sniffInput(bytes: Uint8Array, contentType: string | null): Input {
  if (bytes.length > MAX_INPUT_BYTES) {
    const detail = `The input has ${bytes.length} bytes; at most ${MAX_INPUT_BYTES} are accepted. Send the article only.`;
    return { kind: 'refused', reason: 'too-large', detail };
  }
  const text = decode(bytes, contentType);
  if (text.trim() === '') {
    return { kind: 'refused', reason: 'empty', detail: 'The input is empty. Give the text or the HTML of an article.' };
  }
  if (isBinary(text)) {
    const detail =
      'The input is not text (it holds control characters). Give plain text or HTML, not a PDF or an image.';
    return { kind: 'refused', reason: 'binary', detail };
  }
  return isHtml(text, contentType) ? { kind: 'html', html: text } : { kind: 'text', text };
}

/** Bytes as a string, without the byte order mark. Never throws: wrong bytes become U+FFFD. */
export function decode(bytes: Uint8Array, contentType: string | null): string {
  const named = markedCharset(bytes) ?? charsetIn(contentType ?? '') ?? metaCharset(bytes);
  if (named) return new TextDecoder(named).decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function markedCharset(bytes: Uint8Array): string | null {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0x3c && second === 0x00) return 'utf-16le';
  if (first === 0x00 && second === 0x3c) return 'utf-16be';
  return null;
}

/** A charset that this runtime can decode, from `charset=…` or an XML `encoding="…"`. */
function charsetIn(text: string): string | null {
  const label = /(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)/i.exec(text)?.[1];
  if (!label) return null;
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return null;
  }
}

/** The first 4,096 bytes: the standard asks for 1,024, but pages put long comments first. */
function metaCharset(bytes: Uint8Array): string | null {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 4096));
  for (const tag of head.match(/<meta\b[^>]*>|<\?xml\b[^>]*\?>/gi) ?? []) {
    const charset = charsetIn(tag);
    // A page that names UTF-16 in ASCII bytes is not UTF-16.
    if (charset) return charset.startsWith('utf-16') ? 'utf-8' : charset;
  }
  return null;
}

/** PDF, ZIP (and so .docx), GIF, PNG, RTF. */
const signatures = ['%PDF-', 'PK\u0003\u0004', 'GIF8', '\u0089PNG', '{\\rtf'];

function isBinary(text: string): boolean {
  const head = text.slice(0, 4096);
  if (signatures.some((signature) => head.startsWith(signature))) return true;
  let odd = 0;
  for (let i = 0; i < head.length; i += 1) {
    const code = head.charCodeAt(i);
    if (code === 0xfffd || (code < 32 && code !== 9 && code !== 10 && code !== 12 && code !== 13)) odd += 1;
  }
  return head.includes('\0') || odd > head.length / 20;
}

function isHtml(text: string, contentType: string | null): boolean {
  const type = contentType?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (type === 'text/html' || type === 'application/xhtml+xml') return true;
  const head = text.slice(0, 2048).trimStart();
  if (
    /^(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*<(?:!doctype html|html|head|body|article|main|section|div|p|h[1-6])\b/i.test(
      head,
    )
  ) {
    return true;
  }
  if (type === 'text/plain') return false;
  return (text.match(/<\/(?:p|div|span|article|h[1-6]|li|a)>/gi)?.length ?? 0) >= 2 && head.startsWith('<');
}
