import type { Sharp } from 'sharp';
import type { ImageRule } from '../domain/limits.ts';
import type { Focus } from '../domain/post.ts';
import { formatOf, whatElse, type ImageFormat } from './image-type.ts';

/** An image within a network's limits: re-encoded, upright, without metadata. */
export interface PreparedImage {
  readonly kind: 'image';
  readonly bytes: Uint8Array;
  /** Media type, one of the rule's. */
  readonly type: string;
  readonly width: number;
  readonly height: number;
  readonly alt: string;
}

/** What is cut out of an image: as much as there is of this shape, by `focus` along the side that is too long. */
export interface Crop {
  /** Width by height. */
  readonly ratio: number;
  readonly focus: Focus;
}

export interface ImageRefusal {
  readonly kind: 'refused';
  readonly reason:
    'not-an-image' | 'too-large' | 'too-long' | 'broken' | 'alt-too-long' | 'does-not-fit' | 'not-only-an-image';
  /** One sentence: what is wrong, the numbers, and what helps. */
  readonly detail: string;
}

/** Largest file that is opened. */
export const MAX_INPUT_BYTES = 20 * 1024 * 1024;
/** Largest picture that is decoded: at 4 bytes a pixel this is 200 MB, and more than any camera of a newsroom takes. */
const MAX_INPUT_PIXELS = 50_000_000;
const DECODE_SECONDS = 10;
/** Pixels of all frames of a moving picture together: a minute of a small one, and far below what a bomb announces. */
const MAX_MOVING_PIXELS = 500_000_000;

/**
 * Makes an image fit for a network: decoded and encoded anew, so that nothing but pixels is left of the file; turned
 * upright; the first frame of a moving one; made smaller, never larger. Keeps the format where the network takes it.
 * `alt` goes out as it is given. Every expected fault is a value.
 */
export async function prepareImage(
  bytes: Uint8Array,
  rule: ImageRule,
  alt: string,
  crop: Crop | null = null,
): Promise<PreparedImage | ImageRefusal> {
  if (rule.maxAlt > 0 && alt.length > rule.maxAlt) {
    return refuse('alt-too-long', `The image’s description is ${alt.length} of ${rule.maxAlt} characters: shorten it.`);
  }
  const format = formatOf(bytes);
  if (format === null) return refuse('not-an-image', whatElse(bytes));
  if (bytes.byteLength > MAX_INPUT_BYTES) {
    return refuse('too-large', `The image is ${bytes.byteLength} of ${MAX_INPUT_BYTES} bytes: choose a smaller one.`);
  }
  // Loaded here: nothing but an image needs it, and it takes 20 MB.
  const { default: sharp } = await import('sharp');
  const open = (): Sharp =>
    sharp(bytes, { pages: 1, limitInputPixels: MAX_INPUT_PIXELS, failOn: 'error' }).timeout({
      seconds: DECODE_SECONDS,
    });
  try {
    const found = await sharp(bytes, { limitInputPixels: false }).metadata();
    const pixels = found.width * found.height;
    if (pixels > MAX_INPUT_PIXELS) {
      const size = `${found.width} × ${found.height}`;
      return refuse(
        'too-large',
        `The image is ${size}, ${pixels} of ${MAX_INPUT_PIXELS} pixels: choose a smaller one.`,
      );
    }
    const moving = (found.pages ?? 1) * pixels;
    if (moving > MAX_MOVING_PIXELS) {
      const size = `${found.pages} pictures of ${found.width} × ${found.height}`;
      return refuse(
        'too-long',
        `The image moves: ${size} are ${moving} of ${MAX_MOVING_PIXELS} pixels: choose a still one.`,
      );
    }
    if (!isOf(format, found.format)) {
      return refuse('not-an-image', `The file begins like ${format} and is ${found.format}: choose another.`);
    }
    return await fit(open, rule, alt, format, found.hasAlpha, crop);
  } catch (error) {
    const words = error instanceof Error ? error.message.split('\n', 1)[0]?.slice(0, 200) : String(error);
    return refuse('broken', `The image cannot be read (${words}): choose another.`);
  }
}

/** Tried in turn until the file is small enough: a little coarser first, then smaller. */
const tries = [
  { quality: 88, scale: 1 },
  { quality: 80, scale: 1 },
  { quality: 70, scale: 1 },
  { quality: 75, scale: 0.75 },
  { quality: 70, scale: 0.5 },
  { quality: 65, scale: 0.33 },
  { quality: 60, scale: 0.2 },
  { quality: 60, scale: 0.1 },
];

async function fit(
  open: () => Sharp,
  rule: ImageRule,
  alt: string,
  format: ImageFormat,
  hasAlpha: boolean,
  crop: Crop | null,
): Promise<PreparedImage | ImageRefusal> {
  const outputs = outputsFor(rule, format, hasAlpha);
  if (outputs.length === 0) {
    return refuse('does-not-fit', `The network takes ${rule.types.join(', ')}, none of which is written here.`);
  }
  const area = areaOf(upright(await open().metadata()), crop);
  const { width, height } = area;
  const ratio = Math.max(width, height) / Math.min(width, height);
  if (rule.maxRatio !== undefined && ratio > rule.maxRatio) {
    const shape = `${width} × ${height}, one side ${Math.ceil(ratio)} times the other`;
    return refuse('does-not-fit', `The image is ${shape}; the network takes ${rule.maxRatio} times: crop it.`);
  }
  const shrink = Math.min(1, (rule.maxWidth ?? width) / width, (rule.maxHeight ?? height) / height);
  let smallest = Number.POSITIVE_INFINITY;
  for (const [index, { quality, scale }] of tries.entries()) {
    for (const output of outputs) {
      // PNG knows no quality: the same size again would be the same bytes.
      if (output === 'png' && tries[index - 1]?.scale === scale) continue;
      const box = { width: side(width * shrink * scale), height: side(height * shrink * scale) };
      const pixels = open()
        .autoOrient()
        .extract(area)
        .resize({ ...box, fit: 'inside', withoutEnlargement: true });
      const { data, info } = await encode(pixels, output, quality).toBuffer({ resolveWithObject: true });
      smallest = Math.min(smallest, data.byteLength);
      if (data.byteLength > rule.maxBytes) continue;
      const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
      return { kind: 'image', bytes, type: `image/${output}`, width: info.width, height: info.height, alt };
    }
  }
  return refuse('does-not-fit', `The image is ${smallest} of ${rule.maxBytes} bytes at its smallest: choose another.`);
}

/** The part of an upright image that is kept; all of it where nothing is cut. */
function areaOf(
  { width, height }: { width: number; height: number },
  crop: Crop | null,
): { left: number; top: number; width: number; height: number } {
  if (crop === null) return { left: 0, top: 0, width, height };
  const [wide, high] = [side(Math.min(width, height * crop.ratio)), side(Math.min(height, width / crop.ratio))];
  const { x, y } = crop.focus;
  return { left: Math.round((width - wide) * x), top: Math.round((height - high) * y), width: wide, height: high };
}

type Output = 'jpeg' | 'png' | 'webp';

/** What may be written, the best first. A see-through image keeps its transparency where the network lets it. */
function outputsFor(rule: ImageRule, format: ImageFormat, hasAlpha: boolean): Output[] {
  const order: Output[] = hasAlpha ? ['png', 'webp', 'jpeg'] : ['jpeg', 'webp', 'png'];
  const own = order.filter((output) => output === format);
  const rest = order.filter((output) => output !== format);
  const written = [...own, ...rest].filter((output) => rule.types.includes(`image/${output}`));
  // A photograph as PNG is large and slow: only where it came as one, or nothing else is taken.
  const lean = written.filter((output) => output !== 'png' || hasAlpha || format === 'png');
  return lean.length > 0 ? lean : written;
}

function encode(pixels: Sharp, output: Output, quality: number): Sharp {
  if (output === 'png') return pixels.png({ compressionLevel: 9 });
  if (output === 'webp') return pixels.webp({ quality });
  return pixels.flatten({ background: '#ffffff' }).jpeg({ quality });
}

/** Width and height as a person sees them: the orientations 5 to 8 lie on their side. */
function upright(found: { width: number; height: number; orientation?: number | undefined }): {
  width: number;
  height: number;
} {
  const isTurned = (found.orientation ?? 1) >= 5;
  return isTurned ? { width: found.height, height: found.width } : { width: found.width, height: found.height };
}

function side(length: number): number {
  return Math.max(1, Math.round(length));
}

function isOf(format: ImageFormat, found: string | undefined): boolean {
  return found === format || (format === 'avif' && found === 'heif');
}

export function refuse(reason: ImageRefusal['reason'], detail: string): ImageRefusal {
  return { kind: 'refused', reason, detail };
}
