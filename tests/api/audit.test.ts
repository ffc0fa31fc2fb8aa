import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditView } from '../../src/api/schemas/audit.ts';
import type { PostDetail, PostView } from '../../src/api/schemas/post.ts';
import { prepareFirstRun } from '../../src/api/first-run.ts';
import { chainAudit } from '../../src/pipeline/audit.ts';
import { recordEvent } from '../../src/store/event.ts';
import { forgetOld } from '../../src/store/retention.ts';
import type { Installation } from './installation.ts';
import { openInstallation } from './installation.ts';

let here: Installation;
let headers: Record<string, string>;
beforeAll(async () => {
  here = await openInstallation({ STANDFIRST_ALLOW_PRIVATE: '127.0.0.0/8' });
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

  const changesOf = async (query: string): Promise<AuditView['changes']> => (await audited(query))[0]?.changes ?? null;

  it('shows what was changed, field by field, before and after', async () => {
    const made = await ask('POST', '/v1/users', {
      name: 'Ilse Brandt',
      email: 'ilse@courier.example',
      role: 'writer',
    });
    const { id, version } = made.json<{ id: string; version: number }>();
    const path = `/v1/users/${id}`;
    const changed = await ask('PATCH', path, { role: 'editor' }, { 'if-match': `"${version}"` });
    expect(changed.statusCode, changed.body).toBe(200);
    expect(await changesOf(`action=member.invited&subject=${id}`)).toEqual([
      { field: 'name', before: null, after: 'Ilse Brandt' },
      { field: 'email', before: null, after: 'ilse@courier.example' },
      { field: 'role', before: null, after: 'writer' },
    ]);
    expect(await changesOf(`action=member.changed&subject=${id}`)).toEqual([
      { field: 'role', before: 'writer', after: 'editor' },
    ]);
    // Who is removed is not kept in words either; that there was a change, by whom and when, stays.
    expect((await ask('DELETE', path)).statusCode).toBe(204);
    const rows = await audited(`action=member&subject=${id}&limit=10`);
    expect(rows.map(({ action }) => action)).toEqual(['member.removed', 'member.changed', 'member.invited']);
    expect(JSON.stringify(rows)).not.toContain('ilse@courier.example');
    const { rows: events } = await here.context.database.pool.query(
      'SELECT change FROM standfirst.event WHERE subject = $1',
      [id],
    );
    expect(JSON.stringify(events)).not.toContain('ilse@courier.example');
  });

  it('shows the text, state and time of a post before and after', async () => {
    const made = await ask('POST', '/v1/posts', { accountIds: [here.sandboxId], text: 'A ferry is late.' });
    const [post] = made.json<{ data: { id: string; version: number }[] }>().data;
    const path = `/v1/posts/${post?.id}`;
    await ask('PATCH', path, { text: 'Two ferries are late.' }, { 'if-match': `"${post?.version}"` });
    await ask('POST', `${path}/approve`);
    const at = new Date(Math.ceil(Date.now() / 60_000) * 60_000 + 86_400_000).toISOString();
    expect((await ask('POST', `${path}/schedule`, { at })).statusCode).toBe(200);
    await ask('POST', `${path}/cancel`, { reason: 'They are not.' });
    const rows = await audited(`subject=${post?.id}&limit=10`);
    expect(rows.map(({ action, changes }) => [action, changes])).toEqual([
      ['post.cancelled', [{ field: 'state', before: 'scheduled', after: 'cancelled' }]],
      [
        'post.scheduled',
        [
          { field: 'state', before: 'approved', after: 'scheduled' },
          { field: 'dueAt', before: null, after: at },
        ],
      ],
      ['post.approved', [{ field: 'state', before: 'draft', after: 'approved' }]],
      ['post.edited', [{ field: 'text', before: 'A ferry is late.', after: 'Two ferries are late.' }]],
      ['post.created', [{ field: 'text', before: null, after: 'A ferry is late.' }]],
    ]);
  });

  it('shows the text and time of a post before and after where it is edited, loses its worth or its approval ends', async () => {
    const made = await ask('POST', '/v1/posts', { accountIds: [here.sandboxId], text: 'The weir is open.' });
    const [post] = made.json<{ data: PostView[] }>().data;
    const path = `/v1/posts/${post?.id}`;
    const edited = await ask('PATCH', path, { text: 'The weir is shut.' }, { 'if-match': `"${post?.version}"` });
    const [edit] = await audited(`action=post.edited&subject=${post?.id}`);
    const shown = (await ask('GET', path)).json<PostDetail>();
    const [was, is] = [1, 2].map((n) => shown.revisions.find((one) => one.n === n)?.hash);
    expect([edit?.before, edit?.after]).toEqual([was, is]);
    expect(was).not.toBe(is);
    const { version } = edited.json<PostView>();
    const worthlessAfter = '2030-01-15T12:00:00.000Z';
    expect((await ask('PATCH', path, { worthlessAfter }, { 'if-match': `"${version}"` })).statusCode).toBe(200);
    expect(await changesOf(`action=post.worth_changed&subject=${post?.id}`)).toEqual([
      { field: 'worthlessAfter', before: null, after: worthlessAfter },
    ]);
    const until = '2030-01-15T09:00:00.000Z';
    expect((await ask('POST', `${path}/approve`, { until })).statusCode).toBe(200);
    expect(await changesOf(`action=post.approved&subject=${post?.id}`)).toEqual([
      { field: 'state', before: 'draft', after: 'approved' },
      { field: 'approvedUntil', before: null, after: until },
    ]);
  });

  it('shows what was removed, revoked or ended as it was', async () => {
    const idOf = (answer: { json<T>(): T }): string => answer.json<{ id: string }>().id;
    const gone = async (path: string, action: string, id: string): Promise<AuditView['changes']> => {
      expect((await ask('DELETE', path)).statusCode).toBe(204);
      const [row] = await audited(`action=${action}&subject=${id}`);
      expect(row?.before).toMatch(/^[0-9a-f]{64}$/);
      return row?.changes ?? null;
    };
    const account = idOf(await ask('POST', '/v1/accounts', { network: 'sandbox', credentials: {} }));
    await here.context.database.run(`UPDATE standfirst.account SET name = 'Harbour' WHERE id = $1`, [account]);
    expect(await gone(`/v1/accounts/${account}`, 'account.removed', account)).toEqual(
      expect.arrayContaining([
        { field: 'network', before: 'sandbox', after: null },
        { field: 'name', before: 'Harbour', after: null },
        { field: 'state', before: 'connected', after: null },
      ]),
    );
    const key = idOf(await ask('POST', '/v1/api-keys', { name: 'k', scopes: ['posts:read'] }));
    expect(await gone(`/v1/api-keys/${key}`, 'api-key.revoked', key)).toEqual([
      { field: 'revokedAt', before: null, after: expect.stringMatching(/^20.*Z$/) },
    ]);
    const hook = idOf(await ask('POST', '/v1/webhooks', { url: 'http://127.0.0.1:9/hook', events: ['post.failed'] }));
    expect(await gone(`/v1/webhooks/${hook}`, 'webhook.removed', hook)).toEqual(
      expect.arrayContaining([{ field: 'events', before: ['post.failed'], after: null }]),
    );
    const hold = idOf(await ask('POST', '/v1/holds', { scope: 'word', target: 'weir', reason: 'A court order.' }));
    expect(await changesOf(`action=publishing.held&subject=${hold}`)).toEqual([
      { field: 'scope', before: null, after: 'word' },
      { field: 'target', before: null, after: 'weir' },
      { field: 'reason', before: null, after: 'A court order.' },
    ]);
    expect(await gone(`/v1/holds/${hold}`, 'publishing.resumed', hold)).toEqual([
      { field: 'liftedAt', before: null, after: expect.stringMatching(/^20.*Z$/) },
      { field: 'resume', before: null, after: 'as-planned' },
    ]);
  });

  it('shows the time of each post that a lifted hold has moved, and the state of each it has dropped', async () => {
    const waiting = async (text: string): Promise<PostView> => {
      const body = { accountIds: [here.sandboxId], text, schedule: { at: '2030-01-15T08:30:00Z' } };
      return (await ask('POST', '/v1/posts', body)).json<{ data: [PostView] }>().data[0];
    };
    const { database } = here.context;
    await database.run(`UPDATE standfirst.hold SET lifted_at = standfirst.clock() WHERE lifted_at IS NULL`);
    const held = async (target: string): Promise<string> =>
      (await ask('POST', '/v1/holds', { scope: 'word', target, reason: 'x' })).json<{ id: string }>().id;
    const [moved, dropped] = [await waiting('The tannery is open.'), await waiting('The cooperage is open.')];
    const [shifting, dropping] = [await held('tannery'), await held('cooperage')];
    await database.run(
      `UPDATE standfirst.hold SET placed_at = standfirst.clock() - interval '2 hours' WHERE id = ANY ($1)`,
      [[shifting, dropping]],
    );
    await database.run(`UPDATE standfirst.post SET wake_at = standfirst.clock() - interval '1 hour' WHERE id = $1`, [
      dropped.id,
    ]);
    expect((await ask('POST', `/v1/holds/${shifting}/lift`, { resume: 'shift' })).statusCode).toBe(200);
    expect((await ask('POST', `/v1/holds/${dropping}/lift`, { resume: 'drop-stale' })).statusCode).toBe(200);
    const { dueAt } = (await ask('GET', `/v1/posts/${moved.id}`)).json<PostView>();
    expect(Date.parse(dueAt ?? '') - Date.parse('2030-01-15T10:30:00Z')).toBeGreaterThanOrEqual(0);
    expect(await changesOf(`action=post.moved&subject=${moved.id}`)).toEqual([
      { field: 'dueAt', before: '2030-01-15T08:30:00.000Z', after: dueAt },
    ]);
    expect(await changesOf(`action=post.stale&subject=${dropped.id}`)).toEqual([
      { field: 'state', before: 'scheduled', after: 'stale' },
    ]);
  });

  it('shows no secret of what was changed, and cuts what is long', async () => {
    const { database } = here.context;
    await database.transaction((sql) =>
      recordEvent(sql, {
        type: 'webhook.changed',
        subject: 'hook_audit',
        actor: 'user_1',
        before: {
          url: 'https://desk.example/a7Bq93kkL20xx81aaZw4',
          secret: 'OLD-SECRET',
          nested: { apiKey: 'K-SECRET' },
        },
        after: { url: 'https://desk.example/b?token=NEW-TOKEN', secret: 'NEW-SECRET', note: 'x'.repeat(5_000) },
      }),
    );
    const changes = await changesOf('subject=hook_audit');
    expect(changes?.map(({ field }) => field)).toEqual(['url', 'secret', 'nested', 'note']);
    expect(JSON.stringify(changes)).not.toMatch(/SECRET|NEW-TOKEN|a7Bq93/);
    expect(String(changes?.[3]?.after)).toMatch(/^x{2000}… \(5,000 characters\)$/);
  });

  it.each([`UPDATE standfirst.audit_change SET change = '[]'`, 'TRUNCATE standfirst.audit_change'])(
    'refuses %s',
    async (statement) => {
      await expect(here.context.database.run(statement)).rejects.toThrow('The audit only grows');
    },
  );

  it('keeps digests of settings before and after beside them', async () => {
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

  it('names a before and after that was changed, and takes one that is older than it is kept for what it is', async () => {
    const { database } = here.context;
    const { rows } = await database.pool.query(`SELECT seq FROM standfirst.audit_change ORDER BY seq LIMIT 2`);
    const [changed, old] = rows.map(({ seq }) => String(seq));
    const { rows: kept } = await database.pool.query(`SELECT change FROM standfirst.audit_change WHERE seq = $1`, [
      changed,
    ]);
    await tamper(
      `UPDATE standfirst.audit_change SET change = '[{"field":"role","before":"admin","after":"viewer"}]' WHERE seq = ${changed}`,
    );
    expect((await verify()).faults).toEqual([
      expect.stringMatching(new RegExp(`^Row ${changed} \\(.*\\): its before and after were changed\\.$`)),
    ]);
    await tamper(
      `UPDATE standfirst.audit_change SET change = '${String(kept[0]?.change).replaceAll("'", "''")}' WHERE seq = ${changed}`,
      `UPDATE standfirst.audit_change SET at = now() - interval '731 days' WHERE seq = ${old}`,
    );
    expect(await forgetOld(database, 'audit-values', 730, 100)).toBe(1);
    expect((await verify()).faults).toEqual([]);
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
