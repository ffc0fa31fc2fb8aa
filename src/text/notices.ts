import type { Fault } from '../domain/errors.ts';
import type { Limits } from '../domain/limits.ts';
import type { Part } from '../domain/post.ts';
import { findLinks } from './links.ts';
import { nameOf } from './preflight.ts';

/** What of a network decides what its posts cost. Prices in millionths of a US dollar. */
export interface Priced {
  readonly name: string;
  readonly limits: Limits;
  readonly price: { readonly post: number; readonly postWithLink: number };
}

/**
 * What a network takes and a person should know before: a link costs its own price in each message of a thread that has
 * one. No refusal. Pointers are into `{ parts }`.
 */
export function noticesOf(parts: readonly Pick<Part, 'text'>[], { name, limits, price }: Priced): Fault[] {
  if (price.postWithLink <= price.post) return [];
  const linked = parts.flatMap(({ text }, index) => (hasLink(text, limits) ? [index] : []));
  return linked.slice(1).map((index) => {
    const costs = `${dollars(price.postWithLink)} for each message with a link and ${dollars(price.post)} without one`;
    return {
      pointer: `/parts/${index}/text`,
      code: 'link-paid-again',
      message: `${nameOf(index, parts.length, name)} has a link too: ${name} charges ${costs}. Keep the link in one message.`,
    };
  });
}

/** Whether the network would make a link of anything in the text. */
export function hasLink(text: string, { text: { bareLinks } }: Limits): boolean {
  return findLinks(text, bareLinks ? 'bare' : 'schemed').length > 0;
}

/** Millionths of a US dollar as people write them, in full cents or finer. */
export function dollars(microUsd: number): string {
  return `$${(microUsd / 1_000_000).toFixed(3).replace(/0$/, '')}`;
}
