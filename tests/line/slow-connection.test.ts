import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { wasNeverSent } from '../../src/http/failure.ts';
import type { NetworkIo } from '../../src/networks/network.ts';
import { countAge } from '../../src/pipeline/age.ts';
import { HOLD_LOOK_MS, heldGate } from '../../src/pipeline/held-gate.ts';
import type { HeldGate } from '../../src/pipeline/held-gate.ts';
import { openHttp, serve } from '../http/loopback.ts';

/** A hold that is placed while a connection is being opened, which may take five seconds. */

const CONNECTING_MS = HOLD_LOOK_MS + 300;
const io = { monotonic: () => performance.now(), now: () => new Date() };

/** A gate whose first connection takes longer than a look at what is held is good. */
async function withGate(
  look: () => Promise<'held' | null>,
  work: (gate: HeldGate, url: string, seen: readonly { body: string }[]) => Promise<void>,
): Promise<number> {
  let asked = 0;
  const resolve = async () => {
    asked++;
    await sleep(CONNECTING_MS);
    return [{ address: '127.0.0.1', family: 4 as const }];
  };
  await using server = await serve((_, response) => void response.end('taken'));
  await using http = openHttp({ resolve });
  await work(
    heldGate({ fetch: http.fetch } as NetworkIo, look, io, countAge(io)),
    `http://network.example:${server.port}/`,
    server.seen,
  );
  return asked;
}

it('lets nothing leave once the connection stands', async () => {
  let looks = 0;
  const look = async () => (looks++, 'held' as const);
  await withGate(look, async (gate, url, seen) => {
    const error = await gate.fetch(url, { method: 'POST', body: 'first' }).catch((fault: unknown) => fault);
    expect(wasNeverSent(error)).toBe(true);
    expect(gate.keeper()).toBe('held');
    expect(looks).toBe(1);
    await sleep(100);
    expect(seen).toEqual([]);
  });
});

it('costs a post that nothing keeps back one look more, and no second connection', async () => {
  let looks = 0;
  const look = async () => (looks++, null);
  const connections = await withGate(look, async (gate, url, seen) => {
    const answer = await gate.fetch(url, { method: 'POST', body: 'first' });
    expect(await answer.text()).toBe('taken');
    expect(seen.map(({ body }) => body)).toEqual(['first']);
    // A busy machine looks once more.
    expect(looks).toBeGreaterThanOrEqual(1);
  });
  expect(connections).toBe(1);
});
