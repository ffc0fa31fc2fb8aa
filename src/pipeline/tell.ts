import { Refusal } from '../domain/errors.ts';
import type { HouseRules, TellingKind } from '../domain/house-rules.ts';
import { TELL_AGAIN_MS } from '../domain/telling.ts';
import { networkOf } from '../networks/registry.ts';
import { getAccount } from '../store/account.ts';
import type { Sql } from '../store/database.ts';
import { getHouseRules } from '../store/house-rules.ts';
import { noteTold, noteUntold, takeNotice } from '../store/notice.ts';
import type { TakenNotice } from '../store/notice.ts';
import { noticeText } from '../text/notice.ts';
import { messageHouse } from './message-house.ts';
import type { Channel, MessageTools } from './message-house.ts';
import type { Tools } from './tools.ts';

type TellTools = MessageTools & Pick<Tools, 'log' | 'publicUrl'>;

/** A process that dies in the middle leaves the notice to the next one after this long. */
const LEASE_MS = 120_000;

/** Tells one person of one thing, with how often it has happened since the last time. Taken already: a no-op. */
export async function tell(tools: TellTools, noticeId: string): Promise<void> {
  const notice = await takeNotice(tools.database, noticeId, LEASE_MS);
  if (notice === null) return;
  const { rules } = await getHouseRules(tools.database);
  try {
    await send(tools, notice, rules, await wordsOf(tools, notice));
    await noteTold(tools.database, noticeId, notice.count, rules.telling.quietMs);
  } catch (error) {
    const afterMs = TELL_AGAIN_MS[notice.tries] ?? null;
    const { recipient, kind } = notice;
    tools.log.warn({ err: error, recipient, kind, isLast: afterMs === null }, 'a person could not be told');
    await noteUntold(tools.database, noticeId, afterMs);
  }
}

async function wordsOf(
  { database, publicUrl }: TellTools,
  notice: TakenNotice,
): Promise<{ subject: string; text: string }> {
  const { accountId, count, cause, detail } = notice;
  const account = accountId === null ? null : await nameOf(database, accountId);
  return noticeText({ kind: notice.kind as TellingKind, count, cause, detail, account, publicUrl });
}

async function nameOf(sql: Sql, accountId: string): Promise<string | null> {
  const account = await getAccount(sql, accountId);
  return account === null ? null : `${account.name} (${networkOf(account.network).profile.name})`;
}

async function send(
  tools: TellTools,
  { id, recipient, count }: TakenNotice,
  { telling }: HouseRules,
  words: { subject: string; text: string },
): Promise<void> {
  const isMail = recipient === 'mail';
  // Nobody is left to be told: somebody took the addresses or the account out of the rules meanwhile.
  if (isMail ? telling.mail.length === 0 : !telling.accounts.includes(recipient)) return;
  const channel: Channel = isMail ? { mail: telling.mail } : { accountId: recipient };
  const sent = await messageHouse(tools, channel, { ...words, key: `${id.replace('_', '-')}-${count}` });
  // A lost answer is a message that may be there: telling twice is worse than once too little.
  if (sent.kind === 'refused') throw new Refusal('unavailable', sent.detail);
}
