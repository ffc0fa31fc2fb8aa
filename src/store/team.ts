import { z } from 'zod';
import type { Sql } from './database.ts';
import { getHouseRules, putHouseRules } from './house-rules.ts';

/** The part of the house rules that is about the team; the version is theirs. */
export interface TeamRules {
  /** Nobody approves their own words. */
  readonly fourEyes: boolean;
  readonly version: number;
}

export async function getTeamRules(sql: Sql): Promise<TeamRules> {
  const { rules, version } = await getHouseRules(sql);
  return { fourEyes: rules.fourEyes, version };
}

/** @throws Refusal `stale-version` where the house rules have moved on. */
export async function changeTeamRules(
  sql: Sql,
  version: number,
  { fourEyes }: Omit<TeamRules, 'version'>,
  actor: string,
): Promise<TeamRules> {
  const { rules } = await getHouseRules(sql);
  const written = await putHouseRules(sql, version, { ...rules, fourEyes }, actor);
  return { fourEyes: written.rules.fourEyes, version: written.version };
}

const people = z.object({ author: z.string().nullable(), actor: z.string() });

/**
 * Who wrote the current revision of a post and who an actor is, as people: whatever a member's API key does, the member
 * does. Null: nobody wrote it, such as the line itself.
 */
export function peopleBehind(sql: Sql, postId: string, actor: string): Promise<z.infer<typeof people> | null> {
  const person = (id: string): string =>
    `coalesce((SELECT member_id FROM standfirst.api_key WHERE api_key.id = ${id}), ${id})`;
  return sql.one(
    people,
    `SELECT ${person('rev.author')} AS author, ${person('$2::text')} AS actor FROM standfirst.post AS post
       JOIN standfirst.post_revision AS rev ON rev.post_id = post.id AND rev.n = post.revision WHERE post.id = $1`,
    [postId, actor],
  );
}
