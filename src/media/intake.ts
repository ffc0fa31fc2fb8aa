import type { ImageRule } from '../domain/limits.ts';
import { formatOf } from './image-type.ts';
import { MAX_INPUT_BYTES, prepareImage, refuse } from './image.ts';
import type { ImageRefusal, PreparedImage } from './image.ts';

/** An image as it is kept: wide enough for every network, small enough for a row of the database. */
const kept: ImageRule = {
  max: 1,
  maxBytes: 8 * 1024 * 1024,
  types: ['image/jpeg', 'image/png', 'image/webp'],
  maxAlt: 0,
  maxWidth: 4096,
  maxHeight: 4096,
};

/**
 * Takes an image in to be kept: what is not only an image is refused, the rest is decoded and encoded anew. One at a time
 * in a process: a picture of the largest size takes 200 MB while it is open.
 */
export function takeIn(bytes: Uint8Array): Promise<PreparedImage | ImageRefusal> {
  const turn = last.then(() => {
    const isLooked = bytes.byteLength <= MAX_INPUT_BYTES && formatOf(bytes) !== null;
    const other = isLooked ? secondKind(bytes) : null;
    return other === null
      ? prepareImage(bytes, kept, '')
      : refuse(
          'not-only-an-image',
          `The file is an image and ${other} in one, which is not taken: save it anew as an image.`,
        );
  });
  last = turn.catch(() => undefined);
  return turn;
}

let last: Promise<unknown> = Promise.resolve();

/** The end of a ZIP archive stands within its last 64 KB and 22 bytes (APPNOTE.TXT 4.3.16). */
const ZIP_TAIL = 65_557;
/** Readers of PDF look for its mark in the first kilobyte. */
const PDF_HEAD = 1_024;

/** What else a program could take the bytes for; null where they are an image alone. */
function secondKind(bytes: Uint8Array): string | null {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = file.toString('latin1');
  if (text.includes('PK\x05\x06', Math.max(0, text.length - ZIP_TAIL))) return 'a ZIP archive';
  if (text.slice(0, PDF_HEAD).includes('%PDF-')) return 'a PDF';
  if (/<script[\s>]|<!doctype html|<html[\s>]/iu.test(text)) return 'a web page';
  if (text.includes('<?php')) return 'a program';
  return null;
}
