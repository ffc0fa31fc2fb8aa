import { z } from 'zod';
import { holdScopes, resumes } from '../../store/hold.ts';
import { filledText, instant, page, pageQuery } from './common.ts';

/** `POST /v1/holds`. */
export const newHold = z
  .strictObject({
    scope: z
      .enum(holdScopes)
      .describe(
        'Everything, one network, one account, the posts of one story, one post, or every post that mentions a word or name. A word is looked for in all that a post says, without regard to capitals, accents and strokes of letters (`Łódź` is `Lodz`, `Æ` is `ae`, and `Müller` is `Muller` and `Mueller`), vowel signs, spaces, the dots of abbreviations, commas, colons, brackets, slashes, hyphens, quotation marks, `#`, `@` and what is not seen, in addresses also where it is percent-encoded, across the messages of a thread, with the first or last of several words at the other end (`Putin, Vladimir` is `Vladimir Putin`), and inside longer words too: `art` holds “party”.',
      ),
    target: filledText(200)
      .optional()
      .describe('The network’s, account’s, story’s or post’s id, or the word; not with `all`.'),
    reason: filledText(500).describe('Shown at every post that it holds.'),
  })
  .superRefine((value, context) => {
    if ((value.scope === 'all') === (value.target === undefined)) return;
    const message = value.scope === 'all' ? 'is not used with scope all' : `is needed with scope ${value.scope}`;
    context.addIssue({ code: 'custom', path: ['target'], message });
  })
  .meta({ id: 'NewHold', examples: [{ scope: 'word', target: 'Ilse Brandt', reason: 'A court order.' }] });

export const holdView = z
  .object({
    id: z.string(),
    scope: z.enum(holdScopes),
    target: z.string().nullable(),
    reason: z.string(),
    placedBy: z.string(),
    placedByName: z.string().nullable().describe('What that member or key is called.'),
    placedAt: instant,
    liftedBy: z.string().nullable(),
    liftedAt: instant.nullable(),
    resume: z.enum(resumes).nullable(),
  })
  .meta({ id: 'Hold' });
export type HoldView = z.infer<typeof holdView>;

export const holdQuery = z.strictObject({
  ...pageQuery.shape,
  state: z.enum(['open', 'all']).default('open').describe('Those that still hold, or those lifted too.'),
});
export const holdPage = page(holdView);

/** `POST /v1/holds/{id}/lift`. */
export const liftBody = z
  .strictObject({
    resume: z
      .enum(resumes)
      .describe(
        '`as-planned`: what came due meanwhile goes out now, by the account’s gap and caps; past its `staleAt` it is stale and not sent. `shift`: every post that had its time before the hold moves by as long as it lasted until this was first asked for, and further where quiet hours, the gap or a cap speak against that; one that waits for an embargo goes at its end, or at its own new time if that is later. What would be worthless by its new time is stale where it came due under the hold, and else keeps its time; what was given its time meanwhile keeps it too. Of thousands of posts this takes a while, and the hold stands until all have moved: where no answer comes, ask again, and it goes on without moving anything twice. `drop-stale`: what came due meanwhile is stale.',
      ),
  })
  .meta({ examples: [{ resume: 'as-planned' }] });
