import type { Receipt } from '../domain/attempt.ts';
import type { Cause, Failure } from '../domain/errors.ts';
import type { Message, Network, NetworkIo } from '../networks/network.ts';
import type { Claim } from '../store/claim.ts';
import { keptBackBy } from '../store/keeper.ts';
import type { Keeper } from '../store/keeper.ts';
import { REFUSED } from '../text/repeats.ts';
import type { Twin } from '../text/repeats.ts';
import { countAge } from './age.ts';
import type { Age } from './age.ts';
import { openCredentials } from './credentials.ts';
import { HOLD_LOOK_MS, heldGate, keeperSays } from './held-gate.ts';
import type { Pictures } from './images.ts';
import { faultsOf } from './limits.ts';
import type { LimitedAccount } from './limits.ts';
import { messageOf, threadOf } from './message.ts';
import { quiet } from './secret-values.ts';
import { shownEmbargo } from './shown-embargo.ts';
import type { Tools } from './tools.ts';
import { untilWritten } from './until-written.ts';

type SendTools = Pick<Tools, 'database' | 'ledger' | 'io' | 'keyring' | 'networkIo' | 'log'>;

/** A process that was suspended after its attempt was committed wakes harmless: past this it does not send. */
const SEND_WITHIN_MS = 5_000;
/** No request of ours may outlive this. */
const REQUEST_MS = 30_000;

export interface OpenAttempt {
  readonly attemptId: string;
  readonly phase: 'reserved' | 'sent';
  readonly key: string;
  readonly createdAt: Date;
  readonly frozen: unknown;
  /** Counted from before it was asked to be opened. */
  readonly age: Age;
}

/** What went out: one receipt for the part that was asked for, or all of the thread where it went in one request. */
export interface Sent {
  readonly kind: 'published';
  readonly receipts: readonly Receipt[];
}

/** Nothing has left, and may not now: the claim is to be given back, and says why. */
export interface KeptBack {
  readonly kind: 'kept-back';
  readonly detail: string;
}

/**
 * Sends one part of a claimed post, or the whole thread where the network takes one at once. The attempt is committed as
 * sent before the request leaves.
 * @param earlier what is out of this post, of the one that it answers, and of others with the same words.
 * @param pictures those of this part and the ones after it.
 */
export async function send(
  tools: SendTools,
  network: Network,
  claim: Claim,
  part: number,
  earlier: {
    readonly receipts: readonly Receipt[];
    readonly answered: readonly Receipt[];
    readonly twins: readonly Twin[];
  },
  attempt: OpenAttempt,
  pictures: readonly Pictures[],
): Promise<Sent | Failure | KeptBack> {
  const { database, io } = tools;
  const isThread = isWhole(network, claim, part);
  const when = { twins: earlier.twins, at: io.now() };
  const fault = faultsOf(claim.parts, accountOf(claim), when).find(
    ({ pointer }) => isThread || pointer.startsWith(`/parts/${part}/`),
  );
  if (fault !== undefined) return { kind: 'refused', cause: causeOf(fault.code), detail: fault.message };
  const credentials = openCredentials(tools.keyring, network, claim.accountId, claim.credentials);
  const networkIo = tools.networkIo(claim.accountId, AbortSignal.timeout(REQUEST_MS));
  let message = messageOf(claim, part, earlier.receipts, attempt, pictures[0], earlier.answered);
  let { age } = attempt;
  const look = async (): Promise<Keeper | null> => {
    const keeper = await keptBackBy(database, claim.postId, part, claim.fence);
    return keeper ?? ((await shownEmbargo(database, claim)) === null ? null : 'embargoed');
  };
  try {
    if (attempt.phase === 'reserved') {
      if (network.prepare !== undefined && message.frozen === null) {
        message = { ...message, frozen: await network.prepare(message, credentials, networkIo) };
      }
      const { attemptId } = attempt;
      const { frozen } = message;
      // Asked, not answered: a process that is suspended in between knows of nothing that was placed meanwhile.
      age = countAge(io);
      const mine = await tools.ledger.markSent({ postId: claim.postId, attemptId, fence: claim.fence, frozen });
      if (!mine) return keptBack(await untilWritten(look));
    }
  } catch (error) {
    return notSent(`The post could not be prepared: ${(error as Error).message}`);
  }
  // Whoever slept with its machine has the look below instead: it sees the same, and a clock that was set does not end a try.
  if (age.awakeMs() > SEND_WITHIN_MS) {
    return notSent(`This process stood still for more than ${SEND_WITHIN_MS / 1000} s before the request could leave.`);
  }
  if (age.ms() > HOLD_LOOK_MS) {
    age = countAge(io);
    const keeper = await look().catch(() => 'unasked' as const);
    if (keeper === 'unasked') return notSent('Nobody could say whether it is held before the request left.');
    if (keeper !== null) return keptBack(keeper);
  }
  const gate = heldGate(networkIo, look, io, age);
  try {
    const whole = isThread
      ? await network.publishThread?.(threadOf(claim, message, pictures), credentials, gate)
      : null;
    const sent = whole && whole.kind !== 'one-by-one' ? whole : await sendOne(network, message, credentials, gate);
    // Turned back, and nothing has arrived: nobody has to wait for the network.
    if (sent.kind === 'down' && gate.keeper() !== null) return keptBack(gate.keeper());
    return quiet(sent, network.credentials, credentials);
  } catch (error) {
    // A network file returns its failures; a throw is a defect of ours, and nobody knows what has left.
    tools.log.error({ err: error, postId: claim.postId, network: claim.network }, 'a network threw while publishing');
    return {
      kind: 'unknown',
      cause: 'internal',
      detail: `standfirst failed while sending: ${String((error as Error).message).slice(0, 1024)}`,
    };
  }
}

/** The request for this part carries the whole thread. */
export function isWhole(network: Network, post: Pick<Claim, 'parts' | 'replyTo'>, part: number): boolean {
  return network.publishThread !== undefined && part === 0 && post.parts.length > 1 && post.replyTo === null;
}

async function sendOne(
  network: Network,
  message: Message,
  credentials: unknown,
  networkIo: NetworkIo,
): Promise<Sent | Failure> {
  const outcome = await network.publish(message, credentials, networkIo);
  return outcome.kind === 'published' ? { kind: 'published', receipts: [outcome.receipt] } : outcome;
}

/** The account of a claimed post, as far as it decides what may be sent. */
export function accountOf({ accountId, network, limits, repeatHours }: Claim): LimitedAccount & { id: string } {
  return { id: accountId, network, limits, settings: { repeatHours } };
}

/** The network's limits, or the account's own, became tighter since the post was approved, or the same went out meanwhile. */
function causeOf(code: string): Cause {
  if (code === REFUSED) return 'duplicate';
  return code === 'too-long' ? 'too_long' : 'content_rejected';
}

/** @param keeper null where what kept it back ended meanwhile, or it was taken over. */
function keptBack(keeper: Keeper | null): KeptBack {
  const detail = keeper === null ? 'The post was held or taken over before its request left.' : keeperSays[keeper];
  return { kind: 'kept-back', detail };
}

function notSent(detail: string): Failure {
  return { kind: 'down', cause: 'internal', detail: detail.slice(0, 1024) };
}
