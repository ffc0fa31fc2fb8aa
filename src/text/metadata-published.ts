import { dateInUrl, findDate, readMachineDate } from './dates.ts';
import { ELEMENT, type HtmlElement } from './html-node.ts';
import { oneLine } from './html-text.ts';
import { holdersOf } from './metadata-headline.ts';
import { firstMeta, type PageFacts } from './metadata-page.ts';

export interface Published {
  readonly publishedAt: string | null;
  readonly modifiedAt: string | null;
}

/**
 * When the article was published and last changed. Pages contradict themselves: JSON-LD in UTC, an address in local time,
 * a template's `date` that is the day of the crawl. So every source votes for a day with the weight it has earned, and the
 * day with most votes is given in the fullest notation any source has for it.
 */
export function findDates(facts: PageFacts, headline: HtmlElement | null): Published {
  const modifiedAt = declaredModified(facts);
  const declared = [...declaredVotes(facts), ...urlVotes(facts)];
  // Beside a headline stands as often the day of the last change as that of publication.
  const printed = printedVotes(facts, headline).map((vote) =>
    modifiedAt?.slice(0, 10) === vote.date.slice(0, 10) ? { ...vote, weight: Math.min(1.5, vote.weight) } : vote,
  );
  const votes = [...declared, ...printed, ...scriptVotes(facts)];
  const described = firstMeta(facts, 'og:description', 'description');
  const last = modifiedAt ?? (described ? findDate(described, facts.lang) : null) ?? inPictures(facts);
  return { publishedAt: elect(votes) ?? last, modifiedAt };
}

interface Vote {
  readonly date: string;
  readonly weight: number;
}

function elect(votes: readonly Vote[]): string | null {
  const sums = new Map<string, number>();
  const heard = new Set<string>();
  for (const { date, weight } of votes) {
    const day = date.slice(0, 10);
    // The same instant from one content system in two tags is hardly more than one witness.
    sums.set(day, (sums.get(day) ?? 0) + (heard.has(date) ? Math.min(1, weight) : weight));
    if (date.length > 10) heard.add(date);
  }
  const [day] = [...sums].toSorted((a, b) => b[1] - a[1])[0] ?? [];
  if (!day) return null;
  const notations = votes.filter(({ date }) => date.startsWith(day)).map(({ date }) => date);
  const isLocal = (date: string): boolean => date.length > 10 && !date.endsWith('Z');
  return notations.find(isLocal) ?? notations.find((date) => date.length > 10) ?? day;
}

/** Names that mean the publication and nothing else. */
const publishedMeta = [
  'article:published_time',
  'article:published',
  'og:published_time',
  'og:article:published_time',
  'datepublished',
  'parsely-pub-date',
  'sailthru.date',
  'analyticsattributes.articledate',
  'cxenseparse:recs:publishtime',
  'rnews:datepublished',
  'originalpublicationdate',
  'article_date_original',
  'dc.date.issued',
  'dcterms.issued',
  'dc.date.published',
  'og:release_date',
  'citation_online_date',
  'citation_publication_date',
];

/** Names that templates also fill with the day of a change or of the request. */
const vagueMeta = [
  'dcterms.created',
  'dc.date.created',
  'dc.created',
  'datecreated',
  'pubdate',
  'dc.date',
  'dcterms.date',
  'date',
  'article.created',
  'uploaddate',
];

function declaredVotes(facts: PageFacts): Vote[] {
  const { articleNode, lang } = facts;
  const votes: Vote[] = [];
  const add = (value: unknown, weight: number): boolean => {
    const date = typeof value === 'string' ? readMachineDate(value, lang) : null;
    if (date) votes.push({ date, weight });
    return date !== null;
  };
  if (!add(articleNode?.['datePublished'], 5)) {
    add(articleNode?.['dateCreated'], 3);
    add(articleNode?.['uploadDate'], 3);
  }
  const named = facts.metaNames.filter(
    (name) => /publi(?:sh|cation|e).*(?:date|time)|(?:date|time).*publi/.test(name) && !/modif|updat|expir/.test(name),
  );
  const strong = new Set([...publishedMeta, ...named]);
  for (const name of strong) facts.meta(name).some((content) => add(content, name.endsWith('published_time') ? 4 : 3));
  const vague = vagueMeta.find((name) => facts.meta(name).some((content) => readMachineDate(content, lang)));
  if (vague) facts.meta(vague).some((content) => add(content, 2));
  return votes;
}

function urlVotes({ url }: PageFacts): Vote[] {
  const date = url ? dateInUrl(url) : null;
  return date ? [{ date, weight: 4 }] : [];
}

function declaredModified(facts: PageFacts): string | null {
  const value = facts.articleNode?.['dateModified'];
  const meta = firstMeta(
    facts,
    'article:modified_time',
    'og:updated_time',
    'datemodified',
    'last-modified',
    'dcterms.modified',
    'dc.date.modified',
    'article:modified',
    'lastmod',
    'revised',
  );
  return (
    (typeof value === 'string' ? readMachineDate(value, facts.lang) : null) ??
    (meta ? readMachineDate(meta, facts.lang) : null)
  );
}

const elsewhere =
  /comment|related|recommend|sidebar|teaser|promo|latest|popular|trending|widget|breadcrumb|copyright|event|calendar|archive|disqus|ticker|weather|kalender/i;
const dateNames =
  /(?:^|[-_\s])(?:date|datum|fecha|data|dateline|datetime|posted|published|publish|pubdate|publication|stand|time|timestamp|meta|byline|info|entry-date|created|issued)|date$|datum$|publish|Date|time-/;

/** Dates in the visible page, weighed by how they are marked up and how near they stand to the headline. */
function printedVotes(facts: PageFacts, headline: HtmlElement | null): Vote[] {
  const { elements, lang } = facts;
  const start = headline ? elements.indexOf(headline) : -1;
  const holders = holdersOf(headline);
  let best: string | null = null;
  let most = -9;
  elements.forEach((element, at) => {
    const weight = weightOf(element);
    if (weight === 0) return;
    const steps = start < 0 ? at / 4 : at >= start ? at - start : (start - at) * 1.5;
    const points = weight - Math.min(3.5, steps / 25) - (isElsewhere(element, holders) ? 5 : 0);
    if (points <= most && best) return;
    const date = dateOf(element, lang);
    if (!date) return;
    if (points > most || !best) [best, most] = [date, points];
  });
  if (!best || (most <= -3 && start >= 0)) return [];
  return [{ date: best, weight: Math.min(5, Math.max(0.5, most * 0.55)) }];
}

const publishing =
  /publish|posted|veröffentlicht|erstellt|gepostet|stand\b|aktualisiert|geschrieben|publi(?:é|cado)|mis en? ligne|pubblicat|opublikowan|опубликован|gepubliceerd|yayın/iu;

function weightOf(element: HtmlElement): number {
  const names = `${element.className} ${element.id}`;
  const itemprop = element.getAttribute('itemprop') ?? '';
  if (/datePublished|dateCreated/.test(itemprop)) return 9;
  if (/dateModified/.test(itemprop)) return 3.5;
  const isModified = /updat|modif/i.test(names);
  if (element.localName === 'time') {
    if (element.hasAttribute('pubdate') || /publish|entry-date/i.test(names))
      return isModified && !/publish/i.test(names) ? 5 : 8;
    return isModified ? 5 : 6.5;
  }
  if (element.localName === 'script' || element.localName === 'style' || element.localName === 'meta') return 0;
  if (element.textContent.length <= 160 && dateNames.test(names)) return isModified ? 4.5 : 6;
  const own = ownText(element);
  if (!/\d/.test(own) || own.length > 200) return 0;
  if (publishing.test(own) || (own.length <= 40 && saysPublished(element.parentNode))) return 6;
  return element.textContent.length <= 120 || own.trim().length <= 40 ? 4 : 0;
}

/** “was posted on <b>19 May</b> by …”: the words stand around the element that holds the date. */
function saysPublished(parent: HtmlElement | null): boolean {
  if (!parent) return false;
  const own = ownText(parent);
  return own.length <= 200 && publishing.test(own);
}

function ownText(element: HtmlElement): string {
  return element.childNodes.map((node) => (node.nodeType === ELEMENT ? ' ' : node.textContent)).join('');
}

function dateOf(element: HtmlElement, lang: string): string | null {
  for (const attribute of ['content', 'datetime', 'data-datetime', 'data-timestamp', 'data-date', 'data-published']) {
    const value = element.getAttribute(attribute);
    const date = value ? readMachineDate(value, lang) : null;
    if (date) return date;
  }
  const title = element.localName === 'abbr' || element.localName === 'time' ? element.getAttribute('title') : null;
  const text = element.textContent.length <= 200 ? element.textContent : ownText(element);
  return findDate(oneLine(text), lang) ?? (title ? findDate(title, lang) : null);
}

function isElsewhere(element: HtmlElement, holders: ReadonlySet<HtmlElement>): boolean {
  for (let at: HtmlElement | null = element; at && at.localName !== 'body' && !holders.has(at); at = at.parentNode) {
    if (at.localName === 'nav' || at.localName === 'aside') return true;
    if (elsewhere.test(`${at.className} ${at.id}`)) return true;
  }
  return false;
}

const scripted =
  /["']?(?:date_?published|published_?at|publish(?:ed)?_?date|publication_?date|pub_?date|first_?published|date_?posted|published_?time|erscheinungsdatum|publish_?time|date_?created)["']?\s*[:=]\s*["']?([^"'<>{}]{8,40})/i;

/** Inline data of the page's own scripts: `"publishedAt":"2020-03-14T…"`. */
function scriptVotes(facts: PageFacts): Vote[] {
  for (const element of facts.elements) {
    if (element.localName !== 'script' || element.childNodes.length === 0) continue;
    const value = scripted.exec(element.textContent.slice(0, 200_000))?.[1];
    const date = value ? readMachineDate(unescapeJson(value), facts.lang) : null;
    if (date) return [{ date, weight: 2 }];
  }
  return [];
}

function unescapeJson(text: string): string {
  return text.replace(/%22/g, '').replace(/%3A/gi, ':').replace(/\\\//g, '/').trim();
}

/** Newsrooms file pictures by day: `/2020/03/14/harbour.jpg` was most likely uploaded with the story. */
function inPictures(facts: PageFacts): string | null {
  for (const image of [...facts.meta('og:image'), ...facts.meta('twitter:image')]) {
    const date = dateInUrl(image);
    if (date) return date;
  }
  return null;
}
