import { preflight } from '../../../text/preflight.ts';
import { createPost } from '../../api/actions.ts';
import type { Account, Post } from '../../api/types.ts';
import type { Where } from '../../parts/where.ts';
import { confirm } from '../../shell/dialogs.tsx';
import { move } from '../../shell/timing.ts';
import { done, noteUnderWay } from '../../shell/undo.tsx';
import { run } from '../../shell/verbs.ts';
import { replace } from '../../shell/withdraw.ts';
import { texts } from '../../texts.ts';
import { rundownTexts } from '../../texts/rundown.ts';

const SNAP_MS = 5 * 60_000;

export function snapped(at: number): number {
  return Math.round(at / SNAP_MS) * SNAP_MS;
}

/** What a card is dropped on: an instant, snapped to five minutes, on the lane of an account. */
export function dropOn(post: Post, at: number, target: Where): Promise<void> {
  const time = { at: new Date(snapped(at)).toISOString() };
  if (target.account === undefined || target.account.id === post.accountId) return move([post], time);
  return moveToLane(post, time, target);
}

/** Another network has other rules: what fits goes there at its time, what does not stays, and is told why. It asks before. */
async function moveToLane(post: Post, time: { at: string }, target: Where): Promise<void> {
  const { account, network, limits, accountName, networkName } = target;
  if (account === undefined || limits === null) return;
  const threads = network?.powers['threads'] === true;
  const faults = preflight(post.parts, { name: networkName, limits, threads });
  if (faults.length > 0) {
    return done(`${faults.map((fault) => fault.message).join(' ')} ${rundownTexts.laneUnfit}`);
  }
  if (!(await confirm(rundownTexts.laneTitle(accountName), rundownTexts.laneFits, rundownTexts.laneMove))) return;
  await noteUnderWay(giveTo(account, post, time, accountName));
}

async function giveTo(account: Account, post: Post, time: { at: string }, accountName: string): Promise<void> {
  let made: Post | undefined;
  if (!(await run(texts.verbs.move, async () => (made = await createPost(account.id, post, time))))) return;
  await replace(post, made as Post, accountName, rundownTexts.laneMoved(accountName));
}
