import type { Article } from '../domain/article.ts';
import { ofNetwork } from '../domain/house-rules.ts';
import type { HouseRules } from '../domain/house-rules.ts';
import { fitPost } from './fit.ts';
import type { FitInput, FittedPost } from './fit.ts';
import { fold } from './hashtags-fold.ts';
import { chooseHashtags, isSensitive } from './hashtags.ts';
import type { HashtagOptions } from './hashtags.ts';
import { toTag } from './hashtags-tag.ts';
import { articleFromText } from './plain.ts';
import { withUtm } from './utm.ts';

/** A post as the house has it on one network. */
export interface HousePost extends FittedPost {
  /** With the house's campaign parameters. */
  readonly link: string | null;
  /** What the house rules did to it, a sentence each; hashtags have reasons of their own. */
  readonly applied: readonly string[];
}

/** `fitPost` under the house rules: template, signature and campaign parameters share the one budget with everything else. */
export function fitInHouse(
  rules: HouseRules,
  network: string,
  input: Omit<FitInput, 'link' | 'template' | 'signature'>,
): HousePost {
  const { url } = input.article;
  const link = url === null ? null : withUtm(url, ofNetwork(rules.utm, network), network);
  const template = ofNetwork(rules.templates, network);
  const signature = ofNetwork(rules.signatures, network);
  const fitted = fitPost({
    ...input,
    link,
    ...(template === undefined ? {} : { template }),
    ...(signature === undefined ? {} : { signature }),
  });
  return { ...fitted, link, applied: appliedTo(fitted, { url, link, template, signature }) };
}

function appliedTo(
  { parts, template: used }: FittedPost,
  wanted: { url: string | null; link: string | null; template: string | undefined; signature: string | undefined },
): string[] {
  const { url, link, template, signature } = wanted;
  const applied: string[] = [];
  if (template !== undefined) {
    applied.push(
      used === template
        ? 'Written in the house’s template.'
        : 'The house’s template leaves no room here, so it was left out.',
    );
  }
  if (signature !== undefined) {
    const isSigned = parts.some(({ text }) => text.includes(signature));
    applied.push(isSigned ? 'Signed by the house.' : 'The house’s signature has no place here, so it was left out.');
  }
  if (url !== null && link !== null && link !== url) {
    const before = new URL(url).searchParams;
    const added = [...new URL(link).searchParams.keys()].filter((name) => !before.has(name));
    applied.push(`The house adds ${added.join(', ')} to the link.`);
  }
  return applied;
}

/** What the house has decided about hashtags, beside an account's own tags. */
export function hashtagsInHouse(
  { hashtags }: HouseRules,
  ownTags: readonly string[] = [],
): Pick<HashtagOptions, 'houseTags' | 'never' | 'aliases' | 'sensitive'> {
  const { always, never, aliases, sensitive } = hashtags;
  return { houseTags: [...always, ...ownTags], never, aliases, sensitive };
}

/** The names and topics of an article of which a person decides. */
export function sensitiveIn(article: Article, { hashtags: { sensitive } }: HouseRules): string[] {
  if (sensitive.length === 0) return [];
  const found = chooseHashtags(article, { strategy: 'smart', sensitive }).filter(isSensitive);
  return [...new Set(found.map(({ phrase }) => phrase))];
}

/** The same for a text that was handed in ready; `#HarbourBoard` says what “Harbour Board” says. */
export function sensitiveInText(text: string, lang: string, rules: HouseRules): string[] {
  const { sensitive } = rules.hashtags;
  if (sensitive.length === 0) return [];
  const tags = new Set([...text.matchAll(/[#＃]([\p{L}\p{M}\p{N}_]+)/gu)].map(([, tag = '']) => fold(tag)));
  const tagged = sensitive.filter((phrase) => tags.has(fold(toTag(phrase, lang) ?? phrase)));
  // As the house writes them, however the text does.
  const own = new Map(sensitive.map((phrase) => [fold(phrase), phrase]));
  const named = sensitiveIn(articleFromText(text, { lang }), rules).map((phrase) => own.get(fold(phrase)) ?? phrase);
  return [...new Set([...named, ...tagged])];
}
