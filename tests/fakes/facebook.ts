import { startFake } from './fake.ts';
import type { Accept, Answer, Fake, FakeRequest } from './fake.ts';
import { debugToken, graphError, graphRefusal } from './graph.ts';
import type { MetaOptions } from './graph.ts';
import { formIn, pictureFault, pictureIn } from './pictures.ts';
import type { Picture } from './pictures.ts';
import { serve } from './serve.ts';

/** Refused as 324/1366046 otherwise: photos are JPG or PNG under 4 MB. */
const rule = { types: ['image/jpeg', 'image/png'], maxBytes: 4_000_000, maxAlt: 1000 };

export const facebookLogin = { pageId: '100042', accessToken: 'token-of-the-page' };

interface Post {
  readonly id: string;
  message: string;
  readonly createdAt: number;
  readonly link: string | null;
  readonly media: readonly string[];
}

export interface FakeFacebook extends Fake {
  readonly posts: readonly Post[];
  /** Uploaded photos by id. */
  readonly photos: ReadonlyMap<string, Picture>;
}

/** A loopback fake of the Graph API for one Page; facts in networks.md 6. */
export async function startFacebook(options: MetaOptions = {}): Promise<FakeFacebook> {
  const posts: Post[] = [];
  const photos = new Map<string, Picture>();
  let serial = 0;

  const isPost = ({ method, path }: FakeRequest): boolean => method === 'POST' && path.endsWith('/feed');
  const fake = await startFake({ isPost, handle, refusal: graphRefusal }, options);

  function handle(request: FakeRequest, accept: Accept): Answer | Promise<Answer> {
    if (request.headers.authorization !== `Bearer ${facebookLogin.accessToken}`) {
      return graphError(400, 190, 'Invalid OAuth access token - Cannot parse access token');
    }
    const path = request.path.replace(/^\/v\d+\.\d+\//, '');
    if (path === `${facebookLogin.pageId}/feed`) return create(request, accept);
    if (path === `${facebookLogin.pageId}/photos`) return upload(request);
    if (path === `${facebookLogin.pageId}/published_posts`) return list(request);
    if (path === 'debug_token') return debugToken(options);
    if (path === facebookLogin.pageId) return ok({ id: path, name: 'Lindmoor Post', tasks: ['CREATE_CONTENT'] });
    const post = posts.find(({ id }) => id === path);
    if (post === undefined)
      return graphError(400, 100, 'Unsupported request. Object does not exist', { error_subcode: 33 });
    if (request.method === 'DELETE') posts.splice(posts.indexOf(post), 1);
    else post.message = messageIn(request);
    return ok({ success: true });
  }

  function create(request: FakeRequest, accept: Accept): Answer {
    const body = (request.json ?? {}) as { link?: string; attached_media?: { media_fbid: string }[] };
    const message = messageIn(request);
    const media = (body.attached_media ?? []).map((one) => one.media_fbid);
    if (message.trim() === '' && media.length === 0) return graphError(400, 100, 'The post is empty');
    if (message.length > 63_206) return graphError(400, 100, 'Your status update is too long.');
    const images = media.flatMap((id) => photos.get(id) ?? []);
    if (images.length < media.length) return graphError(400, 100, 'Invalid photo');
    if (images.length > 10) return graphError(400, 100, 'Too many photos');
    if (posts.at(-1)?.message === message) return graphError(400, 506, 'Duplicate status message');
    serial += 1;
    const id = `${facebookLogin.pageId}_${serial}`;
    posts.push({ id, message, createdAt: Date.now(), link: body.link ?? null, media });
    accept({ account: facebookLogin.pageId, id, text: message, images });
    return ok({ id });
  }

  async function upload(request: FakeRequest): Promise<Answer> {
    const form = await formIn(request);
    if (form.get('published') !== 'false') return graphError(400, 100, 'Would have been published');
    const photo = pictureIn(form, 'source', String(form.get('alt_text_custom') ?? ''));
    const fault = pictureFault(photo, rule);
    if (fault !== null) return graphError(400, 324, fault, { error_subcode: 1_366_046 });
    serial += 1;
    photos.set(String(serial), photo);
    return ok({ id: String(serial) });
  }

  function list(request: FakeRequest): Answer {
    const since = Number(request.query.get('since') ?? 0) * 1000;
    const data = posts
      .filter(({ createdAt }) => createdAt >= since)
      .map(({ id, message, createdAt }) => {
        const createdTime = new Date(createdAt).toISOString().replace(/\.\d+Z$/, '+0000');
        return { id, message, created_time: createdTime, permalink_url: `https://www.facebook.com/${id}` };
      });
    return ok({ data: data.toReversed().slice(0, Number(request.query.get('limit') ?? 25)) });
  }

  return Object.assign(fake, { posts, photos });
}

function messageIn(request: FakeRequest): string {
  return String((request.json as { message?: string } | undefined)?.message ?? '');
}

function ok(body: unknown): Answer {
  return { status: 200, headers: { 'x-app-usage': '{"call_count":1,"total_time":1,"total_cputime":1}' }, body };
}

if (import.meta.main) await serve(startFacebook);
