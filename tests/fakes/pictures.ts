import type { FakeRequest } from './fake.ts';

/** A picture as a network was given it. */
export interface Picture {
  readonly type: string;
  /** In bytes. */
  readonly size: number;
  readonly alt: string;
  /** Where it was sent, not fetched. */
  readonly file?: File;
}

/** What a network takes of one picture. The fakes have these numbers from its documentation, not from our profiles. */
export interface PictureRule {
  readonly types: readonly string[];
  readonly maxBytes: number;
  readonly maxAlt?: number;
}

/** What is wrong with a picture; null where the network takes it. */
export function pictureFault({ type, size, alt }: Picture, { types, maxBytes, maxAlt = Infinity }: PictureRule) {
  if (!types.includes(type)) return `The type ${type} is not supported`;
  if (size === 0) return 'The file is empty';
  if (size > maxBytes) return `The file is too large: ${size} of ${maxBytes} bytes`;
  return alt.length > maxAlt ? `The description is too long: ${alt.length} of ${maxAlt}` : null;
}

/** The fields and files of a multipart body. */
export async function formIn({ headers, body }: FakeRequest): Promise<FormData> {
  const type = headers['content-type'] ?? '';
  return new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
}

/** The file under a name of a form; one that is missing is empty. */
export function pictureIn(form: FormData, name: string, alt = ''): Picture {
  const file = form.get(name);
  return file instanceof File ? { type: file.type, size: file.size, alt, file } : { type: '', size: 0, alt };
}

/**
 * A picture that the network fetches by itself; null where it cannot be had. Only this machine is asked: what stands
 * elsewhere counts as there.
 */
export async function fetchPicture(url: string, alt: string): Promise<Picture | null> {
  if (!URL.canParse(url)) return null;
  if (new URL(url).hostname !== '127.0.0.1') return { type: 'image/jpeg', size: 1, alt };
  const answer = await fetch(url).catch(() => null);
  if (answer?.ok !== true) return null;
  return { type: answer.headers.get('content-type') ?? '', size: (await answer.bytes()).length, alt };
}
