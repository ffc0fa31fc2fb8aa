import type { TellingKind } from '../domain/house-rules.ts';
import { outwardOf, payloadOf } from '../domain/outward-events.ts';
import { GATHER_MS, tellingOf } from '../domain/telling.ts';
import type { Sql } from '../store/database.ts';
import { dueDeliveries, insertDeliveries } from '../store/delivery.ts';
import type { NewDelivery } from '../store/delivery.ts';
import type { EventRow } from '../store/event.ts';
import { takeEvents } from '../store/event-reader.ts';
import { getHouseRules } from '../store/house-rules.ts';
import { addNotice, dueNotices } from '../store/notice.ts';
import { accountsOfPosts } from '../store/post.ts';
import { tellableWebhooks } from '../store/webhook.ts';
import type { Tools } from './tools.ts';

type NotifyTools = Pick<Tools, 'database' | 'bell' | 'io'>;

const EVENTS_AT_ONCE = 500;
/** Of one receiver, and of all notices, in one round. */
const AT_ONCE = 20;

/**
 * Reads what happened since the last round, in the order of its commits and without skipping any, and writes what is to be
 * told of it: one delivery for each webhook, one count for each person. Then rings for what is due.
 */
export async function notify({ database, bell, io }: NotifyTools): Promise<void> {
  for (;;) {
    const read = await database.transaction(async (sql) => {
      const events = await takeEvents(sql, 'notify', EVENTS_AT_ONCE);
      if (events !== null && events.length > 0) await writeTold(sql, io, events);
      return events?.length ?? 0;
    });
    if (read < EVENTS_AT_ONCE) break;
  }
  const due = await dueDeliveries(database, AT_ONCE);
  await bell.ringMany(
    'deliver',
    due.map((payload) => ({ payload })),
  );
  const notices = await dueNotices(database, AT_ONCE);
  await bell.ringMany(
    'tell',
    notices.map((noticeId) => ({ payload: { noticeId } })),
  );
}

async function writeTold(sql: Sql, io: Tools['io'], events: readonly EventRow[]): Promise<void> {
  const hooks = await tellableWebhooks(sql);
  const { telling } = (await getHouseRules(sql)).rules;
  const recipients = [...(telling.mail.length > 0 ? ['mail'] : []), ...telling.accounts];
  const wanted = new Set(hooks.flatMap((hook) => hook.events));
  const told = events.flatMap((event) => {
    const names = outwardOf(event).filter((name) => wanted.has(name));
    const kind = tellingOf(event.type);
    const isTold = recipients.length > 0 && kind !== null && telling.of.includes(kind);
    return names.length === 0 && !isTold ? [] : [{ event, names, kind: isTold ? kind : null }];
  });
  // Most of what happens is told to nobody: it costs one look.
  if (told.length === 0) return;
  const accountOf = await accountsOfPosts(sql, [...new Set(told.map(({ event }) => event.subject))]);
  const deliveries: NewDelivery[] = [];
  for (const { event, names, kind } of told) {
    const ofPost = accountOf.get(event.subject);
    for (const type of names) {
      const data = ofPost === undefined ? event.data : { accountId: ofPost, ...event.data };
      const payload = payloadOf(type, { ...event, data });
      for (const hook of hooks) {
        if (!hook.events.includes(type) || event.at < hook.createdAt) continue;
        deliveries.push({ id: io.id('delivery'), webhookId: hook.id, cursor: event.cursor, type, payload });
      }
    }
    if (kind !== null) await count(sql, io, { kind, event, ofPost: ofPost ?? null }, recipients, telling.quietMs);
  }
  await insertDeliveries(sql, deliveries);
}

async function count(
  sql: Sql,
  io: Tools['io'],
  { kind, event, ofPost }: { readonly kind: TellingKind; readonly event: EventRow; readonly ofPost: string | null },
  recipients: readonly string[],
  quietMs: number,
): Promise<void> {
  const { subject, data } = event;
  const accountId = ofPost ?? (subject.startsWith('acc_') ? subject : null);
  const cause = typeof data['cause'] === 'string' ? data['cause'] : null;
  const detail = cause === null ? detailOf(data) : null;
  for (const recipient of recipients) {
    const notice = { id: io.id('notice'), kind, recipient, accountId, cause, subject, detail };
    await addNotice(sql, notice, GATHER_MS, quietMs);
  }
}

/**
 * A person's reason for a hold, or a sentence of ours. What has a cause is told in the cause's words: an answer of a network
 * stays on the desk.
 */
function detailOf(data: EventRow['data']): string | null {
  const words = data['reason'] ?? data['problem'] ?? data['detail'];
  return typeof words === 'string' ? words.slice(0, 300) : null;
}
