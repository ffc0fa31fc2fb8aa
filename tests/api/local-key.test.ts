import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditView } from '../../src/api/schemas/audit.ts';
import { keepLocalKey } from '../../src/api/local-key.ts';
import type { Installation } from './installation.ts';
import { openInstallation } from './installation.ts';

let here: Installation;
let file: string;
beforeAll(async () => {
  here = await openInstallation();
  file = join(here.context.settings.dataDir, 'api-key');
});
afterAll(() => here.close());

/** What the server does at its start. @returns what it says. */
async function start(): Promise<string[]> {
  const said: string[] = [];
  await keepLocalKey(here.context, (sentence) => said.push(sentence));
  return said;
}

const ask = (url: string, key = readFileSync(file, 'utf8').trim()) =>
  here.app.inject({ url, headers: { authorization: `Bearer ${key}` } });

async function idOf(key?: string): Promise<string> {
  return (await ask('/v1/session', key)).json<{ apiKey: { id: string } }>().apiKey.id;
}

/** As a version made it that had no such scope yet. */
async function takeScope(id: string, scope: string): Promise<void> {
  const { database } = here.context;
  await database.run(`UPDATE standfirst.api_key SET scopes = array_remove(scopes, $2) WHERE id = $1`, [id, scope]);
}

describe('the key that the server made for its own machine', () => {
  it('may do what came after it, from the next start on, and the audit says so', async () => {
    expect(await start()).toEqual([`Made an API key for this machine in ${file}.`]);
    const id = await idOf();
    await takeScope(id, 'house-rules:read');
    expect((await ask('/v1/house-rules')).statusCode).toBe(403);
    expect(await start()).toEqual([]);
    expect((await ask('/v1/house-rules')).statusCode).toBe(200);
    await start();
    const rows = (await ask(`/v1/audit?action=api-key.widened`)).json<{ data: AuditView[] }>().data;
    expect(rows).toMatchObject([{ subject: id, actor: 'first-run', data: { scopes: ['house-rules:read'] } }]);
  });

  it('stays as it is where the operator has put one of their own in its place', async () => {
    const { authorization = '' } = await here.key(['posts:read']);
    writeFileSync(file, `${authorization.replace('Bearer ', '')}\n`);
    expect(await start()).toEqual([]);
    expect((await ask('/v1/posts')).statusCode).toBe(200);
    expect((await ask('/v1/house-rules')).statusCode).toBe(403);
  });

  it('is told of in one sentence where this database does not know it', async () => {
    writeFileSync(file, 'sf_live_of_another_installation\n');
    expect(await start()).toEqual([
      `The API key in ${file} is not one of this database: remove the file and start again for a new one.`,
    ]);
    expect(readFileSync(file, 'utf8')).toBe('sf_live_of_another_installation\n');
  });
});
