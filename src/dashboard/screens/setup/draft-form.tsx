import { Button, Group, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { houseRulesQuery } from '../../api/queries.ts';
import { isIn } from '../../api/told.ts';
import type { StoredRules } from '../../api/types.ts';
import { Bones } from '../../parts/bones.tsx';
import { ProblemCard } from '../../parts/problem-card.tsx';
import { rulesTexts } from '../../texts/rules.ts';
import { SaveProblem } from '../../parts/save-problem.tsx';
import css from './setup.module.css';
import type { RulesDraft } from './use-rules-draft.ts';

/** The house rules once they are there; before that, that they are loading or why not. */
export function WithRules({ children }: { children: (stored: StoredRules) => ReactNode }): ReactNode {
  const query = useQuery(houseRulesQuery);
  if (query.data !== undefined) return children(query.data);
  if (query.error === null) return <Bones rows={4} />;
  return <ProblemCard error={query.error} onRetry={() => void query.refetch()} />;
}

interface DraftFormProps {
  readonly title: string;
  /** Said to who may only look. */
  readonly readOnly: string;
  readonly draft: RulesDraft;
  readonly canManage: boolean;
  /** Of the fields that tell their own faults. */
  readonly pointers: readonly string[];
  readonly children: ReactNode;
}

/** Some of the house rules as fields; below them why they could not be saved, and the buttons. */
export function DraftForm({ title, readOnly, draft, canManage, pointers, children }: DraftFormProps): ReactNode {
  const words = rulesTexts;
  return (
    <form
      aria-label={title}
      onSubmit={(event) => {
        event.preventDefault();
        void draft.save();
      }}
    >
      <fieldset className={css.plain} disabled={!canManage}>
        <Stack gap="md">
          {!canManage && <small className={css.muted}>{readOnly}</small>}
          {children}
          <SaveProblem
            error={draft.error}
            isAtField={(pointer) => pointers.some((field) => isIn(pointer, field))}
            onTheirs={() => void draft.takeTheirs()}
            onMine={() => void draft.saveOver()}
          />
          {canManage && (
            <Group className={css.saveBar}>
              <Button type="submit" loading={draft.isBusy} disabled={!draft.isBegun}>
                {words.save}
              </Button>
              {draft.isBegun && (
                <Button variant="default" onClick={draft.drop}>
                  {words.drop}
                </Button>
              )}
            </Group>
          )}
        </Stack>
      </fieldset>
    </form>
  );
}
