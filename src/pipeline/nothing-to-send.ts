import type { Failure, Fault } from '../domain/errors.ts';
import type { Part } from '../domain/post.ts';
import { isBlank } from '../text/blank.ts';
import { faultsOf } from './limits.ts';
import type { LimitedAccount } from './limits.ts';

/** Why nothing of a post can be sent, whatever its network takes: null where it has a text or an image. */
export function nothingToSend(parts: readonly Part[], account: LimitedAccount): Fault | null {
  if (parts.some(({ text, media }) => !isBlank(text) || media.length > 0)) return null;
  return faultsOf(parts, account).find(({ code }) => code === 'empty') ?? null;
}

/** The same for a post that is claimed already, approved before anybody looked: it fails at once, and nobody asks for it. */
export function refusedAsEmpty(parts: readonly Part[], account: LimitedAccount): Failure | null {
  const fault = nothingToSend(parts, account);
  return fault === null ? null : { kind: 'refused', cause: 'content_rejected', detail: fault.message };
}
