import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Bench } from './publish.ts';

/** The embedded installation, all in one process with its database: posts a second. */
export async function measureEmbedded(bench: Bench): Promise<void> {
  const child = fork(fileURLToPath(new URL('embedded-run.ts', import.meta.url)), [bench.url], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const rate = await new Promise<number>((resolve, reject) => {
    child.once('message', (message) => resolve((message as { rate: number }).rate));
    child.once('exit', (code) => reject(new Error(`The embedded run ended with ${code}.`)));
  });
  bench.print(['embedded, 1000 posts at one instant', 'posts/s']);
  bench.print(['standfirst, database included (target 100)', Math.round(rate)]);
  console.log();
}
