import type { Part } from '../domain/post.ts';
import { hasLink } from '../text/notices.ts';
import type { Profile } from './network.ts';

/** What the network charges for these messages, in millionths of a US dollar: each costs more where it has a link. */
export function priceOf({ price, limits }: Profile, parts: readonly Pick<Part, 'text'>[]): number {
  if (price.post === 0 && price.postWithLink === 0) return 0;
  return parts.reduce((sum, { text }) => sum + (hasLink(text, limits) ? price.postWithLink : price.post), 0);
}
