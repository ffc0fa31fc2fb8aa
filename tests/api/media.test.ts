import { crc32, deflateSync } from 'node:zlib';
import type { LightMyRequestResponse } from 'fastify';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Network } from '../../src/networks/network.ts';
import { networks } from '../../src/networks/registry.ts';
import { publicAddressOf } from '../../src/pipeline/media-address.ts';
import type { Installation } from './installation.ts';
import { openInstallation, problemOf } from './installation.ts';

let here: Installation;
let headers: Record<string, string>;
let photo: Buffer;
beforeAll(async () => {
  here = await openInstallation({ STANDFIRST_PUBLIC_URL: 'https://desk.example' });
  headers = await here.key();
  photo = await sharp({ create: { width: 300, height: 200, channels: 3, background: '#369' } })
    .withExif({ IFD0: { Artist: 'Secret Source' } })
    .jpeg()
    .toBuffer();
});
afterAll(() => here.close());

interface Media {
  id: string;
  content: string;
  version: number;
}

const raw = (
  bytes: Uint8Array,
  type = 'image/jpeg',
  more: Record<string, string> = {},
): Promise<LightMyRequestResponse> =>
  here.app.inject({
    method: 'POST',
    url: '/v1/media?alt=A%20blue%20harbour',
    headers: { ...headers, 'content-type': type, ...more },
    payload: Buffer.from(bytes),
  });

async function form(fields: Record<string, string | Uint8Array>): Promise<LightMyRequestResponse> {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'string') data.append(name, value);
    else data.append(name, new File([new Uint8Array(value)], '../../etc/passwd.jpg', { type: 'image/jpeg' }));
  }
  const body = new Response(data);
  return here.app.inject({
    method: 'POST',
    url: '/v1/media',
    headers: { ...headers, 'content-type': body.headers.get('content-type') ?? '' },
    payload: Buffer.from(await body.arrayBuffer()),
  });
}

async function uploaded(): Promise<Media> {
  const answer = await raw(photo);
  expect(answer.statusCode).toBe(201);
  return answer.json<Media>();
}

const post = (part: object, schedule = 'review') =>
  here.app.inject({
    method: 'POST',
    url: '/v1/posts',
    headers,
    payload: { accountIds: [here.sandboxId], parts: [{ text: 'The harbour is blue.', ...part }], schedule },
  });

describe('an upload', () => {
  it('is kept as pixels only, under a name of ours, and served so that nothing in it can run', async () => {
    const made = await form({ file: photo, alt: 'A blue harbour' });
    expect(made.json()).toMatchObject({ type: 'image/jpeg', width: 300, height: 200, alt: 'A blue harbour' });
    const { id, content } = made.json<Media>();
    expect(made.headers['location']).toBe(`/v1/media/${id}`);
    const answer = await here.app.inject({ url: content, headers });
    expect(answer.headers).toMatchObject({
      'content-type': 'image/jpeg',
      'x-content-type-options': 'nosniff',
      'content-security-policy': `default-src 'none'; sandbox`,
      'content-disposition': `inline; filename="${id}.jpeg"`,
    });
    expect(answer.rawPayload.toString('latin1')).not.toContain('Secret Source');
    expect(await sharp(answer.rawPayload).metadata()).toMatchObject({ width: 300, height: 200 });
    expect((await here.app.inject({ url: content })).statusCode).toBe(401);
  });

  it('may be the bytes alone', async () => {
    expect((await raw(photo)).json()).toMatchObject({ width: 300, alt: 'A blue harbour' });
    expect((await raw(photo, 'application/octet-stream')).statusCode).toBe(201);
  });

  it('is done once under one idempotency key, which belongs to those bytes', async () => {
    const key = { 'idempotency-key': 'photo-1' };
    const first = await raw(photo, 'image/jpeg', key);
    const again = await raw(photo, 'image/jpeg', key);
    expect(again.json<Media>().id).toBe(first.json<Media>().id);
    const other = await sharp(photo).negate().jpeg().toBuffer();
    expect((await raw(other, 'image/jpeg', key)).statusCode).toBe(422);
  });

  it('of what is not only an image, or too much of one, is refused in one sentence', async () => {
    const frame = sharp({ create: { width: 30, height: 30, channels: 3, background: '#123' } });
    const refusals: [string, Uint8Array, RegExp][] = [
      ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'), /SVG.*PNG/],
      ['text', Buffer.from('Not an image.'), /not a JPEG/],
      ['a page behind an image', Buffer.concat([photo, Buffer.from('<script>alert(1)</script>')]), /web page in one/],
      ['an archive behind an image', Buffer.concat([photo, zipEnd]), /ZIP archive in one/],
      [
        'a PDF in a comment',
        Buffer.concat([photo.subarray(0, 2), comment('%PDF-1.7'), photo.subarray(2)]),
        /PDF in one/,
      ],
      ['a PNG of 30,000 pixels square', png(30_000, 30_000), /30000 × 30000, 900000000 of 50000000 pixels/],
      ['half an image', (await frame.png().toBuffer()).subarray(0, 60), /cannot be read/],
    ];
    for (const [what, bytes, sentence] of refusals) {
      const answer = await raw(bytes, 'image/png');
      expect([what, answer.statusCode]).toEqual([what, answer.statusCode === 413 ? 413 : 400]);
      const { detail } = problemOf(answer);
      expect(detail, what).toMatch(sentence);
      expect(detail.match(/[.]\s/g) ?? [], what).toEqual([]);
    }
  });

  it('of a moving picture keeps its first frame, and refuses one that would fill the memory', async () => {
    const small = gif(40, 30, 3);
    expect((await raw(small, 'image/gif')).json()).toMatchObject({ width: 40, height: 30 });
    const bomb = gif(2_000, 2_000, 150);
    expect(bomb.byteLength).toBeLessThan(20_000);
    expect(problemOf(await raw(bomb, 'image/gif')).detail).toMatch(/150 pictures of 2000 × 2000 are 600000000 of/);
  });

  it('ends at the first byte too many', async () => {
    const answer = await raw(Buffer.alloc(21 * 1024 * 1024));
    expect(answer.statusCode).toBe(413);
    expect(problemOf(answer).detail).toContain('20 MB');
  });

  it('says what is wrong with a form', async () => {
    expect(problemOf(await form({ alt: 'Nothing to see' })).errors).toMatchObject([{ pointer: '/file' }]);
    expect(problemOf(await form({ file: photo, kind: 'x' })).errors).toMatchObject([{ pointer: '/kind' }]);
    const broken = { ...headers, 'content-type': 'multipart/form-data; boundary=none' };
    const answer = await here.app.inject({ method: 'POST', url: '/v1/media', headers: broken, payload: 'no form' });
    expect(problemOf(answer).detail).toContain('not a whole multipart');
  });

  it('goes to no other route', async () => {
    const answer = await here.app.inject({
      method: 'POST',
      url: '/v1/articles',
      headers: { ...headers, 'content-type': 'image/jpeg' },
      payload: photo,
    });
    expect(answer.statusCode).toBe(415);
  });
});

describe('an image that is kept', () => {
  it('is listed, and described against the version that was read', async () => {
    const { id } = await uploaded();
    const listed = await here.app.inject({ url: '/v1/media?limit=1', headers });
    expect(listed.json()).toMatchObject({ data: [{ id }], nextCursor: id === '' ? null : expect.any(String) });
    const describe = (version: string) =>
      here.app.inject({
        method: 'PATCH',
        url: `/v1/media/${id}`,
        headers: { ...headers, 'if-match': version },
        payload: { alt: 'The harbour at noon' },
      });
    expect((await describe('"1"')).json()).toMatchObject({ alt: 'The harbour at noon', version: 2 });
    expect((await describe('"1"')).statusCode).toBe(412);
  });

  it('has to be there', async () => {
    const answer = await post({ media: [{ source: 'media_gone', alt: '' }] });
    expect(problemOf(answer).errors).toContainEqual(
      expect.objectContaining({ pointer: '/parts/0/media/0/source', message: 'There is no image media_gone.' }),
    );
    const neither = problemOf(await post({ media: [{ source: 'photo.jpg' }] }));
    expect(neither.detail).toContain('neither the id of an image');
  });

  it('has a public address for one network and a day', async () => {
    const { id } = await uploaded();
    const network = networks.find(({ profile }) => (profile.limits.images?.max ?? 0) > 0) as Network;
    const address = publicAddressOf(here.context, id, network.profile.id) as string;
    expect(address.startsWith(`https://desk.example/media/${id}?`)).toBe(true);
    const path = address.replace('https://desk.example', '');
    const answer = await here.app.inject({ url: path });
    expect(answer.statusCode).toBe(200);
    expect(network.profile.limits.images?.types).toContain(answer.headers['content-type']);
    const other = await uploaded();
    for (const wrong of [
      path.replace(id, other.id),
      path.replace(/for=\w+/, `for=${networks.find((one) => one !== network)?.profile.id}`),
      path.replace(/token=.{6}/, 'token=v1.k9.'),
      `/media/${id}?for=${network.profile.id}&token=guess`,
    ]) {
      expect([wrong, (await here.app.inject({ url: wrong })).statusCode]).toEqual([wrong, 404]);
    }
    const late = new Date(here.context.io.now().getTime() - 25 * 3_600_000);
    const old = publicAddressOf(
      { ...here.context, io: { ...here.context.io, now: () => late } },
      id,
      network.profile.id,
    );
    expect((await here.app.inject({ url: (old as string).replace('https://desk.example', '') })).statusCode).toBe(404);
    expect(publicAddressOf({ ...here.context, publicUrl: null }, id, network.profile.id)).toBeNull();
  });
});

/** The end of an empty ZIP archive. */
const zipEnd = Buffer.concat([Buffer.from('PK\x05\x06', 'latin1'), Buffer.alloc(18)]);

/** A comment segment of a JPEG. */
function comment(text: string): Buffer {
  const head = Buffer.from([0xff, 0xfe, 0, text.length + 2]);
  return Buffer.concat([head, Buffer.from(text, 'latin1')]);
}

/** A PNG that announces its size and holds one row. */
function png(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(width + 1))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A moving GIF whose frames are one pixel each: the canvas alone is large. */
function gif(width: number, height: number, frames: number): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt16LE(width, 0);
  size.writeUInt16LE(height, 2);
  const head = Buffer.concat([
    Buffer.from('GIF89a', 'latin1'),
    size,
    Buffer.from([0x80, 0, 0, 0, 0, 0, 255, 255, 255]),
  ]);
  const control = Buffer.from([0x21, 0xf9, 4, 0, 5, 0, 0, 0]);
  // One pixel of colour 0: clear, 0, end, in codes of three bits.
  const frame = Buffer.from([0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 0x01, 0]);
  return Buffer.concat([
    head,
    ...Array.from({ length: frames }, () => Buffer.concat([control, frame])),
    Buffer.from(';'),
  ]);
}
