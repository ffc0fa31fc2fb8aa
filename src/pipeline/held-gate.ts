import { markUnsent } from '../http/failure.ts';
import type { NetworkIo } from '../networks/network.ts';

/** A look at the holds is good for this long: a request leaves at most this much after a hold was placed, and a moment. */
export const HOLD_LOOK_MS = 500;

/**
 * The world as `networkIo` shows it, but no request leaves on a look at the holds that is older than half a second: sending
 * an image can take long, and the post itself goes out after it. What cannot be asked counts as held.
 * @param lookedAt when the holds were last looked at, on the monotonic clock.
 */
export function heldGate(
  networkIo: NetworkIo,
  isHeld: () => Promise<boolean>,
  monotonic: () => number,
  lookedAt: number,
): NetworkIo {
  let good = lookedAt + HOLD_LOOK_MS;
  return {
    ...networkIo,
    fetch: async (input, init) => {
      if (monotonic() > good) {
        if (await isHeld().catch(() => true))
          throw markUnsent(new Error('Publishing was held before this request left.'));
        good = monotonic() + HOLD_LOOK_MS;
      }
      return networkIo.fetch(input, init);
    },
  };
}
