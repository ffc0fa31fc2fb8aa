/** Query parameters that say who sent the reader, not what is read; names as their makers document them. */
const tracking =
  /^(?:utm_\w+|mtm_\w+|pk_\w+|piwik_\w+|hsa_\w+|ga_\w+|at_(?:medium|campaign|custom\d|link\w*|format|ptr_name|bbc_team)|fbclid|gclid|gclsrc|gbraid|wbraid|dclid|msclkid|yclid|twclid|ttclid|igshid|igsh|li_fat_id|mc_cid|mc_eid|_hsenc|_hsmi|mkt_tok|oly_(?:anon|enc)_id|vero_id|s_cid|s_kwcid|cmpid|cmp|cid|campaign|cn-track|ns_\w+|xtor|ref|ref_src|ref_url|referrer|source|src|smid|smtyp|partner|share|shared|sharer|share_id|ftag|ito|ocid|icid|ncid|sr_share|wt_mc|wt_zmc|xing_share|tblci|spm|feature|guccounter|guce_\w+|traffic_source|trk|rss|output|outputtype|amp|outputType|amp_js_v|amp_gsa|usqp|__twitter_impression|sh|si|sref|via|embedded|mbid|pgtype|leadsource|google_editors_picks|ceid|hl|gl)$/i;

/** Kept although they look like tracking: some sites name the article so. */
const sessionLike = /^(?:jsessionid|phpsessid|sid|sessionid)$/i;

/**
 * One address for one article: without fragment, tracking parameters, AMP and mobile variants, default port; host lower
 * case; parameters sorted. The result is for comparing and for linking; a page that names its own canonical address is
 * asked first. Gives the input back where it is not an http(s) URL.
 */
export function canonicalUrl(address: string): string {
  const url = URL.parse(address);
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) return address;
  const inner = withoutAmpCache(url);
  for (const name of Array.from(inner.searchParams.keys())) {
    if (tracking.test(name) || sessionLike.test(name)) inner.searchParams.delete(name);
  }
  inner.searchParams.sort();
  inner.hash = '';
  inner.username = inner.password = '';
  inner.hostname = inner.hostname.replace(/^(?:amp|m|mobile)\.(?=[^.]+\.[^.]+)/, 'www.');
  inner.pathname =
    inner.pathname
      .replace(/\/(?:amp|index\.(?:html?|php|aspx?))\/?$/i, '/')
      .replace(/\.amp(?=\.html?$|$)/i, '')
      .replace(/^\/amp(?=\/)/i, '')
      .replace(/\/{2,}/g, '/')
      .replace(/(?<=.)\/$/, '') || '/';
  return inner.href;
}

/** As `canonicalUrl`, and without scheme and `www.`: a key to find the same address again, not an address to open. */
export function urlKey(address: string): string {
  return canonicalUrl(address).replace(/^https?:\/\/(?:www\.)?/, '');
}

/**
 * The keys that an address is found by: its own, and that of its plain writing, where it has another one: no dot behind the
 * host, and nothing encoded that needs not be (https://www.rfc-editor.org/rfc/rfc3986#section-6.2.2). Keys are kept, and
 * feeds told apart by them, so the own one stays what it was.
 */
export function urlKeys(address: string): string[] {
  return [...new Set([urlKey(address), urlKey(plainly(address))])];
}

function plainly(address: string): string {
  const url = URL.parse(address);
  if (url === null) return address;
  url.hostname = url.hostname.replace(/\.$/, '');
  url.pathname = url.pathname.replace(/%[0-9a-f]{2}/gi, (code) => {
    const sign = String.fromCharCode(Number.parseInt(code.slice(1), 16));
    return /[\w.~-]/.test(sign) ? sign : code.toUpperCase();
  });
  return url.href;
}

/** `https://www.google.com/amp/s/example.com/a` and `https://example-com.cdn.ampproject.org/c/s/example.com/a`. */
function withoutAmpCache(url: URL): URL {
  const match =
    url.hostname.startsWith('www.google.') || url.hostname.endsWith('.cdn.ampproject.org')
      ? /^\/(?:amp|c|v)\/(s\/)?([^/]+\.[^/]+)(\/.*)?$/.exec(url.pathname)
      : null;
  if (!match) return url;
  return URL.parse(`http${match[1] ? 's' : ''}://${match[2] ?? ''}${match[3] ?? ''}${url.search}`) ?? url;
}
