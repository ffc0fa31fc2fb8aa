import type { TellingKind } from './house-rules.ts';

/** Which events of ours a person is told of, and as what. */
export const toldEvents = {
  'post.failed': 'failed',
  'post.unknown': 'unknown',
  'post.sent-twice': 'unknown',
  'post.stale': 'stale',
  'account.expiring': 'expiring',
  'account.disconnected': 'disconnected',
  'account.paused': 'disconnected',
  'publishing.held': 'held',
  'publishing.resumed': 'resumed',
  'source.failing': 'source-failing',
  'correction.raised': 'correction',
  'webhook.disabled': 'webhook-disabled',
} as const satisfies Readonly<Record<string, TellingKind>>;

export function tellingOf(type: string): TellingKind | null {
  return Object.hasOwn(toldEvents, type) ? toldEvents[type as keyof typeof toldEvents] : null;
}

/** What comes at once is one message: it waits this long for the others. */
export const GATHER_MS = 10_000;

/** A message that could not be sent is tried again after these, then left: what it was about is on the desk anyway. */
export const TELL_AGAIN_MS = [60_000, 300_000, 1_800_000, 7_200_000] as const;
