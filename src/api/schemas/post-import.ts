import { z } from 'zod';
import { plainText } from './common.ts';
import { exampleId } from './examples.ts';

export const MAX_ROWS = 1_000;

/** Columns of a CSV file of posts to queue; `accounts` holds ids or names, parted by semicolons. */
export const importColumns = [
  'accounts',
  'text',
  'link',
  'schedule',
  'timeZone',
  'urgency',
  'lang',
  'worthlessAfter',
] as const;

/** `POST /v1/post-imports`. */
export const postImport = z
  .strictObject({
    rows: z
      .array(z.unknown())
      .optional()
      .describe('Each as the body of `POST /v1/posts`; accounts by id, or by a name that only one has.'),
    csv: plainText(5_000_000)
      .optional()
      .describe(
        `CSV with a header line that names some of ${importColumns.join(', ')}. Several accounts are parted by semicolons; \`schedule\` is now, next-slot, review, draft, an instant, or a local time beside timeZone.`,
      ),
    dryRun: z.boolean().default(false).describe('Write nothing, and report every row.'),
    again: z
      .boolean()
      .default(false)
      .describe('Also write rows that you have imported within the last 24 hours: each makes new posts.'),
  })
  .refine(({ rows, csv }) => (rows === undefined) !== (csv === undefined), 'needs exactly one of rows or csv')
  .meta({
    id: 'PostImport',
    examples: [
      { dryRun: true, csv: 'accounts,text,schedule\nSandbox,The ferry is back.,next-slot\n' },
      { rows: [{ accountIds: [exampleId('account')], text: 'The ferry is back.', schedule: 'review' }] },
    ],
  });

export const importReport = z
  .object({
    dryRun: z.boolean(),
    right: z.int(),
    faulty: z.int(),
    there: z.int().describe('Rows that were there already, and are not written again.'),
    rows: z.array(
      z.object({
        row: z.int().describe('From 1, without the header line.'),
        isThere: z.boolean().describe('You have imported this row within the last 24 hours: nothing is written.'),
        postIds: z
          .array(z.string())
          .describe('In the order of its accounts: those it became before where it is there; else empty in a dry run.'),
        reason: z.string().nullable().describe('Why it waits in review, though it has a time; null where it does not.'),
        faults: z.array(z.object({ pointer: z.string(), code: z.string(), message: z.string() })),
      }),
    ),
  })
  .meta({ id: 'ImportReport' });
