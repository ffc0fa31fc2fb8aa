import type { Span } from './span.ts';

export interface RemoteMention extends Span {
  /** Where `@user` ends and `@host` begins. */
  readonly localEnd: number;
}

const remote =
  /(?<![=/\p{L}\p{M}\p{N}\p{Pc}])@[a-z0-9_]+(?:[.-]+[a-z0-9_]+)*(@[\p{L}\p{M}\p{N}\p{Pc}.-]*[\p{L}\p{M}\p{N}\p{Pc}])/giu;

/** Every `@user@host` of a text, the federated form (https://docs.joinmastodon.org/user/posting/#mentions). */
export function findRemoteMentions(text: string): RemoteMention[] {
  return Array.from(text.matchAll(remote), (match) => {
    const end = match.index + match[0].length;
    return { start: match.index, localEnd: end - (match[1] ?? '').length, end };
  });
}
