import type { ReactNode } from 'react';
import { useState } from 'react';
import type { Limits } from '../../domain/limits.ts';
import type { Part } from '../../domain/post.ts';
import { texts } from '../texts.ts';
import { contentOfImage } from './image-address.ts';
import { foldAt } from './fold.ts';
import { overflowAt } from './overflow.ts';
import { PreviewCard } from './preview-card.tsx';
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

/** A post as it will look, in our own neutral dress: who, each message of a thread, what is cut or folded, the link card. */
export function Preview({ parts, drawsCard, ...rest }: PreviewProps): ReactNode {
  return (
    <div className={css.post}>
      {parts.map((part, index) => (
        <PartView
          key={index}
          {...rest}
          part={part}
          place={parts.length > 1 ? `${index + 1}/${parts.length}` : null}
          isContinued={index < parts.length - 1}
          drawsCard={drawsCard && index === parts.length - 1}
        />
      ))}
    </div>
  );
}

interface PartProps extends Omit<PreviewProps, 'parts'> {
  readonly part: Part;
  readonly place: string | null;
  readonly isContinued: boolean;
}

function PartView({ part, limits, name, networkName, place, isContinued, drawsCard }: PartProps): ReactNode {
  const [isUnfolded, setIsUnfolded] = useState(false);
  const grammar = limits?.text.bareLinks === true ? 'bare' : 'schemed';
  const cut = limits === null ? part.text.length : overflowAt(part.text, limits.text);
  const fold = isUnfolded ? null : foldAt(part.text.slice(0, cut), limits?.fold);
  return (
    <>
      <div className={css.face} aria-hidden="true">
        {([...name.replace(/^[@#]/, '')][0] ?? '?').toUpperCase()}
      </div>
      <div className={css.who}>
        <strong>{name}</strong>
        <span>
          {networkName}
          {place !== null && ` · ${place}`}
        </span>
      </div>
      {isContinued && <div className={css.thread} aria-hidden="true" />}
      <div className={css.text} dir="auto">
        <RichText text={part.text.slice(0, fold ?? cut)} grammar={grammar} />
        {fold !== null && (
          <button type="button" className={css.more} onClick={() => setIsUnfolded(true)} title={texts.preview.foldHint}>
            {texts.preview.fold}
          </button>
        )}
        {fold === null && cut < part.text.length && (
          <mark className={css.over} title={texts.preview.cut}>
            {part.text.slice(cut)}
          </mark>
        )}
      </div>
      {part.media.map((media, index) => (
        <div key={index} className={css.media}>
          <Picture source={media.source} />
          {media.alt === '' ? (
            <strong className={css.lacks}>{texts.preview.noAlt}</strong>
          ) : (
            <span dir="auto">{texts.preview.image(media.alt)}</span>
          )}
        </div>
      ))}
      {part.card !== null ? (
        <PreviewCard card={part.card} />
      ) : (
        drawsCard && part.media.length === 0 && <div className={css.note}>{texts.preview.autoCard}</div>
      )}
    </>
  );
}

/** What is kept here is shown; the page asks no other host for pictures. */
function Picture({ source }: { source: string }): ReactNode {
  const address = contentOfImage(source);
  return address === null ? <span aria-hidden="true">▦</span> : <img src={address} alt="" className={css.picture} />;
}
