import { startFake } from './fake.ts';
import type { Accept, Answer, Fake, FakeOptions, FakeRequest } from './fake.ts';
import { formIn, pictureFault, pictureIn } from './pictures.ts';
import { serve } from './serve.ts';

/** Any file may be attached: what is no picture is shown as a file, and not refused. */
const rule = {
  types: ['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'application/pdf'],
  maxBytes: 10_000_000,
  maxAlt: 1024,
};

interface Body {
  readonly content?: string;
  readonly attachments?: readonly { readonly id: number; readonly description?: string }[];
}

export const discordHook = '/api/webhooks/1234567890/fake-token';

export interface FakeDiscord extends Fake {
  readonly messages: ReadonlyMap<string, string>;
  lastBody(): string;
}

/** A loopback fake of one Discord webhook; facts in networks.md 9. */
export async function startDiscord(options: FakeOptions = {}): Promise<FakeDiscord> {
  const messages = new Map<string, string>();
  let serial = 1_300_000_000_000_000_000n;
  let last = '';

  const isPost = ({ method, path }: FakeRequest): boolean => method === 'POST' && path.startsWith('/api/webhooks/');
  const fake = await startFake({ isPost, handle, refusal }, options);

  function handle(request: FakeRequest, accept: Accept): Answer | Promise<Answer> {
    if (!request.path.startsWith('/api/webhooks/1234567890/')) return refused(404, 10_015, 'Unknown Webhook');
    if (!`${request.path}/`.startsWith(`${discordHook}/`)) return refused(401, 50_027, 'Invalid Webhook Token');
    if (isPost(request)) return create(request, accept);
    const id = /\/messages\/(\d+)$/.exec(request.path)?.[1];
    if (id === undefined) return { status: 200, body: { id: '1234567890', name: 'Lindmoor desk', channel_id: '77' } };
    if (!messages.has(id)) return refused(404, 10_008, 'Unknown Message');
    if (request.method === 'DELETE') {
      messages.delete(id);
      return { status: 204 };
    }
    messages.set(id, readMarkdown(textOf(request)));
    return { status: 200, body: { id, content: textOf(request) } };
  }

  async function create(request: FakeRequest, accept: Accept): Promise<Answer> {
    last = request.body.toString();
    const form = request.headers['content-type']?.startsWith('multipart/') === true ? await formIn(request) : null;
    const body = (form === null ? request.json : JSON.parse(String(form.get('payload_json')))) as Body | undefined;
    const text = String(body?.content ?? '');
    const images = (body?.attachments ?? []).map(({ id, description }) => {
      return pictureIn(form ?? new FormData(), `files[${id}]`, description);
    });
    if (images.length > 10) return invalid('attachments', 'BASE_TYPE_MAX_LENGTH');
    if (images.some(({ size }) => size > 10_000_000)) return refused(413, 40_005, 'Request entity too large');
    const fault = images.map((image) => pictureFault(image, rule)).find((one) => one !== null) ?? null;
    if (fault !== null) return invalid('attachments', fault);
    if (text.trim() === '' && images.length === 0) return refused(400, 50_006, 'Cannot send an empty message');
    if (text.length > 2000) return invalid('content', 'BASE_TYPE_MAX_LENGTH');
    serial += 1n;
    const id = String(serial);
    messages.set(id, readMarkdown(text));
    accept({ account: '77', id, text: readMarkdown(text), images });
    return request.query.get('wait') === 'true' ? { status: 200, body: { id, channel_id: '77' } } : { status: 204 };
  }

  return Object.assign(fake, { messages, lastBody: () => last });
}

/** What readers see: marks are gone, and what stood after a backslash is there. */
export function readMarkdown(content: string): string {
  return read(content).seen;
}

/** The addresses that readers can follow. */
export function linksIn(content: string): string[] {
  return read(content).links;
}

function read(content: string): { seen: string; links: string[] } {
  const links: string[] = [];
  let seen = '';
  let rest = content;
  let isLineStart = true;
  while (rest !== '') {
    const line: RegExpExecArray | null = isLineStart
      ? /^[ \t]*(?:#{1,3}|>(?:>>)?|-#|[-+*]|\d+\.)[ \t]/u.exec(rest)
      : null;
    const bracketed = /^<([^\s:>]+:\/[^\s>]+)>/u.exec(rest);
    const bare = /^https?:\/\/[^\s<]*[^\s<.,:;"'\]]/iu.exec(rest);
    const link = bracketed?.[1] ?? (bare === null ? undefined : withoutStrayBrackets(bare[0]));
    const escape = /^\\([^\p{L}\p{N}\s])/u.exec(rest);
    const mark = /^(?:[*_`]+|~~|\|\||<(?:[@#:/]|a:|t:|id:)[^>\n]*>|\[[^\]\n]*\]\(https?:[^)\s]*\))/u.exec(rest);
    const taken = line?.[0] ?? bracketed?.[0] ?? link ?? (escape ?? mark)?.[0];
    const shown: string =
      line === null ? (link ?? (escape === null ? (mark === null ? rest.charAt(0) : '') : (escape[1] ?? ''))) : '';
    if (line === null && link !== undefined) links.push(link);
    seen += shown;
    rest = rest.slice(taken?.length ?? 1);
    isLineStart = line === null && (shown === '\n' || (isLineStart && /^[ \t]$/u.test(shown)));
  }
  return { seen, links };
}

/** A bracket that closes at the end what was not opened in the address. */
function withoutStrayBrackets(url: string): string {
  const opened = url.split('(').length - 1;
  const closed = url.split(')').length - 1;
  const atEnd = /\)*$/u.exec(url)?.[0].length ?? 0;
  return url.slice(0, url.length - Math.min(atEnd, Math.max(0, closed - opened)));
}

function textOf(request: FakeRequest): string {
  return String((request.json as { content?: string } | undefined)?.content ?? '');
}

function refusal(name: string): Answer | null {
  if (name === '401') return refused(401, 50_027, 'Invalid Webhook Token');
  if (name === '403') return refused(403, 50_013, 'Missing Permissions');
  if (name === '422') return refused(400, 50_035, 'Invalid Form Body');
  if (name === '429') return { status: 429, body: { message: 'You are being rate limited.', global: false } };
  return null;
}

function invalid(field: string, code: string): Answer {
  return {
    status: 400,
    body: { code: 50_035, message: 'Invalid Form Body', errors: { [field]: { _errors: [{ code }] } } },
  };
}

function refused(status: number, code: number, message: string): Answer {
  return { status, body: { code, message } };
}

if (import.meta.main) await serve(startDiscord);
