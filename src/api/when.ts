import type { GivenTime } from '../domain/wall-time.ts';
import { refuseTooFar, resolveTime } from '../domain/wall-time.ts';
import type { When } from '../pipeline/schedule.ts';
import type { Caller } from './caller.ts';
import { ApiProblem } from './problem.ts';

interface GivenSlot {
  readonly nextSlot?: true | undefined;
  readonly notBefore?: string | undefined;
}

/**
 * When a post is to go out, from what the request says.
 * @param pointer where the time stands in the body, for the faults.
 * @throws Refusal as `resolveTime`
 */
export function whenOf(
  given: 'now' | 'next-slot' | (GivenTime & GivenSlot & { strict?: boolean | undefined }),
  now: Date,
  pointer = '',
): When {
  if (typeof given === 'string') return given;
  if (given.nextSlot === true) {
    if (given.notBefore === undefined) return 'next-slot';
    const slotFrom = new Date(given.notBefore);
    refuseTooFar(slotFrom, now, `${pointer}/notBefore`);
    return { slotFrom };
  }
  const time = resolveTime(given, now, pointer);
  return time === 'now' ? 'now' : { at: time, isStrict: given.strict === true };
}

/** Words reach the readers when somebody has approved them. @throws ApiProblem `not-allowed` */
export function mayApprove(caller: Caller): void {
  if (caller.scopes.includes('posts:approve')) return;
  throw new ApiProblem(
    'not-allowed',
    'Words that go out are approved by whoever sends them, which needs the scope posts:approve too. Leave the time out, or let somebody else decide.',
  );
}

/** A time is a decision to publish. @throws ApiProblem `not-allowed` */
export function mayPublish(caller: Caller): void {
  if (caller.scopes.includes('posts:publish')) return;
  throw new ApiProblem(
    'not-allowed',
    'Giving a post its time needs the scope posts:publish. Leave out schedule, and somebody else can approve it.',
  );
}
