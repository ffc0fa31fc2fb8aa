import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from '../tests/faults/processes.ts';
import { memoryOf } from './figures.ts';
import type { Bench } from './publish.ts';

const IDLE_MS = 60_000;

/** Memory of what has stood idle for a minute, as at every start but the first after an update, which compiles. */
export async function measureMemory(bench: Bench): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'standfirst-bench-memory-'));
  const alone = { STANDFIRST_DATA: dataDir, PORT: '0' };
  const warm = async (...of: Parameters<typeof startServer>) => {
    await (await startServer(...of)).stop();
    return startServer(...of);
  };
  const started = [
    { name: 'worker on Redis and PostgreSQL (target 150)', server: await warm({ ...bench.env }, 'worker') },
    { name: 'API on Redis and PostgreSQL (target 150)', server: await warm({ ...bench.env }, 'api') },
    { name: 'embedded, all in one (target 350)', server: await warm(alone, 'all') },
  ];
  await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
  bench.print(['memory, idle for a minute', 'MB', 'processes']);
  for (const { name, server } of started) {
    const { mb, processes } = memoryOf(server.pid);
    bench.print([name, mb, processes]);
  }
  for (const { server } of started) await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
