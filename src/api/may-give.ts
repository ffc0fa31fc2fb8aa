import type { Role, Scope } from './access.ts';
import { scopesOf } from './access.ts';
import type { Caller } from './caller.ts';
import { ApiProblem } from './problem.ts';

/** Nobody hands on, or takes from others, more than they have: not by a key, not by a role, not by a link that signs somebody else in. */

/** @throws ApiProblem `not-allowed` that names what the caller lacks. */
export function mayGiveScopes(caller: Caller, scopes: readonly string[]): void {
  const lacking = scopes.filter((scope) => !caller.scopes.includes(scope as Scope));
  if (lacking.length === 0) return;
  throw new ApiProblem(
    'not-allowed',
    `You cannot give or take scopes you do not have: ${lacking.join(', ')}. Ask somebody who has them.`,
  );
}

/** For whatever makes, changes or opens the account of a member with this role. @throws ApiProblem `not-allowed` */
export function mayGiveRole(caller: Caller, role: Role): void {
  const lacking = scopesOf(role).filter((scope) => !caller.scopes.includes(scope));
  if (lacking.length === 0) return;
  const who = `The role ${role} may do more than you`;
  throw new ApiProblem('not-allowed', `${who} (${lacking.join(', ')}): ask somebody who may do that.`);
}
