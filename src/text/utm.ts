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
