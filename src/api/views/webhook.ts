import type { DeliveryRow, TryRow } from '../../store/delivery.ts';
import type { WebhookRow } from '../../store/webhook.ts';
import type { DeliveryDetail, DeliveryView, WebhookView } from '../schemas/webhook.ts';

export function webhookViewOf({ failingSince, oldUntil, createdAt, ...row }: WebhookRow): WebhookView {
  return {
    ...row,
    failingSince: failingSince?.toISOString() ?? null,
    oldSecretUntil: oldUntil?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  };
}

export function deliveryViewOf({ payload: _payload, nextAt, createdAt, endedAt, ...row }: DeliveryRow): DeliveryView {
  return {
    ...row,
    nextAt: row.state === 'waiting' ? nextAt.toISOString() : null,
    createdAt: createdAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  };
}

/** With what is sent, and every try at it. */
export function deliveryDetailOf(row: DeliveryRow, tries: readonly TryRow[]): DeliveryDetail {
  const attempts = tries.map((one) => ({ ...one, at: one.at.toISOString() }));
  return { ...deliveryViewOf(row), payload: row.payload, attempts };
}
