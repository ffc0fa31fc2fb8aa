import { z } from 'zod';
import type { Failure } from '../domain/errors.ts';
import type { Reply } from './ask.ts';
import { failure, failureOfStatus, reworded } from './outcome.ts';

/** Quotas are of a day, and a 429 says nothing of when: asking every minute until midnight UTC would help nobody. */
const QUOTA_WAIT_MS = 15 * 60_000;

/** How LinkedIn says no. */
export const errorReply = z.object({ message: z.string().default(''), code: z.string().optional() });

/** LinkedIn's own answers, by its words where a status says too little. */
export function failureOfLinkedin(reply: Reply, now: Date): Failure {
  const general = failureOfStatus(reply, now, QUOTA_WAIT_MS);
  const parsed = errorReply.safeParse(reply.json);
  if (!parsed.success) return general;
  const { message, code } = parsed.data;
  const more = code === undefined ? {} : { code };
  if (general.kind === 'refused' && /exceeds? .*(length|characters|3000)|too long/i.test(message)) {
    return failure('refused', 'too_long', `LinkedIn: ${message}`, more);
  }
  return reworded(general, `LinkedIn: ${message || general.detail}`, more);
}
