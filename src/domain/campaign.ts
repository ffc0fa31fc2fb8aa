import type { HouseRules, Utm } from './house-rules.ts';
import { ofNetwork } from './house-rules.ts';

/** Parameters of a link that campaigns have, without their `utm_`. */
export const campaignNames = ['source', 'medium', 'campaign', 'term', 'content'] as const;
export type CampaignName = (typeof campaignNames)[number];

/** What the links of one story say instead of the house's: null leaves a parameter out; what is absent is as in the house. */
export type StoryCampaign = { readonly [Name in CampaignName]?: string | null | undefined };

/** The house rules as they hold for a story. @param own null: as in the house. */
export function forStory(rules: HouseRules, own: StoryCampaign | null): HouseRules {
  if (own === null) return rules;
  const named = { '*': {}, ...rules.utm };
  return { ...rules, utm: Object.fromEntries(Object.entries(named).map(([id, utm]) => [id, merged(utm, own)])) };
}

/** What a story's links say on a network. `{network}` in a value is its id. */
export function campaignOn(rules: Pick<HouseRules, 'utm'>, own: StoryCampaign | null, network: string): Utm {
  return merged(ofNetwork(rules.utm, network) ?? {}, own ?? {});
}

function merged(utm: Utm, own: StoryCampaign): Utm {
  const values = campaignNames.flatMap((name) => {
    const value = own[name] === undefined ? utm[name] : own[name];
    return value === undefined || value === null ? [] : [[name, value] as const];
  });
  return Object.fromEntries(values);
}

/** Null where it changes nothing: nobody has decided anything for the story then. */
export function decided(own: StoryCampaign | null): StoryCampaign | null {
  const given = Object.entries(own ?? {}).filter(([, value]) => value !== undefined);
  return given.length === 0 ? null : Object.fromEntries(given);
}

export function isSameCampaign(one: StoryCampaign | null, other: StoryCampaign | null): boolean {
  return campaignNames.every((name) => one?.[name] === other?.[name]);
}
