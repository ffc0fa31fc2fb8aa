import { z } from 'zod';
import { houseRules } from '../../store/house-rules.ts';
import { instant } from './common.ts';

/** `PUT /v1/house-rules` with `If-Match`: the whole document; what is left out is as in a house without rules. */
export const givenHouseRules = houseRules.meta({
  id: 'HouseRules',
  examples: [
    {
      hashtags: { always: ['News'], never: ['Breaking'], aliases: { US: 'USA' }, sensitive: ['suicide'] },
      utm: { '*': { source: '{network}', medium: 'social' } },
      templates: { '*': '{summary} {tags}\n{link}' },
      quietHours: [{ from: '23:00', to: '06:00' }],
      altText: 'required',
    },
  ],
});

export const houseRulesView = z
  .object({
    rules: houseRules,
    version: z.int().describe('0 where nobody has decided anything. Also the `ETag`.'),
    changedBy: z.string().nullable(),
    changedAt: instant.nullable(),
  })
  .meta({ id: 'StoredHouseRules' });
export type HouseRulesView = z.infer<typeof houseRulesView>;
