import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tidy } from '../../src/pipeline/tidy.ts';
import type { Installation } from './installation.ts';
import { openInstallation, problemOf } from './installation.ts';
import { join } from './member.ts';

let here: Installation;
let auth: Record<string, string>;
beforeAll(async () => {
  here = await openInstallation({ STANDFIRST_RETENTION: 'deliveries=5' });
  auth = await here.key();
});
afterAll(() => here.close());

interface Ages {
  readonly ages: readonly { what: string; days: number; usual: number; isFixed: boolean }[];
  readonly version: number;
}

const read = () => here.app.inject({ url: '/v1/retention', headers: auth });
const daysOf = (ages: Ages): Record<string, number> =>
  Object.fromEntries(ages.ages.map(({ what, days }) => [what, days]));
const put = (days: unknown, version: number) =>
  here.app.inject({
    method: 'PUT',
    url: '/v1/retention',
    headers: { ...auth, 'if-match': `"${version}"` },
    payload: { days } as object,
  });

describe('how long things are kept', () => {
  it('is told with what is usual, and which ages the operator has set', async () => {
    const answer = (await read()).json<Ages>();
    expect(answer.version).toBe(0);
    expect(answer.ages).toContainEqual({ what: 'decisions', days: 90, usual: 90, isFixed: false });
    expect(answer.ages).toContainEqual({ what: 'deliveries', days: 5, usual: 30, isFixed: true });
  });

  it('is decided by an admin, in the audit, and what is left out is as usual again', async () => {
    const changed = await put({ decisions: 60, events: 14 }, 0);
    expect(changed.statusCode).toBe(200);
    expect(changed.headers['etag']).toBe('"1"');
    expect(daysOf(changed.json())).toMatchObject({ decisions: 60, events: 14, html: 30, deliveries: 5 });
    const record = await here.app.inject({ url: '/v1/audit?action=retention', headers: auth });
    expect(record.json<{ data: unknown[] }>().data).toMatchObject([
      { action: 'retention.changed', subject: 'retention' },
    ]);
    expect(daysOf((await put({ events: 14 }, 1)).json())).toMatchObject({ decisions: 90, events: 14 });
  });

  it('holds for the job that forgets', async () => {
    const { database } = here.context;
    await database.run(
      `INSERT INTO standfirst.event (type, subject, at)
       SELECT 'old', 'x', standfirst.clock() - make_interval(days => days) FROM unnest(ARRAY[13, 15]) AS days`,
    );
    await tidy(here.context, new AbortController().signal);
    expect(await database.run(`SELECT 1 FROM standfirst.event WHERE type = 'old'`)).toBe(1);
  });

  it('is not overwritten by who read it before somebody else decided', async () => {
    const answer = await put({ events: 20 }, 1);
    expect(problemOf(answer)).toMatchObject({ status: 412, detail: expect.stringContaining('version 2, not 1') });
    expect(problemOf(await put({ events: 20 }, 7)).status).toBe(412);
    expect(daysOf((await read()).json())).toMatchObject({ events: 14 });
  });

  it('says which age is out of range, is none of ours, or is the operator’s', async () => {
    const faults = async (days: unknown) => problemOf(await put(days, 2)).errors;
    expect(await faults({ events: 0 })).toMatchObject([
      { pointer: '/days/events', message: 'must be whole days from 1 to 36,500' },
    ]);
    expect(await faults({ events: 1.5 })).toMatchObject([{ pointer: '/days/events' }]);
    expect(await faults({ posts: 3 })).toMatchObject([{ pointer: expect.stringContaining('/days') }]);
    expect(await faults({ deliveries: 9 })).toEqual([
      {
        pointer: '/days/deliveries',
        code: 'set-by-operator',
        message: 'is 5 by STANDFIRST_RETENTION, which the operator changes',
      },
    ]);
    expect((await put({ deliveries: 5, events: 14 }, 2)).statusCode).toBe(200);
  });

  it('is read by everybody and changed by admins only', async () => {
    const publisher = await join(here, 'Ada Quill', 'publisher');
    expect((await publisher.ask('GET', '/v1/retention')).statusCode).toBe(200);
    const refused = await publisher.ask('PUT', '/v1/retention', { days: {} }, { 'if-match': '"3"' });
    expect(problemOf(refused).status).toBe(403);
  });
});
