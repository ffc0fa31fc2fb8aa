import { Refusal } from '../domain/errors.ts';
import { networks } from '../networks/registry.ts';
import { getAccount } from '../store/account.ts';
import { found } from '../store/database.ts';
import { doubtWhatIsDue, RESTORE } from '../store/doubt.ts';
import type { Sql } from '../store/database.ts';
import { saysNothing } from '../store/held-word.ts';
import { getHold, liftHold, placeHold } from '../store/hold.ts';
import type { HoldRow, Resume } from '../store/hold.ts';
import { AT_ONCE, dropDue, keptBack } from '../store/kept-back.ts';
import { getPost } from '../store/post.ts';
import { endShift } from '../store/shift.ts';
import { getStory } from '../store/story.ts';
import { leaveInTurn, shiftAll } from './go-on.ts';
import { ringAlarms } from './schedule.ts';
import type { Alarm, ScheduleTools } from './schedule.ts';
import type { Tools } from './tools.ts';

export interface HoldRequest {
  readonly scope: HoldRow['scope'];
  /** What it is about; null for everything. */
  readonly target: string | null;
  readonly reason: string;
}

/**
 * Holds publishing back. Once this has answered, no request of a matching post leaves.
 * @throws Refusal where there is no such account or network, or the word has nothing to look for.
 */
export async function hold(
  { database, io }: Pick<Tools, 'database' | 'io'>,
  { scope, target, reason }: HoldRequest,
  actor: string,
): Promise<HoldRow> {
  if (scope === 'account') {
    const account = await getAccount(database, target ?? '');
    if (account === null) throw noTarget('not-found', `There is no account ${target}.`);
  }
  if (scope === 'story' && (await getStory(database, target ?? '')) === null)
    throw noTarget('not-found', `There is no story ${target}.`);
  if (scope === 'post' && (await getPost(database, target ?? '')) === null)
    throw noTarget('not-found', `There is no post ${target}.`);
  if (scope === 'network' && !networks.some((network) => network.profile.id === target)) {
    const known = networks.map((network) => network.profile.id).join(', ');
    throw noTarget('unknown-network', `There is no network ${target}; known are ${known}.`);
  }
  if (scope === 'word' && (await saysNothing(database, target ?? ''))) {
    const message = `"${target}" has nothing to look for: a hold on a word needs a letter, a number or a sign that is read.`;
    throw noTarget('nothing-to-look-for', message);
  }
  return database.transaction((sql) => placeHold(sql, { id: io.id('hold'), scope, target, reason }, actor));
}

function noTarget(code: string, message: string): Refusal {
  return new Refusal('invalid', message, [{ pointer: '/target', code, message }]);
}

const MAY_BE_OUT = 'It came due while a restore held it, and the installation before may have sent it.';

/**
 * Lifts a hold. After a restore, what came due under it is looked up and never just sent. What it kept back, and no other hold does, goes on:
 * - `as-planned`: what came due meanwhile goes out now, breaking news and the oldest first, by the account's gap and caps; what is
 *   past its worth is stale, as ever;
 * - `shift`: what had its time before the hold moves by as long as it lasted, also where another hold is on it still, and further where the account's quiet hours, gap
 *   or caps speak against that; what came due meanwhile and would be worthless by then is stale. This is done first, account by
 *   account, while the hold still stands: however much it is, whoever asks again goes on where it broke off;
 * - `drop-stale`: what came due meanwhile is stale; the rest keeps its time.
 * @throws Refusal where there is no such hold, or it was lifted before.
 */
export async function lift(tools: ScheduleTools, id: string, resume: Resume, actor: string): Promise<HoldRow> {
  const { database } = tools;
  const open = found(await getHold(database, id), 'hold', id);
  if (resume === 'shift') {
    await database.transaction((sql) => leaveInDoubt(sql, tools, open));
    await shiftAll(tools, open, actor);
  }
  const { lifted, alarms } = await database.transaction(async (sql) => {
    const row = await liftHold(sql, id, actor, resume);
    if (row === null) {
      const known = found(await getHold(sql, id), 'hold', id);
      throw new Refusal('conflict', `Hold ${id} was lifted at ${known.liftedAt?.toISOString()} by ${known.liftedBy}.`);
    }
    await endShift(sql, id);
    await leaveInDoubt(sql, tools, row);
    return { lifted: row, alarms: await goOn(sql, tools, row, resume, actor) };
  });
  await ringAlarms(tools, alarms);
  return lifted;
}

/** Until now the installation that a backup was made of may have gone on sending. */
async function leaveInDoubt(sql: Sql, { io }: ScheduleTools, { placedBy, placedAt }: HoldRow): Promise<void> {
  if (placedBy === RESTORE) await doubtWhatIsDue(sql, MAY_BE_OUT, () => io.id('attempt'), placedAt);
}

async function goOn(sql: Sql, tools: ScheduleTools, row: HoldRow, resume: Resume, actor: string): Promise<Alarm[]> {
  const due = await keptBack(sql, row, 'due');
  if (resume !== 'drop-stale') return leaveInTurn(sql, tools, due, row, actor);
  for (let from = 0; from < due.length; from += AT_ONCE)
    await dropDue(sql, due.slice(from, from + AT_ONCE), row, actor);
  return [];
}
