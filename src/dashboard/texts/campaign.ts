import type { CampaignName } from '../../domain/campaign.ts';
import { posts } from './counted.ts';

/** What the links of one story say of their campaign. */
export const campaign = {
  title: 'Campaign of this story',
  why: 'These parameters stand at the end of its links, so that the house sees where readers came from. {network} in a value is the network’s id.',
  readOnly: 'You may read this; who may publish changes it.',
  names: {
    source: 'utm_source',
    medium: 'utm_medium',
    campaign: 'utm_campaign',
    term: 'utm_term',
    content: 'utm_content',
  } satisfies Record<CampaignName, string>,
  modeOf: (name: string) => `${name}: from where`,
  valueOf: (name: string) => `${name}: its own value`,
  modes: { house: 'As the house', own: 'Its own', none: 'Left out' },
  houseNone: 'the house has none',
  off: 'No campaign parameters on this story',
  links: 'What its links get',
  nothing: 'nothing',
  back: (count: number) =>
    `${posts(count)} approved before ${count === 1 ? 'goes' : 'go'} back to review: an approval is for the link too.`,
  save: 'Save',
  saved: 'The links of the story are changed.',
} as const;
