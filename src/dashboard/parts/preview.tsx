import type { ReactNode } from 'react';
import type { Limits } from '../../domain/limits.ts';
import type { Part } from '../../domain/post.ts';
import { texts } from '../texts.ts';
import { overflowAt } from './overflow.ts';
import css from './preview.module.css';
import { RichText } from './rich-text.tsx';

interface PreviewProps {
  readonly name: string;
  readonly networkName: string;
  readonly parts: readonly Part[];
  readonly limits: Limits | null;
  /** Whether the network itself draws a card from the link in the text. */
  readonly drawsCard: boolean;
}

/** A post as it will look, in our own neutral dress: who, each message of a thread, what is cut, the link card. */
export function Preview({ name, networkName, parts, limits, drawsCard }: PreviewProps): ReactNode {
  return (
    <div className={css.post}>
      {parts.map((part, index) => (
        <PartView
          key={index}
          part={part}
          limits={limits}
          name={name}
          networkName={networkName}
          place={parts.length > 1 ? `${index + 1}/${parts.length}` : null}
          drawsCard={drawsCard && index === parts.length - 1}
        />
      ))}
    </div>
  );
}

interface PartProps extends Omit<PreviewProps, 'parts'> {
  readonly part: Part;
  readonly place: string | null;
}

function PartView({ part, limits, name, networkName, place, drawsCard }: PartProps): ReactNode {
  const grammar = limits?.text.bareLinks === true ? 'bare' : 'schemed';
  const cut = limits === null ? part.text.length : overflowAt(part.text, limits.text);
  return (
    <>
      <div className={css.face} aria-hidden="true">
        {([...name.replace(/^@/, '')][0] ?? '?').toUpperCase()}
      </div>
      <div className={css.who}>
        <strong>{name}</strong>
        <span>
          {networkName}
          {place !== null && ` · ${place}`}
        </span>
      </div>
      <div className={css.text} dir="auto">
        <RichText text={part.text.slice(0, cut)} grammar={grammar} />
        {cut < part.text.length && (
          <mark className={css.over} title={texts.preview.cut}>
            {part.text.slice(cut)}
          </mark>
        )}
      </div>
      {part.media.length > 0 && (
        <div className={css.note}>
          {part.media.map((media, index) => (
            <div key={index}>{media.alt === '' ? texts.preview.noAlt : texts.preview.image(media.alt)}</div>
          ))}
        </div>
      )}
      {part.card !== null ? (
        <div className={css.card}>
          {part.card.image !== null && <div className={css.image}>{texts.preview.cardImage(part.card.image.alt)}</div>}
          <div>
            <div className={css.host}>{hostOf(part.card.url)}</div>
            <strong dir="auto">{part.card.title}</strong>
            {part.card.description !== '' && <div dir="auto">{part.card.description}</div>}
          </div>
        </div>
      ) : (
        drawsCard && <div className={css.note}>{texts.preview.autoCard}</div>
      )}
    </>
  );
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host.replace(/^www\./, '') : url;
}
