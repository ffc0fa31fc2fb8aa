import type { ReactNode } from 'react';
import { findLinks } from '../../text/links.ts';
import css from './preview.module.css';

const HASHTAG = /(?<![\p{L}\p{M}\p{N}_])[#@][\p{L}\p{M}\p{N}_]+/gu;

/** A post's text as networks show it: links, hashtags and names stand out. Nothing in it can be clicked by mistake. */
export function RichText({ text, grammar }: { text: string; grammar: 'bare' | 'schemed' }): ReactNode {
  const links = findLinks(text, grammar);
  const marks = [...links, ...tagsOutside(text, links)].sort((a, b) => a.start - b.start);
  const pieces: ReactNode[] = [];
  let at = 0;
  for (const { start, end } of marks) {
    pieces.push(text.slice(at, start));
    pieces.push(
      <span key={start} className={css.mark}>
        {text.slice(start, end)}
      </span>,
    );
    at = end;
  }
  pieces.push(text.slice(at));
  return pieces;
}

function tagsOutside(text: string, links: readonly { start: number; end: number }[]): { start: number; end: number }[] {
  return [...text.matchAll(HASHTAG)]
    .map((match) => ({ start: match.index, end: match.index + match[0].length }))
    .filter((tag) => !links.some((link) => tag.start < link.end && link.start < tag.end));
}
