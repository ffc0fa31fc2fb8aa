import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Scope } from '../../src/api/access.ts';
import type { PostDetail, PostView } from '../../src/api/schemas/post.ts';
import { accountSettings, insertAccount } from '../../src/store/account.ts';
import about from '../../package.json' with { type: 'json' };
import { openInstallation } from '../api/installation.ts';
import type { Installation } from '../api/installation.ts';

let here: Installation;
let server: string;
let headers: Record<string, string>;
let folder: string;
beforeAll(async () => {
  here = await openInstallation();
  server = await here.app.listen({ host: '127.0.0.1', port: 0 });
  headers = await here.key();
  folder = mkdtempSync(join(tmpdir(), 'standfirst-mcp-'));
});
afterAll(async () => {
  await here.close();
  rmSync(folder, { recursive: true, force: true });
});

async function connect(scopes?: readonly Scope[], isTest = false): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' });
  const requestInit = { headers: await here.key(scopes, isTest) };
  await client.connect(new StreamableHTTPClientTransport(new URL(`${server}/mcp`), { requestInit }));
  return client;
}

async function use(
  client: Client,
  name: string,
  args: object = {},
): Promise<{ isError: boolean; json: unknown; text: string }> {
  const { isError = false, content } = (await client.callTool({ name, arguments: { ...args } })) as unknown as {
    isError?: boolean;
    content: [{ text: string }];
  };
  const { text } = content[0];
  return { isError, text, json: isError ? null : (JSON.parse(text) as unknown) };
}

async function makePost(text: string): Promise<PostView> {
  const payload = { accountIds: [here.sandboxId], text, schedule: 'review' };
  const made = await here.app.inject({ method: 'POST', url: '/v1/posts', headers, payload });
  return made.json<{ data: [PostView] }>().data[0];
}

const stateOf = async (id: string) =>
  (await here.app.inject({ url: `/v1/posts/${id}`, headers })).json<PostDetail>().state;

describe('an assistant', () => {
  it('finds its tools, each with what it takes and whether it changes anything', async () => {
    const client = await connect();
    expect(client.getServerVersion()).toMatchObject({ name: 'standfirst', version: about.version });
    const { tools } = await client.listTools();
    expect(tools.map((tool) => tool.name)).toEqual(
      expect.arrayContaining([
        'search',
        'draft_post',
        'preview',
        'explain',
        'list_next',
        'list_failures',
        'schedule',
        'retry',
      ]),
    );
    const changing = tools.filter((tool) => tool.annotations?.readOnlyHint === false).map((tool) => tool.name);
    expect(changing.sort()).toEqual(['draft_from_article', 'draft_post', 'hold', 'resume', 'retry', 'schedule']);
    expect(tools.find((tool) => tool.name === 'schedule')?.inputSchema.required).toEqual(['postId', 'hash', 'at']);
    await client.close();
  });

  it('drafts, explains and schedules what it saw, and then sees it among what is next', async () => {
    const client = await connect();
    const drafted = await use(client, 'draft_post', { accountIds: [here.sandboxId], text: 'The weir is open again.' });
    const [post] = (drafted.json as { data: [PostView] }).data;
    expect(post.state).toBe('in_review');
    const { hash } = (await use(client, 'explain', { postId: post.id })).json as { hash: string };
    const at = new Date(Date.now() + 3_600_000).toISOString();
    const scheduled = await use(client, 'schedule', { postId: post.id, hash, at });
    expect(scheduled).toMatchObject({ isError: false, json: { state: 'scheduled', dueAt: at } });
    const next = (await use(client, 'list_next', { withinHours: 2 })).json as PostView[];
    expect(next.map((one) => one.id)).toEqual([post.id]);
    const found = (await use(client, 'search', { words: 'weir' })).json as { posts: PostView[] };
    expect(found.posts.map((one) => one.id)).toEqual([post.id]);
    await client.close();
  });

  it('schedules nothing that was changed since it was seen', async () => {
    const client = await connect();
    const post = await makePost('The lock is closed.');
    const { hash } = (await use(client, 'explain', { postId: post.id })).json as { hash: string };
    await here.app.inject({
      method: 'PATCH',
      url: `/v1/posts/${post.id}`,
      headers: { ...headers, 'if-match': `"${post.version}"` },
      payload: { text: 'The lock is closed for ever.' },
    });
    const refused = await use(client, 'schedule', { postId: post.id, hash, at: 'now' });
    expect(refused.isError).toBe(true);
    expect(refused.text).toContain('was changed since');
    expect(await stateOf(post.id)).toBe('in_review');
    await client.close();
  });

  it('previews an article with the reasons, and keeps nothing', async () => {
    const client = await connect();
    const text =
      'The council of Port Merrow approved a new tram line on Monday. Work begins in May. Mayor Ilse Brandt said it would cost 12 million crowns.';
    const seen = await use(client, 'preview', { text, title: 'Council approves tram line', networks: ['sandbox'] });
    expect(seen.isError).toBe(false);
    expect(seen.text).toContain('Council approves tram line');
    const articles = await here.app.inject({ url: '/v1/articles?q=tram', headers });
    expect(articles.json<{ data: unknown[] }>().data).toEqual([]);
    await client.close();
  });

  it('may do what its key may do, and is told what it lacks', async () => {
    const post = await makePost('The mill is sold.');
    const client = await connect(['posts:read', 'posts:write']);
    const { hash } = (await use(client, 'explain', { postId: post.id })).json as { hash: string };
    const refused = await use(client, 'schedule', { postId: post.id, hash, at: 'now' });
    expect(refused.isError).toBe(true);
    expect(refused.text).toContain('posts:approve');
    expect(await stateOf(post.id)).toBe('in_review');
    await client.close();
  });

  it('lets no sensitive name out unless a person has looked at it', async () => {
    const rules = { hashtags: { sensitive: ['Tolvane Mill'] } };
    const version = { ...headers, 'if-match': '"0"' };
    await here.app.inject({ method: 'PUT', url: '/v1/house-rules', headers: version, payload: rules });
    const client = await connect();
    const post = await makePost('Tolvane Mill is for sale.');
    const { hash } = (await use(client, 'explain', { postId: post.id })).json as { hash: string };
    const at = new Date(Date.now() + 3_600_000).toISOString();
    const refused = await use(client, 'schedule', { postId: post.id, hash, at });
    expect(refused.isError).toBe(true);
    expect(refused.text).toContain('it names Tolvane Mill, which the house rules call sensitive');
    expect(await stateOf(post.id)).toBe('in_review');
    const confirmed = await use(client, 'schedule', { postId: post.id, hash, at, confirmSensitive: true });
    expect(confirmed).toMatchObject({ isError: false, json: { state: 'scheduled' } });
    await client.close();
  });

  it('reads of a path or an id only what is one', async () => {
    const client = await connect();
    for (const postId of ['post_x/../../v1/api-keys', 'acc_1', '']) {
      expect((await use(client, 'retry', { postId })).isError).toBe(true);
    }
    await client.close();
  });

  it('reaches the sandbox only with a test key', async () => {
    const { database, io } = here.context;
    const seen = {
      id: io.id('account'),
      network: 'webhook',
      name: 'Seen',
      remoteId: null,
      url: null,
      credentials: 'none',
    };
    const account = { ...seen, expiresAt: null, limits: null, powers: null, settings: accountSettings.parse({}) };
    await database.transaction((sql) => insertAccount(sql, account, 'test'));
    const client = await connect(undefined, true);
    const draft = (accountId: string) =>
      use(client, 'draft_post', { accountIds: [accountId], text: 'The mill is sold.' });
    expect((await draft(here.sandboxId)).isError).toBe(false);
    const refused = await draft(account.id);
    expect(refused.isError).toBe(true);
    expect(refused.text).toContain('A test key reaches the sandbox only');
    await client.close();
  });

  it('is nobody without a key', async () => {
    const answer = await here.app.inject({
      method: 'POST',
      url: '/mcp',
      payload: { jsonrpc: '2.0', id: 1, method: 'tools/list' },
    });
    expect(answer.statusCode).toBe(401);
  });
});

it('works over standard input and output, with the key of the machine', { timeout: 60_000 }, async () => {
  writeFileSync(join(folder, 'api-key'), (headers['authorization'] ?? '').replace('Bearer ', ''));
  const client = new Client({ name: 'test', version: '1' });
  const main = new URL('../../src/cli/main.ts', import.meta.url).pathname;
  const env = { PATH: process.env['PATH'] ?? '', STANDFIRST_DATA: folder };
  await client.connect(
    new StdioClientTransport({ command: process.execPath, args: [main, 'mcp', '--server', server], env }),
  );
  const accounts = (await use(client, 'list_accounts')).json as { network: string }[];
  expect(accounts.map((account) => account.network)).toContain('sandbox');
  await client.close();
});
