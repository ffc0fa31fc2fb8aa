import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Message, Network, NetworkIo, Outcome } from '../../src/networks/network.ts';
import type { ModeName } from '../fakes/modes.ts';
import type { Counterpart, Fixture } from './fixture.ts';
import { ioFor, messageFor } from './fixture.ts';

/** What every network promises, whatever it is: one function over the whole registry. */
const HOUR_MS = 3_600_000;

export function contract(network: Network, fixture: Fixture): void {
  const { limits, powers } = network.profile;
  let counterpart: Counterpart;

  beforeAll(async () => {
    counterpart = await fixture.start();
  });
  afterAll(() => counterpart[Symbol.asyncDispose]());

  const compose = (more: Partial<Message> = {}): Promise<Message> => messageFor(network, counterpart, more);
  const publish = (message: Message, more: Partial<NetworkIo> = {}): Promise<Outcome> =>
    network.publish(message, counterpart.credentials, ioFor(counterpart, more));
  const timesAccepted = (message: Message): number =>
    counterpart.accepted().filter((text) => text === message.text).length;

  /** Publishes while the counterpart misbehaves, then sets it right again. */
  async function publishIn(
    mode: ModeName,
    message: Message,
    io: Partial<NetworkIo> = {},
    headers: Record<string, string> = {},
  ): Promise<Outcome> {
    await counterpart.setMode({ name: mode, headers });
    try {
      return await publish(message, io);
    } finally {
      await counterpart.setMode({ name: 'ok' });
    }
  }

  /** A test that needs a mode is there where the counterpart has it; the fixture says why where it has not. */
  const inMode = (mode: ModeName, sentence: string, run: () => Promise<void>): void => {
    if (fixture.lacks?.[mode] === undefined) test(sentence, run);
  };
  const where = (holds: boolean, sentence: string, run: () => Promise<void>): void => {
    if (holds) test(sentence, run);
  };

  test('publishes a text once and says where it is', async () => {
    const message = await compose();
    const outcome = await publish(message);
    expect(outcome).toMatchObject({ kind: 'published', receipt: { remoteId: expect.stringMatching(/./) } });
    expect(timesAccepted(message)).toBe(1);
  });

  test('sends emoji and right-to-left text as they are', async () => {
    const message = await compose({ text: '👩‍👩‍👧‍👦🇩🇪 مرحبا بالعالم שלום עולם — naïve “Café” & <b> 1️⃣' });
    expect(await publish(message)).toMatchObject({ kind: 'published' });
    expect(timesAccepted(message)).toBe(1);
  });

  test(`takes a text exactly at its limit of ${limits.text.max}`, async () => {
    const message = await compose({ text: 'a'.repeat(limits.text.max) });
    expect(await publish(message)).toMatchObject({ kind: 'published' });
    expect(timesAccepted(message)).toBe(1);
  });

  test('refuses a text one unit over its limit', async () => {
    const message = await compose({ text: 'b'.repeat(limits.text.max + 1) });
    expect(await publish(message)).toMatchObject({ kind: 'refused', cause: expect.stringMatching(/too_long|content/) });
    expect(timesAccepted(message)).toBe(0);
  });

  test('decides on a word of 10,000 characters by its limit', async () => {
    const message = await compose({ text: 'w'.repeat(10_000) });
    const expected = limits.text.max >= 10_000 ? 'published' : 'refused';
    expect(await publish(message)).toMatchObject({ kind: expected });
    expect(timesAccepted(message)).toBe(expected === 'published' ? 1 : 0);
  });

  test('refuses an empty text', async () => {
    const before = counterpart.accepted().length;
    expect(await publish(await compose({ text: '' }))).toMatchObject({ kind: 'refused' });
    expect(counterpart.accepted()).toHaveLength(before);
  });

  where(powers.threads, 'continues a thread below its parent', async () => {
    const first = await publish(await compose());
    if (first.kind !== 'published') throw new Error(JSON.stringify(first));
    const next = await compose({ replyTo: { root: first.receipt, parent: first.receipt } });
    const second = await publish(next);
    expect(second).toMatchObject({ kind: 'published' });
    if (second.kind !== 'published') return;
    const { remoteId } = second.receipt;
    expect(remoteId).not.toBe(first.receipt.remoteId);
    if (network.find === undefined || powers.find === 'by-resend') return;
    expect(await network.find(next, counterpart.credentials, ioFor(counterpart))).toMatchObject({
      receipt: { remoteId },
    });
  });

  inMode('401', 'is signed out by 401', async () => {
    const message = await compose();
    expect(await publishIn('401', message)).toMatchObject({ kind: 'signed-out' });
    expect(timesAccepted(message)).toBe(0);
  });

  for (const status of ['403', '422'] as const) {
    inMode(status, `is refused for good by ${status}`, async () => {
      const message = await compose();
      const outcome = await publishIn(status, message);
      expect(outcome).toMatchObject({ kind: 'refused', detail: expect.stringMatching(/./) });
      expect(timesAccepted(message)).toBe(0);
    });
  }

  const waits: Record<string, (at: Date) => Record<string, string>> = {
    'seconds in Retry-After': () => ({ 'retry-after': '120' }),
    'a date in Retry-After': (at) => ({ 'retry-after': at.toUTCString() }),
    'epoch seconds in x-rate-limit-reset': (at) => ({ 'x-rate-limit-reset': String(at.getTime() / 1000) }),
    'an ISO instant in x-ratelimit-reset': (at) => ({ 'x-ratelimit-reset': at.toISOString() }),
    'seconds in x-ratelimit-reset-after': () => ({ 'x-ratelimit-reset-after': '120.0' }),
  };
  for (const [form, headersFor] of Object.entries(waits)) {
    inMode('429', `waits as long as 429 says by ${form}, whatever our own clock shows`, async () => {
      for (const wrongBy of [0, HOUR_MS, -HOUR_MS]) {
        // On the whole second, as the network's own clock is told.
        const inTwoMinutes = new Date(Math.ceil(Date.now() / 1_000) * 1_000 + 120_000);
        const now = (): Date => new Date(Date.now() + wrongBy);
        const from = performance.now();
        const outcome = await publishIn('429', await compose(), { now }, headersFor(inTwoMinutes));
        if (outcome.kind !== 'limited') throw new Error(JSON.stringify(outcome));
        expect(outcome.retryAfterMs).toBeGreaterThanOrEqual(119_000 - (performance.now() - from));
        expect(outcome.retryAfterMs).toBeLessThanOrEqual(121_000);
      }
    });
  }

  inMode('429', 'waits at least a second and at most a day where 429 says nothing or nonsense', async () => {
    for (const headers of [{}, { 'retry-after': 'soon' }, { 'retry-after': '-5' }, { 'retry-after': '99999999' }]) {
      const outcome = await publishIn('429', await compose(), {}, headers as Record<string, string>);
      if (outcome.kind !== 'limited') throw new Error(JSON.stringify(outcome));
      expect(outcome.retryAfterMs).toBeGreaterThanOrEqual(1000);
      expect(outcome.retryAfterMs).toBeLessThanOrEqual(86_400_000);
    }
  });

  inMode('refuse', 'knows that nothing left when the connection is refused', async () => {
    const message = await compose();
    expect(await publishIn('refuse', message)).toMatchObject({ kind: 'down', cause: 'provider_down' });
    expect(timesAccepted(message)).toBe(0);
  });

  for (const mode of ['500', '503', 'reset'] as const) {
    inMode(mode, `does not take ${mode} for a no`, async () => {
      const message = await compose();
      expect(await publishIn(mode, message)).toMatchObject({ kind: 'unknown' });
      expect(timesAccepted(message)).toBe(0);
      await settlesAs('absent', message);
    });
  }

  const lost = ['accept-then-reset', 'accept-then-500', 'accept-then-504', 'cut-body', 'html-instead-of-json'] as const;
  for (const mode of lost) {
    inMode(mode, `finds its post again after ${mode}, without a second one`, async () => {
      const message = await compose();
      expect(await publishIn(mode, message)).toMatchObject({ kind: 'unknown' });
      await settlesAs('published', message);
    });
  }

  inMode('redirect', 'follows no server to another address', async () => {
    const message = await compose();
    const outcome = await publishIn('redirect', message);
    expect(outcome).toMatchObject({ kind: 'refused', cause: 'config' });
    expect(timesAccepted(message)).toBe(0);
  });

  inMode('huge', 'stops reading an answer without end, without knowing', async () => {
    const message = await compose();
    const before = process.memoryUsage().rss;
    expect(await publishIn('huge', message)).toMatchObject({ kind: 'unknown' });
    expect(process.memoryUsage().rss - before).toBeLessThan(250_000_000);
    await settlesAs('absent', message);
  });

  for (const mode of ['hang', 'accept-then-hang'] as const) {
    inMode(mode, `gives up by itself on ${mode}, without knowing`, async () => {
      const message = await compose();
      const began = performance.now();
      expect(await publishIn(mode, message, { timeoutMs: 1_000 })).toMatchObject({ kind: 'unknown' });
      expect(performance.now() - began).toBeLessThan(15_000);
      await settlesAs(mode === 'hang' ? 'absent' : 'published', message);
    });
  }

  inMode('accept-then-hang', 'stops when it is told to, without knowing', async () => {
    const message = await compose();
    const stop = new AbortController();
    const outcome = publishIn('accept-then-hang', message, { signal: stop.signal });
    await expect.poll(() => timesAccepted(message), { interval: 5 }).toBe(1);
    const told = performance.now();
    stop.abort();
    expect(await outcome).toMatchObject({ kind: 'unknown' });
    expect(performance.now() - told).toBeLessThan(15_000);
    await settlesAs('published', message);
  });

  inMode('slow', 'sends nothing when it was told to stop before', async () => {
    const message = await compose();
    expect(await publish(message, { signal: AbortSignal.abort() })).toMatchObject({ kind: 'down' });
    expect(timesAccepted(message)).toBe(0);
  });

  inMode('slow', 'waits for a slow answer', async () => {
    const message = await compose();
    expect(await publishIn('slow', message)).toMatchObject({ kind: 'published' });
    expect(timesAccepted(message)).toBe(1);
  });

  where(
    powers.idempotencyKey || powers.recordKey || powers.find === 'by-resend',
    'sends the same message twice and has posted once',
    async () => {
      const message = await compose();
      const first = await publish(message);
      const second = await publish(message);
      expect(second).toEqual(first);
      expect(timesAccepted(message)).toBe(1);
    },
  );

  inMode('duplicate', 'looks a post up when the network says it has it already', async () => {
    const message = await compose();
    await publishIn('accept-then-reset', message);
    const again = await publishIn('duplicate', message);
    expect(['unknown', 'published']).toContain(again.kind);
    await settlesAs('published', message);
  });

  where(powers.remove, 'removes what it published, and removing twice does no harm', async () => {
    const outcome = await publish(await compose());
    if (outcome.kind !== 'published') throw new Error(JSON.stringify(outcome));
    const remove = (): Promise<Outcome> | undefined =>
      network.remove?.(outcome.receipt, counterpart.credentials, ioFor(counterpart));
    expect(await remove()).toMatchObject({ kind: 'published' });
    expect(['published', 'refused']).toContain((await remove())?.kind);
  });

  test('says who is connected', async () => {
    const checked = await network.check(counterpart.credentials, ioFor(counterpart));
    expect(checked).toMatchObject({ kind: 'connected', handle: expect.stringMatching(/./), missingPermissions: [] });
  });

  test('is signed out with wrong credentials, and names no secret', async () => {
    if (counterpart.wrongCredentials === null) return;
    const message = await compose();
    const outcomes = [
      await network.check(counterpart.wrongCredentials, ioFor(counterpart)),
      await network.publish(message, counterpart.wrongCredentials, ioFor(counterpart)),
    ];
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ kind: 'signed-out' });
      for (const secret of secretsIn(counterpart.wrongCredentials as Record<string, string>)) {
        expect(JSON.stringify(outcome)).not.toContain(secret);
      }
    }
    expect(timesAccepted(message)).toBe(0);
  });

  test('accepts its own credentials by its schema and refuses rubbish', () => {
    expect(network.credentials.safeParse(counterpart.credentials).success).toBe(true);
    expect(network.credentials.safeParse('rubbish').success).toBe(false);
  });

  /** What the pipeline does with an unknown: ask; where it is absent and the network drops a second, send again. */
  async function settlesAs(expected: 'published' | 'absent', message: Message): Promise<void> {
    const resends = powers.idempotencyKey || powers.recordKey || powers.find === 'by-resend';
    const found = await network.find?.(message, counterpart.credentials, ioFor(counterpart));
    if (powers.find === 'by-resend') expect(found?.kind).toBe('absent');
    else if (found !== undefined) expect(found.kind).toBe(expected);
    if (resends && found?.kind !== 'published') expect(await publish(message)).toMatchObject({ kind: 'published' });
    const once = expected === 'published' || resends ? 1 : 0;
    expect(timesAccepted(message)).toBe(once);
  }
}

/** Everything but addresses of servers and short words; of an address that is itself a secret, its last part. */
function secretsIn(credentials: Record<string, string>): string[] {
  const given = Object.entries(credentials).filter(([name]) => name !== 'server' && name !== 'service');
  return given.map(([, value]) => value.split('/').at(-1) ?? '').filter((value) => value.length > 7);
}
