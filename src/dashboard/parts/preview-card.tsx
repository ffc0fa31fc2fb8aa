import type { ReactNode } from 'react';
import type { CardImage, LinkCard } from '../../domain/post.ts';
import { texts } from '../texts.ts';
import { contentOfImage } from './image-address.ts';
import css from './preview.module.css';

/** A link card as networks draw it: a picture, where it leads, the title, what it is about. */
export function PreviewCard({ card }: { card: LinkCard }): ReactNode {
  return (
    <div className={css.card}>
      {card.image !== null && (
        <div className={css.image}>
          <CardPicture image={card.image} /> {texts.preview.cardImage(card.image.alt)}
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

/** What is kept here is shown, cut as it will be; the page asks no other host for pictures. */
function CardPicture({ image: { url, focus } }: { image: CardImage }): ReactNode {
  const content = contentOfImage(url);
  if (content === null) return <span aria-hidden="true">▦</span>;
  const objectPosition = focus === undefined ? undefined : `${focus.x * 100}% ${focus.y * 100}%`;
  return <img src={content} alt="" className={css.cardPicture} style={{ objectPosition }} />;
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host.replace(/^www\./, '') : url;
}
