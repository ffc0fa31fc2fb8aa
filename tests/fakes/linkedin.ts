import { startFake } from './fake.ts';
import type { Accept, Answer, Fake, FakeOptions, FakeRequest } from './fake.ts';
import { pictureFault } from './pictures.ts';
import type { Picture } from './pictures.ts';
import { serve } from './serve.ts';

/** https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/images-api: kinds; the size is ours. */
const rule = { types: ['image/jpeg', 'image/png', 'image/gif'], maxBytes: 8_000_000 };

export const linkedinLogin = { accessToken: 'token-of-the-desk', author: 'urn:li:organization:4711' };

export interface FakeLinkedin extends Fake {
  /** Bodies of accepted posts, by URN. */
  readonly posts: ReadonlyMap<string, { commentary: string; content?: unknown }>;
}

/** A loopback fake of LinkedIn's versioned API: posts, images, organisation; facts in networks.md 5. */
export async function startLinkedin(options: FakeOptions = {}): Promise<FakeLinkedin> {
  const posts = new Map<string, { commentary: string; content?: unknown }>();
  const images = new Map<string, Picture>();
  let serial = 0;

  const isPost = ({ method, path }: FakeRequest): boolean => method === 'POST' && path === '/rest/posts';
  const fake = await startFake({ isPost, handle, refusal }, options);

  function handle(request: FakeRequest, accept: Accept): Answer {
    const { authorization, 'linkedin-version': version } = request.headers;
    if (authorization !== `Bearer ${linkedinLogin.accessToken}`)
      return no(401, 'INVALID_ACCESS_TOKEN', 'Invalid access token');
    if (request.path.startsWith('/upload/')) {
      const picture = { type: request.headers['content-type'] ?? '', size: request.body.length, alt: '' };
      const fault = pictureFault(picture, rule);
      if (fault !== null) return no(400, 'MEDIA_ASSET_PROCESSING_FAILED', fault);
      images.set(`urn:li:image:${request.path.split('/').at(-1)}`, picture);
      return { status: 201 };
    }
    if (request.path === '/v2/userinfo') return ok({ sub: 'p-1', name: 'Mara Lind' });
    if (version === undefined) return no(400, 'VERSION_MISSING', 'A version must be present');
    if (Number(version) < 202_512)
      return no(426, 'NONEXISTENT_VERSION', `Requested version ${String(version)} is not active`);
    if (isPost(request)) return create(request, accept);
    if (request.path === '/rest/organizations/4711')
      return ok({ localizedName: 'Lindmoor Post', vanityName: 'lindmoor' });
    if (request.path === '/rest/images') {
      serial += 1;
      return ok({ value: { uploadUrl: `${fake.url}/upload/${serial}`, image: `urn:li:image:${serial}` } });
    }
    const urn = decodeURIComponent(/^\/rest\/posts\/(.+)$/.exec(request.path)?.[1] ?? '');
    const post = posts.get(urn);
    if (post === undefined) return no(404, 'NOT_FOUND', 'Post not found');
    if (request.method === 'DELETE') posts.delete(urn);
    else posts.set(urn, { ...post, ...(request.json as { patch: { $set: { commentary: string } } }).patch.$set });
    return { status: 204 };
  }

  function create(request: FakeRequest, accept: Accept): Answer {
    const body = request.json as { author: string; commentary: string; content?: Content };
    if (body.author !== linkedinLogin.author) return no(403, 'ACCESS_DENIED', 'Not an administrator of this author');
    if (body.commentary.trim() === '') return no(422, 'MISSING_FIELD', 'commentary is empty');
    if (body.commentary.length > 3000) return no(422, 'FIELD_LENGTH_TOO_LONG', 'commentary exceeds the length of 3000');
    const { media, multiImage, article } = body.content ?? {};
    const several = multiImage?.images.length ?? 2;
    if (several < 2 || several > 20) return no(422, 'INVALID_CONTENT', 'A multi-image post has 2 to 20 images');
    const used = [...(media === undefined ? [] : [media]), ...(multiImage?.images ?? [])];
    const thumb =
      article?.thumbnail === undefined ? [] : [{ id: article.thumbnail, altText: article.thumbnailAltText ?? '' }];
    const unknown = [...used, ...thumb].find(({ id }) => !images.has(id));
    if (unknown !== undefined) return no(400, 'INVALID_URN_ID', `${unknown.id} does not exist`);
    if ([...used, ...thumb].some(({ altText }) => altText.length > 4086))
      return no(422, 'FIELD_LENGTH_TOO_LONG', 'altText is too long');
    const shown = used.map(({ id, altText: alt }) => ({ ...images.get(id), alt }));
    // The very same call: the same words beside another picture are another post.
    const call = JSON.stringify([body.commentary, body.content ?? null]);
    const twin = [...posts].find(([, post]) => JSON.stringify([post.commentary, post.content ?? null]) === call);
    if (twin !== undefined) return duplicateOf(twin[0]);
    serial += 1;
    const urn = `urn:li:share:${(BigInt(Date.now()) << 22n) + BigInt(serial)}`;
    posts.set(urn, body);
    accept({ account: body.author, id: urn, text: readLittleText(body.commentary), images: shown });
    return { status: 201, headers: { 'x-restli-id': urn } };
  }

  function refusal(name: string, request: FakeRequest): Answer | null {
    if (name === '401') return no(401, 'EXPIRED_ACCESS_TOKEN', 'The token used in the request has expired');
    if (name === '403') return no(403, 'ACCESS_DENIED', 'Not enough permissions to access: posts.CREATE');
    if (name === '422') return no(422, 'INVALID_VALUE', 'ERROR :: /commentary :: not valid');
    if (name === '429') return no(429, 'QUOTA_EXCEEDED', 'Resource level throttle limit reached');
    if (name !== 'duplicate') return null;
    const { commentary } = request.json as { commentary: string };
    return duplicateOf([...posts].find(([, post]) => post.commentary === commentary)?.[0] ?? 'urn:li:share:1');
  }

  return Object.assign(fake, { posts });
}

interface Used {
  readonly id: string;
  readonly altText: string;
}
interface Content {
  readonly media?: Used;
  readonly multiImage?: { readonly images: readonly Used[] };
  readonly article?: { readonly thumbnail?: string; readonly thumbnailAltText?: string };
}

/** What readers see: a reserved character without a backslash ends the text, and nobody is told. */
export function readLittleText(commentary: string): string {
  const token = /\\([\s\S])|(?<![\p{L}\p{M}\p{N}_])#[\p{L}\p{M}\p{N}_]+|[|{}[\]()<>@#*_~]|[\s\S]/giuy;
  let seen = '';
  for (let at = 0; at < commentary.length; at = token.lastIndex) {
    const link = linkAt(commentary, at);
    seen += link;
    token.lastIndex = at + link.length;
    const match = link === '' ? token.exec(commentary) : null;
    if (match !== null && /^[|{}[\]()<>@#*_~]$/u.test(match[0])) break;
    seen += match?.[1] ?? match?.[0] ?? '';
  }
  return seen;
}

/** The address that begins at a place, to its last character but for a bracket too many: in it nothing is markup. */
function linkAt(commentary: string, at: number): string {
  const run = /^https?:\/\/[^\s\\"“”<>|]+/iu.exec(commentary.slice(at))?.[0] ?? '';
  let depth = 0;
  for (const [index, character] of run.split('').entries()) {
    if ('([{'.includes(character)) depth += 1;
    if (')]}'.includes(character)) depth -= 1;
    if (depth < 0) return run.slice(0, index);
  }
  return run;
}

function duplicateOf(urn: string): Answer {
  return no(422, 'DUPLICATE_POST', `Content is a duplicate of ${urn}`);
}

function no(status: number, code: string, message: string): Answer {
  return { status, body: { status, code, message } };
}

function ok(body: unknown): Answer {
  return { status: 200, body };
}

if (import.meta.main) await serve(startLinkedin);
