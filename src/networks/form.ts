import type { Image } from './network.ts';

/** A form as networks take uploads: its fields, and each picture under the name of its field. */
export function formOf(
  fields: Readonly<Record<string, string>>,
  pictures: Readonly<Record<string, Pick<Image, 'bytes' | 'type'>>>,
): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  for (const [name, { bytes, type }] of Object.entries(pictures)) {
    form.set(name, new Blob([new Uint8Array(bytes)], { type }), fileNameOf(type));
  }
  return form;
}

/** What a file is called where a network wants a name, e.g. `image.jpeg`. */
export function fileNameOf(type: string): string {
  return `image.${type.split('/')[1] ?? 'bin'}`;
}
