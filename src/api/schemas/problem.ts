import { z } from 'zod';

/** RFC 9457 with our three members: which request, which faults, and where the reader may look. */
export const problem = z
  .object({
    type: z.string().describe('Path of a page that explains this kind of problem, e.g. `/problems/invalid`.'),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe('One sentence: what was wrong and what to do.'),
    instance: z.string().describe('Path of the request.'),
    requestId: z.string().describe('Also in the `X-Request-Id` header and in the log.'),
    errors: z
      .array(
        z.object({
          pointer: z.string().describe('JSON pointer into the body; `?name` for a query parameter.'),
          code: z.string(),
          message: z.string(),
        }),
      )
      .optional()
      .describe('Every fault of the request, not only the first.'),
  })
  .loose()
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problem>;
