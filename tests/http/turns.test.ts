import { describe, expect, it } from 'vitest';
import { createTurns } from '../../src/http/turns.ts';
import { html, openHttp, serve } from './loopback.ts';

const never = new AbortController().signal;
const soon = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

describe('turns', () => {
  it('let one request at a time to a host, and others meanwhile', async () => {
    const turns = createTurns({ most: { prompt: 8, patient: 8 }, floorMs: 0, now: () => performance.now() });
    const order: string[] = [];
    const first = await turns.take('a', never);
    const second = turns.take('a', never).then((leave) => (order.push('second a'), leave));
    const other = await turns.take('b', never);
    await soon(20);
    expect(order).toEqual([]);
    first();
    (await second)();
    other();
    expect(order).toEqual(['second a']);
  });

  it('keep a pause between the end of one and the start of the next, by the clock given', async () => {
    const turns = createTurns({ most: { prompt: 8, patient: 8 }, floorMs: 60, now: () => 0 });
    (await turns.take('a', never))();
    const started = performance.now();
    (await turns.take('a', never))();
    expect(performance.now() - started).toBeGreaterThanOrEqual(58);
  });

  it('keep no pause that is over by the clock given', async () => {
    const hour = 3_600_000;
    let clock = 0;
    const turns = createTurns({ most: { prompt: 8, patient: 8 }, floorMs: hour, now: () => clock });
    (await turns.take('a', never))();
    clock = hour;
    (await turns.take('a', never))();
  });

  it('let at most so many in over all hosts, first come, first served', async () => {
    const turns = createTurns({ most: { prompt: 2, patient: 1 }, floorMs: 0, now: () => performance.now() });
    const leaves = [await turns.take('a', never), await turns.take('b', never)];
    const order: string[] = [];
    const waiting = ['c', 'd'].map((host) => turns.take(host, never).then((leave) => (order.push(host), leave())));
    await soon(10);
    expect(order).toEqual([]);
    leaves.forEach((leave) => leave());
    await Promise.all(waiting);
    expect(order).toEqual(['c', 'd']);
  });

  it('pass on where someone in the middle of the line gives up', async () => {
    const turns = createTurns({ most: { prompt: 1, patient: 1 }, floorMs: 0, now: () => performance.now() });
    const first = await turns.take('a', never);
    const given = new AbortController();
    const second = turns.take('a', given.signal);
    const elsewhere = turns.take('b', given.signal);
    const third = turns.take('a', never);
    given.abort(new Error('given up'));
    await expect(second).rejects.toThrow('given up');
    await expect(elsewhere).rejects.toThrow('given up');
    first();
    (await third)();
    (await turns.take('b', never))();
  });

  it('hold for pages: two of one host come one after the other, with the pause', async () => {
    let open = 0;
    let most = 0;
    await using server = await serve((_, response) => {
      most = Math.max(most, ++open);
      setTimeout(() => (open--, html(response, 'ok')), 30);
    });
    await using http = openHttp({ floorMs: 80 });
    const started = performance.now();
    await Promise.all([1, 2, 3].map(() => http.get(server.url, { accept: ['text/html'] })));
    expect(most).toBe(1);
    expect(performance.now() - started).toBeGreaterThanOrEqual(240);
  });
});
