import type { Database } from '../store/database.ts';
import { signInLink } from '../pipeline/team.ts';
import type { ApiKeyRow } from '../store/api-key.ts';
import { addScopes, getUsableApiKey, insertApiKey, isMadeBy } from '../store/api-key.ts';
import { ensureAdmin } from '../store/member.ts';
import type { Scope } from './access.ts';
import { scopeNames } from './access.ts';
import type { ApiContext } from './parts.ts';
import { hashToken, makeApiKey, prefixOf } from '../secrets/token.ts';

/** Who makes what nobody has asked for yet, in the audit. */
export const FIRST_RUN = 'first-run';

/**
 * Makes sure that there is an admin, and a way in for them.
 * @returns path of a new sign-in link: works once, within 15 minutes. For the terminal only; where what is printed is kept
 * (a service's journal), only while that admin has neither a password nor a passkey.
 */
export async function prepareFirstRun(
  context: Pick<ApiContext, 'database' | 'io'>,
): Promise<{ signInPath: string; hasOtherWay: boolean }> {
  const { database, io } = context;
  return database.transaction(async (sql) => {
    const admin = await ensureAdmin(sql, io.id('user'), 'Admin');
    return {
      signInPath: (await signInLink(sql, io, admin.id)).path,
      hasOtherWay: admin.hasPassword || admin.passkeys > 0,
    };
  });
}

export interface ApiKeyRequest {
  readonly name: string;
  /** Default: every scope. */
  readonly scopes?: readonly Scope[];
  readonly isTest?: boolean;
  readonly memberId?: string | null;
  /** Who makes it, as a person; left out: nobody that is known here. */
  readonly person?: string;
  readonly expiresAt?: Date | null;
}

/**
 * Gives the key of the first run the scopes that have come since, for it was made to do everything. Any other key may do what
 * it was given.
 * @returns whether the key may be used here at all.
 */
export async function widenFirstKey({ database }: Pick<ApiContext, 'database'>, secret: string): Promise<boolean> {
  return database.transaction(async (sql) => {
    const key = await getUsableApiKey(sql, hashToken(secret));
    if (key === null) return false;
    const missing = scopeNames.filter((scope) => !key.scopes.includes(scope));
    if (missing.length > 0 && (await isMadeBy(sql, key.id, FIRST_RUN)))
      await addScopes(sql, key.id, missing, FIRST_RUN);
    return true;
  });
}

/** Makes an API key. @returns its secret, which is not kept: whoever calls shows it once. */
export async function createApiKey(
  context: { readonly database: Database; readonly io: Pick<ApiContext['io'], 'id'> },
  request: ApiKeyRequest,
  actor: string,
): Promise<{ row: ApiKeyRow; secret: string }> {
  const key = makeApiKey(request.isTest === true ? 'test' : 'live');
  const kept = {
    id: context.io.id('apiKey'),
    name: request.name,
    hash: key.hash,
    prefix: prefixOf(key),
    scopes: request.scopes ?? scopeNames,
    isTest: request.isTest ?? false,
    memberId: request.memberId ?? null,
    person: request.person ?? null,
    expiresAt: request.expiresAt ?? null,
  };
  const row = await context.database.transaction((sql) => insertApiKey(sql, kept, actor));
  return { row, secret: key.text };
}
