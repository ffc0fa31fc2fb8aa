import { parseArgs } from 'node:util';
import type { Fake, FakeOptions } from './fake.ts';
import { modeOf } from './modes.ts';

/**
 * Runs a fake as a process of its own: `--port 0 --log accepted.jsonl --mode slow:50`. The first line on stdout is its
 * addresses as JSON, `{"url": …, "controlUrl": …}`. SIGTERM ends it.
 */
export async function serve(start: (options: FakeOptions) => Promise<Fake>): Promise<void> {
  const { values } = parseArgs({
    options: { port: { type: 'string', default: '0' }, log: { type: 'string' }, mode: { type: 'string' } },
  });
  const fake = await start({
    port: Number(values.port),
    ...(values.log === undefined ? {} : { logFile: values.log }),
  });
  if (values.mode !== undefined) await fake.setMode(modeOf(values.mode));
  process.on('SIGTERM', () => process.exit(0));
  console.log(JSON.stringify({ url: fake.url, controlUrl: fake.controlUrl }));
}
