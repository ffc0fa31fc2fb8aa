import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { carryOut } from '../../api/corrections.ts';
import type { Choice, Correction } from '../../api/types.ts';
import { NotYours } from '../../parts/not-yours.tsx';
import { useMay } from '../../parts/use-may.ts';
import { Time } from '../../shell/time.tsx';
import { done } from '../../shell/undo.tsx';
import { run } from '../../shell/verbs.ts';
import { correctionTexts } from '../../texts/outbox.ts';
import { CorrectedPostLine } from './corrected-post-line.tsx';
import css from './outbox.module.css';

/** One story that changed after its posts were out: what happens to each, and one button for all of it. */
export function CorrectionCard({ correction }: { correction: Correction }): ReactNode {
  const mayCarryOut = useMay('posts:publish');
  const [choices, setChoices] = useState<ReadonlyMap<string, Choice>>(new Map());
  const [isBusy, setIsBusy] = useState(false);
  const open = correction.posts.filter((post) => post.state === 'open' || post.state === 'failed');
  const isOpen = correction.state === 'open';
  const go = async (): Promise<void> => {
    setIsBusy(true);
    const named = open.flatMap(({ postId }) => choices.get(postId) ?? []);
    if (await run(correctionTexts.carryOut(open.length), () => carryOut(correction.id, named))) {
      done(correctionTexts.asked);
    }
    setIsBusy(false);
  };
  return (
    <li className={css.correction} data-correction={correction.id}>
      <div className={css.correctionHead}>
        <h3 dir="auto">{correction.storyTitle}</h3>
        <span className={css.muted}>
          {correctionTexts.raised} <Time at={correction.createdAt} />
          {' · '}
          <Link to="/stories/$id" params={{ id: correction.articleId }}>
            {correctionTexts.story}
          </Link>
        </span>
        {isOpen && mayCarryOut && (
          <Button size="compact-sm" loading={isBusy} onClick={() => void go()}>
            {correctionTexts.carryOut(open.length)}
          </Button>
        )}
        {isOpen && <NotYours needs="posts:publish" />}
        {!isOpen && <span role="status">{correctionTexts.carrying}</span>}
      </div>
      <ul className={css.plain}>
        {correction.posts.map((post) => (
          <CorrectedPostLine
            key={post.postId}
            post={post}
            isOpen={isOpen && mayCarryOut && open.includes(post)}
            choice={choices.get(post.postId)}
            onChoose={(choice) => setChoices(new Map([...choices, [post.postId, choice]]))}
          />
        ))}
      </ul>
    </li>
  );
}
