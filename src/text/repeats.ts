import type { Fault } from '../domain/errors.ts';
import type { Part } from '../domain/post.ts';
import { isSameText } from './same-words.ts';

/** A post that is out on the same account. */
export interface Earlier {
  readonly postId: string;
  readonly publishedAt: Date;
  readonly parts: readonly Pick<Part, 'text' | 'card'>[];
  readonly link: string | null;
}

/** Any address with a scheme: what a network would make a link of does not matter here. */
const address = /https?:\/\/[^\s<>"]*[^\s<>".,;:!?')\]]/giu;

type Given = Pick<Earlier, 'parts' | 'link'>;

/**
 * What of a post went out on this account before: its text, or its link. No refusal, because a story may be told twice on
 * purpose; a person is told before the readers notice. The newest of the earlier posts is named.
 * @param earlier the newest first.
 */
export function repeatsOf(post: Given, earlier: readonly Earlier[]): Fault[] {
  const faults: Fault[] = [];
  const add = (pointer: string, code: string, what: string, before: Earlier | undefined): void => {
    if (before === undefined) return;
    const day = before.publishedAt.toISOString().slice(0, 10);
    faults.push({ pointer, code, message: `${what} went out on this account on ${day}, in ${before.postId}.` });
  };
  for (const [index, { text }] of post.parts.entries()) {
    const before = earlier.find(({ parts }) => parts.some((part) => isSameText(part.text, text)));
    add(`/parts/${index}/text`, 'text-already-out', 'This text', before);
  }
  for (const link of linksOf(post)) {
    add(
      '/link',
      'link-already-out',
      link,
      earlier.find((one) => linksOf(one).has(link)),
    );
  }
  return faults;
}

/** Every address that a post leads to: its own, those of its cards, and those in its words. */
export function linksOf({ parts, link }: Given): Set<string> {
  const inside = parts.flatMap(({ text, card }) => [
    ...(text.match(address) ?? []),
    ...(card === null ? [] : [card.url]),
  ]);
  return new Set(link === null ? inside : [link, ...inside]);
}
