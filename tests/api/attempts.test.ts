import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordFailure } from '../../src/store/attempt.ts';
import { claimPost } from '../../src/store/claim.ts';
import { noticeText } from '../../src/text/notice.ts';
import { openInstallation, problemOf } from './installation.ts';
import type { Installation } from './installation.ts';

let here: Installation;
let headers: Record<string, string>;
/** Three posts: one refused, one in doubt, one under way. */
let ids: string[];
let attempts: string[];
beforeAll(async () => {
  here = await openInstallation();
  headers = await here.key();
  ids = [];
  attempts = [];
  for (const text of ['The refused post.', 'The post in doubt.', 'The post under way.']) {
    const payload = { accountIds: [here.sandboxId], text, schedule: 'now' };
    const made = await here.app.inject({ method: 'POST', url: '/v1/posts', headers, payload });
    const id = made.json<{ data: [{ id: string }] }>().data[0].id;
    const attemptId = here.context.io.id('attempt');
    await claimPost(here.context.database, { postId: id, workerId: 'w1', attemptId, phase: 'sent' });
    ids.push(id);
    attempts.push(attemptId);
  }
  const failure = { kind: 'refused', cause: 'too_long', detail: 'It is too long.' } as const;
  await recordFailure(here.context.database, attempts[0] ?? '', failure, { state: 'failed', signsOut: false });
  const doubt = { kind: 'unknown', cause: 'timeout_unknown', detail: 'No answer came.' } as const;
  await recordFailure(here.context.database, attempts[1] ?? '', doubt, { state: 'unknown', checkAfterMs: 60_000 });
});
afterAll(() => here.close());

const get = (url: string, as = headers) => here.app.inject({ url, headers: as });
const idsOf = async (query: string): Promise<string[]> =>
  (await get(`/v1/attempts?${query}`)).json<{ data: { id: string }[] }>().data.map(({ id }) => id);

describe('the attempts', () => {
  it('are listed with their post, account and network, the latest first, page by page', async () => {
    const first = await get('/v1/attempts?limit=2');
    const page = first.json<{ data: object[]; nextCursor: string }>();
    expect(page.data).toMatchObject([
      { id: attempts[2], postId: ids[2], accountId: here.sandboxId, network: 'sandbox', phase: 'sent', failure: null },
      { id: attempts[1], phase: 'unknown', failure: { cause: 'timeout_unknown', detail: 'No answer came.' } },
    ]);
    expect(first.headers['link']).toContain('rel="next"');
    expect(await idsOf(`limit=2&cursor=${page.nextCursor}`)).toEqual([attempts[0]]);
  });

  it('are narrowed by post, account, network, outcome and time', async () => {
    expect(await idsOf(`post=${ids[0]}`)).toEqual([attempts[0]]);
    expect(await idsOf('outcome=refused,unknown')).toEqual([attempts[1], attempts[0]]);
    expect(await idsOf(`account=${here.sandboxId}&network=sandbox`)).toHaveLength(3);
    expect(await idsOf('account=acc_none')).toEqual([]);
    expect(await idsOf('network=mastodon')).toEqual([]);
    expect(await idsOf('until=2020-01-01T00:00:00Z')).toEqual([]);
    expect(await idsOf('since=2020-01-01T00:00:00Z')).toHaveLength(3);
    const wrong = problemOf(await get('/v1/attempts?outcome=lost'));
    expect(wrong).toMatchObject({ status: 400, errors: [{ pointer: expect.stringContaining('outcome') }] });
  });
});

describe('the failures', () => {
  it('come by cause and account, what is in doubt first, with what helps and which posts', async () => {
    const answer = await get('/v1/failures');
    expect(answer.json()).toMatchObject({
      isWhole: true,
      data: [
        { cause: 'timeout_unknown', accountId: here.sandboxId, isInDoubt: true, count: 1, postIds: [ids[1]] },
        { cause: 'too_long', network: 'sandbox', isInDoubt: false, count: 1, postIds: [ids[0]] },
      ],
    });
    for (const group of answer.json<{ data: { sentence: string; action: string }[] }>().data)
      expect([group.sentence, group.action].every((words) => words.length > 10)).toBe(true);
  });

  it('promise no further try where there is none: a network that stayed away is tried again by whoever retries', async () => {
    const gone = { kind: 'down', cause: 'provider_down', detail: 'connect ECONNREFUSED' } as const;
    const { database } = here.context;
    const actionOf = async (): Promise<string> =>
      (await get(`/v1/posts/${ids[2]}`)).json<{ failure: { action: string } }>().failure.action;
    const back = { state: 'scheduled', afterMs: 3_600_000, countsAsTry: true } as const;
    await recordFailure(database, attempts[2] ?? '', gone, back);
    expect(await actionOf()).toMatch(/^Nothing: it is tried again/);
    await database.run(`UPDATE standfirst.post SET state = 'failed', wake_at = NULL WHERE id = $1`, [ids[2]]);
    expect(await actionOf()).toMatch(/^Retry once/);
    const { data } = (await get('/v1/failures')).json<{ data: { cause: string; action: string }[] }>();
    expect(data.find(({ cause }) => cause === 'provider_down')?.action).toMatch(/^Retry once/);
    const notice = { count: 1, cause: 'provider_down', account: 'Desk', detail: null, publicUrl: null };
    expect(noticeText({ kind: 'failed', ...notice }).text).toMatch(/Retry once/);
  });

  it('are for those who may read posts', async () => {
    const other = await here.key(['webhooks:manage']);
    for (const url of ['/v1/attempts', '/v1/failures']) expect((await get(url, other)).statusCode).toBe(403);
  });
});
