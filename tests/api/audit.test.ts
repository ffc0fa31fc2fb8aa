import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditView } from '../../src/api/schemas/audit.ts';
import { prepareFirstRun } from '../../src/api/first-run.ts';
import { chainAudit } from '../../src/pipeline/audit.ts';
import type { Installation } from './installation.ts';
import { openInstallation } from './installation.ts';

let here: Installation;
let headers: Record<string, string>;
beforeAll(async () => {
  here = await openInstallation();
  headers = await here.key();
});
afterAll(() => here.close());

const ask = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, payload?: object, more = {}) =>
  here.app.inject({
    method,
    url,
    headers: { ...headers, ...more },
    remoteAddress: '192.0.2.44',
    ...(payload === undefined ? {} : { payload }),
  });

async function audited(query: string): Promise<AuditView[]> {
  const answer = await ask('GET', `/v1/audit?${query}`);
  expect(answer.statusCode).toBe(200);
  return answer.json<{ data: AuditView[] }>().data;
}

/** What somebody does who owns the database. */
async function tamper(...statements: string[]): Promise<void> {
  const client = await here.context.database.connect();
  try {
    await client.query('SET session_replication_role = replica');
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

async function verify(head = ''): Promise<{ linked: number; waiting: number; head: string; faults: string[] }> {
  return (await ask('GET', `/v1/audit/verification${head === '' ? '' : `?head=${head}`}`)).json();
}

describe('the audit', () => {
  it('says who did what, from which address, in which request, and what it came to', async () => {
    const made = await ask('POST', '/v1/posts', { accountIds: [here.sandboxId], text: 'A ferry is late.' });
    const [post] = made.json<{ data: { id: string }[] }>().data;
    const approved = await ask('POST', `/v1/posts/${post?.id}/approve`);
    expect(approved.statusCode).toBe(200);
    const [row, ...others] = await audited(`action=post.approved&subject=${post?.id}`);
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      actor: expect.stringMatching(/^key_/),
      actorName: 'test',
      ip: '192.0.2.44',
      requestId: approved.headers['x-request-id'],
      after: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it.each([
    ['keys', 'api-key.created', () => ask('POST', '/v1/api-keys', { name: 'k', scopes: ['posts:read'] })],
    ['holds', 'publishing.held', () => ask('POST', '/v1/holds', { scope: 'word', target: 'x', reason: 'y' })],
    [
      'deletions',
      'account.removed',
      async () => {
        const added = await ask('POST', '/v1/accounts', { network: 'sandbox', credentials: {} });
        return ask('DELETE', `/v1/accounts/${added.json<{ id: string }>().id}`);
      },
    ],
    [
      'sign-ins',
      'member.signed_in',
      async () => {
        const { signInPath } = await prepareFirstRun(here.context);
        const form = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' };
        const url = '/sign-in';
        const payload = signInPath.split('?')[1] ?? '';
        return here.app.inject({ method: 'POST', url, headers: form, payload, remoteAddress: '192.0.2.44' });
      },
    ],
  ] as const)('has %s', async (_what, action, act) => {
    const before = (await audited(`action=${action}&ip=192.0.2.44`)).length;
    expect((await act()).statusCode).toBeLessThan(400);
    const rows = await audited(`action=${action}&ip=192.0.2.44`);
    expect(rows).toHaveLength(before + 1);
    expect(rows[0]?.requestId).toMatch(/^req_/);
  });

  it('keeps digests of settings before and after, not the settings', async () => {
    const url = `/v1/accounts/${here.sandboxId}`;
    const read = await ask('GET', url);
    await ask('PATCH', url, { name: 'Harbour desk' }, { 'if-match': String(read.headers.etag) });
    const [row] = await audited(`action=account.changed`);
    expect(row?.before).toMatch(/^[0-9a-f]{64}$/);
    expect(row?.after).toMatch(/^[0-9a-f]{64}$/);
    expect(row?.before).not.toBe(row?.after);
  });

  it('writes nothing where the change did not happen', async () => {
    const { database } = here.context;
    const count = async (): Promise<number> => (await audited('action=member&limit=100')).length;
    const before = await count();
    const failed = database.transaction(async (sql) => {
      await sql.run(
        `INSERT INTO standfirst.event (type, subject, actor) VALUES ('member.role_changed', 'user_x', 'user_y')`,
      );
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    expect(await count()).toBe(before);
  });

  it.each(['UPDATE standfirst.audit SET actor = NULL', 'DELETE FROM standfirst.audit', 'TRUNCATE standfirst.audit'])(
    'refuses %s',
    async (statement) => {
      await expect(here.context.database.run(statement)).rejects.toThrow('The audit only grows');
    },
  );

  it('is found by family, actor, time and page', async () => {
    expect((await audited('action=api-key')).every((row) => row.action.startsWith('api-key.'))).toBe(true);
    expect(await audited('actor=user_none')).toEqual([]);
    expect(await audited(`until=2020-01-01T00:00:00Z`)).toEqual([]);
    const first = (await ask('GET', '/v1/audit?limit=2')).json<{ data: AuditView[]; nextCursor: string }>();
    const second = (await ask('GET', `/v1/audit?limit=2&cursor=${first.nextCursor}`)).json<{ data: AuditView[] }>();
    const ids = [...first.data, ...second.data].map((row) => Number(row.id.slice('audit_'.length)));
    expect(ids).toEqual([...ids].sort((one, other) => other - one));
    expect(new Set(ids).size).toBe(4);
  });
});

describe('the chain', () => {
  it('is whole after everything above, and is built by whoever comes first, once', async () => {
    await Promise.all([chainAudit(here.context.database), chainAudit(here.context.database)]);
    const verdict = await verify();
    expect(verdict).toMatchObject({ waiting: 0, faults: [] });
    expect(verdict.linked).toBeGreaterThan(5);
    expect((await verify(verdict.head)).faults).toEqual([]);
  });

  it('takes in a row whose transaction was the slower one', async () => {
    const { database } = here.context;
    const insert = (subject: string): string =>
      `INSERT INTO standfirst.event (type, subject, actor) VALUES ('member.tested', '${subject}', 'user_1')`;
    await database.transaction(async (slow) => {
      await slow.run(insert('user_slow'));
      await database.run(insert('user_fast'));
      await chainAudit(database);
    });
    await database.run(insert('user_next'));
    await chainAudit(database);
    expect(await verify()).toMatchObject({ waiting: 0, faults: [] });
  });

  it('names a row that was changed', async () => {
    await tamper(`UPDATE standfirst.audit SET actor = 'user_innocent' WHERE seq = 3`);
    const { faults } = await verify();
    expect(faults).toEqual([expect.stringMatching(/^Row 3 \(.* by user_innocent\) was changed\.$/)]);
  });

  it('names a row that is missing, and rows that were put in another order', async () => {
    await tamper('DELETE FROM standfirst.audit WHERE seq = 4');
    expect((await verify()).faults).toContain('Row 4 is missing.');
    await tamper(
      'ALTER TABLE standfirst.audit ALTER seq SET GENERATED BY DEFAULT',
      'UPDATE standfirst.audit SET seq = 1000000 WHERE seq = 5',
      'UPDATE standfirst.audit SET seq = 5 WHERE seq = 6',
      'UPDATE standfirst.audit SET seq = 6 WHERE seq = 1000000',
    );
    const { faults } = await verify();
    expect(faults).toContainEqual(expect.stringMatching(/^Row 5 \(.*\) stood at 6\.$/));
    expect(faults).toContainEqual(expect.stringMatching(/^Row 6 \(.*\) stood at 5\.$/));
  });

  it('names links that were taken out or written anew, and an end that was cut off', async () => {
    const { head } = await verify();
    const last = Number(head.split(':')[0]);
    await tamper(`DELETE FROM standfirst.audit_link WHERE n = 2`);
    expect((await verify()).faults).toContain('Links 2 to 2 are missing.');
    await tamper(`DELETE FROM standfirst.audit_link WHERE n = ${last}`);
    expect((await verify(head)).faults).toContain(
      `Link ${last} is missing: the chain ends at ${last - 1}, rows were cut off.`,
    );
  });
});
