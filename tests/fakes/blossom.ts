import { createHash } from 'node:crypto';
import { verifyEvent } from 'nostr-tools/pure';
import type { Event } from 'nostr-tools/pure';
import { startFake } from './fake.ts';
import type { Answer, Fake, FakeRequest } from './fake.ts';
import { pictureFault } from './pictures.ts';
import type { Picture } from './pictures.ts';

/** What a common media server takes. */
const rule = { types: ['image/jpeg', 'image/png', 'image/gif', 'image/webp'], maxBytes: 5_000_000 };

export interface FakeBlossom extends Fake {
  /** Files by the hash of their bytes. */
  readonly kept: ReadonlyMap<string, Picture>;
}

/** A media server as Blossom describes it (BUD-01, BUD-02): a signed permission for each file, which is kept by its hash. */
export async function startBlossom(): Promise<FakeBlossom> {
  const kept = new Map<string, Picture>();
  const isPost = ({ method, path }: FakeRequest): boolean => method === 'PUT' && path === '/upload';
  const fake = await startFake({ isPost, handle, refusal: () => null });

  function handle(request: FakeRequest): Answer {
    if (!isPost(request)) return no(404, 'Not found');
    const hash = createHash('sha256').update(request.body).digest('hex');
    const type = request.headers['content-type'] ?? '';
    const fault = permissionFault(request.headers.authorization ?? '', hash);
    if (fault !== null) return no(401, fault);
    const picture = { type, size: request.body.length, alt: '' };
    const wrong = pictureFault(picture, rule);
    if (wrong !== null) return no(picture.size > rule.maxBytes ? 413 : 415, wrong);
    kept.set(hash, picture);
    const url = `${fake.url}/${hash}.${type.split('/')[1] ?? ''}`;
    return { status: 200, body: { url, sha256: hash, size: picture.size, type, uploaded: 1_795_000_000 } };
  }

  return Object.assign(fake, { kept });
}

/** Why a permission lets nobody keep this file; null where it does. */
function permissionFault(header: string, hash: string): string | null {
  const [, encoded] = /^Nostr (.+)$/.exec(header) ?? [];
  if (encoded === undefined) return 'Missing Auth event';
  const event = JSON.parse(Buffer.from(encoded, 'base64').toString()) as Event;
  const has = (name: string, value: string): boolean => event.tags.some((tag) => tag[0] === name && tag[1] === value);
  const end = Number(event.tags.find(([name]) => name === 'expiration')?.[1]);
  if (!verifyEvent(event) || event.kind !== 24_242) return 'Invalid Auth event';
  if (!(end * 1000 > Date.now()) || event.created_at * 1000 > Date.now()) return 'The Auth event is not valid now';
  return has('t', 'upload') && has('x', hash) ? null : 'The Auth event is for another file';
}

function no(status: number, message: string): Answer {
  return { status, body: { message } };
}
