import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { carryOut } from '../../api/corrections.ts';
import type { Choice, Correction } from '../../api/types.ts';
import { NotYours } from '../../parts/not-yours.tsx';
import { useMay } from '../../parts/use-may.ts';
import { KeptMark } from '../../parts/kept-mark.tsx';
import { useKept } from '../../parts/use-kept.ts';
import { useWhere } from '../../parts/use-networks.ts';
import { confirm } from '../../shell/dialogs.tsx';
import { Time } from '../../shell/time.tsx';
import { done } from '../../shell/undo.tsx';
import { run } from '../../shell/verbs.ts';
import { correctionTexts } from '../../texts/outbox.ts';
import { CorrectedPostLine } from './corrected-post-line.tsx';
import css from './outbox.module.css';

/** One story that changed after its posts were out: what happens to each, and one button for all of it. */
export function CorrectionCard({ correction }: { correction: Correction }): ReactNode {
  const mayCarryOut = useMay('posts:publish');
  // Of this revision: what was chosen about an earlier one says what is not true any more.
  const kept = useKept<Readonly<Record<string, Choice>>>(`correction.${correction.id}.${correction.articleId}`, {});
  const choices = kept.typed;
  const where = useWhere();
  const [isBusy, setIsBusy] = useState(false);
  const open = correction.posts.filter((post) => post.state === 'open' || post.state === 'failed');
  const isOpen = correction.state === 'open';
  const go = async (): Promise<void> => {
    const named = open.flatMap(({ postId }) => choices[postId] ?? []);
    const taken = open.filter(({ postId, plan }) => (choices[postId]?.choice ?? plan) === 'replace');
    if (taken.length > 0) {
      const about = taken.map(({ postId, accountId, network, texts }) => {
        const { accountName, networkName } = where(accountId, network);
        const name = `${accountName} · ${networkName}`;
        return { id: postId, name, text: choices[postId]?.texts?.[0] ?? texts[0] ?? '' };
      });
      const { title, body } = correctionTexts.takesDown;
      if (!(await confirm(title(taken.length), body, correctionTexts.carryOut(open.length), about))) return;
    }
    setIsBusy(true);
    if (await run(correctionTexts.carryOut(open.length), () => carryOut(correction.id, named))) {
      kept.forget();
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
        {!isOpen && (
          <span role="status">{correction.state === 'done' ? correctionTexts.waits : correctionTexts.carrying}</span>
        )}
      </div>
      {isOpen && <KeptMark of={kept} />}
      <ul className={css.plain}>
        {correction.posts.map((post) => (
          <CorrectedPostLine
            key={post.postId}
            post={post}
            isOpen={isOpen && mayCarryOut && open.includes(post)}
            choice={choices[post.postId]}
            onChoose={(choice) => kept.type({ ...choices, [post.postId]: choice })}
          />
        ))}
      </ul>
    </li>
  );
}
