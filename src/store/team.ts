import { z } from 'zod';
import { Refusal } from '../domain/errors.ts';
import { recordEvent } from './event.ts';
import { claimSetting, getSetting, putSetting } from './setting.ts';
import type { Sql } from './database.ts';

const KEY = 'team';

const teamRules = z.object({
  /** Nobody approves their own words. */
  fourEyes: z.boolean(),
  version: z.number(),
});
export type TeamRules = z.infer<typeof teamRules>;

const initial: TeamRules = { fourEyes: false, version: 1 };

export async function getTeamRules(sql: Sql): Promise<TeamRules> {
  return (await getSetting(sql, KEY, teamRules)) ?? initial;
}

/** @throws Refusal `stale-version` where the rules have moved on. */
export async function changeTeamRules(
  sql: Sql,
  version: number,
  change: Omit<TeamRules, 'version'>,
  actor: string,
): Promise<TeamRules> {
  await claimSetting(sql, KEY, initial);
  await sql.run('SELECT 1 FROM standfirst.setting WHERE key = $1 FOR UPDATE', [KEY]);
  const before = await getTeamRules(sql);
  if (before.version !== version) {
    throw new Refusal(
      'stale-version',
      `The team’s rules are at version ${before.version}, not ${version}: somebody changed them. Read them again.`,
    );
  }
  const after = { ...change, version: version + 1 };
  await putSetting(sql, KEY, after);
  await recordEvent(sql, { type: 'setting.changed', subject: KEY, actor, data: { ...change }, before, after });
  return after;
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
