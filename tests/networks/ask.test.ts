import type { LookupAddress } from 'node:dns';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createHttp } from '../../src/http/client.ts';
import { ask } from '../../src/networks/ask.ts';
import type { NetworkIo } from '../../src/networks/network.ts';
import { serve } from '../http/loopback.ts';

/** 127.0.0.1 is connected to at once, a name after half a second. */
const http = createHttp({
  allowPrivate: ['127.0.0.0/8'],
  userAgent: 'standfirst-tests',
  resolve: async (): Promise<LookupAddress[]> => {
    await sleep(500);
    return [{ address: '127.0.0.1', family: 4 }];
  },
});

const io = (more: Partial<NetworkIo>): NetworkIo =>
  ({ fetch: http.fetch, signal: new AbortController().signal, ...more }) as NetworkIo;

test.each([
  ['stopped before there is a connection', 'slow-name.example', true, 'down', 'internal'],
  ['stopped before there is an answer', '127.0.0.1', true, 'unknown', 'timeout_unknown'],
  ['out of time before there is a connection', 'slow-name.example', false, 'down', 'provider_down'],
  ['out of time before there is an answer', '127.0.0.1', false, 'unknown', 'timeout_unknown'],
])('a request that is %s ends as what it provably is', async (_, host, isStopped, kind, cause) => {
  await using server = await serve(() => undefined);
  const url = `http://${host}:${server.port}/`;
  const isConnected = kind === 'unknown';
  const stop = new AbortController();
  const world = isStopped ? io({ signal: stop.signal }) : io({ timeoutMs: isConnected ? 2_000 : 200 });
  const asked = ask(world, url, { method: 'POST', body: 'x' });
  if (isStopped && isConnected) await expect.poll(() => server.seen, { interval: 5 }).toHaveLength(1);
  else if (isStopped) await sleep(200);
  stop.abort();
  expect(await asked).toMatchObject({ kind, cause });
  expect(server.seen).toHaveLength(kind === 'unknown' ? 1 : 0);
});
