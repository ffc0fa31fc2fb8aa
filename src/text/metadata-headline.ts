import type { HtmlElement } from './html-node.ts';
import { oneLine, silent } from './html-text.ts';
import { names } from './metadata-jsonld.ts';
import { firstMeta, type PageFacts } from './metadata-page.ts';

/** The headline as printed and the element it was read from, which tells where the story begins. */
export interface Headline {
  readonly text: string;
  readonly element: HtmlElement | null;
}

/**
 * The page's heading that its own title vouches for: `<title>`, OpenGraph and JSON-LD name the story but add the site's
 * name or a shorter wording; headings are printed clean but are often the logo or a menu. Where they agree is the headline.
 */
export function findHeadline(facts: PageFacts, siteName: string | null): Headline {
  const declared = declaredTitles(facts);
  const wanted = declared.map(letters).filter((title) => title.length > 0);
  const site = letters(siteName ?? '');
  const headings = headingsOf(facts).filter(({ text }) => letters(text) !== '' && letters(text) !== site);
  const exact = headings.find(({ text }) => wanted.includes(letters(text)));
  if (exact) return exact;
  const within = headings
    .filter(
      ({ text }) =>
        isSpecific(text) && wanted.some((title) => title.startsWith(letters(text)) || title.endsWith(letters(text))),
    )
    .toSorted((a, b) => Number(a.isWhole) - Number(b.isWhole) || letters(b.text).length - letters(a.text).length)[0];
  if (within) return within;
  const clean = declared.map((title) => withoutSite(title, siteName, facts.url));
  // A heading that also holds a kicker or a label around the declared headline.
  for (const title of clean) {
    const around = headings.find(
      ({ text, rank }) => rank === 1 && isSpecific(title) && letters(text).endsWith(letters(title)),
    );
    if (around) return { text: title, element: around.element };
  }
  const main = headings.filter(({ rank }) => rank === 1);
  if (main.length === 1 && main[0] && sharesWords(main[0].text, clean)) return main[0];
  const chosen = clean.find((title) => title !== '') ?? main[0]?.text ?? headings[0]?.text ?? '';
  return { text: chosen, element: printedAs(chosen, facts) };
}

/** The first element of the body that says just this: not every site uses headings for its headlines. */
function printedAs(title: string, { elements }: PageFacts): HtmlElement | null {
  const key = letters(title);
  const says = ({ localName, textContent }: HtmlElement): boolean =>
    localName !== 'title' &&
    localName !== 'script' &&
    textContent.length < title.length + 80 &&
    letters(textContent) === key;
  return key === '' ? null : (elements.find(says) ?? null);
}

interface Heading extends Headline {
  readonly rank: number;
  /** With its labels. */
  readonly isWhole: boolean;
}

function declaredTitles(facts: PageFacts): string[] {
  const given = [
    ...names(facts.articleNode?.['headline']),
    firstMeta(
      facts,
      'og:title',
      'parsely-title',
      'sailthru.title',
      'dc.title',
      'dcterms.title',
      'citation_title',
      'headline',
    ),
    firstMeta(facts, 'twitter:title'),
    facts.document.title,
    ...names(facts.articleNode?.['name']),
  ];
  return [...new Set(given.map((title) => oneLine(title ?? '')).filter((title) => title !== ''))];
}

function headingsOf(facts: PageFacts): Heading[] {
  const headings: Heading[] = [];
  for (const element of facts.elements) {
    const rank = rankOf(element);
    if (rank === 0) continue;
    const whole = oneLine(element.textContent);
    if (whole === '' || whole.length > 300) continue;
    const clean = wordsOf(element);
    headings.push({ text: clean, element, rank, isWhole: false });
    if (clean !== whole) headings.push({ text: whole, element, rank, isWhole: true });
  }
  return headings.toSorted((a, b) => a.rank - b.rank);
}

function rankOf(element: HtmlElement): number {
  if (element.localName === 'h1') return 1;
  if (element.getAttribute('itemprop') === 'headline' && element.localName !== 'meta') return 2;
  if (element.localName === 'h2') return 3;
  if (element.localName === 'h3' || /(?:^|[-_\s])(?:entry|post|article)-?title(?:$|\s)/i.test(element.className))
    return 4;
  return 0;
}

/** What stands inside a heading without belonging to it: the line above, labels, counters, read-out texts. */
const labels =
  /(?:^|[-_\s])(?:kicker|overline|roofline|dachzeile|topline|spitzmarke|eyebrow|label|badge|flag|tag|category|subtitle|sub-?title|subline|subheadline|supertitle|pretitle|sr-only|visually-hidden|screen-reader-text|date|meta)(?:$|[-_\s])|(?:kicker|overline|topline|roofline|dachzeile)/i;

/** The heading's words with a space between its parts, its labels left out where something else remains. */
function wordsOf(heading: HtmlElement): string {
  const parts: string[] = [];
  const walk = (element: HtmlElement): void => {
    for (const node of element.childNodes) {
      if (node.nodeType === 3) parts.push(node.textContent);
      else if (node.localName === 'br') parts.push(' ');
      // Readings of Chinese characters repeat the word they stand above.
      else if (
        !silent.has(node.localName) &&
        node.localName !== 'rt' &&
        node.localName !== 'rp' &&
        !labels.test(node.className)
      ) {
        walk(node);
      }
    }
  };
  walk(heading);
  return oneLine(parts.join('')) || oneLine(heading.textContent);
}

const separator = /\s+(?:[|–—·•»«]|-|::?|\/\/?|›|<)\s+|\s*[|·•»]\s*/;

/** Takes the site's name off either end of a title. */
export function withoutSite(title: string, siteName: string | null, url: string | null): string {
  const host = letters(hostOf(url));
  const site = letters(siteName ?? '');
  let clean = title;
  for (let i = 0; i < 3; i += 1) {
    const cuts = [...clean.matchAll(new RegExp(separator, 'g'))];
    const last = cuts.at(-1);
    const first = cuts[0];
    const tail = last ? clean.slice(last.index + last[0].length) : '';
    const head = first ? clean.slice(0, first.index) : '';
    if (last && isSite(tail, site, host)) clean = clean.slice(0, last.index);
    else if (first && isSite(head, site, host)) clean = clean.slice(first.index + first[0].length);
    else break;
  }
  const cut = /\s+[|–—»]\s+|\s*\|\s*/.exec(clean);
  // An unknown tail after a bar is the site or the section when it is much shorter than the rest.
  if (cut && words(clean.slice(cut.index + cut[0].length)) <= 4 && words(clean.slice(0, cut.index)) >= 4) {
    if (cut[0].includes('|')) clean = clean.slice(0, cut.index);
  }
  return clean.trim();
}

function isSite(part: string, site: string, host: string): boolean {
  const key = letters(part);
  if (key === '') return true;
  if (site && (key === site || (site.length > 3 && (key.startsWith(site) || (site.startsWith(key) && key.length > 3)))))
    return true;
  return (
    key.length > 3 && host !== '' && (host.includes(key) || (words(part) <= 5 && host.length > 5 && key.includes(host)))
  );
}

/** `www.example.co.uk` → `example`. */
function hostOf(url: string | null): string {
  const host = /^https?:\/\/(?:www\.|m\.|amp\.)?([^/:?#]+)/i.exec(url ?? '')?.[1] ?? '';
  const labelsOfHost = host.split('.');
  return labelsOfHost.length > 1 ? labelsOfHost.slice(0, -1).join('') : host;
}

function isSpecific(text: string): boolean {
  return letters(text).length >= 12 || words(text) >= 3;
}

function sharesWords(text: string, titles: readonly string[]): boolean {
  const own = new Set(text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? []);
  return titles.some(
    (title) =>
      (title.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? []).filter((word) => own.has(word)).length >= own.size / 2,
  );
}

function words(text: string): number {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

export function letters(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{M}\p{N}]+/gu, '');
}

/** The elements that hold the headline: whatever their names say, the article is inside them. */
export function holdersOf(headline: HtmlElement | null): ReadonlySet<HtmlElement> {
  const holders = new Set<HtmlElement>();
  for (let at = headline; at; at = at.parentNode) holders.add(at);
  return holders;
}
