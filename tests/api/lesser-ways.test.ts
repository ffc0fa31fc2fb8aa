import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AccountView, NetworkView } from '../../src/api/schemas/account.ts';
import type { PostDetail, PostView } from '../../src/api/schemas/post.ts';
import { publish } from '../../src/pipeline/publish.ts';
import { slackBot, slackHook, startSlack } from '../fakes/slack.ts';
import type { Installation } from './installation.ts';
import { openInstallation, problemOf } from './installation.ts';

let here: Installation;
let headers: Record<string, string>;
let slack: Awaited<ReturnType<typeof startSlack>>;
let bot: AccountView;
let hook: AccountView;
beforeAll(async () => {
  [here, slack] = await Promise.all([openInstallation({ STANDFIRST_ALLOW_PRIVATE: '127.0.0.0/8' }), startSlack()]);
  headers = await here.key();
  bot = await connect({ kind: 'bot', ...slackBot, server: slack.url });
  hook = await connect({ kind: 'webhook', webhookUrl: `${slack.url}${slackHook}` });
});
afterAll(async () => {
  await here.close();
  await slack[Symbol.asyncDispose]();
});

function ask(method: 'GET' | 'POST', url: string, payload?: object) {
  return here.app.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) });
}

async function connect(credentials: object): Promise<AccountView> {
  const answer = await ask('POST', '/v1/accounts', { network: 'slack', credentials });
  expect(answer.statusCode).toBe(201);
  return answer.json<AccountView>();
}

async function published(account: AccountView, text: string): Promise<PostDetail> {
  const made = await ask('POST', '/v1/posts', { accountIds: [account.id], text, schedule: { now: true } });
  const { id } = made.json<{ data: [PostView] }>().data[0];
  await publish(here.context, { postId: id, network: 'slack' }, new AbortController().signal);
  return (await ask('GET', `/v1/posts/${id}`)).json<PostDetail>();
}

it('an account says what the way it is connected lets it do, and its network which ways do less', async () => {
  expect(bot.powers).toMatchObject({ edit: true, remove: true, find: 'by-key' });
  expect(bot.powers).not.toHaveProperty('threadsAreLoose');
  expect(hook.powers).toMatchObject({ edit: false, remove: false, find: 'none', threadsAreLoose: true });
  expect(hook.limits).toEqual({ images: null });
  const { data } = (await ask('GET', '/v1/networks')).json<{ data: NetworkView[] }>();
  const listed = data.find(({ id }) => id === 'slack');
  expect(listed?.lesserWays).toMatchObject({ webhook: { name: 'incoming webhook', powers: { edit: false } } });
});

it('what went out by a webhook is not offered to be corrected or removed; what a bot sent is', async () => {
  const [byBot, byHook] = [await published(bot, 'The ferry is late.'), await published(hook, 'The ferry is late.')];
  expect([byBot.state, byHook.state]).toEqual(['published', 'published']);
  expect(byBot.can).toEqual(expect.arrayContaining(['correct', 'remove']));
  expect(byHook.can).not.toContain('correct');
  expect(byHook.can).not.toContain('remove');
  const refused = await ask('POST', `/v1/posts/${byHook.id}/remove`, {});
  expect([refused.statusCode, problemOf(refused).detail]).toEqual([
    409,
    'Slack cannot remove a post for us: remove it there yourself.',
  ]);
});

it('a check keeps it, and so does giving the account its address again', async () => {
  const checked = (await ask('POST', `/v1/accounts/${hook.id}/check`)).json<AccountView>();
  expect(checked.powers).toEqual(hook.powers);
  const credentials = { kind: 'webhook', webhookUrl: `${slack.url}${slackHook}` };
  const again = await here.app.inject({
    method: 'PUT',
    url: `/v1/accounts/${hook.id}/credentials`,
    headers,
    payload: { credentials },
  });
  expect([again.statusCode, again.json<AccountView>().powers]).toEqual([200, hook.powers]);
});
