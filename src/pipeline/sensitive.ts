import { decide } from '../domain/approval.ts';
import { Refusal } from '../domain/errors.ts';
import type { HouseRules } from '../domain/house-rules.ts';
import type { Part } from '../domain/post.ts';
import { articleOf, getArticle } from '../store/article.ts';
import { found } from '../store/database.ts';
import type { Sql } from '../store/database.ts';
import { getHouseRules } from '../store/house-rules.ts';
import { getPost } from '../store/post.ts';
import { sensitiveIn, sensitiveInText } from '../text/house.ts';

/** Names and topics of which the house wants a person to decide, whoever writes them: the line, or a program with a ready text. */

/** What of it these messages name, also in the descriptions of images and on link cards. */
export function sensitiveInParts(parts: readonly Part[], lang: string, rules: HouseRules): string[] {
  const said = parts.flatMap(({ text, media, card }) => [
    text,
    ...media.map(({ alt }) => alt),
    ...(card === null ? [] : [card.title, card.description]),
  ]);
  return sensitiveInText(said.join('\n'), lang, rules);
}

/** Why a person decides on a text that names them: a sentence. */
export function whySensitive(names: readonly string[]): string {
  const plain = {
    needsApproval: null,
    sourceId: null,
    urgency: 'normal',
    confidence: null,
    engine: 'extractive',
  } as const;
  return (
    decide({ ...plain, sensitive: names, lacksAltText: false, linkCut: [], likeness: null }, { auto: [] }).reason ?? ''
  );
}

/**
 * For an approval by a program: nothing that the post or its article names is let out unless a person has looked at it.
 * @throws Refusal `conflict` that names them.
 */
export async function refuseUnseen(sql: Sql, postId: string): Promise<void> {
  const { rules } = await getHouseRules(sql);
  if (rules.hashtags.sensitive.length === 0) return;
  const post = found(await getPost(sql, postId), 'post', postId);
  const article = post.articleId === null ? null : await getArticle(sql, post.articleId);
  const ofArticle = article === null || article.state !== 'ready' ? [] : sensitiveIn(articleOf(article), rules);
  throwIfAny([...new Set([...sensitiveInParts(post.parts, post.lang, rules), ...ofArticle])]);
}

/**
 * The same for new words on a post that is out: what it names already was decided on.
 * @throws Refusal `conflict` that names what is new.
 */
export async function refuseUnseenWords(sql: Sql, postId: string, texts: readonly string[]): Promise<void> {
  const { rules } = await getHouseRules(sql);
  if (rules.hashtags.sensitive.length === 0) return;
  const post = found(await getPost(sql, postId), 'post', postId);
  const before = new Set(sensitiveInParts(post.parts, post.lang, rules));
  throwIfAny(sensitiveInText(texts.join('\n'), post.lang, rules).filter((name) => !before.has(name)));
}

function throwIfAny(names: readonly string[]): void {
  if (names.length === 0) return;
  const message = `${whySensitive(names)} Where one has looked at it, send confirmSensitive: true.`;
  throw new Refusal('conflict', message, [{ pointer: '/confirmSensitive', code: 'sensitive', message }]);
}
