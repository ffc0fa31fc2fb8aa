import { startFake } from './fake.ts';
import type { Accept, Answer, Fake, FakeRequest } from './fake.ts';
import { debugToken, graphError, graphRefusal } from './graph.ts';
import type { MetaOptions } from './graph.ts';
import { fetchPicture, pictureFault } from './pictures.ts';
import type { Picture } from './pictures.ts';
import { serve } from './serve.ts';

/** https://developers.facebook.com/docs/threads/posts#media-specifications */
const rule = { types: ['image/jpeg', 'image/png'], maxBytes: 8_000_000 };

export const threadsToken = 'token-of-the-profile';

interface Container {
  readonly text: string;
  readonly replyTo: string | null;
  readonly images: readonly (Partial<Picture> & { readonly url: string; readonly alt: string })[];
  status: 'FINISHED' | 'PUBLISHED' | 'EXPIRED' | 'ERROR';
}

export interface FakeThreads extends Fake {
  readonly containers: ReadonlyMap<string, Container>;
}

/** A loopback fake of the Threads API: containers, publishing, the own posts; facts in networks.md 4. */
export async function startThreads(options: MetaOptions = {}): Promise<FakeThreads> {
  const containers = new Map<string, Container>();
  const posts: { id: string; text: string; at: number; replyTo: string | null }[] = [];
  let serial = 17_000;
  let token = threadsToken;

  const isPost = ({ path }: FakeRequest): boolean => path.endsWith('/me/threads_publish');
  const refusal = (name: string): Answer | null => (name === 'duplicate' ? null : graphRefusal(name));
  const fake = await startFake({ isPost, handle, refusal }, options);

  function handle(request: FakeRequest, accept: Accept): Answer | Promise<Answer> {
    if (request.path === '/refresh_access_token') return renew(request);
    if (request.headers.authorization !== `Bearer ${token}`) return graphError(400, 190, 'Invalid OAuth access token');
    const path = request.path.replace('/v1.0/', '');
    const body = (request.json ?? {}) as Record<string, string | undefined>;
    if (request.method === 'POST' && path === 'me/threads') return prepare(body);
    if (isPost(request)) return publish(body['creation_id'] ?? '', accept);
    if (path === 'debug_token') return debugToken(options);
    if (path === 'me') return ok({ id: '55', username: 'lindmoor' });
    if (path === 'me/threads' || path === 'me/replies') return list(request, path === 'me/replies');
    const container = containers.get(path);
    if (container !== undefined)
      return ok({
        id: path,
        status: container.status,
        error_message: container.status === 'ERROR' ? 'The media could not be fetched' : undefined,
      });
    const at = posts.findIndex(({ id }) => id === path);
    if (at < 0) return graphError(400, 100, 'Unsupported request', { error_subcode: 33 });
    posts.splice(at, 1);
    return ok({ success: true });
  }

  async function prepare(body: Record<string, string | undefined>): Promise<Answer> {
    const { text = '', reply_to_id: replyTo = null, media_type: type = 'TEXT' } = body;
    const children = (body['children'] ?? '').split(',').flatMap((id) => containers.get(id)?.images ?? []);
    const { image_url: url = '', alt_text: alt = '' } = body;
    const fetched = type === 'IMAGE' ? await fetchPicture(url, alt) : null;
    const images = type === 'IMAGE' ? [{ url, alt, ...fetched }] : children;
    if (type === 'CAROUSEL' && (images.length < 2 || images.length > 20))
      return graphError(400, 100, 'Wrong number of children');
    if (images.some(({ alt }) => alt.length > 1000)) return graphError(400, 100, 'The alt text is too long');
    if (text.trim() === '' && images.length === 0) return graphError(400, 100, 'The text is empty');
    if (lengthOf(text) > 500) return graphError(400, 100, 'Param text must be at most 500 characters long.');
    const links = new Set(
      (text.match(/https?:\/\/[^\s()[\]<>"“”]+/gu) ?? []).map((one) => one.replace(/[.,;:!?'’*]+$/u, '')),
    );
    if (links.size > 5) return graphError(400, 100, 'THREADS_API__LINK_LIMIT_EXCEEDED');
    if (replyTo !== null && !posts.some(({ id }) => id === replyTo)) return graphError(400, 100, 'The parent is gone');
    serial += 1;
    const id = String(serial);
    const isFine = type !== 'IMAGE' || (fetched !== null && pictureFault(fetched, rule) === null);
    containers.set(id, { text, replyTo, images, status: isFine ? 'FINISHED' : 'ERROR' });
    return ok({ id });
  }

  function publish(container: string, accept: Accept): Answer {
    const found = containers.get(container);
    if (found === undefined) return graphError(400, 24, 'The media could not be found');
    if (found.status !== 'FINISHED') return graphError(400, 24, `The media is ${found.status}`);
    found.status = 'PUBLISHED';
    serial += 1;
    const id = String(serial);
    posts.push({ id, text: found.text, at: Date.now(), replyTo: found.replyTo });
    accept({ account: '55', id, text: found.text, replyTo: found.replyTo, images: found.images });
    return ok({ id });
  }

  function list(request: FakeRequest, areReplies: boolean): Answer {
    const since = Number(request.query.get('since') ?? 0) * 1000;
    const own = posts.filter(({ at, replyTo }) => at >= since && (replyTo !== null) === areReplies).toReversed();
    const data = own.slice(0, Number(request.query.get('limit') ?? 25));
    return ok({
      data: data.map(({ id, text }) => ({ id, text, permalink: `https://www.threads.net/@lindmoor/post/${id}` })),
    });
  }

  function renew(request: FakeRequest): Answer {
    if (request.query.get('access_token') !== token) return graphError(400, 190, 'Session has expired');
    token = `${token}-renewed`;
    return ok({ access_token: token, token_type: 'bearer', expires_in: 5_184_000 });
  }

  return Object.assign(fake, { containers });
}

/** Characters, but an emoji costs as many as it has bytes in UTF-8. */
function lengthOf(text: string): number {
  return [...new Intl.Segmenter().segment(text)].reduce((sum, { segment }) => {
    const isEmoji = /\p{Emoji_Presentation}|\uFE0F|\u20E3/u.test(segment);
    return sum + (isEmoji ? Buffer.byteLength(segment) : [...segment].length);
  }, 0);
}

function ok(body: unknown): Answer {
  return { status: 200, body };
}

if (import.meta.main) await serve(startThreads);
