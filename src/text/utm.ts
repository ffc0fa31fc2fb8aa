import type { Utm } from '../domain/house-rules.ts';

/**
 * A link with the house's campaign parameters. One that the link has already stays as it is; the rest of the address is
 * left byte for byte.
 */
export function withUtm(link: string, utm: Utm | undefined, network: string): string {
  if (utm === undefined || !URL.canParse(link)) return link;
  const has = new URL(link).searchParams;
  const added = Object.entries(utm).flatMap(([name, value]) =>
    value === undefined || has.has(`utm_${name}`)
      ? []
      : [`utm_${name}=${encodeURIComponent(value.replaceAll('{network}', network))}`],
  );
  if (added.length === 0) return link;
  const [, address = link, fragment = ''] = /^([^#]*)(#.*)?$/s.exec(link) ?? [];
  const joint = address.includes('?') ? (/[?&]$/.test(address) ? '' : '&') : '?';
  return address + joint + added.join('&') + fragment;
}

/** The link without the parameters that `withUtm` would have given it; the rest byte for byte. */
export function withoutUtm(link: string, utm: Utm | undefined, network: string): string {
  const [, address = link, query = '', fragment = ''] = /^([^?#]*)(?:\?([^#]*))?(#.*)?$/s.exec(link) ?? [];
  const added = new Set(
    Object.entries(utm ?? {}).flatMap(([name, value]) =>
      value === undefined ? [] : [`utm_${name}=${encodeURIComponent(value.replaceAll('{network}', network))}`],
    ),
  );
  const left = query.split('&').filter((pair) => pair !== '' && !added.has(pair));
  if (left.length === query.split('&').length) return link;
  return `${address}${left.length === 0 ? '' : `?${left.join('&')}`}${fragment}`;
}
