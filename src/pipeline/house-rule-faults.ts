import type { Fault } from '../domain/errors.ts';
import { ofNetwork } from '../domain/house-rules.ts';
import type { HouseRules } from '../domain/house-rules.ts';
import { quietWeekFault } from '../domain/quiet-week.ts';
import { networks } from '../networks/registry.ts';
import { toTag } from '../text/hashtags-tag.ts';
import { isHashtag } from '../text/post-hashtags.ts';
import { templateFault } from '../text/template.ts';

/** What is wrong with house rules in themselves: it asks no database, so that the command line can say it too. */
const profiles = networks.map(({ profile }) => profile);

/** What is looked at here. A null is a tag that cannot be read. */
export interface RulesInThemselves extends Pick<HouseRules, 'utm' | 'signatures' | 'templates' | 'quietHours'> {
  readonly hashtags: Pick<HouseRules['hashtags'], 'aliases'> & { readonly always: readonly (string | null)[] };
}

/** What is wrong with house rules beyond their shape: tags and networks that there are not, and templates that leave no room. */
export function faultsOfRules(rules: RulesInThemselves): Fault[] {
  const faults: Fault[] = tagFaults(rules.hashtags);
  for (const field of ['utm', 'signatures', 'templates'] as const) {
    for (const network of Object.keys(rules[field])) {
      if (network === '*' || profiles.some(({ id }) => id === network)) continue;
      const message = `is none of our networks: ${profiles.map(({ id }) => id).join(', ')}, or * for all`;
      faults.push({ pointer: `/${field}/${network}`, code: 'unknown-network', message });
    }
  }
  for (const [key, template] of Object.entries(rules.templates)) {
    const meant = profiles.filter(({ id }) => id === key || (key === '*' && !Object.hasOwn(rules.templates, id)));
    const found = meant.map((profile) =>
      templateFault(template, ofNetwork(rules.signatures, profile.id) ?? '', profile),
    );
    const message = found.find((fault) => fault !== null);
    if (message != null) faults.push({ pointer: `/templates/${key}`, code: 'template', message });
  }
  const quiet = quietWeekFault(rules.quietHours);
  if (quiet !== null) faults.push({ pointer: '/quietHours', code: 'quiet-week', message: quiet });
  return faults;
}

/**
 * What the house wants on its posts and no network makes a hashtag of. A name with spaces is written as one word; what the
 * house writes with its `#` is taken as it stands.
 */
function tagFaults({ always, aliases }: RulesInThemselves['hashtags']): Fault[] {
  const wanted: (readonly [string, string | null])[] = [
    ...always.map((tag, index) => [`/hashtags/always/${index}`, tag] as const),
    ...Object.entries(aliases).map(([name, tag]) => [`/hashtags/aliases/${name}`, tag] as const),
  ];
  return wanted.flatMap(([pointer, given]) => {
    if (given === null) return [];
    const tag = toTag(given);
    if (tag !== null && (!given.startsWith('#') || isHashtag(given))) return [];
    const linking = profiles.filter(({ limits }) => limits.hashtags.max > 0).map(({ name }) => name);
    const why =
      tag === null ? 'a hashtag needs a letter' : `a hashtag has letters, digits and underscores only, so write ${tag}`;
    const message = `“${given}” is no hashtag on ${linking.join(', ')}: ${why}`;
    return [{ pointer, code: 'no-hashtag', message }];
  });
}
