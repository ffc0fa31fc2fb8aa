import { createHash } from 'node:crypto';
import type { Image } from './network.ts';

/**
 * A form as networks take uploads: its fields, and each picture under the name of its field. Written by hand, because the
 * platform's own form turns every line break of a text into two characters: then what was counted is not what is sent.
 * https://www.rfc-editor.org/rfc/rfc7578
 */
export function formOf(
  fields: Readonly<Record<string, string>>,
  pictures: Readonly<Record<string, Pick<Image, 'bytes' | 'type'>>>,
): { readonly headers: Readonly<Record<string, string>>; readonly body: Uint8Array<ArrayBuffer> } {
  const parts = [
    ...Object.entries(fields).map(([name, value]) => ({ head: `name="${name}"`, bytes: Buffer.from(value) })),
    ...Object.entries(pictures).map(([name, { bytes, type }]) => {
      return { head: `name="${name}"; filename="${fileNameOf(type)}"\r\ncontent-type: ${type}`, bytes };
    }),
  ];
  const digest = createHash('sha256');
  for (const { bytes } of parts) digest.update(bytes);
  // No text can hold the digest of itself.
  const boundary = digest.digest('hex');
  const body = Buffer.concat([
    ...parts.flatMap(({ head, bytes }) => [
      Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; ${head}\r\n\r\n`),
      bytes,
      Buffer.from('\r\n'),
    ]),
    Buffer.from(`--${boundary}--\r\n`),
  ]);
  return { headers: { 'content-type': `multipart/form-data; boundary=${boundary}` }, body };
}

/** What a file is called where a network wants a name, e.g. `image.jpeg`. */
export function fileNameOf(type: string): string {
  return `image.${type.split('/')[1] ?? 'bin'}`;
}
