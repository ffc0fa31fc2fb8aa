import { InvalidArgumentError, Option } from 'commander';
import { resolved } from './api-document.ts';
import type { Document, Schema } from './api-document.ts';

/** A value that a person can give as one option. */
export interface Field {
  /** As the API calls it. */
  readonly name: string;
  /** `time`: one of its words, an instant, or a time on the clock of a zone that is an option of its own. */
  readonly kind: 'text' | 'number' | 'boolean' | 'list' | 'time';
  readonly choices: readonly string[] | null;
  readonly description: string;
}

/** The flat fields of a body: text, numbers, yes or no, and lists of words. What is deeper comes by `--body`. */
export function fieldsOf(schema: Schema, document: Document): Field[] {
  const fields = variantsOf(schema, document).flatMap((variant) =>
    Object.entries(variant.properties ?? {}).map(([name, property]) =>
      fieldOf(name, property, property.description, document),
    ),
  );
  const found = fields.filter((field) => field !== null);
  return [...new Map(found.map((field) => [field.name, field])).values()];
}

/** @returns null where the value is more than one option can say. */
export function fieldOf(
  name: string,
  schema: Schema,
  description: string | undefined,
  document: Document,
): Field | null {
  const variants = variantsOf(schema, document);
  const texts = (of: Schema): string[] =>
    [...(of.enum ?? []), of.const]
      .filter((value) => typeof value === 'string' || typeof value === 'number')
      .map(String);
  const isA = (of: Schema, type: string): boolean => [of.type].flat().includes(type);
  const isTime = variants.some(({ properties }) => properties?.['at'] !== undefined && 'wallTime' in properties);
  const kinds = [
    ['time', isTime && variants.some((one) => texts(one).length > 0)],
    ['text', variants.some((one) => isA(one, 'string'))],
    ['number', variants.some((one) => isA(one, 'number') || isA(one, 'integer'))],
    ['boolean', variants.some((one) => isA(one, 'boolean'))],
    ['list', variants.some((one) => isA(one, 'array') && isOfWords(one, document))],
  ] as const;
  const kind = kinds.find(([, is]) => is)?.[0];
  if (kind === undefined) return null;
  const isOpen = variants.some((one) => isA(one, 'string') && texts(one).length === 0);
  const choices = variants.flatMap(texts);
  const isChoice = kind === 'time' || (kind === 'text' && !isOpen && choices.length > 0);
  const given = kind === 'list' ? variants.flatMap((one) => texts(resolved(one.items ?? {}, document))) : [];
  const hint = given.length > 0 && given.length < 10 ? `of ${given.join(', ')}` : '';
  const words = [description ?? schema.description, kind === 'list' ? 'parted by commas' : '', hint];
  return {
    name,
    kind,
    choices: isChoice ? choices : null,
    description: words.filter((word) => word !== undefined && word !== '').join('; '),
  };
}

const TIMES = '2026-11-24T08:30:00+02:00, or 2026-11-24T08:30 with --time-zone';

/** The options of one field; yes or no is two, and a time has its zone beside it. */
export function optionsOf({ name, kind, choices, description }: Field): Option[] {
  const flag = `--${kebab(name)}`;
  if (kind === 'boolean')
    return [new Option(flag, description), new Option(flag.replace('--', '--no-'), 'the opposite')];
  if (kind === 'time')
    return [
      new Option(`${flag} <time>`, `${description} (${choices?.join(', ')}, or a time such as ${TIMES})`),
      new Option('--time-zone <zone>', 'IANA name, e.g. Europe/Bucharest: whose clock a time without an offset is on'),
      new Option('--disambiguation <which>', 'where that clock shows the time twice').choices(['earlier', 'later']),
    ];
  const option = new Option(`${flag} <${{ text: 'text', number: 'number', list: 'words' }[kind]}>`, description);
  if (choices !== null) return [option.choices(choices)];
  if (kind === 'number') return [option.argParser(numberIn)];
  if (kind === 'list') {
    const split = (text: string, before: string[] = []): string[] =>
      before.concat(text.split(/\s*,\s*/).filter(Boolean));
    return [option.argParser(split)];
  }
  return [option];
}

function variantsOf(schema: Schema, document: Document): Schema[] {
  const one = resolved(schema, document);
  const inner = [...(one.anyOf ?? []), ...(one.oneOf ?? [])];
  return inner.length === 0 ? [one] : inner.flatMap((variant) => variantsOf(variant, document));
}

function isOfWords({ items = {} }: Schema, document: Document): boolean {
  return variantsOf(items, document).some((item) => [item.type].flat().includes('string'));
}

function numberIn(text: string): number {
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number)) throw new InvalidArgumentError('Give a number.');
  return number;
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
