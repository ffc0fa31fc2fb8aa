import type { Receipt } from '../domain/attempt.ts';
import type { Part } from '../domain/post.ts';
import type { Json, Message } from '../networks/network.ts';
import { noPictures } from './images.ts';
import type { Pictures } from './images.ts';

/**
 * A part of a post as a network is given it: the same for the first try, every later one, and a look-up. Its pictures are
 * left out where nothing is sent.
 * @param answered the messages of the post that this one answers.
 */
export function messageOf(
  post: { readonly parts: readonly Part[]; readonly lang: string },
  part: number,
  receipts: readonly Receipt[],
  attempt: { readonly key: string; readonly createdAt: Date; readonly frozen: unknown },
  { images, cardImage }: Pictures = noPictures,
  answered: readonly Receipt[] = [],
): Message {
  const content = post.parts[part];
  if (content === undefined) throw new RangeError(`Part ${part} of ${post.parts.length} does not exist.`);
  // Of a part that a person has found out there nobody knows the id: the next one follows the last that has one.
  const before = receipts.slice(0, part).filter(({ remoteId }) => remoteId !== '');
  const [root, parent] = [answered[0] ?? before[0], part === 0 ? answered.at(-1) : (before.at(-1) ?? answered.at(-1))];
  return {
    text: content.text,
    lang: post.lang,
    card: content.card,
    images,
    cardImage,
    replyTo: root !== undefined && parent !== undefined ? { root, parent } : null,
    key: attempt.key,
    createdAt: attempt.createdAt,
    frozen: (attempt.frozen ?? null) as Json,
  };
}

/** All parts of a post as a network is given them at once: each with its own key, none with a parent yet. */
export function threadOf(
  post: { readonly parts: readonly Part[]; readonly lang: string },
  first: Message,
  pictures: readonly Pictures[],
): Message[] {
  const { key, createdAt } = first;
  const rest = post.parts.slice(1).map((_, index) => {
    const part = index + 1;
    return messageOf(
      post,
      part,
      [],
      { key: key.replace(/\d+$/, String(part)), createdAt, frozen: null },
      pictures[part],
    );
  });
  return [first, ...rest];
}
