import { z } from 'zod';
import { askGraph } from './graph.ts';
import type { GraphAccess } from './graph.ts';
import type { NetworkIo } from './network.ts';

/** What the network said it granted with a token (https://www.rfc-editor.org/rfc/rfc6749#section-3.3), for later checks. */
export const scope = z
  .string()
  .optional()
  .describe('Permissions that were granted with the token')
  .meta({ advanced: true });

/**
 * Which of the permissions a token lacks; none where nobody has said what it has. `write` holds `write:statuses` too.
 * @param granted separated by spaces or commas.
 */
export function missingOf(granted: string | readonly string[] | undefined, needed: readonly string[]): string[] {
  if (granted === undefined) return [];
  const has = new Set(typeof granted === 'string' ? granted.split(/[\s,]+/) : granted);
  return needed.filter((one) => !has.has(one) && !has.has(one.split(':')[0] ?? one));
}

export interface TokenFacts {
  /** Undefined where Meta did not say. */
  readonly scopes: readonly string[] | undefined;
  readonly expiresAt: Date | null;
}

/**
 * What Meta itself says of a token: its permissions, and when it or the access to the person's data ends. It answers those
 * who have a role in the token's app, which whoever made the app for this installation has; for others nothing is known.
 * https://developers.facebook.com/docs/graph-api/reference/debug_token, https://developers.facebook.com/docs/threads/reference/debug
 */
export async function factsFromMeta(io: NetworkIo, access: GraphAccess): Promise<TokenFacts> {
  const query = new URLSearchParams({ input_token: access.accessToken });
  const reply = await askGraph(io, access, `debug_token?${query.toString()}`);
  const said = debugReply.safeParse(reply.kind === 'reply' && reply.status === 200 ? reply.json : null).data?.data;
  // 0 is never.
  const ends = [said?.expires_at, said?.data_access_expires_at].flatMap((end = 0) => (end > 0 ? [end * 1000] : []));
  return { scopes: said?.scopes, expiresAt: ends.length === 0 ? null : new Date(Math.min(...ends)) };
}

const debugReply = z.object({
  data: z.object({
    scopes: z.array(z.string()).optional(),
    /** Epoch seconds. */
    expires_at: z.number().optional(),
    data_access_expires_at: z.number().optional(),
  }),
});
