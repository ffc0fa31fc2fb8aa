import { jobs } from '../src/jobs/jobs.ts';
import type { JobName, Payload } from '../src/jobs/jobs.ts';
import { checkDaily } from '../src/pipeline/accounts.ts';
import { carryOut } from '../src/pipeline/carry-out.ts';
import { compose } from '../src/pipeline/compose.ts';
import { deliver } from '../src/pipeline/deliver.ts';
import { ingest } from '../src/pipeline/ingest.ts';
import { poll } from '../src/pipeline/poll.ts';
import { publish } from '../src/pipeline/publish.ts';
import { reconcile } from '../src/pipeline/reconcile.ts';
import { refresh } from '../src/pipeline/refresh.ts';
import { scheduleApproved } from '../src/pipeline/schedule.ts';
import { summarize } from '../src/pipeline/summarize.ts';
import { tell } from '../src/pipeline/tell.ts';
import { tidy } from '../src/pipeline/tidy.ts';
import { watch } from '../src/pipeline/watch.ts';
import type { Tools } from '../src/pipeline/tools.ts';

type Step<Given> = (
  tools: Tools,
  payload: Given,
  signal: AbortSignal,
  /** To be called once nothing more is asked of the server that the job is for. */
  onAnswered?: () => void,
) => Promise<unknown>;

/** Which step each job wakes. */
const steps: { readonly [Name in JobName]: Step<Payload<Name>> } = {
  poll: (tools, { sourceId }, signal) => poll(tools, sourceId, signal),
  ingest: (tools, { articleId }) => ingest(tools, articleId),
  summarize: (tools, { articleId }) => summarize(tools, articleId),
  compose: (tools, { articleId }) => compose(tools, articleId),
  watch: (tools, { articleId }, signal) => watch(tools, articleId, signal),
  correct: (tools, { correctionId }) => carryOut(tools, correctionId),
  schedule: (tools, { postId }) => scheduleApproved(tools, postId),
  publish,
  reconcile: (tools, { attemptId }) => reconcile(tools, attemptId),
  deliver: (tools, { deliveryId }) => deliver(tools, deliveryId),
  tell: (tools, { noticeId }) => tell(tools, noticeId),
  check: (tools, { accountId }) => checkDaily(tools, accountId),
  refresh: (tools, { accountId }) => refresh(tools, accountId),
  tidy: (tools, _, signal) => tidy(tools, signal),
};

/**
 * Runs a job by name. The payload is checked again: what an older or newer version wrote may not be what we read.
 * @throws Error where the name is unknown; ZodError where the payload is not right; whatever the step throws.
 */
export async function runJob(
  tools: Tools,
  name: string,
  data: unknown,
  signal: AbortSignal,
  onAnswered?: () => void,
): Promise<void> {
  if (!Object.hasOwn(jobs, name)) throw new Error(`There is no job ${name}.`);
  const known = name as JobName;
  const payload = jobs[known].payload.parse(data);
  await (steps[known] as Step<unknown>)(tools, payload, signal, onAnswered);
}
