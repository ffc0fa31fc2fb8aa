import type { Article } from '../domain/article.ts';
import type { ArticleRow } from '../store/article.ts';
import type { Sql } from '../store/database.ts';
import { decisionOf } from '../store/decision.ts';
import { getSource } from '../store/source.ts';
import { judge } from '../text/intake-rules.ts';
import type { Judgement } from '../text/intake-rules.ts';

/**
 * What the rules of its source say of an article, now that it was read: its length, its language, and whatever the source
 * itself did not tell. Null where no rule applies: it has no source, a person wanted it, or it revises what was taken in.
 */
export async function rulesOn(
  sql: Sql,
  { id, sourceId }: Pick<ArticleRow, 'id' | 'sourceId'>,
  article: Article,
  now: Date,
): Promise<Judgement | null> {
  const source = sourceId === null ? null : await getSource(sql, sourceId);
  const decision = source === null ? null : await decisionOf(sql, id);
  if (source === null || decision === null) return null;
  // Wanted by a person, or a revision of what was taken in.
  if (decision.promotedBy !== null || decision.storyId !== null) return null;
  const texts = [article.title, article.description ?? '', decision.title, decision.teaser ?? ''];
  const sections = [...decision.sections, ...(article.section === null ? [] : [article.section])];
  return judge(
    source.settings.rules,
    {
      words: texts.filter((text) => text !== ''),
      sections,
      lang: article.lang,
      length: article.text.length,
      publishedAt: decision.publishedAt ?? article.publishedAt,
    },
    now,
  );
}
