import { startFake } from './fake.ts';
import type { Accept, Answer, Fake, FakeOptions, FakeRequest } from './fake.ts';
import { serve } from './serve.ts';

export const slackBot = { botToken: 'xoxb-fake-bot', channel: 'C0LINDMOOR' };
export const slackHook = '/services/T0/B0/fakehook';

interface Message {
  readonly ts: string;
  text: string;
  readonly thread: string | null;
  readonly metadata: unknown;
}

/** A loopback fake of Slack's Web API and of one incoming webhook; facts in networks.md 10. */
export async function startSlack(options: FakeOptions = {}): Promise<Fake> {
  const messages: Message[] = [];
  let serial = 0;

  const isPost = ({ path }: FakeRequest): boolean => path === '/api/chat.postMessage' || path.startsWith('/services/');
  return startFake({ isPost, handle, refusal }, options);

  function handle(request: FakeRequest, accept: Accept): Answer {
    if (request.path === slackHook) return byHook(request, accept);
    if (request.path.startsWith('/services/')) return { status: 404, body: 'no_service' };
    if (request.headers.authorization !== `Bearer ${slackBot.botToken}`) return no('invalid_auth');
    const form = new URLSearchParams(request.json === undefined ? request.body.toString() : '');
    const body = { ...Object.fromEntries(form), ...(request.json as Record<string, unknown> | undefined) };
    const found = messages.find(({ ts }) => ts === body['ts']);
    switch (request.path) {
      case '/api/auth.test':
        return ok({ user: 'standfirst', user_id: 'U1', url: 'https://lindmoor.slack.test/' });
      case '/api/chat.postMessage':
        return create(body, accept);
      case '/api/chat.update':
        if (found === undefined) return no('message_not_found');
        found.text = read(String(body['text']));
        return ok({ ts: found.ts });
      case '/api/chat.delete':
        if (found === undefined) return no('message_not_found');
        messages.splice(messages.indexOf(found), 1);
        return ok({ ts: found.ts });
      case '/api/conversations.history':
        return list(messages.filter(({ thread }) => thread === null));
      case '/api/conversations.replies':
        return list(messages.filter(({ ts, thread }) => ts === body['ts'] || thread === body['ts']));
    }
    return no('unknown_method');
  }

  function create(body: Record<string, unknown>, accept: Accept): Answer {
    const text = read(String(body['text'] ?? ''));
    const thread = (body['thread_ts'] ?? null) as string | null;
    if (body['channel'] !== slackBot.channel) return no('channel_not_found');
    if (text === '') return no('no_text');
    if (text.length > 40_000) return no('msg_too_long');
    if (thread !== null && !messages.some(({ ts }) => ts === thread)) return no('thread_not_found');
    serial += 1;
    const ts = `${Math.floor(Date.now() / 1000)}.${String(serial).padStart(6, '0')}`;
    messages.push({ ts, text, thread, metadata: body['metadata'] });
    accept({ account: slackBot.channel, id: ts, text, replyTo: thread });
    return ok({ ts, channel: slackBot.channel });
  }

  function byHook(request: FakeRequest, accept: Accept): Answer {
    const text = (request.json as { text?: unknown } | undefined)?.text;
    if (typeof text !== 'string' || text === '') return { status: 400, body: 'no_text' };
    serial += 1;
    accept({ account: 'webhook', id: String(serial), text: read(text) });
    return { status: 200, body: 'ok' };
  }
}

function list(messages: readonly Message[]): Answer {
  return ok({ messages: messages.map(({ ts, text, metadata }) => ({ ts, text, metadata })), has_more: false });
}

/** What a person reads: a `<` that was not escaped would begin a link or a mention and swallow what follows. */
function read(text: string): string {
  const shown = text.replace(/<[^>]*>?/gu, '');
  return shown.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function refusal(name: string): Answer | null {
  if (name === '401') return no('token_revoked');
  if (name === '403') return no('missing_scope');
  if (name === '422') return no('invalid_blocks');
  if (name === '429') return { status: 429, body: { ok: false, error: 'ratelimited' } };
  if (name === '503') return no('service_unavailable');
  return null;
}

function no(error: string): Answer {
  return { status: 200, body: { ok: false, error } };
}

function ok(body: object): Answer {
  return { status: 200, headers: { 'x-oauth-scopes': 'chat:write,channels:history' }, body: { ok: true, ...body } };
}

if (import.meta.main) await serve(startSlack);
