/** Later than this after its time a post counts as late: the aim of the health page. */
export const LATE_MS = 30_000;

interface Told {
  /** The event of ours that it tells of. */
  readonly of: string;
  /** Only where the event's data says so. */
  readonly when?: (data: Readonly<Record<string, unknown>>) => boolean;
}

/** What webhooks are told, and of which events of ours. */
export const outwardEvents = {
  'article.ingested': [{ of: 'article.ingested' }],
  'story.ready': [{ of: 'story.ready' }],
  'post.approved': [{ of: 'post.approved' }],
  'post.scheduled': [{ of: 'post.scheduled' }, { of: 'post.moved' }],
  'post.published': [{ of: 'post.published' }],
  'post.failed': [{ of: 'post.failed' }],
  'post.late': [{ of: 'post.published', when: ({ latenessMs }) => Number(latenessMs ?? 0) > LATE_MS }],
  'post.stale': [{ of: 'post.stale' }],
  'post.unknown': [{ of: 'post.unknown' }],
  'account.expiring': [{ of: 'account.expiring' }],
  'account.disconnected': [{ of: 'account.disconnected' }, { of: 'account.paused' }],
  'source.failing': [{ of: 'source.failing' }],
  'correction.raised': [{ of: 'correction.raised' }],
  'correction.done': [{ of: 'correction.done' }],
  'publishing.held': [{ of: 'publishing.held' }],
  'publishing.resumed': [{ of: 'publishing.resumed' }],
} as const satisfies Record<string, readonly Told[]>;

export type OutwardEvent = keyof typeof outwardEvents;
export const outwardNames = Object.keys(outwardEvents) as [OutwardEvent, ...OutwardEvent[]];

/** Under which names an event of ours is told; none where it is not. */
export function outwardOf(event: {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}): OutwardEvent[] {
  return outwardNames.filter((name) =>
    outwardEvents[name].some((told: Told) => told.of === event.type && (told.when?.(event.data) ?? true)),
  );
}

/** Standard Webhooks asks for payloads below 20 kB. */
const MAX_PAYLOAD = 20_000;

/** What a receiver gets: what happened, and where to read the rest. */
export function payloadOf(
  name: OutwardEvent | 'webhook.test',
  {
    at,
    subject,
    data,
  }: { readonly at: Date; readonly subject: string; readonly data: Readonly<Record<string, unknown>> },
): string {
  const about = { id: subject, href: hrefOf(subject) };
  const whole = JSON.stringify({ type: name, timestamp: at.toISOString(), data: { ...data, ...about } });
  if (new TextEncoder().encode(whole).byteLength < MAX_PAYLOAD) return whole;
  return JSON.stringify({ type: name, timestamp: at.toISOString(), data: about });
}

const folders: Readonly<Record<string, string>> = {
  art: 'articles',
  story: 'stories',
  post: 'posts',
  acc: 'accounts',
  src: 'sources',
  cor: 'corrections',
  whk: 'webhooks',
};

/** Path of what an event is about; null where it has none of its own. */
function hrefOf(subject: string): string | null {
  const folder = folders[subject.split('_')[0] ?? ''];
  return folder === undefined ? null : `/v1/${folder}/${subject}`;
}
