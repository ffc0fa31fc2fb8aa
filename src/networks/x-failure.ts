import { z } from 'zod';
import type { Failure } from '../domain/errors.ts';
import type { Reply } from './ask.ts';
import { beforePosting, failure, failureOfStatus, reworded } from './outcome.ts';

/** X counts its limits in windows of 15 minutes: https://docs.x.com/x-api/fundamentals/rate-limits */
const WINDOW_MS = 15 * 60_000;

/** Said in the form and, where X is the one to find out, in the answer. */
export const APP_ONLY =
  'This is an app-only bearer token: X lets it read, not post. ' +
  'Give the four OAuth 1.0a keys of the account, or connect it by OAuth 2.';

const problem = z.object({
  detail: z.string().default(''),
  type: z.string().default(''),
  title: z.string().default(''),
});

/** X's own answers, by problem type and, where v2 has no code (duplicates), by its words. */
export function failureOfX(reply: Reply, now: Date): Failure {
  const { status } = reply;
  const general = failureOfStatus(reply, now, WINDOW_MS);
  const parsed = problem.safeParse(reply.json);
  if (!parsed.success || general.kind === 'unknown') return general;
  const { detail, type, title } = parsed.data;
  const said = `X: ${detail || title || `HTTP ${status}`}`;
  if (type.endsWith('usage-capped') || /credits?\b/i.test(`${title} ${detail}`) || status === 402) {
    return failure('refused', 'out_of_credit', said, { code: String(status) });
  }
  if (status === 403 && /duplicate content/i.test(detail)) {
    // It may be our own post whose answer was lost: a look-up decides.
    return failure('unknown', 'duplicate', said, { code: '403' });
  }
  if (type.endsWith('unsupported-authentication')) return failure('refused', 'permission', APP_ONLY, { code: '403' });
  if (status === 403 && /reply/i.test(detail)) return failure('refused', 'content_rejected', said, { code: '403' });
  if (status === 400 && /too long|exceeds|character/i.test(detail)) return failure('refused', 'too_long', said);
  return reworded(general, said);
}

/** Nothing is live before the post itself, so a lost upload is a plain failure. */
export function failureOfMedia(answer: Reply | Failure, now: Date): Failure {
  if (answer.kind !== 'reply') return beforePosting(answer);
  const fault = failureOfX(answer, now);
  return answer.status === 400 || answer.status === 413
    ? failure('refused', 'media_rejected', fault.detail, { code: String(answer.status) })
    : beforePosting(fault);
}

/** A refused refresh is the end of the connection, whatever 4xx it comes with; the rest is as everywhere. */
export function failureOfRefresh(reply: Reply, now: Date): Failure {
  const general = failureOfX(reply, now);
  return reply.status === 400 || reply.status === 401 || reply.status === 403
    ? failure('signed-out', 'auth_expired', general.detail, { code: String(reply.status) })
    : general;
}
