import type { LengthRule, LengthUnit } from '../domain/limits.ts';
import { networks } from '../networks/registry.ts';
import { graphemes } from '../text/graphemes.ts';
import { measure } from '../text/length.ts';
import { stringOf } from './batch.ts';
import type { BatchAnswer, BatchRequest } from './batch.ts';

/** `{op, text, …}` → `{result}`, or `{unsupported: true}`. */
export function answerMeasure(request: BatchRequest): BatchAnswer {
  const operation = operations[stringOf(request, 'op')];
  return operation ? { result: operation(stringOf(request, 'text'), request) } : { unsupported: true };
}

const operations: Readonly<Record<string, (text: string, request: BatchRequest) => unknown>> = {
  graphemes: (text) => graphemes(text),
  emoji: (text) => measure(text, ruleOf('weighted')),
};

/** The rule of the first network that counts in a unit. */
function ruleOf(unit: LengthUnit): LengthRule {
  const network = networks.find(({ profile }) => profile.limits.text.unit === unit);
  if (!network) throw new Error(`No network counts in ${unit}.`);
  return network.profile.limits.text;
}
