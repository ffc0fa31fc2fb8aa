import type { Fault } from '../domain/errors.ts';
import type { HouseRules } from '../domain/house-rules.ts';
import type { Part } from '../domain/post.ts';
import type { AccountRow } from '../store/account.ts';
import { limitsOf } from './limits.ts';

/** Images without the description that the house asks for; none where the network has no room for one. */
export function altTextFaults(
  parts: readonly Pick<Part, 'media'>[],
  account: Pick<AccountRow, 'network' | 'limits'>,
  { altText }: Pick<HouseRules, 'altText'>,
): Fault[] {
  if (altText === 'optional' || (limitsOf(account).images?.maxAlt ?? 0) === 0) return [];
  return parts.flatMap(({ media }, part) =>
    media.flatMap(({ alt }, index) => {
      if (alt.trim() !== '') return [];
      const message = `Image ${index + 1} has no description, which the house rules ask for: say what it shows.`;
      return [{ pointer: `/parts/${part}/media/${index}/alt`, code: 'no-alt-text', message }];
    }),
  );
}
