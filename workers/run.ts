import { Worker } from 'bullmq';
import type { ConnectionOptions, IQueueBackend, Job } from 'bullmq';
import type { Context } from '../src/context.ts';
import { BREAKING, jobs, LINE, POLLS, publishQueue, TOLD } from '../src/jobs/jobs.ts';
import { networks } from '../src/networks/registry.ts';
import { beat, HEARTBEAT_MS, stopWorker } from '../src/store/worker.ts';
import { version } from '../src/version.ts';
import { openLaneOf } from '../src/store/lane.ts';
import { Alone } from './alone.ts';
import { drain, UnderWay } from './drain.ts';
import { Lanes } from './lanes.ts';
import type { Leave } from './lanes.ts';
import { runJob } from './steps.ts';
import { startSweep } from './sweep.ts';
import { startTelling } from './telling.ts';
import { traced } from './traced.ts';

type AnyWorker = Worker<unknown, void, string, IQueueBackend, ConnectionOptions>;

export interface Workers {
  /** Takes no more work and waits for what is under way, at most 30 s. */
  stop(): Promise<void>;
}

/** Steps other than publishing that one process runs at a time; extraction and summaries share one thread anyway. */
const LINE_CONCURRENCY = 8;
/** Sources that are read at a time: 100 that each take 30 s to answer are through in 95 s, a third of the shortest usual interval. */
const POLL_CONCURRENCY = 32;
/** More than one receiver may take at a time: see `notify`. */
const TOLD_CONCURRENCY = 24;
/** Servers of one network that may stand still at the same time without the posts for others waiting for them: two. */
const LANES = 4;
/** A living worker renews its lock at half of this; one that cannot has lost its turn, and the claim covers the rest. */
const LOCK_MS = 15_000;
const STALLED_MS = 5_000;

/** Starts what works: one BullMQ worker for the line, one per network and one for breaking news, the heartbeat and the sweep. */
export async function startWorkers(context: Context): Promise<Workers> {
  const { database, log, workerId } = context;
  const { concurrency } = context.settings;
  const self = { id: workerId, version, host: context.host, pid: process.pid, concurrency };
  const heartbeat = (): Promise<boolean> => beat(database, { ...self, memoryBytes: process.memoryUsage.rss() });
  await heartbeat();
  const underWay = new UnderWay();
  const run = (job: Job, signal: AbortSignal, leave?: Leave): Promise<void> =>
    traced(context, job, () => runJob(context, job.name, job.data, signal, leave));
  const laneOf = openLaneOf(database);
  const lanes = new Map(networks.map(({ profile }) => [profile.id, new Lanes(concurrency, context.io.monotonic)]));
  // Where the queue is in the database too, that is what posts wait for: one that left early would only wait there with more.
  const leavesEarly = context.backend.kind === 'redis';
  const publish: typeof run = (job, signal) =>
    inLane(lanes, laneOf, job, (leave) => run(job, signal, leavesEarly ? leave : undefined));
  const alone = new Alone(context);
  const sweep = startSweep(context, alone);
  const pulse = setInterval(() => {
    heartbeat().then(
      // What it left open waits for no round: those come every five seconds.
      (hasOneDied) => hasOneDied && sweep.soon(),
      (error: unknown) => log.warn({ err: error }, 'the heartbeat did not reach the database'),
    );
  }, HEARTBEAT_MS);
  const open = (queue: string, most: number, work: typeof run): AnyWorker =>
    openWorker(context, underWay, queue, most, work).on('failed', () => sweep.soon());
  const workers = [
    open(LINE, LINE_CONCURRENCY, run),
    open(POLLS, POLL_CONCURRENCY, run),
    open(TOLD, TOLD_CONCURRENCY, run),
    open(BREAKING, concurrency * LANES, publish),
    ...networks.map(({ profile }) => open(publishQueue(profile.id), concurrency * LANES, publish)),
  ];
  const telling = startTelling(context);
  log.info({ workerId, concurrency }, 'working');
  return {
    async stop() {
      await sweep.stop();
      await telling.stop();
      for (const one of lanes.values()) one.close();
      await drain(
        Promise.allSettled([...workers.map((worker) => worker.close()), underWay.run(() => alone.stop())]),
        underWay,
        log,
      );
      clearInterval(pulse);
      await stopWorker(database, workerId);
    },
  };
}

/**
 * Runs a post's job when its server has a place, which it may leave as soon as nothing more is asked of that server: what
 * is then written down here holds up no other post. Without a place the job ends, and the sweep rings for the post again.
 */
async function inLane(
  lanes: ReadonlyMap<string, Lanes>,
  laneOf: (postId: string) => Promise<string | null>,
  { data, queueName }: Job,
  run: (leave: Leave) => Promise<void>,
): Promise<void> {
  const { postId, network } = jobs.publish.payload.parse(data);
  const ofNetwork = lanes.get(network);
  const lane = await laneOf(postId);
  if (lane === null || ofNetwork === undefined) return;
  const leave = await ofNetwork.enter(lane, queueName === BREAKING);
  if (leave === null) return;
  try {
    await run(leave);
  } finally {
    leave();
  }
}

function openWorker(
  context: Context,
  underWay: UnderWay,
  queue: string,
  concurrency: number,
  run: (job: Job, signal: AbortSignal) => Promise<void>,
): AnyWorker {
  const { backend, log } = context;
  const worker: AnyWorker = new Worker(
    queue,
    (job, _token, signal) => underWay.run(() => run(job, signal ?? new AbortController().signal)),
    {
      ...backend.options('worker', queue),
      concurrency,
      lockDuration: LOCK_MS,
      stalledInterval: STALLED_MS,
      // A stalled job is not run again by the queue: the claim and the sweep know better what became of it.
      maxStalledCount: 0,
      removeOnComplete: { count: 0 },
      removeOnFail: { count: 0 },
      drainDelay: 5,
    },
    backend.factory,
  );
  worker.on('error', (error) => log.debug({ err: error, queue }, 'a queue worker has trouble'));
  worker.on('failed', (job, error) =>
    log.warn({ err: error, job: job?.name, data: job?.data, queue }, 'a step failed'),
  );
  return worker;
}
