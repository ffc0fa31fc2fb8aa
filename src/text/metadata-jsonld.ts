/** JSON-LD as pages really carry it: comments, trailing commas, `@graph`, references by `@id`. https://schema.org/Article */
import type { HtmlElement } from './html-node.ts';
import { oneLine } from './html-text.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

const articleTypes =
  /^(?:\w*NewsArticle|Article|BlogPosting|LiveBlogPosting|\w*ScholarlyArticle|TechArticle|Report|SocialMediaPosting|DiscussionForumPosting|AdvertiserContentArticle|SatiricalArticle|OpinionNewsArticle|Recipe|Review|ClaimReview|HowTo|VideoObject|PodcastEpisode)$/i;
const pageTypes = /^(?:WebPage|ItemPage|AboutPage|FAQPage|CreativeWork|Product|Event)$/i;

const MAX_NODES = 2000;

export function readJsonLd(
  elements: readonly HtmlElement[],
  url: string | null,
): { nodes: readonly JsonObject[]; articleNode: JsonObject | null } {
  const nodes: JsonObject[] = [];
  for (const element of elements) {
    if (element.localName !== 'script' || !/ld\+json/i.test(element.getAttribute('type') ?? '')) continue;
    gather(parse(element.textContent), nodes, 0);
  }
  return { nodes: nodes, articleNode: pickArticle(nodes, url) };
}

/** Whether a node has one of schema.org’s types for things people read. */
export function isOfType(node: JsonObject, pattern: RegExp): boolean {
  return [node['@type']].flat().some((type) => typeof type === 'string' && pattern.test(type.replace(/^.*[/:]/, '')));
}

/** The strings in a value that may be a string, an object with a name, or a list of either. */
export function names(value: unknown, nodes: readonly JsonObject[] = []): string[] {
  if (typeof value === 'string') {
    const named = value.includes('#')
      ? nodes.find((node) => node['@id'] === value && node['name'] !== undefined)
      : null;
    if (named) return names(named['name']);
    return value.trim() ? [decodeText(value)] : [];
  }
  if (Array.isArray(value)) return value.flatMap((item) => names(item, nodes));
  if (!isObject(value)) return [];
  if (value['name'] !== undefined) return names(value['name'], nodes);
  const id = value['@id'];
  const target = typeof id === 'string' ? nodes.find((node) => node['@id'] === id && node['name'] !== undefined) : null;
  return target ? names(target['name'], nodes) : [];
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** JSON-LD texts often carry HTML entities and tags that were meant for the page. */
function decodeText(text: string): string {
  return oneLine(
    text
      .replace(/<[^>]{1,200}>/g, ' ')
      .replace(/&#(\d{2,6});/g, (_, code: string) => String.fromCodePoint(Math.min(Number(code), 0x10ffff)))
      .replace(/&quot;/g, '"')
      .replace(/&(?:apos|#x27);/g, "'")
      .replace(/&nbsp;/g, ' ')
      .replace(/&amp;/g, '&'),
  );
}

function parse(source: string): unknown {
  const clean = source
    .replace(/^\s*(?:\/\/)?\s*(?:<!--|<!\[CDATA\[)|(?:\/\/)?\s*(?:-->|\]\]>)\s*$/g, '')
    .replace(/^\s*\/\/.*$/gm, '')
    .replace(/;\s*$/, '')
    .trim();
  const attempts = [
    () => clean,
    // Raw line breaks and tabs inside strings, commas before a closing bracket.
    () => clean.replace(/\s+/g, ' ').replace(/,\s*([}\]])/g, '$1'),
  ];
  for (const attempt of attempts) {
    try {
      return JSON.parse(attempt()) as unknown;
    } catch {
      // The next attempt mends more; a script that no attempt mends says nothing.
    }
  }
  return null;
}

function gather(value: unknown, nodes: JsonObject[], depth: number): void {
  if (depth > 12 || nodes.length >= MAX_NODES) return;
  if (Array.isArray(value)) for (const item of value) gather(item, nodes, depth + 1);
  else if (isObject(value)) {
    if (value['@type'] !== undefined || value['@id'] !== undefined) nodes.push(value);
    for (const key in value) if (typeof value[key] === 'object') gather(value[key], nodes, depth + 1);
  }
}

function pickArticle(nodes: readonly JsonObject[], url: string | null): JsonObject | null {
  const rank = (node: JsonObject): number => {
    let points = isOfType(node, articleTypes) ? 4 : isOfType(node, pageTypes) ? 1 : 0;
    if (points === 0) return 0;
    if (isOfType(node, /^(?:VideoObject|Review|PodcastEpisode|Product|Event)$/i)) points -= 2.5;
    if (node['headline'] !== undefined) points += 1;
    if (node['datePublished'] !== undefined) points += 1;
    if (url && JSON.stringify([node['url'], node['mainEntityOfPage'], node['@id']]).includes(pathOf(url))) points += 2;
    return points;
  };
  let best: JsonObject | null = null;
  let most = 0;
  for (const node of nodes) {
    const points = rank(node);
    if (points > most) [best, most] = [node, points];
  }
  return best;
}

function pathOf(url: string): string {
  const path = url.replace(/^[a-z]+:\/\/[^/]*/i, '').replace(/[?#].*$/, '');
  return path.length > 1 ? path : '\0';
}
