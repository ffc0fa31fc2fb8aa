import { Button, Group, Table } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { MOST_DAYS } from '../../../domain/retention.ts';
import { ask, get, problemFrom } from '../../api/client.ts';
import { faultAt, isIn } from '../../api/told.ts';
import { queryClient } from '../../api/query-client.ts';
import type { RetentionView } from '../../api/types.ts';
import { Bones } from '../../parts/bones.tsx';
import { KeptMark } from '../../parts/kept-mark.tsx';
import { NumberField } from '../../parts/number-field.tsx';
import { ProblemCard } from '../../parts/problem-card.tsx';
import { confirm } from '../../shell/dialogs.tsx';
import { done } from '../../shell/undo.tsx';
import { retention as words } from '../../texts/settings.ts';
import { SaveProblem } from '../../parts/save-problem.tsx';
import { useKept } from '../../parts/use-kept.ts';
import css from './setup.module.css';

const retentionQuery = queryOptions({
  queryKey: ['retention'],
  queryFn: ({ signal }) => get<RetentionView>('/v1/retention', signal),
});

type Days = Readonly<Record<string, number>>;

/** How long each kind of thing is kept; an admin may change what the operator has not set. */
export function Retention({ canManage }: { canManage: boolean }): ReactNode {
  const query = useQuery(retentionQuery);
  return (
    <>
      <h2 className={css.heading}>{words.title}</h2>
      <p className={css.muted}>{words.why}</p>
      {query.isPending && <Bones rows={4} />}
      {query.error !== null && query.data === undefined && (
        <ProblemCard error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.data !== undefined && <Ages stored={query.data} canManage={canManage} />}
    </>
  );
}

/** Keeps what was begun, on this device, although somebody else decides meanwhile: saving then asks whose it is to be. */
function Ages({ stored, canManage }: { stored: RetentionView; canManage: boolean }): ReactNode {
  const kept = useKept<{ days: Days; version: number }>('retention', { days: {}, version: stored.version });
  // What an admin began on this device is not shown to who may only look, as if it held.
  const begun = canManage && kept.isBegun ? kept.typed : null;
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setIsBusy] = useState(false);
  const days: Days = { ...Object.fromEntries(stored.ages.map((age) => [age.what, age.days])), ...begun?.days };
  const shorter = stored.ages.filter((age) => (days[age.what] ?? age.days) < age.days);

  const save = async (version: number): Promise<void> => {
    const list = shorter.map(({ what }) => words.shorterOne(words.ages[what][0], days[what] ?? 0)).join(', ');
    if (list !== '' && !(await confirm(words.shorter, words.shorterWhy(list), words.shorterDo))) return;
    setIsBusy(true);
    setError(null);
    const open = stored.ages.filter(({ isFixed }) => !isFixed).map(({ what }) => [what, days[what]]);
    try {
      const body = { days: Object.fromEntries(open) as Days };
      const after = await ask<RetentionView>('PUT', '/v1/retention', { body, version });
      queryClient.setQueryData(retentionQuery.queryKey, after);
      kept.forget();
      done(words.saved);
    } catch (problem) {
      setError(problem);
    } finally {
      setIsBusy(false);
    }
  };
  const drop = (): void => {
    kept.discard();
    setError(null);
  };

  return (
    <form
      aria-label={words.title}
      onSubmit={(event) => {
        event.preventDefault();
        void save(begun?.version ?? stored.version);
      }}
    >
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words.what}</Table.Th>
            <Table.Th className={css.daysCell}>{words.days}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {stored.ages.map(({ what, usual, isFixed }) => (
            <Table.Tr key={what}>
              <Table.Td>
                <strong>{words.ages[what][0]}</strong>
                <div className={css.muted}>{words.ages[what][1]}</div>
              </Table.Td>
              <Table.Td className={css.daysCell}>
                {canManage && !isFixed ? (
                  <NumberField
                    size="xs"
                    aria-label={words.daysOf(words.ages[what][0])}
                    range={{ min: 1, max: MOST_DAYS }}
                    error={faultAt(problemFrom(error), `/days/${what}`)}
                    value={days[what] ?? usual}
                    onChange={(value) =>
                      kept.type({
                        version: begun?.version ?? stored.version,
                        days: { ...begun?.days, [what]: value },
                      })
                    }
                  />
                ) : (
                  <div>{days[what]}</div>
                )}
                <small className={css.muted}>{isFixed ? words.fixed : words.usual(usual)}</small>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <SaveProblem
        error={error}
        isAtField={(pointer) => isIn(pointer, '/days')}
        onTheirs={() => {
          drop();
          void queryClient.invalidateQueries({ queryKey: retentionQuery.queryKey });
        }}
        onMine={() => void get<RetentionView>('/v1/retention').then((now) => save(now.version))}
      />
      {canManage && begun !== null && (
        <Group mt="sm">
          <Button type="submit" loading={isBusy}>
            {words.save}
          </Button>
          <KeptMark of={{ isBegun: true, discard: drop }} />
        </Group>
      )}
    </form>
  );
}
