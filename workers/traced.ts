import type { Job } from 'bullmq';
import type { Context } from '../src/context.ts';
import { jobTrace } from '../src/jobs/jobs.ts';
import type { SaidName } from '../src/trace/trace.ts';

/** Runs a job's step as a part of the trace that rang for it, and linked to where its post, article or attempt was last met. */
export async function traced({ trace }: Pick<Context, 'trace'>, job: Job, run: () => Promise<void>): Promise<void> {
  if (!trace.isOn) return run();
  const payload = job.data as Readonly<Record<string, unknown>>;
  const parent = jobTrace.safeParse(payload).data?.traceparent ?? null;
  // Payloads are ids only.
  const ids = Object.entries(payload).filter(([name, value]) => name.endsWith('Id') && typeof value === 'string');
  const says = {
    'messaging.destination.name': job.queueName,
    ...Object.fromEntries(ids.map(([name, id]) => [`standfirst.${name}` satisfies SaidName, id as string])),
  };
  await trace.span(`job ${job.name}`, { kind: 'consumer', says, parent }, async () => {
    const followed = ids.map(([, id]) => trace.follow(id as string));
    try {
      await run();
    } finally {
      await Promise.all(followed);
    }
  });
}
