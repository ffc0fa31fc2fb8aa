import { z } from 'zod';
import { instant } from './common.ts';

const wholeNumber = (from: number, to: number): z.ZodCoercedNumber =>
  z.coerce
    .number({ error: 'is not a number' })
    .int('is not a whole number')
    .min(from, `must be from ${from} to ${to}`)
    .max(to, `must be from ${from} to ${to}`);

/** `GET /v1/figures`. */
export const figuresQuery = z.strictObject({
  hours: wholeNumber(1, 720).default(24).describe('How far back.'),
  stretches: wholeNumber(1, 120).default(48).describe('Into how many equal stretches that is cut.'),
});

const outcome = z.object({
  published: z.int().describe('Went out at the first try.'),
  retried: z.int().describe('Went out after more than one try.'),
  failed: z.int().describe('Failed, in doubt, or too late.'),
  held: z.int().describe('A hold keeps them back now, and their time has come.'),
  measured: z.int().describe('Of those that went out, whose lateness is known.'),
  onTime: z.int().describe('Of the measured, at most 30 s late.'),
  medianMs: z.int().nullable(),
  p95Ms: z.int().nullable(),
  worstMs: z.int().nullable(),
});

const ofNetwork = z.object({
  network: z.string().nullable().describe('Id of a network; null: all together.'),
  whole: outcome,
  stretches: z.array(outcome.extend({ from: instant })).describe('Those in which a post was due.'),
});

export const figuresView = z
  .object({
    from: instant,
    to: instant,
    collectingSince: instant.nullable().describe('Since when there are figures: when the first account was connected.'),
    stretchMs: z.number().describe('How long a stretch is.'),
    networks: z.array(ofNetwork).describe('All together first, then each with a post in the span.'),
  })
  .meta({ id: 'Figures' });
export type FiguresView = z.infer<typeof figuresView>;
