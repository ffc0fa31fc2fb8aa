import { Anchor, Button, Group, Table } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { ask } from '../../api/client.ts';
import { getAll } from '../../api/queries.ts';
import { queryClient } from '../../api/query-client.ts';
import type { ApiKey } from '../../api/types.ts';
import { ProblemCard } from '../../parts/problem-card.tsx';
import { confirm } from '../../shell/dialogs.tsx';
import { Time } from '../../shell/time.tsx';
import { done, failed } from '../../shell/undo.tsx';
import { texts } from '../../texts.ts';
import { NewKey } from './new-key.tsx';
import css from './setup.module.css';

const keysQuery = queryOptions({
  queryKey: ['api-keys'],
  queryFn: async ({ signal }) => (await getAll<ApiKey>('/v1/api-keys', 200, signal)).items,
});

/** Keys for programs, and where the API is described. */
export function Developer({ canManage }: { canManage: boolean }): ReactNode {
  const query = useQuery({ ...keysQuery, enabled: canManage });
  const [isMaking, setIsMaking] = useState(false);
  const revoke = async (key: ApiKey): Promise<void> => {
    if (!(await confirm(texts.setup.revokeTitle, texts.setup.revokeBody, texts.setup.revoke))) return;
    try {
      await ask('DELETE', `/v1/api-keys/${key.id}`);
      done(texts.setup.revoked);
    } catch (error) {
      failed(texts.setup.revoke, error);
    }
    void queryClient.invalidateQueries({ queryKey: ['api-keys'] });
  };
  return (
    <>
      <Group mb="md">
        <Anchor href="/docs/" target="_blank">
          {texts.setup.reference}
        </Anchor>
        <Anchor href="/openapi.json" target="_blank">
          {texts.setup.openapi}
        </Anchor>
      </Group>
      {query.error !== null && query.data === undefined && <ProblemCard error={query.error} />}
      {canManage && (
        <>
          <h2 className={css.heading}>{texts.setup.keys}</h2>
          <Table.ScrollContainer minWidth={480}>
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{texts.setup.keyName}</Table.Th>
                  <Table.Th>{texts.setup.keyScopes}</Table.Th>
                  <Table.Th>{texts.setup.keyUsed}</Table.Th>
                  <Table.Th aria-label={texts.setup.revoke} />
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {query.data
                  ?.filter((key) => key.revokedAt === null)
                  .map((key) => (
                    <Table.Tr key={key.id}>
                      <Table.Td>
                        {key.name} {key.isTest && <small className={css.muted}>({texts.setup.keyTest})</small>}
                      </Table.Td>
                      <Table.Td className={css.scopes}>{key.scopes.join(', ')}</Table.Td>
                      <Table.Td>
                        {key.lastUsedAt === null ? texts.setup.keyNever : <Time at={key.lastUsedAt} />}
                      </Table.Td>
                      <Table.Td>
                        <Button size="compact-sm" variant="subtle" color="red" onClick={() => void revoke(key)}>
                          {texts.setup.revoke}
                        </Button>
                      </Table.Td>
                    </Table.Tr>
                  ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
          {isMaking ? (
            <NewKey onClose={() => setIsMaking(false)} />
          ) : (
            <Button onClick={() => setIsMaking(true)}>{texts.setup.newKey}</Button>
          )}
        </>
      )}
    </>
  );
}
