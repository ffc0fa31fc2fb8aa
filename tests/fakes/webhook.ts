import { createHmac, timingSafeEqual } from 'node:crypto';
import { startFake } from './fake.ts';
import type { Accept, Answer, Fake, FakeOptions, FakeRequest } from './fake.ts';
import { fetchPicture } from './pictures.ts';
import { serve } from './serve.ts';

const KEY = Buffer.from('a secret of thirty-two bytes ok!');
export const webhookSecret = `whsec_${KEY.toString('base64')}`;

interface Post {
  readonly text: string;
  readonly images?: readonly { readonly url: string; readonly alt: string }[];
}

/** A receiver of Standard Webhooks, verifying by code of its own: signature, age, and each id once. */
export function startWebhook(options: FakeOptions = {}): Promise<Fake> {
  const seen = new Set<string>();
  const isPost = (request: FakeRequest): boolean => typeOf(request) === 'post.publish';
  return startFake({ isPost, handle, refusal: () => null }, options);

  async function handle(request: FakeRequest, accept: Accept): Promise<Answer> {
    if (!isSigned(request)) return { status: 401, body: { error: 'signature' } };
    const id = String(request.headers['webhook-id']);
    if (!isPost(request) || seen.has(id)) return { status: 200, body: { id: `received-${id}` } };
    const { text, images = [] } = (request.json as { data: Post }).data;
    const fetched = await Promise.all(images.map(({ url, alt }) => fetchPicture(url, alt)));
    if (fetched.includes(null)) return { status: 422, body: { error: 'an image cannot be fetched' } };
    seen.add(id);
    accept({ account: 'receiver', id, text, images: images.map((image, at) => ({ ...image, ...fetched[at] })) });
    return { status: 200, body: { id: `received-${id}` } };
  }
}

function typeOf(request: FakeRequest): unknown {
  return (request.json as { type?: unknown } | undefined)?.type;
}

function isSigned(request: FakeRequest): boolean {
  const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': signature } = request.headers;
  if (Math.abs(Date.now() / 1000 - Number(at)) > 300) return false;
  const expected = createHmac('sha256', KEY)
    .update(`${String(id)}.${String(at)}.`)
    .update(request.body)
    .digest();
  const [version, given = ''] = String(signature).split(',');
  const bytes = Buffer.from(given, 'base64');
  return version === 'v1' && bytes.length === expected.length && timingSafeEqual(bytes, expected);
}

if (import.meta.main) await serve(startWebhook);
