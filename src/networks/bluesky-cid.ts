import { createHash } from 'node:crypto';
import type { Json } from './network.ts';

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';
/** Codecs of https://github.com/multiformats/multicodec/blob/master/table.csv */
const RAW = 0x55;
const DAG_CBOR = 0x71;

/** What a server will call these bytes: CIDv1, raw, SHA-256, base32. https://github.com/multiformats/cid */
export function cidOf(bytes: Uint8Array): string {
  return textOf(binaryOf(RAW, bytes));
}

/** What a server will call this record. So a reply can name its parent before either is written. */
export function recordCidOf(record: Json): string {
  return textOf(binaryOf(DAG_CBOR, Buffer.concat([...encoded(record)])));
}

function binaryOf(codec: number, bytes: Uint8Array): Buffer {
  const digest = createHash('sha256').update(bytes).digest();
  return Buffer.concat([Buffer.from([0x01, codec, 0x12, 0x20]), digest]);
}

/**
 * DAG-CBOR: one form only for each value, keys in the order of their length and then of their bytes. Our records hold no
 * fractions. https://ipld.io/specs/codecs/dag-cbor/spec/
 */
function* encoded(value: Json): Generator<Uint8Array> {
  if (value === null) return yield Buffer.from([0xf6]);
  if (typeof value === 'boolean') return yield Buffer.from([value ? 0xf5 : 0xf4]);
  if (typeof value === 'number') return yield value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === 'string') {
    const bytes = Buffer.from(value);
    yield head(3, bytes.length);
    return yield bytes;
  }
  if (isList(value)) {
    yield head(4, value.length);
    for (const one of value) yield* encoded(one);
    return;
  }
  const { $link: link } = value;
  if (typeof link === 'string') {
    const binary = Buffer.concat([Buffer.from([0]), binaryFrom(link)]);
    yield Buffer.from([0xd8, 42]);
    yield head(2, binary.length);
    return yield binary;
  }
  const fields = Object.entries(value).map(([name, one]) => [Buffer.from(name), one] as const);
  yield head(5, fields.length);
  for (const [name, one] of fields.toSorted(([a], [b]) => a.length - b.length || Buffer.compare(a, b))) {
    yield head(3, name.length);
    yield name;
    yield* encoded(one);
  }
}

/** The first bytes of a value: its kind, and its number or length in as few bytes as it takes. */
function head(kind: number, number: number): Buffer {
  if (!Number.isSafeInteger(number)) throw new RangeError(`${number} is no whole number.`);
  const type = kind << 5;
  if (number < 24) return Buffer.from([type | number]);
  const [size, mark] =
    number < 0x100 ? [1, 24] : number < 0x1_0000 ? [2, 25] : number < 0x1_0000_0000 ? [4, 26] : [8, 27];
  const bytes = Buffer.alloc(9);
  bytes.writeBigUInt64BE(BigInt(number), 1);
  return Buffer.concat([Buffer.from([type | mark]), bytes.subarray(9 - size)]);
}

function isList(value: Exclude<Json, string | number | boolean | null>): value is readonly Json[] {
  return Array.isArray(value);
}

function textOf(binary: Uint8Array): string {
  let bits = 0;
  let held = 0;
  let text = 'b';
  for (const byte of binary) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += BASE32[(held >> bits) & 31];
    }
    held &= (1 << bits) - 1;
  }
  return bits === 0 ? text : `${text}${BASE32[(held << (5 - bits)) & 31]}`;
}

function binaryFrom(text: string): Buffer {
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const digit of text.slice(1)) {
    held = (held << 5) | BASE32.indexOf(digit);
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((held >> bits) & 0xff);
    held &= (1 << bits) - 1;
  }
  return Buffer.from(bytes);
}
