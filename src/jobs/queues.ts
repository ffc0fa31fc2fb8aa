import { Queue } from 'bullmq';
import type { JobBackend } from './backend.ts';
import { BREAKING, LINE, publishQueue } from './jobs.ts';

/** Every queue there is, to look at: that of the line, that of breaking news, and one for each network. The caller closes them. */
export function openQueues(backend: JobBackend, networks: readonly string[]): Queue[] {
  return [LINE, BREAKING, ...networks.map(publishQueue)].map(
    (name) => new Queue(name, backend.options('queue', name), backend.factory) as unknown as Queue,
  );
}
