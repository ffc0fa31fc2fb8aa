/** Formats that are read, by what their first bytes say: a name or a content type is only a claim. */
export type ImageFormat = 'jpeg' | 'png' | 'gif' | 'webp' | 'avif';

/** The format of an image by its first bytes, or null where it is none that we read (SVG, TIFF, PDF, HTML, …). */
export function formatOf(bytes: Uint8Array): ImageFormat | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 32)).toString('latin1');
  if (head.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (/^GIF8[79]a/u.test(head)) return 'gif';
  if (/^RIFF[\s\S]{4}WEBP/u.test(head)) return 'webp';
  if (/^[\s\S]{4}ftypavi[fs]/u.test(head)) return 'avif';
  return null;
}

/** One sentence on a file that `formatOf` does not know. */
export function whatElse(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 1024)).toString('latin1');
  // An SVG is a program: it may hold scripts and ask other servers.
  if (/<svg[\s>]/iu.test(head)) return 'The file is an SVG drawing, which is not taken: export it as PNG.';
  return 'The file is not a JPEG, PNG, GIF, WebP or AVIF image: choose another.';
}
