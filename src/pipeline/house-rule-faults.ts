import type { Fault } from '../domain/errors.ts';
import { ofNetwork } from '../domain/house-rules.ts';
import type { HouseRules } from '../domain/house-rules.ts';
import { quietWeekFault } from '../domain/quiet-week.ts';
import { networks } from '../networks/registry.ts';
import { fold } from '../text/hashtags-fold.ts';
import { toTag } from '../text/hashtags-tag.ts';
import { isHashtag } from '../text/post-hashtags.ts';
import { templateFault } from '../text/template.ts';

/** What is wrong with house rules in themselves: it asks no database, so that the command line can say it too. */
const profiles = networks.map(({ profile }) => profile);

type ReadableTags = readonly (string | null)[];

/** What is looked at here. A null is a tag that cannot be read. */
export interface RulesInThemselves extends Pick<HouseRules, 'utm' | 'signatures' | 'templates' | 'quietHours'> {
  readonly hashtags: Pick<HouseRules['hashtags'], 'aliases'> & Readonly<Record<'always' | 'never', ReadableTags>>;
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

/** What ends a phrase or a list rather than standing in a name. */
const NOT_IN_NAMES = /[!?,;:"“”„<>()[\]/\\]|(?<=.)[#＃]/u;

/**
 * What the house has on its posts or never has, and no network makes a hashtag of; and what it has decided both of. A name with
 * spaces is written as one word; what the house writes with its `#` is taken as it stands.
 */
function tagFaults({ always, never, aliases }: RulesInThemselves['hashtags']): Fault[] {
  const wanted: (readonly [string, string | null])[] = [
    ...always.map((tag, index) => [`/hashtags/always/${index}`, tag] as const),
    ...never.map((tag, index) => [`/hashtags/never/${index}`, tag] as const),
    ...Object.entries(aliases).map(([name, tag]) => [`/hashtags/aliases/${name}`, tag] as const),
  ];
  const folded = (tag: string | null): string => fold(tag === null ? '' : (toTag(tag) ?? ''));
  const wantedAlways = new Set(always.map(folded));
  const both = never.flatMap((tag, index): Fault[] => {
    if (folded(tag) === '' || !wantedAlways.has(folded(tag))) return [];
    const message = `“${tag}” stands under always too: a hashtag is in one of the two lists`;
    return [{ pointer: `/hashtags/never/${index}`, code: 'always-and-never', message }];
  });
  const none = wanted.flatMap(([pointer, given]) => {
    if (given === null) return [];
    const tag = toTag(given);
    if (tag !== null && (given.startsWith('#') ? isHashtag(given) : !NOT_IN_NAMES.test(given))) return [];
    const linking = profiles.filter(({ limits }) => limits.hashtags.max > 0).map(({ name }) => name);
    const why =
      tag === null ? 'a hashtag needs a letter' : `a hashtag has letters, digits and underscores only, so write ${tag}`;
    const message = `“${given}” is no hashtag on ${linking.join(', ')}: ${why}`;
    return [{ pointer, code: 'no-hashtag', message }];
  });
  return [...none, ...both];
}
