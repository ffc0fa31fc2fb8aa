/** Says why a page gave no article, and how far one that did can be trusted. */
import type { HtmlDocument } from './html-document.ts';
import { readTeasers, type Teasers, visibleText } from './html-teasers.ts';
import { oneLine, textWeight } from './html-text.ts';
import type { Metadata } from './metadata.ts';

export type RefusalReason =
  'paywall' | 'list-page' | 'consent-wall' | 'too-short' | 'needs-javascript' | 'not-html' | 'no-article';

/** What is noted of the page before it is cleared. */
export interface PageSigns {
  readonly hasElements: boolean;
  /** Visible words of the whole page, shortened. */
  readonly words: string;
  readonly scripts: number;
  readonly asksForScript: boolean;
  readonly isLocked: boolean;
  readonly teasers: Teasers;
  readonly declaresArticle: boolean;
  readonly isFrontPage: boolean;
  /** JSON-LD `articleBody`, for comparison only: publishers cut it. */
  readonly statedBody: string;
}

/** Fewer headings that are links than this stand beside many an article. */
const MANY_HEADINGS = 12;
/** Text shorter than this, in letters of an alphabet, is a caption or a notice and not an article. */
export const MIN_ARTICLE_WEIGHT = 120;

export function readSigns(document: HtmlDocument, html: string, url: string | null): PageSigns {
  const elements = document.getElementsByTagName('*');
  const visible = oneLine(visibleText(document.body).slice(0, 20_000));
  const path = url ? (URL.parse(url)?.pathname ?? '') : '-';
  return {
    hasElements: document.body.children.length > 0,
    words: visible,
    scripts: elements.filter((element) => element.localName === 'script').length,
    asksForScript:
      elements.some((element) => element.localName === 'noscript' && /javascript/i.test(element.textContent)) ||
      scriptWanted.test(visible.slice(0, 2000)) ||
      elements.some((element) => appRoots.test(element.id) && element.textContent.trim() === ''),
    isLocked:
      /"isAccessibleForFree"\s*:\s*"?false/i.test(html) ||
      /article:content_tier["'][^>]*content=["'](?:locked|metered)/i.test(html),
    teasers: readTeasers(document.body, elements, url),
    declaresArticle:
      /"@type"\s*:\s*\[?\s*"(?:\w*NewsArticle|Article|BlogPosting|Report)"/.test(html) ||
      /property=["']og:type["'][^>]*content=["']article/i.test(html),
    isFrontPage: path === '/' || path === '',
    statedBody: statedBodyOf(html),
  };
}

const scriptWanted =
  /(?:enable|activate|requires?|turn on|aktivieren|activer|activar|habilit\w+|attiva\w*|włącz\w*|включите)\b.{0,40}javascript/i;
const appRoots = /^(?:root|app|__next|__nuxt|main-app|react-root|app-root)$/i;

function statedBodyOf(html: string): string {
  const match = /"articleBody"\s*:\s*"((?:[^"\\]|\\.){300,100000})"/.exec(html)?.[1];
  if (!match) return '';
  try {
    return oneLine((JSON.parse(`"${match.replace(/[\n\r\t]/g, ' ')}"`) as string).replace(/<[^>]{1,300}>/g, ' '));
  } catch {
    return '';
  }
}

const details: Readonly<Record<RefusalReason, string>> = {
  'not-html': 'The page holds no HTML. Give the address of an article, or paste its text.',
  'needs-javascript':
    'The page shows its text only after running scripts, which we do not do. Paste the article’s text.',
  'consent-wall': 'The site asks for consent before it shows the article. Paste the article’s text.',
  paywall: 'The article is behind a paywall: only its beginning can be read. Paste the full text.',
  'list-page': 'The page lists many articles instead of holding one. Give the address of a single article.',
  'too-short': 'The page has hardly any running text. Paste the article’s text.',
  'no-article': 'No article was found on the page. Check the address, or paste the text.',
};

const ONLY_RECORDS =
  'The page holds a schedule or a table and hardly any running text. Give the address of an article, or paste its text.';

/**
 * The reason not to offer this text as the article, or null where it may pass.
 * @param told weight of what is told in sentences; `records` that of schedules and tables, left out of the text or not
 */
export function refusalOf(
  signs: PageSigns,
  text: string,
  { told, records }: { readonly told: number; readonly records: number },
): { reason: RefusalReason; detail: string } | null {
  const reason = reasonOf(signs, textWeight(text), text);
  if ((reason === 'too-short' || reason === null) && told < MIN_ARTICLE_WEIGHT && records > told)
    return { reason: 'list-page', detail: ONLY_RECORDS };
  return reason && { reason, detail: details[reason] };
}

const consent =
  /cookie|consent|gdpr|dsgvo|privacy|privatsphäre|datenschutz|zustimm|einwillig|consentement|vie privée|consentimiento|privacidad|consenso|toestemming|zgod[aęy]/giu;
const asked =
  /\b(?:accept|agree|allow|reject|decline|manage|akzeptier|zustimm|einverstanden|ablehn|accept|refus|acept|rechaz|accett|rifiut|akkoord|weiger|aceit|zaakceptuj|odrzu)/iu;
/** What a guard in front of a site says instead of the page. */
const challenge =
  /checking (?:if the site connection is secure|your browser)|verify(?:ing)? (?:that )?you are (?:a )?human|javascript and cookies to continue|ddos protection by|are you a robot/iu;
const notFound =
  /\b404\b|page (?:was |could )?not (?:be )?found|seite (?:wurde )?nicht gefunden|page introuvable|página no encontrada|pagina non trovata|pagina niet gevonden|página não encontrada|nie znaleziono strony|страница не найдена/iu;
const locked =
  /(?:subscribe|log ?in|sign in|register) to (?:continue|read|keep reading|unlock|access)|(?:to|and) (?:continue|keep) reading|subscribers? only|exclusive to subscribers|already a subscriber|unlock this article|(?:try|start|get) (?:your )?(?:unlimited|full|digital) access|(?:subscribe|become a (?:member|subscriber)) (?:now )?(?:to|for) (?:read|unlimited|full)|to (?:read|see) (?:this|the (?:full|rest of the|whole)) (?:article|story),? (?:please )?(?:subscribe|become|log|sign|register)|this (?:article|content|story) is (?:for|reserved|only|available)[^.]{0,40}subscri|weiterlesen mit|jetzt weiterlesen|nur für abonnenten|exklusiv für abonnenten|sie haben bereits ein abo|réservé (?:à nos|aux) abonnés|déjà abonné|il vous reste \d+ ?%|solo para suscriptores|contenido exclusivo|exclusivo para (?:suscriptores|assinantes)|riservato agli abbonati|alleen voor abonnees|tylko dla (?:subskrybentów|prenumeratorów|abonentów|zalogowanych)|(?:czytaj dalej|dostęp) (?:z|dzięki|w) (?:prenumera|subskryp)|(?:dostępn\p{L}+|przeznaczon\p{L}+|przeczytasz) (?:\p{L}+ )?(?:dla|w ramach|w) (?:naszych )?(?:subskryb|prenumerat|abonent|subskryp)|pozostało (?:do przeczytania )?\d+ ?%|(?:wykup|kup|uzyskaj|odblokuj) (?:\p{L}+ )?(?:dostęp|prenumeratę|subskrypcję|artykuł)|aby (?:czytać|przeczytać) (?:dalej|cał\p{L}+)|żeby (?:czytać|przeczytać) (?:dalej|cał\p{L}+)|(?:только|доступен) (?:для|по) подпис|оформите подписку|есть подписка|この記事は(?:有料)?会員限定|有料会員限定|残り\s?[\d,０-９]+文字|会員登録(?:すると|で)続き/iu;

function reasonOf(signs: PageSigns, weight: number, text: string): RefusalReason | null {
  if (!signs.hasElements) return 'not-html';
  if (weight < 1200 && (signs.isLocked || (weight < 700 && locked.test(signs.words)))) return 'paywall';
  if (weight < 900 && isConsent(text || signs.words)) return 'consent-wall';
  if (isList(signs, weight, text)) return 'list-page';
  if (weight < 900 && (challenge.test(text) || scriptWanted.test(text))) return 'needs-javascript';
  if (weight < 900 && !signs.declaresArticle && notFound.test(text.slice(0, 200))) return 'no-article';
  if (weight >= MIN_ARTICLE_WEIGHT) return null;
  if (signs.asksForScript && textWeight(signs.words) < 1500) return 'needs-javascript';
  return weight > 0 || signs.words !== '' ? 'too-short' : signs.scripts > 0 ? 'needs-javascript' : 'no-article';
}

/** A wall speaks of little else, and asks for something. */
function isConsent(text: string): boolean {
  const hits = text.match(consent)?.length ?? 0;
  return hits >= 3 && hits >= text.length / 150 && asked.test(text);
}

/** Share of a text that stands under the titles of other pages: of a page that says nothing of itself, and of one that says article. */
const BLURBS = 0.6;
const BLURBS_OF_DECLARED = 0.8;

/** Lists carry the marks of articles too, for their entries or because a template says so: then the text decides. */
function isList({ declaresArticle, isFrontPage, teasers }: PageSigns, weight: number, text: string): boolean {
  const isDeclared = declaresArticle && !isFrontPage;
  if (!isDeclared && isFrontPage && teasers.headings >= 6 && weight < 3000) return true;
  if (!isDeclared && teasers.headings >= MANY_HEADINGS && weight < 1000) return true;
  return teasers.blurbs !== '' && shareOfBlurbs(teasers.blurbs, text) > (isDeclared ? BLURBS_OF_DECLARED : BLURBS);
}

/** So many paragraphs tell what a page is. */
const MOST_COMPARED = 300;
/** Fewer teasers than this are one or two in whose box the text of the page stands too. */
const FEWEST_USED = 5;

/** How much of a text is what stands under the titles of other pages, where it is of several of them. */
function shareOfBlurbs(blurbs: string, text: string): number {
  const lines = blurbs.split('\n');
  const blocks = text.split('\n', MOST_COMPARED).map(oneLine);
  const used = new Set<number>();
  let teased = 0;
  for (const block of blocks) {
    const line = lines.findIndex((blurb) => blurb.includes(block));
    if (line < 0) continue;
    used.add(line);
    teased += block.length;
  }
  return used.size < FEWEST_USED ? 0 : teased / Math.max(1, blocks.join('').length);
}

/**
 * 0…1. Length, the page's own claims and the comparison with JSON-LD's `articleBody` count; `share` is the part of the
 * page's running text that was kept, 0…1.
 */
export function confidenceOf(signs: PageSigns, text: string, metadata: Metadata, share: number): number {
  const weight = textWeight(text);
  let sure = 0.45;
  sure += weight >= 1500 ? 0.2 : weight >= 600 ? 0.12 : weight < 300 ? -0.15 : 0;
  sure += signs.declaresArticle ? 0.1 : 0;
  sure += metadata.title !== '' ? 0.08 : -0.1;
  sure += metadata.publishedAt ? 0.07 : 0;
  sure += metadata.authors.length > 0 ? 0.03 : 0;
  sure += share >= 0.7 ? 0.1 : share < 0.35 ? -0.15 : 0;
  if (signs.isLocked) sure -= 0.25;
  if (signs.isFrontPage) sure -= 0.15;
  if (signs.statedBody !== '') {
    const overlap = overlapOf(signs.statedBody, text);
    sure += overlap >= 0.8 ? 0.07 : overlap < 0.5 ? -0.3 : 0;
    if (signs.statedBody.length > text.length * 2) sure -= 0.2;
  }
  return Math.round(Math.min(0.99, Math.max(0.05, sure)) * 100) / 100;
}

/** Share of the stated body's five-word sequences that the text has too. */
function overlapOf(stated: string, text: string): number {
  const own = new Set(sequences(text));
  const all = sequences(stated);
  return all.length === 0 ? 1 : all.filter((sequence) => own.has(sequence)).length / all.length;
}

function sequences(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.slice(0, -4).map((_, at) => words.slice(at, at + 5).join(' '));
}
