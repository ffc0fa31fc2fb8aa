import type { Role, Scope } from './access.ts';
import { roleCovers, scopeNames } from './access.ts';
import type { ApiKeyRow } from '../store/api-key.ts';
import type { SessionRow } from '../store/session.ts';

/** Who is asking. */
export interface Caller {
  readonly kind: 'member' | 'api-key';
  /** Id of the member or key; what is written down as the actor. */
  readonly id: string;
  readonly name: string;
  readonly role: Role | null;
  readonly scopes: readonly Scope[];
  /** Hash of the session's token or of the key: the bucket of the rate limits. */
  readonly secretHash: string;
  readonly expiresAt: Date | null;
  /** A test key reaches the sandbox only. */
  readonly isTest: boolean;
}

export function memberCaller(session: SessionRow, secretHash: string): Caller {
  return {
    kind: 'member',
    id: session.memberId,
    name: session.name,
    role: session.role,
    scopes: scopeNames.filter((scope) => roleCovers(session.role, scope)),
    secretHash,
    expiresAt: session.expiresAt,
    isTest: false,
  };
}

export function keyCaller(key: ApiKeyRow, secretHash: string): Caller {
  return {
    kind: 'api-key',
    id: key.id,
    name: key.name,
    role: null,
    scopes: scopeNames.filter((scope) => key.scopes.includes(scope)),
    secretHash,
    expiresAt: key.expiresAt,
    isTest: key.isTest,
  };
}
