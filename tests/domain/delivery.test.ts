import { describe, expect, it } from 'vitest';
import { afterTry, RETRY_AFTER_MS } from '../../src/domain/delivery.ts';
import { outwardNames, outwardOf, payloadOf } from '../../src/domain/outward-events.ts';

const no = { status: 500, retryAfterMs: null };

describe('a delivery', () => {
  it('is done at any 2xx and over at 410', () => {
    for (const status of [200, 202, 204, 299])
      expect(afterTry({ ...no, status }, 1, 0)).toEqual({ state: 'delivered' });
    expect(afterTry({ ...no, status: 410 }, 1, 0)).toEqual({ state: 'gone' });
  });

  it('is tried again after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h and 10 h, then not any more', () => {
    const hours = Array.from({ length: 8 }, (_, n) => afterTry(no, n + 1, 0.5)).map((verdict) =>
      verdict.state === 'waiting' ? verdict.afterMs / 1000 : verdict.state,
    );
    expect(hours).toEqual([5, 300, 1_800, 7_200, 18_000, 36_000, 36_000, 'failed']);
  });

  it('spreads its tries by a tenth, and waits as long as the receiver asks, a day at most', () => {
    const wait = (over: Partial<typeof no> | { retryAfterMs: number }, chance = 0.5): unknown =>
      afterTry({ ...no, ...over }, 2, chance);
    expect([wait({}, 0), wait({}, 0.999)]).toEqual([
      { state: 'waiting', afterMs: 270_000 },
      { state: 'waiting', afterMs: expect.closeTo(330_000, -3) },
    ]);
    expect(wait({ retryAfterMs: 1_000 })).toEqual({ state: 'waiting', afterMs: RETRY_AFTER_MS[1] });
    expect(wait({ retryAfterMs: 900_000 })).toEqual({ state: 'waiting', afterMs: 900_000 });
    expect(wait({ retryAfterMs: 9e9 })).toEqual({ state: 'waiting', afterMs: 86_400_000 });
  });
});

describe('what receivers are told', () => {
  it('has the names of the convention, and those of corrections', () => {
    const posts = ['approved', 'scheduled', 'published', 'failed', 'late', 'stale', 'unknown'].map(
      (name) => `post.${name}`,
    );
    const others = ['article.ingested', 'story.ready', 'account.expiring', 'account.disconnected', 'source.failing'];
    const own = ['publishing.held', 'publishing.resumed', 'correction.raised', 'correction.done'];
    expect([...outwardNames].sort()).toEqual([...posts, ...others, ...own].sort());
  });

  it('calls a post late that went out more than 30 s after its time', () => {
    const published = (latenessMs: number) => outwardOf({ type: 'post.published', data: { latenessMs } });
    expect(published(30_000)).toEqual(['post.published']);
    expect(published(30_001)).toEqual(['post.published', 'post.late']);
    expect(outwardOf({ type: 'member.signed-in', data: {} })).toEqual([]);
  });

  it('is below 20 kB, with the path to the rest', () => {
    const event = { at: new Date('2026-11-24T08:00:00Z'), subject: 'post_1', data: { url: 'https://a.example' } };
    expect(JSON.parse(payloadOf('post.published', event))).toEqual({
      type: 'post.published',
      timestamp: '2026-11-24T08:00:00.000Z',
      data: { url: 'https://a.example', id: 'post_1', href: '/v1/posts/post_1' },
    });
    const long = payloadOf('post.failed', { ...event, data: { detail: 'ä'.repeat(15_000) } });
    expect(JSON.parse(long)).toMatchObject({ data: { id: 'post_1', href: '/v1/posts/post_1' } });
    expect(Buffer.byteLength(long)).toBeLessThan(20_000);
  });
});
