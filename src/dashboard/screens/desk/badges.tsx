import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { Suspense, lazy, useState } from 'react';
import { useLikeness } from '../../parts/use-likeness.ts';
import { useMay } from '../../parts/use-may.ts';
import { tellApart } from '../../shell/tell-apart.ts';
import { texts } from '../../texts.ts';
import css from './desk.module.css';
import type { Facts } from './facts.ts';

const SourceChange = lazy(() => import('./source-change.tsx').then((module) => ({ default: module.SourceChange })));

/** What an editor can trust or must chase, each as a word: nothing is said by colour alone. */
export function Badges({ facts, articleId }: { facts: Facts; articleId: string }): ReactNode {
  const [isOpen, setIsOpen] = useState(false);
  const likeness = useLikeness(articleId);
  const mayTell = useMay('posts:publish');
  const isVerified = facts.missing.length === 0;
  return (
    <ul className={css.badges} aria-label={texts.desk.badges}>
      <li className={isVerified ? css.green : css.amber}>
        {isVerified ? '✓ ' : '⚠ '}
        {facts.evidence}
      </li>
      {facts.newer !== null && (
        <li className={css.amber}>
          ⚠ {texts.desk.changed}{' '}
          <Button size="compact-xs" variant="default" onClick={() => setIsOpen(true)}>
            {texts.desk.seeChange}
          </Button>
          {isOpen && (
            <Suspense>
              <SourceChange before={articleId} after={facts.newer.id} onClose={() => setIsOpen(false)} />
            </Suspense>
          )}
        </li>
      )}
      {likeness !== null && (
        <li className={css.amber}>
          ⚠ {texts.story.alike}. {likeness.why}{' '}
          {mayTell && (
            <Button size="compact-xs" variant="default" onClick={() => tellApart(articleId)}>
              {texts.story.tellApart}
            </Button>
          )}
        </li>
      )}
      {facts.duplicates.length > 0 && (
        <li className={css.amber} tabIndex={0} data-tip={facts.duplicates[0]?.parts[0]?.text.slice(0, 200)}>
          ⚠ {texts.desk.duplicate(facts.duplicates.length)}
        </li>
      )}
      {facts.repeats.map((sentence) => (
        <li key={sentence} className={css.amber}>
          ⚠ {sentence}
        </li>
      ))}
      {facts.sensitive.length > 0 && (
        <li className={css.amber}>
          ⚠ {texts.desk.sensitive} <bdi>{facts.sensitive.join(', ')}</bdi>
        </li>
      )}
      {facts.isAiWritten && <li className={css.neutral}>{texts.desk.aiWritten}</li>}
      {facts.faults.map((fault) => (
        <li key={fault} className={css.red}>
          ✕ {fault}
        </li>
      ))}
    </ul>
  );
}
