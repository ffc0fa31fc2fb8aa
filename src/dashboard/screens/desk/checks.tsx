import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { articleQuery } from '../../api/queries.ts';
import type { Post } from '../../api/types.ts';
import { evidenceOf } from '../../parts/evidence.ts';
import { texts } from '../../texts.ts';
import css from './desk.module.css';

/** Figures and names of the posts that stand in the article: one line an editor can trust or chase. */
export function Checks({ articleId, posts }: { articleId: string; posts: readonly Post[] }): ReactNode {
  const article = useQuery(articleQuery(articleId)).data;
  if (article?.id !== articleId) return null;
  const source = `${article.title ?? ''}\n${article.text ?? ''}`;
  const all = evidenceOf(posts.flatMap((post) => post.parts.map((part) => bare(part.text))).join('\n'), source);
  const isGreen = all.figures.found === all.figures.all && all.names.found === all.names.all;
  return (
    <p className={isGreen ? css.green : css.amber} role="status">
      {isGreen ? '✓ ' : '⚠ '}
      {texts.why.figures(all.figures.found, all.figures.all)} · {texts.why.names(all.names.found, all.names.all)}{' '}
      {texts.desk.found}
    </p>
  );
}

/** Hashtags and links are no claims. */
function bare(text: string): string {
  return text.replace(/https?:\/\/\S+/g, '').replace(/#[\p{L}\p{M}\p{N}_]+/gu, '');
}
