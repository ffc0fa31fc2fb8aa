import { ofNetwork } from '../domain/house-rules.ts';
import type { HouseRules } from '../domain/house-rules.ts';
import type { LinkCard, Part } from '../domain/post.ts';
import { networkOf } from '../networks/registry.ts';
import { leadsTo } from '../text/addresses.ts';
import { urlKey } from '../text/url.ts';
import { withUtm } from '../text/utm.ts';
import { limitsOf } from './limits.ts';
import type { LimitedAccount } from './limits.ts';

/** A ready text with its link, as it goes out on one account. */
export interface Placed {
  readonly parts: readonly Part[];
  /** With the house's campaign parameters, where it was put in here. */
  readonly link: string | null;
}

/**
 * Puts the link of a ready text where posts of articles have theirs: into the first message, on a line of its own after the
 * text, and into a card where we build one; into the card alone where the network shows links so, unless an image takes the
 * card's place. A text that leads there already stays as it is written.
 */
export function placeLink(
  { parts, link = null }: { readonly parts: readonly Part[]; readonly link?: string | null },
  account: LimitedAccount,
  rules: HouseRules,
): Placed {
  const [first, ...rest] = parts;
  if (link === null || first === undefined || parts.some(({ text }) => leadsTo(text, link))) return { parts, link };
  const { id, powers } = networkOf(account.network).profile;
  const limits = limitsOf(account);
  const address = withUtm(link, ofNetwork(rules.utm, id), id);
  const mayHaveCard = powers.linkCard === 'client' && first.media.length === 0;
  const card = first.card ?? (mayHaveCard ? cardOf(address) : null);
  const isInCard = limits.link === 'card-only' && mayHaveCard && card !== null && leadsTo(card.url, link);
  const text = isInCard ? first.text : `${first.text.trimEnd()}\n${address}`;
  return { parts: [{ ...first, text, card }, ...rest], link: address };
}

/** Nothing is known of the page but its address. */
function cardOf(url: string): LinkCard {
  return { url, title: urlKey(url).replace(/\?.*$/, ''), description: '', image: null };
}
