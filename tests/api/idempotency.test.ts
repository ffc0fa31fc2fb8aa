import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepAnswer, takeKey } from '../../src/store/idempotency.ts';
import type { Installation } from './installation.ts';
import { openInstallation, problemOf } from './installation.ts';

let here: Installation;
let headers: Record<string, string>;
beforeAll(async () => {
  here = await openInstallation();
  headers = await here.key();
});
afterAll(() => here.close());

const send = (key: string, text: string, more: Record<string, string> = {}) =>
  here.app.inject({
    method: 'POST',
    url: '/v1/posts',
    headers: { ...headers, 'idempotency-key': key, ...more },
    payload: { accountIds: [here.sandboxId], text },
  });

async function countPosts(): Promise<number> {
  const list = await here.app.inject({ url: '/v1/posts?limit=100', headers });
  return list.json<{ data: [] }>().data.length;
}

describe('an Idempotency-Key', () => {
  it('makes a second request get the first answer, and does nothing again', async () => {
    const before = await countPosts();
    const first = await send('a-1', 'Once.');
    const second = await send('a-1', 'Once.');
    expect(first.headers['idempotency-replayed']).toBeUndefined();
    expect(second.headers['idempotency-replayed']).toBe('true');
    expect(second.statusCode).toBe(201);
    expect(second.body).toBe(first.body);
    expect(second.headers.location).toBe(first.headers.location);
    expect(await countPosts()).toBe(before + 1);
  });

  it('may be quoted, as the draft writes it', async () => {
    const first = await send('"a-2"', 'Quoted.');
    expect((await send('a-2', 'Quoted.')).body).toBe(first.body);
  });

  it('is refused for another body', async () => {
    await send('a-3', 'One.');
    const other = await send('a-3', 'Another.');
    expect(other.statusCode).toBe(422);
    expect(problemOf(other).type).toBe('/problems/key-reused');
  });

  it('belongs to its caller', async () => {
    const first = await send('a-4', 'Mine.');
    const other = await send('a-4', 'Yours.', await here.key());
    expect(other.statusCode).toBe(201);
    expect(other.body).not.toBe(first.body);
  });

  it('keeps a refusal too', async () => {
    const first = await send('a-5', 'x'.repeat(501));
    expect(first.statusCode).toBe(400);
    const second = await send('a-5', 'x'.repeat(501));
    expect(second.headers['idempotency-replayed']).toBe('true');
    expect(problemOf(second).detail).toBe(problemOf(first).detail);
  });

  it('lets one of many at the same time work; the others wait or get its answer', async () => {
    const before = await countPosts();
    const answers = await Promise.all(Array.from({ length: 8 }, () => send('a-6', 'All at once.')));
    expect(await countPosts()).toBe(before + 1);
    for (const answer of answers) expect([201, 409]).toContain(answer.statusCode);
    expect(answers.some((answer) => answer.statusCode === 201)).toBe(true);
  });

  it('of a request that never ended says so, and is not run again', async () => {
    const session = await here.app.inject({ url: '/v1/session', headers });
    const caller = session.json<{ apiKey: { id: string } }>().apiKey.id;
    await send('a-7', 'Ended.');
    await here.context.database.run(
      `UPDATE standfirst.idempotency SET status = NULL, body = NULL WHERE caller = $1 AND key = 'a-7'`,
      [caller],
    );
    const before = await countPosts();
    const again = await send('a-7', 'Ended.');
    expect(again.statusCode).toBe(409);
    expect(problemOf(again).type).toBe('/problems/still-running');
    expect(again.headers['retry-after']).toBe('1');
    expect(await countPosts()).toBe(before);
  });

  it('is free again after 24 hours', async () => {
    const { database } = here.context;
    expect(await takeKey(database, 'c', 'old', 'f1')).toBeNull();
    await keepAnswer(database, 'c', 'old', { status: 201, headers: {}, body: '{}' });
    const age = (hours: number) =>
      database.run(
        `UPDATE standfirst.idempotency SET created_at = now() - make_interval(hours => $1) WHERE caller = 'c'`,
        [hours],
      );
    await age(23);
    expect(await takeKey(database, 'c', 'old', 'f2')).toMatchObject({ fingerprint: 'f1', status: 201 });
    await age(25);
    expect(await takeKey(database, 'c', 'old', 'f2')).toBeNull();
  });

  it('that is empty, too long or not printable is refused', async () => {
    for (const key of ['', 'x'.repeat(256), 'with space', 'ümlaut']) {
      expect((await send(key, 'Bad key.')).statusCode).toBe(400);
    }
  });
});
