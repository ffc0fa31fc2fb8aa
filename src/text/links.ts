import { topLevelDomains } from './top-level-domains.ts';
import type { Span } from './span.ts';

export interface FoundLink extends Span {
  /** As it stands in the text. */
  readonly url: string;
}

/**
 * Which addresses in a text become links.
 * - `bare`: also without a scheme (`example.com`), the rule of https://docs.x.com/fundamentals/counting-characters
 * - `schemed`: with `http://` or `https://` only, and any character in the path, the rule of the Mastodon family
 *   (https://docs.joinmastodon.org/user/posting/#links)
 */
export type LinkGrammar = 'bare' | 'schemed';

/** Characters no network takes in a link: byte order marks, non-characters, and marks of writing direction. */
const directional = '\\u202A-\\u202E\\u061C\\u200E\\u200F\\u2066-\\u2069';
const never = '\\uFFFE\\uFEFF\\uFFFF';
const accented =
  '\\xC0-\\xD6\\xD8-\\xF6\\xF8-\\u024F\\u0253\\u0254\\u0256\\u0257\\u0259\\u025B\\u0263\\u0268\\u026F\\u0272\\u0289\\u028B\\u02BB\\u0300-\\u036F\\u1E00-\\u1EFF';
const inName = `[^!'#%&()*+,\\\\./:;<=>?@[\\]^{|}~$"\`\\s\\x85\\u180E${never}${directional}]`;

const candidate = new RegExp(`(https?://)|(?:(?!https?://)(?:${inName}|\\.))+`, 'giu');
const nameRun = new RegExp(`(?:${inName}|\\.)+`, 'uy');
const port = /:\d+/y;
const noLinkAfter = new RegExp(`[A-Za-z0-9@＠$#＃${never}]$`, 'u');
const noBareLinkAfter = /[-_./]$/;
const subdomain = /^[^_-](?:.*[^_-])?$/u;
const domainName = /^[^_-](?:[^_]*[^_-])?$/u;
const plainLabel = new RegExp(`^[-a-z0-9${accented}]+$`, 'iu');
const plainTail = new RegExp(`[-a-z0-9${accented}]+$`, 'iu');

/** A network that shortens every link itself reads its own short links up to the slug only. */
const shortener = /^https?:\/\/t\.co\/([a-z0-9]+)(?:\?[a-z0-9!?*'@();:&=+$/%#[\]\-_.,~|]*[a-z0-9\-_&=#/])?/i;
const MAX_SHORTENED = 40;
const MAX_LINK = 4096;
const LONGEST_TOP_LEVEL = 24;

interface PathRule {
  readonly path: RegExp;
  readonly query: RegExp;
}

const pathRules: Record<LinkGrammar, PathRule> = {
  bare: pathRule(
    `[a-z\\u0400-\\u04FF0-9!*';:=+,.$/%#[\\]\\-\\u2013_~@|&${accented}]`,
    `[+\\-a-z\\u0400-\\u04FF0-9=_#/${accented}]`,
    `[a-z0-9!?*'@();:&=+$/%#[\\]\\-_.,~|]*[a-z0-9\\-_&=#/]`,
  ),
  schemed: pathRule(
    `[^\\s<>()?]`,
    `[^\\s()?!*"'「」<>;:=,.$%[\\]~&|@]`,
    `[a-z0-9!?*'();:&=+$/%#[\\]\\-_.,~|@^\\u{A0}-\\u{10FFFD}]*[a-z0-9_&=#/\\-\\u{A0}-\\u{10FFFD}]`,
  ),
};

/** Path and query by a network's character classes; parentheses stay where they are balanced, to a depth of two. */
function pathRule(inside: string, last: string, query: string): PathRule {
  const balanced = `\\((?:${inside}+|${inside}*\\(${inside}+\\)${inside}*)\\)`;
  const segment = `(?:${inside}*(?:${balanced}${inside}*)*(?:${last}|${balanced})|@${inside}+/)`;
  return { path: new RegExp(`/${segment}*`, 'iuy'), query: new RegExp(`\\?${query}`, 'iuy') };
}

/** Every link of a text, in order and without overlap. */
export function findLinks(text: string, grammar: LinkGrammar): FoundLink[] {
  const links: FoundLink[] = [];
  if (!(grammar === 'bare' ? /\.[\p{L}\p{M}]{2}/u : /https?:\/\//iu).test(text)) return links;
  candidate.lastIndex = 0;
  for (let match = candidate.exec(text); match; match = candidate.exec(text)) {
    const { index } = match;
    const end = index + match[0].length;
    const found = match[1]
      ? schemedLink(text, index, end, grammar)
      : grammar === 'bare'
        ? bareLinks(text, index, end)
        : [];
    for (const span of found) {
      if (span.end - span.start <= MAX_LINK) links.push({ ...span, url: text.slice(span.start, span.end) });
    }
    candidate.lastIndex = Math.max(end, links.at(-1)?.end ?? 0);
  }
  return links;
}

function schemedLink(text: string, start: number, hostStart: number, grammar: LinkGrammar): Span[] {
  if (noLinkAfter.test(text.slice(Math.max(0, start - 1), start))) return [];
  nameRun.lastIndex = hostStart;
  const run = nameRun.exec(text)?.[0] ?? '';
  const host = findHost(run, text.charAt(hostStart + run.length));
  if (host?.start !== 0 || !hasLegalLength(run.slice(0, host.end))) return [];
  const end = pathEnd(text, hostStart + host.end, grammar);
  const shortened = shortener.exec(text.slice(start, end));
  if (grammar !== 'bare' || !shortened) return [{ start, end }];
  return (shortened[1] ?? '').length > MAX_SHORTENED ? [] : [{ start, end: start + shortened[0].length }];
}

/** Without a scheme only the Latin part of a name links, so that words in scripts without spaces stay out. */
function bareLinks(text: string, runStart: number, runEnd: number): Span[] {
  const run = text.slice(runStart, runEnd);
  const spans: Span[] = [];
  for (let at = 0; at < run.length;) {
    const host = findHost(run.slice(at), text.charAt(runEnd), (offset) => {
      const before = text.slice(Math.max(0, runStart + at + offset - 1), runStart + at + offset);
      return !noLinkAfter.test(before) && !noBareLinkAfter.test(before);
    });
    if (!host) break;
    const base = runStart + at;
    at += host.end;
    if (!hasLegalLength(run.slice(at - host.end + host.start, at))) continue;
    const plain = plainHosts(text.slice(base + host.start, base + host.end)).map((part) => ({
      start: base + host.start + part.start,
      end: base + host.start + part.end,
    }));
    const last = plain.pop();
    const hasPath =
      text.charAt(base + host.end) === '/' || /^:\d+\//.test(text.slice(base + host.end, base + host.end + 8));
    spans.push(...plain);
    if (last) spans.push({ start: last.start, end: hasPath ? pathEnd(text, base + host.end, 'bare') : last.end });
  }
  return spans;
}

/** The first host name in a run of name characters: at least two labels, the last a top-level domain. */
function findHost(
  run: string,
  after: string,
  mayStart: (offset: number) => boolean = (offset) => offset === 0,
): Span | null {
  const labels = run.split('.');
  let offset = 0;
  for (let first = 0; first < labels.length - 1; first += 1) {
    const label = labels[first] ?? '';
    const skipped = label.length > 0 ? firstStart(label, offset, mayStart) : -1;
    const end = skipped < 0 ? -1 : hostEnd(labels, first, label.slice(skipped), after);
    if (end >= 0) return { start: offset + skipped, end: offset + skipped + end };
    offset += label.length + 1;
  }
  return null;
}

function firstStart(label: string, offset: number, mayStart: (offset: number) => boolean): number {
  for (let index = 0; index < label.length; index += 1)
    if (mayStart(offset + index) && !/[-_]/.test(label.charAt(index))) return index;
  return -1;
}

/** How far the longest host reaches that begins with `head`, the (rest of the) label `first`; -1 where there is none. */
function hostEnd(labels: readonly string[], first: number, head: string, after: string): number {
  let end = -1;
  let length = head.length;
  let previous = head;
  for (let index = first + 1; index < labels.length; index += 1) {
    const label = labels[index] ?? '';
    if (domainName.test(previous)) {
      const top = topLevelLength(label, index === labels.length - 1 ? after : '.');
      if (top > 0) end = length + 1 + top;
    }
    if (!subdomain.test(previous)) break;
    length += 1 + label.length;
    previous = label;
  }
  return end;
}

/** Length of the top-level domain that `label` begins with, 0 where it begins with none. */
function topLevelLength(label: string, after: string): number {
  const ascii = /^[a-z0-9-]*/i.exec(label)?.[0] ?? '';
  for (let length = Math.min(label.length, LONGEST_TOP_LEVEL); length > 0; length -= 1) {
    const next = label.charAt(length) || after;
    if (/[0-9A-Za-z@+-]/.test(next)) continue;
    if (topLevelDomains.has(label.slice(0, length).toLowerCase())) return length;
  }
  return /^xn--[-0-9a-z]+$/i.test(ascii) && !/[@+]/.test(label.charAt(ascii.length) || after) ? ascii.length : 0;
}

/** The hosts inside a host that are written in Latin letters but for their top-level domain. */
function plainHosts(host: string): Span[] {
  const labels = host.split('.');
  const spans: Span[] = [];
  let offset = 0;
  for (let index = 0; index < labels.length - 1;) {
    const label = labels[index] ?? '';
    const tail = plainTail.exec(label)?.[0];
    let end = -1;
    let last = index;
    let length = label.length;
    for (let next = index + 1; tail !== undefined && next < labels.length; next += 1) {
      const word = labels[next] ?? '';
      const top = topLevelLength(word, next === labels.length - 1 ? '' : '.');
      if (top > 0) [end, last] = [length + 1 + top, next];
      if (!plainLabel.test(word)) break;
      length += 1 + word.length;
    }
    if (tail !== undefined && end >= 0) spans.push({ start: offset + label.length - tail.length, end: offset + end });
    const consumed = Math.max(last, index + 1);
    for (; index < consumed; index += 1) offset += (labels[index] ?? '').length + 1;
  }
  return spans;
}

/** A label has at most 63 octets and a name 253, in ASCII form: https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4 */
function hasLegalLength(host: string): boolean {
  const ascii = asciiHost(host);
  return ascii !== null && ascii.length <= 253 && ascii.split('.').every((part) => part.length <= 63);
}

function asciiHost(host: string): string | null {
  if (/^[-.\w]*$/.test(host)) return host;
  return URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : null;
}

function pathEnd(text: string, start: number, grammar: LinkGrammar): number {
  const rule = pathRules[grammar];
  let end = start;
  for (const part of [port, rule.path, rule.query]) {
    part.lastIndex = end;
    end += part.exec(text)?.[0].length ?? 0;
  }
  return end;
}
