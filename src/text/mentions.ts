import type { Span } from './span.ts';

export interface RemoteMention extends Span {
  /** Where `@user` ends and `@host` begins. */
  readonly localEnd: number;
}

/** A longer host name cannot exist (https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4), so the mention leads nowhere. */
const LONGEST_HOST = 253;
const remote =
  /(?<![=/\p{L}\p{M}\p{N}\p{Pc}])@[a-z0-9_]+(?:[.-]+[a-z0-9_]+)*(@[\p{L}\p{M}\p{N}\p{Pc}.-]*[\p{L}\p{M}\p{N}\p{Pc}])/giu;

/** Every `@user@host` of a text, the federated form (https://docs.joinmastodon.org/user/posting/#mentions). */
export function findRemoteMentions(text: string): RemoteMention[] {
  return Array.from(text.matchAll(remote), (match) => {
    const end = match.index + match[0].length;
    return { start: match.index, localEnd: end - (match[1] ?? '').length, end };
  }).filter(({ localEnd, end }) => end - localEnd <= LONGEST_HOST + 1);
}

export interface Mention extends Span {
  /** Without its `@`. */
  readonly user: string;
  /** `/list` after the name, or an empty string. */
  readonly list: string;
}

const noMentionAfter = 'a-zA-Z0-9_!#$%&*@＠';
const accented =
  '\\xC0-\\xD6\\xD8-\\xF6\\xF8-\\u024F\\u0253\\u0254\\u0256\\u0257\\u0259\\u025B\\u0263\\u0268\\u026F\\u0272\\u0289\\u028B\\u02BB\\u0300-\\u036F\\u1E00-\\u1EFF';
const endsMention = new RegExp(`^(?:[@＠${accented}]|://)`, 'u');
const local = new RegExp(
  `(?<=^|[^${noMentionAfter}]|(?:^|[^a-zA-Z0-9_+~.-])rt:?)[@＠]([a-z0-9_]{1,20})(/[a-z][a-z0-9_-]{0,24})?`,
  'giu',
);

/** Every `@user` and `@user/list` that becomes a link: names of letters, digits and `_`, at most 20, not inside a word. */
export function findMentions(text: string): Mention[] {
  return Array.from(text.matchAll(local), (match) => ({
    start: match.index,
    end: match.index + match[0].length,
    user: match[1] ?? '',
    list: match[2] ?? '',
  })).filter((found) => !endsMention.test(text.slice(found.end, found.end + 3)));
}
