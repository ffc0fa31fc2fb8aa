import { z } from 'zod';
import type { ZodType } from 'zod';

/**
 * The promise between those who ring and those who work: every job's name, payload and queue. Payloads are ids only (the
 * queue is clear text) and are checked when written and when read. The queue never retries: our attempts do.
 */
const articleJob = z.object({ articleId: z.string() });

export const jobs = {
  poll: {
    payload: z.object({ sourceId: z.string(), poll: z.number().int() }),
    id: (job: { sourceId: string; poll: number }) => `poll-${job.sourceId}-${job.poll}`,
  },
  ingest: { payload: articleJob, id: (job: { articleId: string }) => `ingest-${job.articleId}` },
  summarize: { payload: articleJob, id: (job: { articleId: string }) => `summarize-${job.articleId}` },
  compose: { payload: articleJob, id: (job: { articleId: string }) => `compose-${job.articleId}` },
  watch: {
    payload: z.object({ articleId: z.string(), at: z.number().int() }),
    id: (job: { articleId: string; at: number }) => `watch-${job.articleId}-${job.at}`,
  },
  correct: {
    payload: z.object({ correctionId: z.string(), round: z.number().int() }),
    id: (job: { correctionId: string; round: number }) => `correct-${job.correctionId}-${job.round}`,
  },
  schedule: { payload: z.object({ postId: z.string() }), id: (job: { postId: string }) => `schedule-${job.postId}` },
  publish: {
    payload: z.object({
      postId: z.string(),
      network: z.string(),
      wake: z.number().int(),
      isLate: z.boolean().optional(),
    }),
    // `wake` is raised whenever the time changes: an id without it would swallow the post's own later alarms. A job that a
    // dead worker took but never began keeps its id until the queue gives up on it; the sweep's second ring has another.
    id: (job: { postId: string; wake: number; isLate?: boolean | undefined }) =>
      `publish-${job.postId}-${job.wake}${job.isLate === true ? '-late' : ''}`,
  },
  reconcile: {
    payload: z.object({ attemptId: z.string(), checks: z.number().int() }),
    id: (job: { attemptId: string; checks: number }) => `reconcile-${job.attemptId}-${job.checks}`,
  },
  refresh: {
    payload: z.object({ accountId: z.string() }),
    id: (job: { accountId: string }) => `refresh-${job.accountId}`,
  },
  deliver: {
    payload: z.object({ deliveryId: z.string(), tries: z.number().int() }),
    id: (job: { deliveryId: string; tries: number }) => `deliver-${job.deliveryId}-${job.tries}`,
  },
  tell: {
    payload: z.object({ noticeId: z.string() }),
    id: (job: { noticeId: string }) => `tell-${job.noticeId}`,
  },
  // `round` counts quarters of a day, so that of many processes that ring, one job is made.
  tidy: {
    payload: z.object({ round: z.number().int() }),
    id: (job: { round: number }) => `tidy-${job.round}`,
  },
  check: {
    payload: z.object({ accountId: z.string() }),
    id: (job: { accountId: string }) => `check-${job.accountId}`,
  },
} as const satisfies Record<string, { payload: ZodType; id: (job: never) => string }>;

/** What goes along with any job: the trace that it is a part of, where somebody looks at traces. */
export const jobTrace = z.object({ traceparent: z.string().optional() });

export type JobName = keyof typeof jobs;
export type Payload<Name extends JobName> = z.infer<(typeof jobs)[Name]['payload']>;

/**
 * Everything but publishing and polling shares one queue; each network publishes from its own, so that a slow one delays no
 * other, and feeds that take a minute to answer keep no article waiting.
 */
export const LINE = 'line';
export const POLLS = 'polls';
/** Webhooks and messages to people: whoever is told may be slow or dead, and delays nobody but others who are told. */
export const TOLD = 'told';

/** Breaking news of all networks: picked up at once, however much the queue of its network has under way. */
export const BREAKING = 'breaking';

/** @param isFirst breaking news, where the job publishes. */
export function queueOf<Name extends JobName>(name: Name, payload: Payload<Name>, isFirst: boolean): string {
  if (name === 'poll' || name === 'watch') return POLLS;
  if (name === 'deliver' || name === 'tell') return TOLD;
  if (name !== 'publish') return LINE;
  return isFirst ? BREAKING : publishQueue((payload as Payload<'publish'>).network);
}

export function publishQueue(network: string): string {
  return `publish-${network}`;
}
