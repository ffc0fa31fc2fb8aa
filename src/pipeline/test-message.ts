import type { Sql } from '../store/database.ts';
import { recordEvent } from '../store/event.ts';
import { testText } from '../text/notice.ts';
import { messageHouse } from './message-house.ts';
import type { Channel, Delivery, MessageTools } from './message-house.ts';
import type { Tools } from './tools.ts';

/**
 * Sends a test to people of the house, to see whether they would be told, and writes down who asked for it.
 * @param who the caller as people know them. @throws Refusal where the account is not there, or takes no messages.
 */
export async function sendTestMessage(
  tools: MessageTools & Pick<Tools, 'publicUrl'>,
  channel: Channel,
  who: string,
  actor: string,
): Promise<Delivery> {
  const key = tools.io.id('notice').replace('_', '-');
  const sent = await messageHouse(tools, channel, { ...testText(who, tools.publicUrl), key });
  await noteTest(tools.database, channel, sent, actor);
  return sent;
}

async function noteTest(sql: Sql, channel: Channel, sent: Delivery, actor: string): Promise<void> {
  const subject = 'mail' in channel ? 'mail' : channel.accountId;
  await recordEvent(sql, { type: 'notification.tested', subject, actor, data: { outcome: sent.kind } });
}
