import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { problemFrom } from '../api/client.ts';
import { copy } from '../shell/clipboard.ts';
import { texts } from '../texts.ts';
import css from './cards.module.css';

/** What went wrong, in the server's words, with what to tell the operator and a way to try again. */
export function ProblemCard({ error, onRetry }: { error: unknown; onRetry?: () => void }): ReactNode {
  const problem = problemFrom(error);
  const faults = problem.errors?.filter(({ message }) => message !== problem.detail) ?? [];
  const details = [
    `**${problem.title}** (${problem.status})`,
    problem.detail,
    `- request: \`${problem.requestId === '' ? '–' : problem.requestId}\``,
    `- address: \`${problem.instance}\``,
    ...(problem.errors ?? []).map((fault) => `- \`${fault.pointer}\` ${fault.message}`),
  ].join('\n');
  return (
    <div className={css.problem} role="alert">
      <strong>{problem.title}</strong>
      <p>{problem.detail}</p>
      {faults.length > 0 && (
        <ul>
          {faults.map((fault, index) => (
            <li key={index}>
              <code>{fault.pointer}</code> {fault.message}
            </li>
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
