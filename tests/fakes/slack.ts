import { startFake } from './fake.ts';
import type { Accept, Answer, Fake, FakeOptions, FakeRequest } from './fake.ts';
import { serve } from './serve.ts';
import { startSlackFiles } from './slack-files.ts';

export const slackBot = { botToken: 'xoxb-fake-bot', channel: 'C0LINDMOOR' };
const ALL_SCOPES = 'chat:write,channels:history,files:write,files:read';
export const slackHook = '/services/T0/B0/fakehook';

interface Block {
  readonly type: string;
  readonly text?: { readonly text: string };
  readonly elements?: readonly { readonly elements: readonly { readonly text?: string; readonly url?: string }[] }[];
  readonly slack_file?: { readonly id: string };
  readonly alt_text?: string;
}

interface Message {
  readonly ts: string;
  text: string;
  blocks: readonly Block[];
  readonly thread: string | null;
  readonly metadata: unknown;
}

export interface SlackOptions extends FakeOptions {
  /** Scopes of the bot; all that there are where not given. */
  readonly scopes?: string;
  /** Ids of the channels that the bot is in. */
  readonly channels?: readonly string[];
  /** How often a file is asked about before it may be shown: it is looked at for harm. */
  readonly looks?: number;
}

export interface FakeSlack extends Fake {
  readonly messages: readonly Message[];
}

/** A loopback fake of Slack's Web API and of one incoming webhook; facts in networks.md 10. */
export async function startSlack(options: SlackOptions = {}): Promise<FakeSlack> {
  const { scopes = ALL_SCOPES, looks = 0, channels = [slackBot.channel] } = options;
  const messages: Message[] = [];
  const files = startSlackFiles(() => fake.url, looks);
  let serial = 0;

  const isPost = ({ path }: FakeRequest): boolean => path === '/api/chat.postMessage' || path.startsWith('/services/');
  const fake = await startFake({ isPost, handle, refusal }, options);
  return Object.assign(fake, { messages });

  function handle(request: FakeRequest, accept: Accept): Answer {
    if (request.path === slackHook) return byHook(request, accept);
    if (request.path.startsWith('/services/')) return { status: 404, body: 'no_service' };
    const sent = files.receive(request);
    if (sent !== null) return sent;
    if (request.headers.authorization !== `Bearer ${slackBot.botToken}`) return no('invalid_auth');
    const form = new URLSearchParams(request.json === undefined ? request.body.toString() : '');
    const body = { ...Object.fromEntries(form), ...(request.json as Record<string, unknown> | undefined) };
    const found = messages.find(({ ts }) => ts === body['ts']);
    switch (request.path) {
      case '/api/auth.test':
        return {
          ...ok({ user: 'standfirst', user_id: 'U1', url: 'https://lindmoor.slack.test/' }),
          headers: { 'x-oauth-scopes': scopes },
        };
      case '/api/files.getUploadURLExternal':
      case '/api/files.completeUploadExternal':
        return scopes.includes('files:write') ? files.handle(request.path, body) : lacks('files:write');
      case '/api/files.info':
        return scopes.includes('files:read') ? files.handle(request.path, body) : lacks('files:read');
      case '/api/chat.postMessage':
        return create(body, accept);
      case '/api/chat.update':
        if (found === undefined) return no('message_not_found');
        found.text = shownOf(body);
        // Blocks that are not named stay, and they are what is shown.
        if (body['blocks'] !== undefined) found.blocks = body['blocks'] as Block[];
        return ok({ ts: found.ts });
      case '/api/chat.delete':
        if (found === undefined) return no('message_not_found');
        messages.splice(messages.indexOf(found), 1);
        return ok({ ts: found.ts });
      case '/api/conversations.history':
        if (!/(channels|groups):history/.test(scopes)) return lacks('channels:history');
        if (!channels.includes(String(body['channel']))) return no('channel_not_found');
        return list(messages.filter(({ thread }) => thread === null));
      case '/api/conversations.replies':
        return list(messages.filter(({ ts, thread }) => ts === body['ts'] || thread === body['ts']));
    }
    return no('unknown_method');
  }

  function create(body: Record<string, unknown>, accept: Accept): Answer {
    const text = shownOf(body);
    const thread = (body['thread_ts'] ?? null) as string | null;
    if (!channels.includes(String(body['channel']))) return no('channel_not_found');
    const blocks = (body['blocks'] ?? []) as Block[];
    if (text.trim() === '' && blocks.length === 0) return no('no_text');
    if (text.length > 40_000) return no('msg_too_long');
    const fault = faultOf(blocks, text);
    if (fault !== null) return no(fault);
    const images = blocks.flatMap(({ slack_file: file, alt_text: alt = '' }) => {
      return file === undefined ? [] : [{ ...files.kept.get(file.id), alt }];
    });
    if (thread !== null && !messages.some(({ ts }) => ts === thread)) return no('thread_not_found');
    serial += 1;
    const ts = `${Math.floor(Date.now() / 1000)}.${String(serial).padStart(6, '0')}`;
    messages.push({ ts, text, blocks, thread, metadata: body['metadata'] });
    accept({ account: slackBot.channel, id: ts, text, replyTo: thread, images });
    return ok({ ts, channel: slackBot.channel });
  }

  /** What is wrong with the blocks of a message, which are what is shown: the text is for notifications then. */
  function faultOf(blocks: readonly Block[], text: string): string | null {
    const sections = blocks.flatMap((block) => block.text?.text ?? []);
    const rich = blocks.flatMap(wordsOf);
    const alts = blocks.flatMap((block) => block.alt_text ?? []);
    const isShown = ({ slack_file: file }: Block): boolean => file === undefined || files.isReady(file.id);
    const isTooLong = sections.some((section) => section.length > 3000 || section.trim() === '');
    if (blocks.length > 50 || isTooLong || !blocks.every(isShown)) return 'invalid_blocks';
    if (alts.some((alt) => alt.length > 2000 || alt === '')) return 'invalid_blocks';
    if ([...sections, ...rich, ...alts].join('').length > 13_200) return 'msg_blocks_too_long';
    const bare = (words: string): string => words.replace(/\s/gu, '');
    return blocks.length === 0 ||
      bare([...sections.map((section) => formatted(read(section))), ...rich].join('')) === bare(text)
      ? null
      : 'the blocks say something else';
  }

  function byHook(request: FakeRequest, accept: Accept): Answer {
    const text = shownOf((request.json ?? {}) as Record<string, unknown>);
    if (text.trim() === '') return { status: 400, body: 'no_text' };
    serial += 1;
    accept({ account: 'webhook', id: String(serial), text });
    return { status: 200, body: 'ok' };
  }
}

function list(messages: readonly Message[]): Answer {
  return ok({
    messages: messages.map(({ ts, text, metadata, blocks }) => ({ ts, text, metadata, blocks })),
    has_more: false,
  });
}

/** The text of a message as it is shown: formatted, unless the message says that it is not. */
function shownOf(body: Record<string, unknown>): string {
  const text = read(String(body['text'] ?? ''));
  return body['mrkdwn'] === false ? text : formatted(text);
}

/** Bold, italics, strikes and code without their marks, quotes without theirs. */
function formatted(text: string): string {
  return text.replace(/(?<!\w)([*_~`])(\S(?:[^\n]*?\S)?)\1(?!\w)/gu, '$2').replace(/^>\s?/gmu, '');
}

/** What rich text says, in which nothing is markup. */
function wordsOf({ elements = [] }: Block): string {
  return elements.flatMap((one) => one.elements.map(({ text, url }) => text ?? url ?? '')).join('');
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

function lacks(needed: string): Answer {
  return { status: 200, body: { ok: false, error: 'missing_scope', needed } };
}

function ok(body: object): Answer {
  return { status: 200, body: { ok: true, ...body } };
}

if (import.meta.main) await serve(startSlack);
