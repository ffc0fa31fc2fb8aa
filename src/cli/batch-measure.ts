import type { LengthRule, LengthUnit } from '../domain/limits.ts';
import { networks } from '../networks/registry.ts';
import { graphemes } from '../text/graphemes.ts';
import { findFacets } from '../text/facets.ts';
import { fits, measure } from '../text/length.ts';
import { findLinks } from '../text/links.ts';
import { weightedOperations } from './measure-weighted.ts';
import { optionalString, stringOf } from './batch.ts';
import type { BatchAnswer, BatchRequest } from './batch.ts';

/** `{op, text, …}` → `{result}`, or `{unsupported: true}`. */
export function answerMeasure(request: BatchRequest): BatchAnswer {
  const op = stringOf(request, 'op');
  const operation = Object.hasOwn(operations, op) ? operations[op] : undefined;
  return operation ? { result: operation(stringOf(request, 'text'), request) } : { unsupported: true };
}

const operations: Readonly<Record<string, (text: string, request: BatchRequest) => unknown>> = {
  ...weightedOperations(ruleOf('weighted')),
  links: (text) => findLinks(text, 'bare').map((link) => link.url),
  bsky_segments: segments,
  bsky_tags: tags,
  bsky_cashtags: tags,
  mastodon: (text, request) => fits((optionalString(request, 'spoiler') ?? '') + text, federatedRule()),
  graphemes: (text) => graphemes(text),
  emoji: (text) => measure(text, ruleOf('weighted')),
};

/** The text in stretches: `[plain]`, or `[shown, where it leads]`; a handle stands for its account. */
function segments(text: string): string[][] {
  const bytes = new TextEncoder().encode(text);
  const slice = (from: number, to: number): string => new TextDecoder().decode(bytes.subarray(from, to));
  const stretches: string[][] = [];
  let at = 0;
  for (const facet of findFacets(text)) {
    if (facet.byteStart > at) stretches.push([slice(at, facet.byteStart)]);
    const target = facet.kind === 'mention' ? `did:fake:${facet.value}` : facet.value;
    stretches.push([slice(facet.byteStart, facet.byteEnd), target]);
    at = facet.byteEnd;
  }
  if (at < bytes.length) stretches.push([slice(at, bytes.length)]);
  return stretches;
}

function tags(text: string): Record<string, unknown> {
  const found = findFacets(text).filter(({ kind }) => kind === 'tag');
  return {
    tags: found.map(({ value }) => value),
    indices: found.map(({ byteStart, byteEnd }) => ({ byteStart, byteEnd })),
  };
}

/** The rule of the first network that counts `@user@host` as `@user`. */
function federatedRule(): LengthRule {
  const network = networks.find(({ profile }) => profile.limits.text.remoteMentionsCostLocalPart);
  if (!network) throw new Error('No network knows mentions of other servers.');
  return network.profile.limits.text;
}

/** The rule of the first network that counts in a unit. */
function ruleOf(unit: LengthUnit): LengthRule {
  const network = networks.find(({ profile }) => profile.limits.text.unit === unit);
  if (!network) throw new Error(`No network counts in ${unit}.`);
  return network.profile.limits.text;
}
