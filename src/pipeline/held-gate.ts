import { LateStartError, markUnsent, wasNeverSent } from '../http/failure.ts';
import type { GuardedInit } from '../http/unsent.ts';
import type { NetworkIo } from '../networks/network.ts';
import type { Keeper } from '../store/keeper.ts';
import { countAge } from './age.ts';
import type { Age } from './age.ts';
import type { Io } from './tools.ts';

/**
 * A look at what keeps a post back is good for this long from when it was begun: what was placed before is seen, so that a
 * request leaves at most this much after the answer to whoever placed it, and a moment.
 */
export const HOLD_LOOK_MS = 700;
/** A database that takes longer to answer than a look is good for is asked this often. */
const MOST_LOOKS = 3;

/** What the attempt says that ended for it. */
export const keeperSays: { readonly [one in Keeper]: string } = {
  held: 'Publishing was held before the request left.',
  embargoed: 'The story came under embargo before the request left.',
  worthless: 'The post was worth nothing any more before the request left.',
  taken: 'The post was taken over before the request left.',
};

export interface HeldGate extends NetworkIo {
  /** What a request was turned back for; null where none was. */
  readonly keeper: () => Keeper | null;
}

/**
 * The world as `networkIo` shows it, but no request leaves on a look that is older than `HOLD_LOOK_MS`: sending an image can
 * take long, and the post itself goes out after it. While it cannot be asked what keeps the post back, none leaves either.
 * @param lastLook counted from before it was last asked.
 */
export function heldGate(
  networkIo: NetworkIo,
  look: () => Promise<Keeper | null>,
  io: Pick<Io, 'monotonic' | 'now'>,
  lastLook: Age,
): HeldGate {
  let known = lastLook;
  const isGood = (): boolean => known.ms() <= HOLD_LOOK_MS;
  let keeper: Keeper | null = null;
  const askAgain = async (): Promise<void> => {
    for (let looks = 0; !isGood(); looks++) {
      if (looks === MOST_LOOKS) throw markUnsent(new Error('The database takes too long to say whether it is held.'));
      const asked = countAge(io);
      keeper = await look().catch((error: unknown) => {
        throw markUnsent(new Error(`Nobody could say whether it is held: ${(error as Error).message}`));
      });
      if (keeper !== null) throw markUnsent(new Error(keeperSays[keeper]));
      known = asked;
    }
  };
  return {
    ...networkIo,
    keeper: () => keeper,
    mayLeave: askAgain,
    fetch: async (input, init) => {
      const within: GuardedInit = { ...init, mayBegin: isGood };
      for (;;) {
        await askAgain();
        try {
          return await networkIo.fetch(input, within);
        } catch (error) {
          // The connection stands now. What ends this where none ever does in time is the signal of the whole request.
          if (!(error instanceof LateStartError && wasNeverSent(error))) throw error;
        }
      }
    },
  };
}
