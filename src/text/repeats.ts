import type { Fault } from '../domain/errors.ts';
import type { RepeatRule } from '../domain/limits.ts';
import type { Part } from '../domain/post.ts';
import { addressesIn } from './addresses.ts';
import { isSameText } from './same-words.ts';
import { urlKey } from './url.ts';

/** A post on the same account that holds one of the same texts: it is out, or has a time and is on its way. */
export interface Twin {
  /** Its id, or what else it is known by. */
  readonly where: string;
  /** When it went out, or will. */
  readonly at: Date;
  readonly isOut: boolean;
  /** Nothing else goes out between the two. */
  readonly isLast: boolean;
  readonly texts: readonly string[];
}

/**
 * Which texts of a post its network would refuse at `at`, because it has them already: those of a twin, and those that
 * stand in the post twice. What is said follows the name of the text.
 */
export function* refusedRepeats(
  texts: readonly string[],
  { name, rule, twins, at }: { name: string; rule: RepeatRule; twins: readonly Twin[]; at: Date | null },
): Generator<{ readonly index: number; readonly said: string }> {
  for (const [index, text] of texts.entries()) {
    if (text.trim() === '') continue;
    const first = texts.findIndex((other) => isSameText(other, text));
    if (first < index) {
      yield { index, said: `is the same as text ${first + 1}, and ${name} refuses the second: change it.` };
      continue;
    }
    const near = twins.find((twin) => {
      const isNear = at !== null && Math.abs(at.getTime() - twin.at.getTime()) < rule.withinMs;
      return isNear && (rule.untilNext !== true || twin.isLast) && twin.texts.some((other) => isSameText(other, text));
    });
    if (near !== undefined) yield { index, said: saidOf(near, name, rule) };
  }
}

function saidOf({ where, at, isOut }: Twin, name: string, { withinMs, untilNext }: RepeatRule): string {
  if (untilNext === true) {
    const before = isOut
      ? `is what went out on this account last, in ${where}`
      : `goes out next to the same in ${where}`;
    return `${before}: ${name} refuses the same text twice in a row. Change it.`;
  }
  if (!isOut) {
    return `goes out on this account on ${minuteOf(at)} too, in ${where}: ${name} refuses the second. Change it, or move one further away.`;
  }
  const until = minuteOf(new Date(at.getTime() + withinMs));
  return `went out on this account on ${minuteOf(at)}, in ${where}: ${name} refuses it again until ${until}. Change it, or choose a later time.`;
}

function minuteOf(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** A post that is out on the same account. */
export interface Earlier {
  readonly postId: string;
  readonly publishedAt: Date;
  readonly parts: readonly Pick<Part, 'text' | 'card'>[];
  readonly link: string | null;
}

/** Code of the fault that a network refuses a text it has already. */
export const REFUSED = 'refuses-repeat';

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
  const known = earlier.map((one) => linksOf(one));
  for (const [key, link] of linksOf(post)) {
    const at = known.findIndex((links) => links.has(key));
    add('/link', 'link-already-out', link, earlier[at]);
  }
  return faults;
}

/** What is worth telling of repeats beside faults: a text that is refused as one is told of already. */
export function repeatsBeside(faults: readonly Fault[], repeats: readonly Fault[]): Fault[] {
  const refused = new Set(faults.filter(({ code }) => code === REFUSED).map(({ pointer }) => pointer));
  return repeats.filter(({ code, pointer }) => code !== 'text-already-out' || !refused.has(pointer));
}

/**
 * Every address that a post leads to: its own, those of its cards, and those in its words, by what makes two ways to write one
 * the same: scheme, campaign parameters and the like set aside.
 */
export function linksOf({ parts, link }: Given): Map<string, string> {
  const inside = parts.flatMap(({ text, card }) => [...addressesIn(text), ...(card === null ? [] : [card.url])]);
  const links = link === null ? inside : [link, ...inside];
  // The first is how a person is told of it.
  return new Map(links.toReversed().map((one) => [urlKey(one), one]));
}

/** What stands in any text that leads to one of these addresses, however it is written; in longer addresses too. */
export function tracesOf(links: ReadonlyMap<string, string>): string[] {
  const traces = [...links].flatMap(([key, link]) => {
    const plain = link.replace(/^https?:\/\/(?:www\.)?/iu, '');
    return [key, plain].map((one) => one.replace(/[?#].*$/su, '').replace(/\/$/u, ''));
  });
  return [...new Set(traces)];
}
