import { Button } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { getAll } from '../../api/queries.ts';
import type { ApiKey } from '../../api/types.ts';
import { keptAs } from '../../parts/kept.ts';
import { ProblemCard } from '../../parts/problem-card.tsx';
import { setupTexts } from '../../texts/setup.ts';
import { developerTexts } from '../../texts/developer.ts';
import { KeyRow } from './key-row.tsx';
import { KEY_SLOT, NewKey } from './new-key.tsx';
import css from './setup.module.css';
import { ShownOnce } from './shown-once.tsx';

export const keysQuery = queryOptions({
  queryKey: ['api-keys'],
  queryFn: async ({ signal }) => (await getAll<ApiKey>('/v1/api-keys', 200, signal)).items,
});

/** Keys for programs. */
export function Keys(): ReactNode {
  const query = useQuery(keysQuery);
  const [isMaking, setIsMaking] = useState(() => keptAs(KEY_SLOT) !== null);
  const [secret, setSecret] = useState<string | null>(null);
  const keys = query.data?.filter((key) => key.revokedAt === null) ?? [];
  return (
    <>
      <h2 className={css.heading}>{setupTexts.keys}</h2>
      {query.error !== null && query.data === undefined && (
        <ProblemCard error={query.error} onRetry={() => void query.refetch()} />
      )}
      {keys.length === 0 && query.data !== undefined && <p className={css.muted}>{developerTexts.noKeys}</p>}
      <ul className={css.accounts} aria-label={setupTexts.keys}>
        {keys.map((key) => (
          <KeyRow key={key.id} of={key} onSecret={setSecret} />
        ))}
      </ul>
      {secret !== null && <ShownOnce title={setupTexts.keyOnce} value={secret} onClose={() => setSecret(null)} />}
      {isMaking && <NewKey onClose={() => setIsMaking(false)} />}
      {!isMaking && query.isFetched && <Button onClick={() => setIsMaking(true)}>{setupTexts.newKey}</Button>}
    </>
  );
}
