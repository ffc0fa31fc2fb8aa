import { createHash } from 'node:crypto';
import type { SourceItem } from '../domain/source.ts';
import { articleRequest } from '../store/article.ts';
import type { ArticleRequest } from '../store/article.ts';
import type { NewDecision } from '../store/decision.ts';
import type { SourceRow } from '../store/source.ts';
import type { SourceSettings } from '../store/source-settings.ts';
import { escapeXml } from '../text/escape-xml.ts';
import type { Candidate, Judgement } from '../text/intake-rules.ts';

/** One item that a source showed: what rules look at, what the line is asked for, and what is kept of it. */

/** UTF-16 units of a teaser that are kept; rules look at no more. */
const MAX_TEASER = 1_000;
const MAX_TITLE = 500;

/** What rules may look at before the article was read: a bare address says nothing yet. */
export function candidateOf(settings: SourceSettings, item: Omit<SourceItem, 'guid' | 'url' | 'content'>): Candidate {
  const words = [item.title, item.teaser ?? ''].filter((text) => text !== '');
  return {
    words: words.length === 0 ? null : words,
    sections: item.sections.length === 0 ? null : item.sections,
    lang: settings.lang ?? item.lang,
    length: null,
    publishedAt: item.publishedAt,
  };
}

/** Neither an address to read nor words of its own. */
export function isUnreadable(settings: SourceSettings, item: SourceItem): boolean {
  return item.url === null && (item.content ?? '') === '' && (settings.text === 'page' || item.title === '');
}

function readsPage(settings: SourceSettings, item: Pick<SourceItem, 'url' | 'content'>): boolean {
  return item.url !== null && (settings.text === 'page' || (item.content ?? '') === '');
}

/** What the line is asked for: the page, or the text that the feed gave. */
export function requestOf(
  settings: SourceSettings,
  item: SourceItem,
  judged: Pick<Judgement & { passes: true }, 'isUrgent'>,
): ArticleRequest {
  const isPage = readsPage(settings, item);
  const section = settings.section ?? (isPage ? null : (item.sections[0] ?? null));
  return articleRequest.parse({
    ...(item.url === null ? {} : { url: item.url }),
    ...(isPage ? {} : { html: pageOf(item) }),
    ...(section === null ? {} : { section }),
    ...(settings.lang === null ? {} : { lang: settings.lang }),
    ...(settings.accountIds === null ? {} : { accountIds: settings.accountIds }),
    tags: settings.tags,
    urgency: judged.isUrgent ? 'breaking' : settings.urgency,
  });
}

/** A page around the text of an item, so that it is read as every other. */
function pageOf({ title, content, lang, publishedAt }: SourceItem): string {
  const language = lang === null ? '' : ` lang="${escapeXml(lang)}"`;
  const time =
    publishedAt === null ? '' : `<meta property="article:published_time" content="${escapeXml(publishedAt)}">`;
  const head = `<head><title>${escapeXml(title)}</title>${time}</head>`;
  return `<!doctype html><html${language}>${head}<body><article><h1>${escapeXml(title)}</h1>${content ?? ''}</article></body></html>`;
}

/** What the log of decisions keeps of it. */
export function wordsOf(
  source: SourceRow,
  item: SourceItem,
): Pick<NewDecision, 'url' | 'title' | 'teaser' | 'sections' | 'lang' | 'publishedAt' | 'content' | 'hash'> {
  return {
    url: item.url,
    title: item.title.slice(0, MAX_TITLE),
    teaser: item.teaser?.slice(0, MAX_TEASER) ?? null,
    sections: item.sections.slice(0, 30),
    lang: item.lang,
    publishedAt: item.publishedAt,
    content: readsPage(source.settings, item) ? null : item.content,
    hash: hashOf(item),
  };
}

/** Of the words, not of the dates: a feed that dates its items anew has not changed them. */
export function hashOf({ title, teaser, content }: SourceItem): string {
  return createHash('sha256')
    .update(JSON.stringify([title, teaser, content]))
    .digest('base64url');
}
