import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { ImageRule } from '../../src/domain/limits.ts';
import { formatOf } from '../../src/media/image-type.ts';
import { type PreparedImage, prepareImage } from '../../src/media/image.ts';

const rule: ImageRule = {
  max: 4,
  maxBytes: 1_000_000,
  types: ['image/jpeg', 'image/png', 'image/webp'],
  maxAlt: 1500,
};

const plain = (width: number, height: number, channels: 3 | 4 = 3) =>
  sharp({ create: { width, height, channels, background: { r: 200, g: 30, b: 30, alpha: 0.5 } } });
/** Noise, which no encoder makes small. */
const noise = (width: number, height: number) =>
  sharp({
    create: { width, height, channels: 3, noise: { type: 'gaussian', mean: 128, sigma: 60 }, background: '#000' },
  });

async function prepared(bytes: Uint8Array, over: Partial<ImageRule> = {}): Promise<PreparedImage> {
  const got = await prepareImage(bytes, { ...rule, ...over }, 'A red harbour crane');
  if (got.kind === 'refused') throw new Error(got.detail);
  expect(got.bytes.byteLength).toBeLessThanOrEqual(over.maxBytes ?? rule.maxBytes);
  expect(`image/${formatOf(got.bytes)}`).toBe(got.type);
  const real = await sharp(got.bytes).metadata();
  expect([real.width, real.height]).toEqual([got.width, got.height]);
  return got;
}

describe('cutting an image', () => {
  /** Red on its left half, blue on its right. */
  const halves = async (width: number, height: number) => {
    const right = await sharp({ create: { width: width / 2, height, channels: 3, background: '#00f' } })
      .png()
      .toBuffer();
    return sharp({ create: { width, height, channels: 3, background: '#f00' } }).composite([
      { input: right, left: width / 2, top: 0 },
    ]);
  };
  const colourOf = async (bytes: Uint8Array): Promise<string> => {
    const { channels } = await sharp(bytes).stats();
    const [red = 0, , blue = 0] = channels.map(({ mean }) => mean);
    return red > 250 ? 'red' : blue > 250 ? 'blue' : 'both';
  };
  const cut = async (bytes: Uint8Array, ratio: number, x: number, y: number): Promise<PreparedImage> => {
    const got = await prepareImage(bytes, rule, '', { ratio, focus: { x, y } });
    if (got.kind === 'refused') throw new Error(got.detail);
    return got;
  };

  it.each([
    [0, 'red'],
    [0.5, 'both'],
    [1, 'blue'],
  ])('keeps as much as there is of the shape, at %f of its width', async (x, colour) => {
    const got = await cut(await (await halves(400, 100)).png().toBuffer(), 1.91, x, 0.5);
    expect(got).toMatchObject({ width: 191, height: 100 });
    expect(await colourOf(got.bytes)).toBe(colour);
  });

  it('cuts what is seen, also where the file lies on its side', async () => {
    const lying = await (await halves(400, 100)).jpeg().withMetadata({ orientation: 6 }).toBuffer();
    const got = await cut(lying, 1, 0.5, 0);
    expect(got).toMatchObject({ width: 100, height: 100 });
    expect(await colourOf(got.bytes)).toBe('red');
  });
});

describe('preparing an image', () => {
  it.each(['jpeg', 'png', 'webp'] as const)('keeps %s where the network takes it', async (format) => {
    const got = await prepared(await plain(60, 40).toFormat(format).toBuffer());
    expect(got).toMatchObject({ type: `image/${format}`, width: 60, height: 40, alt: 'A red harbour crane' });
  });

  it.each(['gif', 'avif'] as const)('writes %s anew in a format that the network takes', async (format) => {
    expect((await prepared(await plain(60, 40).toFormat(format).toBuffer())).type).toMatch(/jpeg|png|webp/u);
  });

  it('leaves nothing of the camera, the place or the author', async () => {
    const bytes = await plain(60, 40)
      .withExif({ IFD0: { Artist: 'Secret Source' }, IFD3: { GPSLatitude: '59/1 26/1 0/1', GPSLatitudeRef: 'N' } })
      .withXmp(
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></x:xmpmeta>',
      )
      .jpeg()
      .toBuffer();
    expect(bytes.toString('latin1')).toContain('Secret Source');
    const got = await prepared(bytes);
    const { exif, xmp, iptc } = await sharp(got.bytes).metadata();
    expect([exif, xmp, iptc]).toEqual([undefined, undefined, undefined]);
    expect(Buffer.from(got.bytes).toString('latin1')).not.toContain('Secret Source');
  });

  it('leaves nothing that was appended to the file', async () => {
    const bytes = Buffer.concat([await plain(60, 40).jpeg().toBuffer(), Buffer.from('<script>alert(1)</script>')]);
    expect(Buffer.from((await prepared(bytes)).bytes).toString('latin1')).not.toContain('script');
  });

  it('turns it upright, and measures it so', async () => {
    const bytes = await plain(60, 40).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    expect(await prepared(bytes)).toMatchObject({ width: 40, height: 60 });
    expect(await prepared(bytes, { maxHeight: 30 })).toMatchObject({ width: 20, height: 30 });
  });

  it('makes it smaller to fit the frame, in proportion, and never larger', async () => {
    const bytes = await plain(400, 200).png().toBuffer();
    expect(await prepared(bytes, { maxWidth: 100 })).toMatchObject({ width: 100, height: 50 });
    expect(await prepared(bytes, { maxWidth: 300, maxHeight: 50 })).toMatchObject({ width: 100, height: 50 });
    expect(await prepared(bytes, { maxWidth: 4000, maxHeight: 4000 })).toMatchObject({ width: 400, height: 200 });
  });

  it('makes it coarser, then smaller, until its bytes fit', async () => {
    const bytes = await noise(600, 600).jpeg({ quality: 100 }).toBuffer();
    const roomy = await prepared(bytes, { maxBytes: Math.round(bytes.length * 0.6) });
    expect(roomy).toMatchObject({ width: 600, height: 600 });
    const tight = await prepared(bytes, { maxBytes: 20_000 });
    expect(tight.width).toBeLessThan(600);
    expect(tight.width).toBe(tight.height);
  });

  it('puts white behind a see-through image where the network knows no transparency', async () => {
    const bytes = await plain(20, 20, 4).png().toBuffer();
    expect((await prepared(bytes)).type).toBe('image/png');
    const got = await prepared(bytes, { types: ['image/jpeg'] });
    const { channels } = await sharp(got.bytes).stats();
    expect(channels.map(({ mean }) => Math.round(mean / 4) * 4)).toEqual([228, 144, 144]);
  });

  it('takes the first frame of a moving image', async () => {
    const frames = await Promise.all(['#ff0000', '#0000ff'].map((background) => plainOf(background)));
    const bytes = await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer();
    expect((await sharp(bytes, { pages: -1 }).metadata()).pages).toBe(2);
    const got = await prepared(bytes, { types: ['image/png'] });
    const [red, , blue] = (await sharp(got.bytes).stats()).channels;
    expect([got.width, got.height, red?.mean, blue?.mean]).toEqual([20, 20, 255, 0]);
  });

  const plainOf = (background: string) =>
    sharp({ create: { width: 20, height: 20, channels: 3, background } })
      .png()
      .toBuffer();
});

describe('refusing an image', () => {
  it('says in one sentence that its shape is none the network takes', async () => {
    const strip = async (width: number, height: number) =>
      prepareImage(await plain(width, height).png().toBuffer(), { ...rule, maxRatio: 20 }, '');
    expect(await strip(40, 2)).toMatchObject({ kind: 'image' });
    expect(await strip(2, 41)).toEqual({
      kind: 'refused',
      reason: 'does-not-fit',
      detail: 'The image is 2 × 41, one side 21 times the other; the network takes 20 times: crop it.',
    });
  });

  it.each([
    ['HTML', '<!doctype html><script>alert(1)</script>'],
    ['PDF', '%PDF-1.7'],
    ['TIFF', 'II*\0\x08\0\0\0'],
    ['nothing', ''],
  ])('that is %s', async (_, text) => {
    expect(await prepareImage(Buffer.from(text, 'latin1'), rule, '')).toEqual({
      kind: 'refused',
      reason: 'not-an-image',
      detail: 'The file is not a JPEG, PNG, GIF, WebP or AVIF image: choose another.',
    });
  });

  it('that is SVG, with what to do instead', async () => {
    const drawing = Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    expect(await prepareImage(drawing, rule, '')).toMatchObject({ kind: 'refused', reason: 'not-an-image' });
    expect(await prepareImage(drawing, rule, '')).toHaveProperty('detail', expect.stringContaining('export it as PNG'));
  });

  it('that only begins like one, or is cut off', async () => {
    const png = await noise(100, 100).png().toBuffer();
    for (const bytes of [Buffer.from('\x89PNG\r\n\x1a\nrubbish', 'latin1'), png.subarray(0, png.length / 2)]) {
      expect(await prepareImage(bytes, rule, '')).toMatchObject({ kind: 'refused', reason: 'broken' });
    }
  });

  it('that unpacks to more pixels than we hold, before it is unpacked', async () => {
    // A small image whose header is made to claim 10,000 × 6,000; the checksum of the header is put right.
    const bytes = await plain(10, 10).png().toBuffer();
    bytes.writeUInt32BE(10_000, 16);
    bytes.writeUInt32BE(6_000, 20);
    bytes.writeUInt32BE(crc32(bytes.subarray(12, 29)), 29);
    expect(await prepareImage(bytes, rule, '')).toEqual({
      kind: 'refused',
      reason: 'too-large',
      detail: 'The image is 10000 × 6000, 60000000 of 50000000 pixels: choose a smaller one.',
    });
  });

  it('that is too large a file', async () => {
    const bytes = Buffer.concat([await plain(9, 9).jpeg().toBuffer(), Buffer.alloc(20 * 1024 * 1024)]);
    expect(await prepareImage(bytes, rule, '')).toMatchObject({ kind: 'refused', reason: 'too-large' });
  });

  it('that cannot be made small enough', async () => {
    const bytes = await noise(50, 50).png().toBuffer();
    const got = await prepareImage(bytes, { ...rule, maxBytes: 10 }, '');
    expect(got).toMatchObject({ kind: 'refused', reason: 'does-not-fit' });
    expect(got.kind === 'refused' && got.detail).toMatch(/^The image is \d+ of 10 bytes at its smallest/u);
  });

  it('with a description over the limit, by one, and not at it', async () => {
    const bytes = await plain(9, 9).png().toBuffer();
    expect(await prepareImage(bytes, rule, 'x'.repeat(1500))).toMatchObject({ kind: 'image' });
    expect(await prepareImage(bytes, rule, 'x'.repeat(1501))).toEqual({
      kind: 'refused',
      reason: 'alt-too-long',
      detail: 'The image’s description is 1501 of 1500 characters: shorten it.',
    });
    expect(await prepareImage(bytes, { ...rule, maxAlt: 0 }, 'x'.repeat(9999))).toMatchObject({ kind: 'image' });
  });
});
