import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { wasNeverSent } from '../../src/http/failure.ts';
import type { Http } from '../../src/http/client.ts';
import { watchStandstills } from '../../src/http/standstill.ts';
import { openHttp } from './loopback.ts';

/**
 * Ends idle connections after two seconds and does not say so, as many servers do, and runs on while this process stands
 * still. Answers how many connections and how many requests it has had.
 */
const impatient = `
  const { createServer } = require('node:http');
  const { parentPort } = require('node:worker_threads');
  const ports = new Set();
  let requests = 0;
  const server = createServer((request, response) => {
    ports.add(request.socket.remotePort);
    requests += 1;
    // Its own, so that Node says nothing of how long.
    response.setHeader('connection', 'keep-alive');
    setTimeout(() => response.end(JSON.stringify([ports.size, requests])), request.url === '/slow' ? 8000 : 0);
  });
  server.keepAliveTimeout = 1000;
  server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
`;

/** Between the two, the server has ended what is idle and nobody here has looked. */
const LONG_MS = 3_000;

function standStill(): void {
  for (const end = performance.now() + LONG_MS; performance.now() < end;);
}

/** Goes on in that turn of the event loop in which answers are read: those that came later are read in the next one. */
const whereAnswersAreRead = (): Promise<unknown> => stat('.');

async function withServer(
  work: (post: (path?: string) => Promise<[connections: number, requests: number]>, http: Http) => Promise<void>,
): Promise<void> {
  const worker = new Worker(impatient, { eval: true });
  try {
    const [port] = (await once(worker, 'message')) as [number];
    await using http = openHttp();
    await work(async (path = '/') => {
      const answer = await http.fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', body: 'x' });
      return (await answer.json()) as [number, number];
    }, http);
  } finally {
    await worker.terminate();
  }
}

describe('a connection from before a standstill, which the server may have ended,', () => {
  it('carries no further request, and what is under way on another is not cut', async () => {
    // A busy machine makes a process stand still too: it is begun anew then.
    let isCalm = false;
    while (!isCalm) {
      await withServer(async (post) => {
        using standstills = watchStandstills([() => performance.now()]);
        const first = await post().catch(String);
        await sleep(100);
        const next = await post().catch(String);
        const underWay = post('/slow');
        underWay.catch(() => undefined);
        await sleep(100);
        isCalm = standstills.count() === 0;
        if (!isCalm) return;
        // Kept as long as nothing happens.
        expect([first, next]).toEqual([
          [1, 1],
          [1, 2],
        ]);
        await whereAnswersAreRead();
        standStill();
        const [connections, requests] = await post();
        expect(requests).toBe(4);
        expect(await underWay).toEqual([connections, 4]);
      });
    }
  });

  it('ends with all the others when the client is closed, whatever is under way on it', () =>
    withServer(async (post, http) => {
      const underWay = post('/slow').catch((error: unknown) => error);
      await sleep(100);
      standStill();
      await post();
      await http.close();
      expect(await Promise.race([underWay, sleep(500, 'still under way')])).toMatchObject({
        code: 'UND_ERR_DESTROYED',
      });
    }));

  it('carries none that was given to it before and had to wait: it has provably not left', () =>
    withServer(async (post) => {
      expect(await post()).toEqual([1, 1]);
      await sleep(100);
      await whereAnswersAreRead();
      const given = post();
      standStill();
      const error = await given.catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ message: 'This process stood still before the request could leave.' });
      expect(wasNeverSent(error)).toBe(true);
      expect(await post()).toEqual([2, 2]);
    }));
});

it.each([
  ['a process that runs', { monotonic: 700, wall: 700 }, 0],
  ['a process that was blocked or suspended', { monotonic: 800, wall: 800 }, 1],
  ['a machine that slept, whose monotonic clock stood still too', { monotonic: 100, wall: 60_000 }, 1],
])('of %s is counted right', (_, passed, expected) => {
  const at = { monotonic: 5_000, wall: 1_800_000_000_000 };
  using standstills = watchStandstills([() => at.monotonic, () => at.wall]);
  expect(standstills.count()).toBe(0);
  at.monotonic += passed.monotonic;
  at.wall += passed.wall;
  expect(standstills.count()).toBe(expected);
  expect(standstills.count()).toBe(expected);
});
