import { z } from 'zod';
import { filledText, instant } from './common.ts';

/** `POST /v1/holds`. */
export const newHold = z
  .strictObject({
    scope: z.enum(['all', 'network', 'account']),
    target: filledText(100).optional().describe('Id of the network or of the account; none for `all`.'),
    reason: filledText(1000).describe('Everybody sees it.'),
  })
  .superRefine((value, context) => {
    if ((value.scope === 'all') === (value.target === undefined)) return;
    const message =
      value.scope === 'all' ? 'cannot stand beside the scope all' : `is needed for the scope ${value.scope}`;
    context.addIssue({ code: 'custom', path: ['target'], message });
  })
  .meta({ id: 'NewHold', examples: [{ scope: 'all', reason: 'A name is being checked.' }] });

/** A hold that is in force: nothing that it matches is sent. */
export const holdView = z
  .object({
    id: z.string(),
    scope: z.enum(['all', 'network', 'account', 'word']),
    target: z.string().nullable(),
    reason: z.string(),
    placedBy: z.string(),
    placedAt: instant,
  })
  .meta({ id: 'Hold' });
export type HoldView = z.infer<typeof holdView>;

export const holdList = z.object({ data: z.array(holdView) });
