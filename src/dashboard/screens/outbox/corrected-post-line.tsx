import { Button, Select, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { Choice, CorrectedPost } from '../../api/types.ts';
import { correctionWaits } from '../../../domain/correction.ts';
import { postQuery } from '../../api/queries.ts';
import { DiffText } from '../../parts/diff-text.tsx';
import { State } from '../../parts/state.tsx';
import { useWhere } from '../../parts/use-networks.ts';
import { correctionTexts, outboxTexts } from '../../texts/outbox.ts';
import css from './outbox.module.css';

interface CorrectedPostLineProps {
  readonly post: CorrectedPost;
  readonly isOpen: boolean;
  readonly choice: Choice | undefined;
  readonly onChoose: (choice: Choice) => void;
}

/** One post of a correction: what it says and would say, and which of the ways of its network is taken. */
export function CorrectedPostLine({ post, isOpen, choice, onChoose }: CorrectedPostLineProps): ReactNode {
  const [isEditing, setIsEditing] = useState(choice?.texts !== undefined);
  const { accountName } = useWhere()(post.accountId, post.network);
  const out = useQuery(postQuery(post.postId)).data?.parts;
  const remedy = choice?.choice ?? post.plan;
  const words = choice?.texts ?? post.texts;
  const change = (next: Partial<Choice>): void => onChoose({ postId: post.postId, ...choice, ...next });
  return (
    <li>
      <div className={css.correctedHead}>
        <strong>{accountName}</strong>
        <span className={css.muted}>
          {isWaiting(post) ? correctionTexts.notYet : correctionTexts.states[post.state]}
        </span>
        {isOpen ? (
          <>
            <Select
              size="xs"
              w={270}
              aria-label={correctionTexts.remedy(accountName)}
              allowDeselect={false}
              value={remedy}
              onChange={(value) => {
                const next = post.options.find((one) => one === value);
                if (next !== undefined) change({ choice: next });
              }}
              data={post.options.map((one) => ({ value: one, label: correctionTexts.remedies[one] }))}
            />
            <Button
              size="compact-sm"
              variant="subtle"
              aria-expanded={isEditing}
              onClick={() => setIsEditing(!isEditing)}
            >
              {correctionTexts.words}
            </Button>
          </>
        ) : (
          <span>{correctionTexts.remedies[post.plan]}</span>
        )}
        {isWaiting(post) && (
          <span className={css.waits}>
            {correctionTexts.newOne} <State of={{ state: post.newPostState ?? 'scheduled', held: false }} />
          </span>
        )}
        {post.url !== null && (
          <a href={post.url} target="_blank" rel="noreferrer">
            {outboxTexts.open}
          </a>
        )}
      </div>
      {post.problem !== null && <p className={css.bad}>{post.problem}</p>}
      {isEditing && isOpen
        ? words.map((text, index) => (
            <Textarea
              key={index}
              autosize
              dir="auto"
              aria-label={correctionTexts.wordsFor(accountName)}
              value={text}
              onChange={(event) => change({ texts: words.with(index, event.currentTarget.value) })}
            />
          ))
        : words.map((text, index) => <DiffText key={index} before={out?.[index]?.text ?? text} after={text} />)}
    </li>
  );
}

/** Whether readers do not see the right one yet. */
function isWaiting({ newPostState }: CorrectedPost): boolean {
  return newPostState !== null && correctionWaits.includes(newPostState);
}
