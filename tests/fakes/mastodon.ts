import { startFake } from './fake.ts';
import type { Accept, Answer, Fake, FakeOptions, FakeRequest } from './fake.ts';
import { withoutMastodonLinks } from './links.ts';
import { formIn, pictureFault, pictureIn } from './pictures.ts';
import type { Picture } from './pictures.ts';
import { serve } from './serve.ts';

/** https://docs.joinmastodon.org/user/posting/#media: 16 MB, and 1,500 characters to describe it. */
const rule = {
  types: ['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/heic', 'image/avif'],
  maxBytes: 16_777_216,
  maxAlt: 1500,
};

export const mastodonToken = 'token-of-the-desk';

export interface MastodonOptions extends FakeOptions {
  /** What the app may do; not told where not given, as by servers before 4.3. */
  readonly scopes?: readonly string[];
  /** What the instance announces and enforces: 500 characters, 23 a link, unless said otherwise. */
  readonly maxCharacters?: number;
  readonly perLink?: number;
}

interface Status {
  readonly id: string;
  text: string;
  readonly createdAt: string;
  readonly replyTo: string | null;
  media: readonly string[];
  readonly visibility: string;
}

export interface FakeMastodon extends Fake {
  readonly statuses: readonly Status[];
  readonly pictures: ReadonlyMap<string, Picture>;
  /** As after an hour: the server no longer knows any key. */
  forgetKeys(): void;
  /** The server's limit from now on; null: it does not say any more. */
  announce(maxCharacters: number | null): void;
}

/** A loopback fake of a Mastodon server: statuses, keys, media, instance; facts in networks.md 3. */
export async function startMastodon(options: MastodonOptions = {}): Promise<FakeMastodon> {
  const { perLink = 23 } = options;
  let { maxCharacters = 500 } = options;
  let isSilent = false;
  const statuses: Status[] = [];
  const keys = new Map<string, string>();
  const pictures = new Map<string, Picture>();
  let serial = 113_000_000_000_000_000n;

  const isPost = ({ method, path }: FakeRequest): boolean => method === 'POST' && path === '/api/v1/statuses';
  const fake = await startFake({ isPost, handle, refusal }, options);

  function handle(request: FakeRequest, accept: Accept): Answer | Promise<Answer> {
    if (request.path === '/api/v2/instance') return isSilent ? refused(503, 'Busy') : ok(instance());
    if (request.headers.authorization !== `Bearer ${mastodonToken}`) return refused(401, 'The access token is invalid');
    if (request.path === '/api/v1/accounts/verify_credentials') {
      return ok({ id: '7', username: 'desk', url: `${fake.url}/@desk` });
    }
    if (request.path === '/api/v1/apps/verify_credentials') {
      return options.scopes === undefined ? refused(404, 'Not Found') : ok({ name: 'desk', scopes: options.scopes });
    }
    if (isPost(request)) return create(request, accept);
    if (request.path === '/api/v2/media') return upload(request);
    if (request.path === '/api/v1/accounts/7/statuses') {
      return ok(
        statuses
          .toReversed()
          .slice(0, Number(request.query.get('limit') ?? 20))
          .map(shown),
      );
    }
    const [, id = '', part] = /^\/api\/v1\/statuses\/(\d+)(\/source)?$/.exec(request.path) ?? [];
    const status = statuses.find((one) => one.id === id);
    if (status === undefined) return refused(404, 'Record not found');
    if (part === '/source') return ok({ id, text: status.text, spoiler_text: '' });
    if (request.method === 'DELETE') {
      statuses.splice(statuses.indexOf(status), 1);
      return ok(shown(status));
    }
    if (request.method === 'PUT') {
      const fault = faultOf(textOf(request));
      if (fault !== null) return fault;
      status.text = textOf(request);
      status.media = ((request.json ?? {}) as { media_ids?: string[] }).media_ids ?? [];
    }
    return ok(shown(status));
  }

  function create(request: FakeRequest, accept: Accept): Answer {
    const key = request.headers['idempotency-key'];
    const known = statuses.find((one) => one.id === keys.get(String(key)));
    if (known !== undefined) return ok(shown(known));
    const body = (request.json ?? {}) as Record<string, unknown>;
    const text = textOf(request);
    const media = (body['media_ids'] ?? []) as string[];
    const replyTo = (body['in_reply_to_id'] ?? null) as string | null;
    const fault = media.length > 0 && text.trim() === '' ? null : faultOf(text);
    if (fault !== null) return fault;
    if (media.length > 4) return refused(422, 'Validation failed: Cannot attach more than 4 files');
    const images = media.flatMap((id) => pictures.get(id) ?? []);
    if (images.length < media.length) return refused(422, 'Validation failed: media not found');
    if (replyTo !== null && !statuses.some((one) => one.id === replyTo)) return refused(404, 'The parent is gone');
    serial += 1n;
    const id = String(serial);
    const visibility = String(body['visibility'] ?? 'public');
    statuses.push({ id, text, createdAt: new Date().toISOString(), replyTo, media, visibility });
    if (typeof key === 'string') keys.set(key, id);
    accept({ account: '7', id, text, replyTo, images });
    return ok(shown(statuses.at(-1) as Status));
  }

  function faultOf(text: string): Answer | null {
    if (text.trim() === '') return refused(422, 'Validation failed: Text can’t be blank');
    return lengthOf(text, perLink) > maxCharacters
      ? refused(422, `Validation failed: Text character limit of ${maxCharacters} exceeded`)
      : null;
  }

  async function upload(request: FakeRequest): Promise<Answer> {
    const form = await formIn(request);
    const picture = pictureIn(form, 'file', String(form.get('description') ?? ''));
    const fault = pictureFault(picture, rule);
    if (fault !== null) return refused(422, `Validation failed: ${fault}`);
    const id = String(pictures.size + 1);
    pictures.set(id, picture);
    return ok({ id, type: 'image' });
  }

  function instance(): object {
    return {
      domain: 'mastodon.test',
      configuration: {
        statuses: { max_characters: maxCharacters, characters_reserved_per_url: perLink, max_media_attachments: 4 },
        media_attachments: { image_size_limit: 16_777_216, description_limit: 1500 },
      },
    };
  }

  function shown(status: Status): object {
    return {
      id: status.id,
      url: `${fake.url}/@desk/${status.id}`,
      created_at: status.createdAt,
      in_reply_to_id: status.replyTo,
      media_attachments: status.media.map((id) => ({ id, description: pictures.get(id)?.alt })),
      content: `<p>${status.text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</p>`,
    };
  }

  const announce = (max: number | null): void => {
    isSilent = max === null;
    maxCharacters = max ?? maxCharacters;
  };
  return Object.assign(fake, { statuses, pictures, forgetKeys: () => keys.clear(), announce });
}

function textOf(request: FakeRequest): string {
  return String((request.json as { status?: string } | undefined)?.status ?? '');
}

/** Graphemes; a link with a scheme costs a fixed number, a mention only its local part. */
function lengthOf(text: string, perLink: number): number {
  const { rest, links } = withoutMastodonLinks(text);
  // A link stays one character here, so that what stands before and behind it does not join.
  const words = rest.replace(/(@\w+)@[\w.-]+\w/gu, '$1');
  return [...new Intl.Segmenter().segment(words)].length + links * (perLink - 1);
}

function refusal(name: string): Answer | null {
  if (name === '401') return refused(401, 'The access token is invalid');
  if (name === '403') return refused(403, 'This action is outside the authorized scopes');
  if (name === '422') return refused(422, 'Validation failed');
  if (name === '429') return refused(429, 'Too many requests');
  return null;
}

function refused(status: number, error: string): Answer {
  return { status, body: { error } };
}

function ok(body: unknown): Answer {
  const reset = new Date(Date.now() + 300_000).toISOString();
  return { status: 200, headers: { 'x-ratelimit-limit': '300', 'x-ratelimit-reset': reset }, body };
}

if (import.meta.main) await serve(startMastodon);
