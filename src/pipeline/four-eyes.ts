import { Refusal } from '../domain/errors.ts';
import type { Sql } from '../store/database.ts';
import { getTeamRules, peopleBehind, peopleBehindArticle } from '../store/team.ts';

/**
 * Where the house wants four eyes, whoever wrote the text as it stands may not approve it. Asked after the approval was
 * written, in its transaction: the row is locked then, and nobody can slip another text under it.
 * @throws Refusal `not-allowed`
 */
export async function refuseOwnWords(sql: Sql, postId: string, actor: string): Promise<void> {
  if (!(await getTeamRules(sql)).fourEyes) return;
  const people = await peopleBehind(sql, postId, actor);
  if (people === null || people.author !== people.actor) return;
  throw new Refusal(
    'not-allowed',
    `You wrote post ${postId} as it stands: this newsroom wants four eyes, so somebody else has to approve it.`,
  );
}

/**
 * Where the house wants four eyes, nobody puts words of their own on a post that is out: no second person would see them
 * before the readers do. What the line wrote is another matter: whoever has it carried out is the second.
 * @throws Refusal `not-allowed`
 */
export async function refuseOwnCorrection(sql: Sql, postId: string): Promise<void> {
  if (!(await getTeamRules(sql)).fourEyes) return;
  throw new Refusal(
    'not-allowed',
    `Nobody else has approved these words for post ${postId}: this newsroom wants four eyes, so remove the post and submit the right text as a new one.`,
  );
}

/**
 * Where the house wants four eyes, a correction of posts by a text that somebody handed in is carried out by somebody else.
 * @throws Refusal `not-allowed`
 */
export async function refuseOwnArticle(sql: Sql, articleId: string, actor: string): Promise<void> {
  if (!(await getTeamRules(sql)).fourEyes) return;
  const people = await peopleBehindArticle(sql, articleId, actor);
  if (people === null || people.author !== people.actor) return;
  throw new Refusal(
    'not-allowed',
    `You handed in the text of article ${articleId}: this newsroom wants four eyes, so somebody else has to carry its correction out.`,
  );
}
