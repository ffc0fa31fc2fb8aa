import type { Powers } from '../networks/network.ts';

/**
 * Whether a second request for the same part is the same write. Then the claim itself marks the attempt as sent: one commit
 * less. Elsewhere the mark is a commit of its own, right before the request, so that fewer answers are ever in doubt.
 */
export function isRepeatable(powers: Powers): boolean {
  return powers.idempotencyKey || powers.recordKey;
}
