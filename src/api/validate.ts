import type { FastifySchemaCompiler } from 'fastify';
import type { ZodType, core } from 'zod';
import type { Fault } from '../domain/errors.ts';
import { ApiProblem } from './problem.ts';

/** Checks a part of a request against its zod schema and reports every fault in it at once. */
export const validatorCompiler: FastifySchemaCompiler<ZodType> = ({ schema, httpPart }) => {
  return (data) => {
    // An absent body is checked like an empty one, so that the reader learns which fields it needs.
    const given = httpPart === 'body' && data === undefined ? {} : data;
    // With what stood there, because a schema's own words for a wrong value say nothing of one that is missing.
    const parsed = schema.safeParse(given, { reportInput: true });
    if (parsed.success) return { value: parsed.data };
    if (httpPart === 'params') return { error: new ApiProblem('not-found', 'There is nothing under this id.') };
    const prefix = httpPart === 'querystring' ? '?' : '/';
    return { error: invalid(parsed.error.issues.flatMap((issue) => faultsOf(issue, prefix))) };
  };
};

/** The problem for a list of faults; its detail names the first three. */
export function invalid(faults: readonly Fault[]): ApiProblem {
  const named = faults.slice(0, 3).map((fault) => `${fault.pointer || 'the body'} ${fault.message}`);
  const more = faults.length > 3 ? `; and ${faults.length - 3} more` : '';
  return new ApiProblem('invalid', `The request is not right: ${named.join('; ')}${more}.`, faults);
}

/**
 * What a zod issue says, in words of ours.
 * @param prefix `?` for query parameters; else the JSON pointer of what was checked, `/` for the whole body.
 */
export function faultsOf(issue: core.$ZodIssue, prefix: string): Fault[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      pointer: pointerOf([...issue.path, key], prefix),
      code: 'unknown-field',
      message: 'is not a field of this request',
    }));
  }
  if (issue.code === 'invalid_union') {
    // The branch that fits best is the one that got past its own type: its faults say more than "none of them".
    const best = issue.errors.find((branch) =>
      branch.some((inner) => inner.path.length > 0 || inner.code === 'custom'),
    );
    if (best) return best.flatMap((inner) => faultsOf({ ...inner, path: [...issue.path, ...inner.path] }, prefix));
  }
  return [{ pointer: pointerOf(issue.path, prefix), code: issue.code.replaceAll('_', '-'), message: wordsFor(issue) }];
}

/** RFC 6901: `~` and `/` in a name are escaped. */
function pointerOf(path: readonly PropertyKey[], prefix: string): string {
  // A parameter that may be named more than once has one name for the reader.
  if (prefix === '?') return `?${path.filter((step) => typeof step === 'string').join('.')}`;
  const root = prefix === '/' ? '' : prefix;
  return root + path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function wordsFor(issue: core.$ZodIssue): string {
  if (issue.code === 'invalid_type') {
    const isMissing = issue.message.endsWith('received undefined') || ('input' in issue && issue.input === undefined);
    return isMissing ? 'is missing' : `must be ${article(issue.expected)}`;
  }
  if (issue.code === 'invalid_value' && issue.message.startsWith('Invalid')) {
    return `must be one of ${issue.values.map(String).join(', ')}`;
  }
  if (issue.code === 'too_big' && issue.message.startsWith('Too')) return `is over the most of ${issue.maximum}`;
  if (issue.code === 'too_small' && issue.message.startsWith('Too')) return `is under the least of ${issue.minimum}`;
  return issue.message;
}

function article(type: string): string {
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}
