import { z } from 'zod';
import { retainedNames } from '../../domain/retention.ts';
import { chosenAges } from '../../store/ages.ts';

/** `PUT /v1/retention` with `If-Match`: all that is decided; what is left out is kept as long as usual. */
export const givenRetention = z.strictObject({ days: chosenAges }).meta({
  id: 'GivenRetention',
  examples: [{ days: { decisions: 60, html: 14 } }],
});

export const retentionView = z
  .object({
    ages: z
      .array(
        z.object({
          what: z.enum(retainedNames),
          days: z.int().describe('What is older is forgotten, four times a day.'),
          usual: z.int().describe('Days where nobody has decided anything.'),
          isFixed: z.boolean().describe('Set by the operator with `STANDFIRST_RETENTION`, and changed there only.'),
        }),
      )
      .describe(
        'Everything that is forgotten at some age. Posts, their texts, receipts and the audit are kept for good.',
      ),
    version: z.int().describe('0 where nobody has decided anything. Also the `ETag`.'),
  })
  .meta({ id: 'Retention' });
export type RetentionView = z.infer<typeof retentionView>;
