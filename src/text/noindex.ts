/**
 * Whether a page asks search engines to leave it out, by its robots element or the header: what a publisher does to an
 * article that is taken back. https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag
 */
export function isNoindex(html: string, header: string | null): boolean {
  if (header !== null && header.split(',').some(forAll)) return true;
  const head = html.slice(0, LONGEST_HEAD);
  for (const [element] of head.matchAll(/<meta\b[^>]*>/gi)) {
    const name = /\bname\s*=\s*["']?\s*([\w-]+)/i.exec(element)?.[1]?.toLowerCase();
    const content = /\bcontent\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/i.exec(element);
    const rules = content?.[1] ?? content?.[2] ?? content?.[3] ?? '';
    if (name === 'robots' && rules.split(',').some(isOut)) return true;
  }
  return false;
}

/** UTF-16 units in which the robots element has to stand. */
const LONGEST_HEAD = 200_000;

function isOut(rule: string): boolean {
  return ['noindex', 'none'].includes(rule.trim().toLowerCase());
}

/** `googlebot: noindex` is for one of them only. */
function forAll(rule: string): boolean {
  return !rule.includes(':') && isOut(rule);
}
