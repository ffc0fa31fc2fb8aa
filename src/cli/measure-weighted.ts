import type { LengthRule } from '../domain/limits.ts';
import { findCashtags } from '../text/cashtags.ts';
import { findEmoji } from '../text/emoji.ts';
import { fits, measure, overflowAt } from '../text/length.ts';
import { findLinks } from '../text/links.ts';
import { findMentions } from '../text/mentions.ts';
import { findHashtags } from '../text/post-hashtags.ts';
import type { Span } from '../text/span.ts';
import { isWebAddress } from '../text/web-address.ts';
import { stringOf } from './batch.ts';
import type { BatchRequest } from './batch.ts';
import {
  cashtagMarkup,
  givenMarkup,
  hashtagMarkup,
  linkMarkup,
  mentionMarkup,
  withHits,
  withMarkup,
} from './measure-markup.ts';
import type { GivenEntities } from './measure-markup.ts';

type Operation = (text: string, request: BatchRequest) => unknown;

/** The operations of the conformance suite of weighted length, as https://github.com/twitter/twitter-text names them. */
export function weightedOperations(rule: LengthRule): Readonly<Record<string, Operation>> {
  const urls: Operation = (text) => findLinks(text, 'bare').map((link) => link.url);
  return {
    'extract.urls': urls,
    'extract.tco_urls_with_params': urls,
    'tlds.country': urls,
    'tlds.generic': urls,
    'extract.urls_with_indices': (text) =>
      findLinks(text, 'bare').map((link) => ({ url: link.url, indices: inCodePoints(text, link) })),
    'extract.urls_with_directional_markers': (text) =>
      findLinks(text, 'bare').map((link) => ({ url: link.url, indices: inCodePoints(text, link) })),
    'extract.hashtags': (text) => findHashtags(text).map((found) => found.tag),
    'extract.hashtags_from_astral': (text) => findHashtags(text).map((found) => found.tag),
    'extract.hashtags_with_indices': (text) =>
      findHashtags(text).map((found) => ({ hashtag: found.tag, indices: inCodePoints(text, found) })),
    'extract.cashtags': (text) => findCashtags(text).map((found) => found.symbol),
    'extract.cashtags_with_indices': (text) =>
      findCashtags(text).map((found) => ({ cashtag: found.symbol, indices: inCodePoints(text, found) })),
    'extract.mentions': (text) => findMentions(text).map((mention) => mention.user),
    'extract.mentions_with_indices': (text) =>
      findMentions(text).map((found) => ({ screen_name: found.user, indices: inCodePoints(text, found) })),
    'extract.mentions_or_lists_with_indices': (text) =>
      findMentions(text).map((found) => ({
        screen_name: found.user,
        list_slug: found.list,
        indices: inCodePoints(text, found),
      })),
    'extract.replies': (text) => {
      const [first] = findMentions(text);
      return first && text.slice(0, first.start).trim() === '' ? first.user : null;
    },
    'validate.urls': isWebAddress,
    'validate.urls_without_protocol': (text) => isWhole(text, findLinks(text, 'bare')),
    'validate.tweets': (text) => text !== '' && fits(text, { ...rule, unit: 'codepoints', max: rule.max / 2 }),
    'autolink.usernames': (text) => withMarkup(text, mentionMarkup(text)),
    'autolink.lists': (text) => withMarkup(text, mentionMarkup(text)),
    'autolink.hashtags': (text) => withMarkup(text, hashtagMarkup(text)),
    'autolink.urls': (text) => withMarkup(text, linkMarkup(text)),
    'autolink.cashtags': (text) => withMarkup(text, cashtagMarkup(text)),
    'autolink.all': (text) =>
      withMarkup(text, [...linkMarkup(text), ...hashtagMarkup(text), ...mentionMarkup(text), ...cashtagMarkup(text)]),
    'autolink.json': (text, request) =>
      withMarkup(text, givenMarkup(text, JSON.parse(stringOf(request, 'json')) as GivenEntities)),
    'hit_highlighting.plain_text': (text, request) => withHits(text, hitsOf(request)),
    'hit_highlighting.with_links': (text, request) => withHits(text, hitsOf(request)),
    'validate.usernames': (text) => isWhole(text, findMentions(text)) && findMentions(text)[0]?.list === '',
    'validate.lists': (text) => isWhole(text, findMentions(text)) && findMentions(text)[0]?.list !== '',
    'validate.hashtags': (text) => isWhole(text, findHashtags(text)),
    'validate.WeightedTweetsWithDiscountedEmojiCounterTest': (text) => counted(text, rule),
    'validate.UnicodeDirectionalMarkerCounterTest': (text) => counted(text, rule),
    // Before 2018 each character of an emoji was counted by itself.
    'validate.WeightedTweetsCounterTest': (text) => counted(withoutEmoji(text), rule),
  };
}

function counted(text: string, rule: LengthRule): Record<string, unknown> {
  const weightedLength = measure(text, rule);
  const refused = text.search(/[\uFFFE\uFEFF\uFFFF]/u);
  const end = Math.min(overflowAt(text, rule), refused < 0 ? text.length : refused);
  return {
    weightedLength,
    valid: weightedLength > 0 && weightedLength <= rule.max && refused < 0,
    permillage: Math.floor((weightedLength * 1000) / rule.max),
    displayRangeStart: 0,
    displayRangeEnd: Math.max(0, text.length - 1),
    validRangeStart: 0,
    validRangeEnd: Math.max(0, end - 1),
  };
}

/** The same text with each character of an emoji replaced by one of its weight and size that is no emoji. */
function withoutEmoji(text: string): string {
  let plain = '';
  let at = 0;
  for (const emoji of findEmoji(text)) {
    const characters = Array.from(text.slice(emoji.start, emoji.end));
    plain += text.slice(at, emoji.start);
    plain += characters
      .map((one) => (one.length === 2 ? '𠀡' : one < '\u1100' || one === '\u200D' ? ' ' : '水'))
      .join('');
    at = emoji.end;
  }
  return plain + text.slice(at);
}

function isWhole(text: string, spans: readonly Span[]): boolean {
  return spans.length === 1 && spans[0]?.start === 0 && spans[0].end === text.length;
}

function inCodePoints(text: string, span: Span): [number, number] {
  const start = Array.from(text.slice(0, span.start)).length;
  return [start, start + Array.from(text.slice(span.start, span.end)).length];
}

function hitsOf(request: BatchRequest): (readonly [number, number])[] {
  const hits = request['hits'];
  return Array.isArray(hits) ? (hits as (readonly [number, number])[]) : [];
}
