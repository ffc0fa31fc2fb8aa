import type { ReactNode } from 'react';
import type { LinkCard } from '../../domain/post.ts';
import { texts } from '../texts.ts';
import css from './preview.module.css';

/** A link card as networks draw it: a picture, where it leads, the title, what it is about. */
export function PreviewCard({ card }: { card: LinkCard }): ReactNode {
  return (
    <div className={css.card}>
      {card.image !== null && (
        <div className={css.image}>
          <span aria-hidden="true">▦</span> {texts.preview.cardImage(card.image.alt)}
        </div>
      )}
      <div>
        <div className={css.host}>{hostOf(card.url)}</div>
        <strong dir="auto">{card.title}</strong>
        {card.description !== '' && (
          <div dir="auto" className={css.about}>
            {card.description}
          </div>
        )}
      </div>
    </div>
  );
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host.replace(/^www\./, '') : url;
}
