import type { Role, Scope } from './access.ts';
import { roleCovers, scopeNames, scopesOf } from './access.ts';
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
  /** Of a member; null for a key. */
  readonly session: { readonly id: string; readonly signedInAt: Date } | null;
  /** The member who asks, or whose key it is; null for a key that the operator made. */
  readonly memberId: string | null;
  /** Who stands behind it, for four eyes: the member, or the first key of a chain that the operator began. */
  readonly person: string;
  /** A test key reaches the sandbox only. */
  readonly isTest: boolean;
}

export function memberCaller(session: SessionRow, secretHash: string): Caller {
  return {
    kind: 'member',
    id: session.memberId,
    name: session.name,
    role: session.role,
    scopes: scopesOf(session.role),
    secretHash,
    expiresAt: session.expiresAt,
    session: { id: session.id, signedInAt: session.createdAt },
    memberId: session.memberId,
    person: session.memberId,
    isTest: false,
  };
}

/** A key may do what it was given, and no more than its member may now. */
export function keyCaller(key: ApiKeyRow, secretHash: string): Caller {
  const role = key.memberRole ?? 'admin';
  return {
    kind: 'api-key',
    id: key.id,
    name: key.name,
    role: null,
    scopes: scopeNames.filter((scope) => key.scopes.includes(scope) && roleCovers(role, scope)),
    secretHash,
    expiresAt: key.expiresAt,
    session: null,
    memberId: key.memberId,
    person: key.person,
    isTest: key.isTest,
  };
}
