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

/** Who handed in the words of an article and who an actor is, as `peopleBehind`. */
export function peopleBehindArticle(
  sql: Sql,
  articleId: string,
  actor: string,
): Promise<z.infer<typeof people> | null> {
  return sql.one(people, `SELECT standfirst.author_of_article($1) AS author, standfirst.person($2) AS actor`, [
    articleId,
    actor,
  ]);
}

/**
 * Whose words a post says as it stands and who an actor is, as people: whatever a member's API key does, the member does, and
 * all keys of one chain are of one hand. `author` null: nobody here wrote it, such as what the line read on a page.
 */
export function peopleBehind(sql: Sql, postId: string, actor: string): Promise<z.infer<typeof people> | null> {
  return sql.one(
    people,
    `SELECT standfirst.author_of(id) AS author, standfirst.person($2) AS actor FROM standfirst.post WHERE id = $1`,
    [postId, actor],
  );
}
