import { z } from 'zod';

const named = z.object({ name: z.string(), version: z.string() });

/** What runs here and how it was set up, without a secret. How the parts do: `GET /v1/foundations`. */
export const installationView = z
  .object({
    version: z.string().describe('Of standfirst.'),
    node: z.string(),
    timeZone: z
      .string()
      .describe('The newsroom’s IANA zone: what it said (`PUT /v1/newsroom`), else `STANDFIRST_TIME_ZONE`.'),
    zoneData: z.string().describe('Release of the time zone data, as in `2026a`.'),
    database: z.enum(['embedded', 'postgres']).describe('`postgres`: where `DATABASE_URL` says.'),
    queue: z.enum(['redis', 'postgres']).describe('`redis`: where `REDIS_URL` says; else in the database.'),
    engine: named.describe('What ranks the sentences of an article: the same version, the same summary.'),
    model: named
      .nullable()
      .describe('The language model that writes summaries and the version of what it is asked; null: none is loaded.'),
    hasMail: z.boolean().describe('Whether mail can leave: `STANDFIRST_SMTP_URL`.'),
    publicUrl: z.string().nullable().describe('Where people and networks reach it: `STANDFIRST_PUBLIC_URL`.'),
  })
  .meta({ id: 'Installation' });
