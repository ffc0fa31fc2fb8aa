import { z } from 'zod';
import { MOST_OF_VALUE } from '../../text/changed-fields.ts';
import { givenInstant, instant, page, pageQuery, plainText } from './common.ts';

/** One thing that somebody did. Written in the transaction that did it; never changed, never removed. */
export const auditView = z
  .object({
    id: z.string(),
    at: instant,
    action: z.string().describe('Like the type of an event, e.g. `post.approved`.'),
    subject: z.string().describe('Id of what it was done to.'),
    actor: z.string().nullable().describe('Id of the member or API key; null where the product did it by itself.'),
    actorName: z.string().nullable(),
    ip: z.string().nullable(),
    requestId: z.string().nullable(),
    before: z.string().nullable().describe('SHA-256 of what was before, where the action changes something.'),
    after: z.string().nullable().describe('SHA-256 of what is after it; of a post, the hash of its content.'),
    changes: z
      .array(
        z.object({
          field: z.string(),
          before: z.unknown().describe('Null: it was not there.'),
          after: z.unknown().describe('Null: it is gone.'),
        }),
      )
      .nullable()
      .describe(
        `Each field that was changed, before and after; of a post its text, state and time. No secret is in it, and a value is cut after ${MOST_OF_VALUE.toLocaleString('en')} characters. Null where the action changes no field, or once the values are older than they are kept: the row itself stays.`,
      ),
    data: z.record(z.string(), z.unknown()),
    hash: z.string().nullable().describe('In the chain; null for the seconds until the row is linked to it.'),
  })
  .meta({ id: 'AuditRecord' });
export type AuditView = z.infer<typeof auditView>;

export const auditPage = page(auditView);

export const auditQuery = z.strictObject({
  ...pageQuery.shape,
  actor: plainText(80).optional().describe('Id of the member or API key that did it.'),
  action: plainText(80).optional().describe('One action, or a family: `member` is every `member.…`.'),
  subject: plainText(80).optional().describe('Id of what it was done to.'),
  ip: plainText(45).optional().describe('Address it came from.'),
  since: givenInstant.optional().describe('Not before this time.'),
  until: givenInstant.optional().describe('Before this time.'),
});

export const auditHead = z.strictObject({
  head: z
    .string()
    .regex(/^\d{1,15}:([0-9a-f]{64})?$/, 'is not a head as an earlier verification gave it: <n>:<hash>')
    .optional()
    .describe('`head` of an earlier answer: shows also what was cut off or written anew since.'),
});

export const auditVerdict = z
  .object({
    linked: z.number().int().describe('Rows in the chain.'),
    waiting: z.number().int().describe('Rows that are linked within seconds, while a worker runs.'),
    head: z.string().describe('End of the chain. Keep it elsewhere.'),
    faults: z.array(z.string()).describe('One sentence per row that was changed, moved or is missing.'),
  })
  .meta({ id: 'AuditVerdict' });
