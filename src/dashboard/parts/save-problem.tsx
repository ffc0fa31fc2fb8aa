import { Alert, Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { problemFrom } from '../api/client.ts';
import { ProblemCard } from './problem-card.tsx';
import { rulesTexts } from '../texts/rules.ts';

interface SaveProblemProps {
  readonly error: unknown;
  readonly isAtField?: (pointer: string) => boolean;
  /** Lets go of what was written here, for what is stored now. */
  readonly onTheirs: () => void;
  /** Saves what was written here over it. */
  readonly onMine: () => void;
}

/** Why saving did not work. Where somebody else was first, nothing is overwritten before that was chosen. */
export function SaveProblem({ error, isAtField, onTheirs, onMine }: SaveProblemProps): ReactNode {
  if (error === null) return null;
  if (problemFrom(error).status !== 412) return <ProblemCard error={error} {...(isAtField && { isAtField })} />;
  return (
    <Alert color="yellow" role="alert" title={rulesTexts.conflict}>
      <p>{rulesTexts.conflictWhy}</p>
      <Group gap="xs">
        <Button size="compact-sm" onClick={onTheirs}>
          {rulesTexts.theirs}
        </Button>
        <Button size="compact-sm" variant="default" onClick={onMine}>
          {rulesTexts.mine}
        </Button>
      </Group>
    </Alert>
  );
}
