import { z } from 'zod';
import type { Failure } from '../domain/errors.ts';
import type { Reply } from './ask.ts';
import { failure, failureOfStatus, retryAfterOf } from './outcome.ts';

const errorReply = z.object({ ok: z.literal(false), error: z.string(), needed: z.string().optional() });

/** What each error asks for: https://docs.slack.dev/reference/methods/chat.postMessage#errors. Others are refusals of the content. */
const meanings: Record<string, Pick<Failure, 'kind' | 'cause'>> = {
  ...meaning(
    { kind: 'signed-out', cause: 'auth_expired' },
    'invalid_auth not_authed token_revoked token_expired account_inactive',
  ),
  ...meaning({ kind: 'limited', cause: 'rate_limited' }, 'ratelimited rate_limited'),
  ...meaning(
    { kind: 'unknown', cause: 'timeout_unknown' },
    'internal_error fatal_error service_unavailable request_timeout',
  ),
  ...meaning(
    { kind: 'refused', cause: 'permission' },
    'missing_scope no_permission restricted_action not_in_channel ekm_access_denied',
  ),
  ...meaning({ kind: 'refused', cause: 'too_long' }, 'msg_too_long msg_blocks_too_long'),
  ...meaning({ kind: 'refused', cause: 'config' }, 'channel_not_found is_archived'),
};

function meaning(verdict: Pick<Failure, 'kind' | 'cause'>, errors: string): typeof meanings {
  return Object.fromEntries(errors.split(' ').map((error) => [error, verdict]));
}

/** The scope that an answer says is missing; null where that is not what it says. */
export function scopeMissing(reply: Reply): string | null {
  const said = errorReply.safeParse(reply.json).data;
  return said?.error === 'missing_scope' ? (said.needed ?? 'channels:history') : null;
}

/** An answer of the Web API: its status is 200 also where it refuses. */
export function failureOfSlack(reply: Reply, now: Date): Failure {
  const general = failureOfStatus(reply, now);
  const parsed = errorReply.safeParse(reply.json);
  if (!parsed.success) return general;
  const { error, needed } = parsed.data;
  const verdict = meanings[error] ?? (reply.status === 200 ? { kind: 'refused', cause: 'content_rejected' } : general);
  const wait = verdict.kind === 'limited' ? { retryAfterMs: retryAfterOf(reply.headers, now) } : {};
  const said = `Slack: ${error}${needed === undefined ? '' : ` (${needed} is needed)`}`;
  return failure(verdict.kind, verdict.cause, said, { code: error, ...wait });
}
