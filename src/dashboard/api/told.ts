import { fields } from '../texts/fields.ts';
import { common } from '../texts/common.ts';
import type { Problem } from './types.ts';

/** A refusal in words for who sits before the page: the API's own speak to programmers, by pointers and versions. */
export interface Told {
  readonly title: string;
  /** Empty where the faults say it all. */
  readonly detail: string;
  readonly faults: readonly string[];
}

type Fault = NonNullable<Problem['errors']>[number];

const words = common.problems;

/** @param isAtField whether a fault stands at its field already, by its pointer: it is said once. */
export function toldOf(problem: Problem, isAtField: (pointer: string) => boolean = () => false): Told {
  const { title, detail, errors = [] } = problem;
  if (problem.status === 401) return { title: common.signedOut, detail: words.ended, faults: [] };
  if (problem.status === 412) return { title, detail: words.changed, faults: [] };
  if (errors.length === 0) return { title, detail, faults: [] };
  // Of what was sent, the fields say it all; of anything else, the server's sentence says what to do.
  if (problem.status !== 400) return { title, detail, faults: beyond(detail, errors) };
  const others = errors.filter(({ pointer }) => !isAtField(pointer));
  const faults = [...new Set(others.map(sentenceOf))];
  if (others.length < errors.length) return { title, detail: words.atFields, faults };
  // One sentence is no list.
  return faults.length === 1 ? { title, detail: faults.join(), faults: [] } : { title, detail: '', faults };
}

/** Whole sentences that the one before them does not hold. */
function beyond(detail: string, errors: readonly Fault[]): string[] {
  const messages = errors.map(({ message }) => message);
  return [...new Set(messages.filter((message) => isWhole(message) && !detail.includes(message)))];
}

/** It names itself what it is about. */
function isWhole(said: string): boolean {
  return !/^\p{Ll}/u.test(said);
}

/** The same in one line. */
export function sentencesOf(problem: Problem): string {
  const { detail, faults } = toldOf(problem);
  return [detail, ...faults].filter((one) => one !== '').join(' ');
}

/** What is said of a field, or of something in it. @param pointer as `/telling/mail`. */
export function faultAt(problem: Problem, pointer: string): string | undefined {
  const fault = problem.errors?.find((one) => isIn(one.pointer, pointer));
  return fault === undefined ? undefined : wordsOf(fault);
}

export function isIn(pointer: string, field: string): boolean {
  return pointer === field || pointer.startsWith(`${field}/`);
}

function sentenceOf(fault: Fault): string {
  const said = wordsOf(fault);
  const name = fault.pointer.split(/[/?]/).findLast((step): step is keyof typeof fields => Object.hasOwn(fields, step));
  if (isWhole(said)) return said;
  const sentence = name === undefined ? words.field(said) : words.of(fields[name], said);
  return /[.?!]$/.test(sentence) ? sentence : `${sentence}.`;
}

function wordsOf({ code, message }: Fault): string {
  return Object.hasOwn(words.codes, code) ? (words.codes[code] as string) : message;
}
