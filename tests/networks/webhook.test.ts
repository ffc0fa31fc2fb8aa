import { expect, test } from 'vitest';
import { webhookSecret } from '../fakes/webhook.ts';
import { webhook } from '../../src/networks/webhook.ts';
import { fixture } from './fixtures/webhook.ts';
import { ioFor, messageFor } from './fixture.ts';

test('stops for good when the receiver answers 410', async () => {
  await using counterpart = await fixture.start();
  const io = ioFor(counterpart, { fetch: () => Promise.resolve(new Response(null, { status: 410 })) });
  const message = await messageFor(webhook, counterpart);
  const receiver = { url: 'https://desk.example/in', secret: webhookSecret };
  expect(await webhook.publish(message, receiver, io)).toMatchObject({ kind: 'signed-out', code: '410' });
});

test('never follows a redirect with a signed post', async () => {
  await using counterpart = await fixture.start();
  const moved = new Response(null, { status: 307, headers: { location: 'https://elsewhere.example/' } });
  const io = ioFor(counterpart, { fetch: () => Promise.resolve(moved) });
  const message = await messageFor(webhook, counterpart);
  const outcome = await webhook.publish(message, { url: 'https://desk.example/in', secret: webhookSecret }, io);
  expect(outcome).toMatchObject({ kind: 'refused', cause: 'config', detail: expect.stringContaining('elsewhere') });
});

test('sends the same body under the same id on every try', async () => {
  await using counterpart = await fixture.start();
  const bodies: unknown[] = [];
  const io = ioFor(counterpart, {
    fetch: (_url, init) => {
      bodies.push([new Headers(init?.headers).get('webhook-id'), init?.body]);
      return Promise.resolve(new Response(null, { status: 500 }));
    },
  });
  const message = await messageFor(webhook, counterpart);
  const receiver = { url: 'https://desk.example/in', secret: webhookSecret };
  await webhook.publish(message, receiver, io);
  await webhook.publish(message, receiver, { ...io, now: () => new Date(Date.now() + 60_000) });
  expect(bodies[0]).toEqual(bodies[1]);
  expect(bodies[0]).toMatchObject([message.key, expect.stringContaining(message.text)]);
});

test('refuses a secret that is too short to be one', () => {
  expect(webhook.credentials.safeParse({ url: 'https://desk.example/in', secret: 'whsec_c2hvcnQ=' }).success).toBe(
    false,
  );
});
