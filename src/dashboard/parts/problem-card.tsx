import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { problemFrom, sessionEvents } from '../api/client.ts';
import { toldOf } from '../api/told.ts';
import { copy } from '../shell/clipboard.ts';
import { texts } from '../texts.ts';
import css from './cards.module.css';

interface ProblemCardProps {
  readonly error: unknown;
  readonly onRetry?: () => void;
  /** Whether a fault stands at its field already, by its pointer. */
  readonly isAtField?: (pointer: string) => boolean;
}

/** What went wrong, with what to tell the operator, in the server's own words, and a way to try again. */
export function ProblemCard({ error, onRetry, isAtField }: ProblemCardProps): ReactNode {
  const isOver = useOver(error);
  if (isOver) return null;
  const problem = problemFrom(error);
  const { title, detail, faults } = toldOf(problem, isAtField);
  const details = [
    `**${problem.title}** (${problem.status})`,
    problem.detail,
    `- request: \`${problem.requestId === '' ? '–' : problem.requestId}\``,
    `- address: \`${problem.instance}\``,
    ...(problem.errors ?? []).map((fault) => `- \`${fault.pointer}\` ${fault.message}`),
  ].join('\n');
  return (
    <div className={css.problem} role="alert">
      <strong>{title}</strong>
      {detail !== '' && <p>{detail}</p>}
      {faults.length > 0 && (
        <ul>
          {faults.map((fault) => (
            <li key={fault}>{fault}</li>
          ))}
        </ul>
      )}
      <Group gap="xs">
        {onRetry !== undefined && (
          <Button size="compact-sm" onClick={onRetry}>
            {texts.retry}
          </Button>
        )}
        <Button size="compact-sm" variant="default" onClick={() => void copy(details)}>
          {texts.copyDetails}
        </Button>
        {problem.requestId !== '' && <small className={css.muted}>{problem.requestId}</small>}
      </Group>
    </div>
  );
}

/** That a session had ended is no news once its member has signed in again. */
function useOver(error: unknown): boolean {
  const [over, setOver] = useState<unknown>(null);
  useEffect(() => {
    if (problemFrom(error).status !== 401) return undefined;
    const onAgain = (): void => setOver(error);
    sessionEvents.addEventListener('again', onAgain);
    return () => sessionEvents.removeEventListener('again', onAgain);
  }, [error]);
  return over !== null && over === error;
}
