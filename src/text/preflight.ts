import type { Fault } from '../domain/errors.ts';
import type { ImageRule, LengthUnit, Limits } from '../domain/limits.ts';
import type { Part } from '../domain/post.ts';
import { leadsTo } from './addresses.ts';
import { isBlank } from './blank.ts';
import { findCashtags } from './cashtags.ts';
import { fits, measure } from './length.ts';
import { findLinks } from './links.ts';
import { addedByMarkup } from './markup.ts';
import { REFUSED, refusedRepeats } from './repeats.ts';
import type { Twin } from './repeats.ts';
import { findWebLinks } from './web-links.ts';

/** What must be known of a network, and of the account's own instance of it, to tell what it would refuse. */
export interface Target {
  /** As people write it, e.g. `X`. */
  readonly name: string;
  readonly limits: Limits;
  /** Whether it has threads, so that a post may have several parts. */
  readonly threads: boolean;
  /** Posts on the account with one of the same texts; left out where nobody has looked. */
  readonly twins?: readonly Twin[];
  /** When the post would go out: a text is refused for a while only. */
  readonly at?: Date;
}

/** A part as it is written; one without `card` has none. */
export type Written = Pick<Part, 'text' | 'media'> & Partial<Pick<Part, 'card'>>;

/**
 * Everything that a network would refuse about the parts of a post, all at once and before anything is sent; empty where it
 * would take them. The editor, the API and the worker run this same function over the same table. Pointers are into
 * `{ parts }`; lengths in the messages are in the network's own unit.
 */
export function preflight(parts: readonly Written[], target: Target): Fault[] {
  const { name, limits, threads } = target;
  const faults: Fault[] = [];
  const add = (pointer: string, code: string, message: string): void => void faults.push({ pointer, code, message });
  if (parts.length === 0) add('/parts', 'empty', `The post for ${name} has no text: write one.`);
  if (parts.length > 1 && !threads) {
    add('/parts', 'no-threads', `${name} has no threads: give one text, not ${parts.length}.`);
  }
  for (const [index, { text, media, card = null }] of parts.entries()) {
    const where = nameOf(index, parts.length, name);
    for (const [code, message] of [...textFaults(text, media.length > 0, limits), ...linkFaults(text, limits)]) {
      add(`/parts/${index}/text`, code, `${where} ${message}`);
    }
    const lost =
      card === null || parts.some((part) => leadsTo(part.text, card.url)) ? null : lostLink(card.url, media, target);
    if (lost !== null) add(`/parts/${index}/${lost.field}`, lost.code, lost.message);
    for (const [field, code, message] of mediaFaults(media, limits.images, name)) {
      add(`/parts/${index}/media${field}`, code, message);
    }
  }
  const { twins = [], at = null } = target;
  const texts = parts.map(({ text }) => text);
  const rule = limits.repeats;
  for (const { index, said } of rule === undefined ? [] : refusedRepeats(texts, { name, rule, twins, at })) {
    add(`/parts/${index}/text`, REFUSED, `${nameOf(index, parts.length, name)} ${said}`);
  }
  return faults;
}

/** Why the address of a card would reach nobody that stands in no text; null where the card is sent. */
function lostLink(
  url: string,
  media: Part['media'],
  { name, limits: { cards } }: Target,
): { readonly field: string; readonly code: string; readonly message: string } | null {
  if (cards === 'beside-image' || (cards === 'without-image' && media.length === 0)) return null;
  if (cards === 'without-image') {
    const message = `On ${name} an image takes the place of the link card: put ${url} into the text, or leave one out.`;
    return { field: 'media', code: 'image-hides-link', message };
  }
  const message = `${name} makes its link card of an address in the text, and is sent no other: put ${url} into the text, or leave the card out.`;
  return { field: 'card', code: 'card-hides-link', message };
}

/** How a text of a post is called in a sentence about it. */
export function nameOf(index: number, of: number, network: string): string {
  return of === 1 ? `The text for ${network}` : `Text ${index + 1} of ${of} for ${network}`;
}

const unitNames: Record<LengthUnit, string> = {
  weighted: 'characters as the network weighs them',
  graphemes: 'characters',
  utf16: 'characters (UTF-16)',
  codepoints: 'characters',
  bytes: 'bytes',
  'emoji-bytes': 'characters, an emoji counting its bytes',
};

function* textFaults(
  text: string,
  hasImage: boolean,
  { text: rule, images }: Limits,
): Generator<[code: string, message: string]> {
  if (isBlank(text)) {
    yield ['empty', 'is empty: write something, or leave it out.'];
    return;
  }
  const length = measure(text, rule);
  const escapes = rule.markup === undefined ? 0 : addedByMarkup(text, rule.markup);
  const unit = `${unitNames[rule.unit]}${escapes === 0 ? '' : `, ${escapes} of them for signs that would be markup`}`;
  if (length > rule.max) yield ['too-long', `is ${length} of ${rule.max} ${unit}: shorten it by ${length - rule.max}.`];
  else if (hasImage && length > (images?.maxText ?? rule.max)) {
    const most = images?.maxText ?? rule.max;
    const said = `is ${length} of the ${most} ${unit} that go with an image`;
    yield ['too-long', `${said}: shorten it by ${length - most}, or take the image out.`];
  } else if (!fits(text, rule)) yield ['too-long', `is over ${rule.maxBytes} bytes: shorten it.`];
}

/** Links are counted once each: the same address twice is one link. */
function* linkFaults(text: string, { text: rule, maxLinks, maxCashtags }: Limits): Generator<[string, string]> {
  const found = rule.bareLinks ? findLinks(text, 'bare') : findWebLinks(text);
  const links = new Set(found.map(({ url }) => url)).size;
  if (maxLinks !== null && links > maxLinks)
    yield ['too-many-links', `has ${links} of ${maxLinks} links: take ${links - maxLinks} out.`];
  const symbols = findCashtags(text).length;
  if (maxCashtags !== undefined && symbols > maxCashtags) {
    yield ['too-many-cashtags', `names ${symbols} of ${maxCashtags} stock symbols such as $ABC: write them without $.`];
  }
}

function* mediaFaults(
  media: Part['media'],
  rule: ImageRule | null,
  name: string,
): Generator<[field: string, code: string, message: string]> {
  if (media.length === 0) return;
  if (rule === null) {
    yield [
      '',
      'no-images',
      `An account on ${name} takes text and link only, not ${imagesIn(media.length)}: take them out.`,
    ];
    return;
  }
  if (media.length > rule.max)
    yield [
      '',
      'too-many-images',
      `${name} takes ${imagesIn(rule.max)}, not ${media.length}: take ${media.length - rule.max} out.`,
    ];
  for (const [index, { alt }] of media.entries()) {
    if (rule.maxAlt > 0 && alt.length > rule.maxAlt) {
      const said = `The description of image ${index + 1} for ${name} is ${alt.length} of ${rule.maxAlt} characters: shorten it.`;
      yield [`/${index}/alt`, 'alt-too-long', said];
    }
  }
}

function imagesIn(number: number): string {
  return number === 1 ? 'one image' : `${number} images`;
}
