import { createHash } from 'node:crypto';
import type { CardImage, Part } from '../domain/post.ts';
import type { Content } from '../store/post.ts';

/** A post's content with the hash that an approval binds: it changes with any part, the link, or the account. */
export function contentOf(accountId: string, given: Omit<Content, 'hash'>): Content {
  const bound = JSON.stringify([accountId, given.link, given.parts.map(boundPart)]);
  return { ...given, hash: createHash('sha256').update(bound).digest('hex') };
}

/** Networks count and compare composed characters (NFC), so that is what is kept and approved. */
export function composed(part: Part): Part {
  return { ...part, text: part.text.normalize('NFC') };
}

function boundPart(part: Part): unknown {
  const { card } = part;
  return [
    part.text,
    part.media.map((media) => [media.source, media.alt]),
    card === null
      ? null
      : [card.url, card.title, card.description, card.image === null ? null : boundImage(card.image)],
  ];
}

/** What is not cut is bound as it was before pictures could be. */
function boundImage({ url, alt, focus }: CardImage): unknown {
  return focus === undefined ? [url, alt] : [url, alt, focus.x, focus.y];
}
