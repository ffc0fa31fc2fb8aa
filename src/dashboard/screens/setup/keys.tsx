import { Button, Group, Table } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { ask, post } from '../../api/client.ts';
import { getAll } from '../../api/queries.ts';
import type { ApiKey } from '../../api/types.ts';
import { ProblemCard } from '../../parts/problem-card.tsx';
import { ScrollBox } from '../../parts/scroll-box.tsx';
import { askChoice } from '../../shell/dialogs.tsx';
import { Time } from '../../shell/time.tsx';
import { texts } from '../../texts.ts';
import { attempt } from './attempt.ts';
import { NewKey } from './new-key.tsx';
import css from './setup.module.css';
import { ShownOnce } from './shown-once.tsx';
import { typesName } from './types-name.ts';

const keysQuery = queryOptions({
  queryKey: ['api-keys'],
  queryFn: async ({ signal }) => (await getAll<ApiKey>('/v1/api-keys', 200, signal)).items,
});

/** Keys for programs: what each may do, when it was used, another secret, the end of it. */
export function Keys(): ReactNode {
  const query = useQuery(keysQuery);
  const [isMaking, setIsMaking] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const keys = query.data?.filter((key) => key.revokedAt === null) ?? [];
  const revoke = async (key: ApiKey): Promise<void> => {
    const { revoke: verb, revoked } = texts.setup;
    const label = texts.developer.revokeLabel(key.name);
    if (!(await typesName(texts.setup.revokeTitle, label, key.name, verb))) return;
    await attempt(verb, 'api-keys', () => ask('DELETE', `/v1/api-keys/${key.id}`), revoked);
  };
  const rotate = async (key: ApiKey): Promise<void> => {
    const choices = (['0', '60', '1440'] as const).map((value) => ({ value, label: texts.developer.overlaps[value] }));
    const overlap = await askChoice(texts.developer.rotateTitle(key.name), choices, texts.developer.rotate);
    if (overlap === null) return;
    await attempt(texts.developer.rotate, 'api-keys', async () => {
      const made = await post<{ secret: string | null }>(`/v1/api-keys/${key.id}/rotate`, {
        overlapMinutes: Number(overlap),
      });
      setSecret(made.secret);
    });
  };
  return (
    <>
      <h2 className={css.heading}>{texts.setup.keys}</h2>
      {query.error !== null && query.data === undefined && (
        <ProblemCard error={query.error} onRetry={() => void query.refetch()} />
      )}
      {keys.length === 0 && query.data !== undefined && <p className={css.muted}>{texts.developer.noKeys}</p>}
      {keys.length > 0 && (
        <ScrollBox label={texts.setup.keys}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{texts.setup.keyName}</Table.Th>
                <Table.Th>{texts.setup.keyScopes}</Table.Th>
                <Table.Th>{texts.setup.keyUsed}</Table.Th>
                <Table.Th>{texts.developer.actions}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {keys.map((key) => (
                <Table.Tr key={key.id}>
                  <Table.Td>
                    {key.name} {key.isTest && <small className={css.muted}>({texts.setup.keyTest})</small>}
                  </Table.Td>
                  <Table.Td className={css.scopes}>{key.scopes.join(', ')}</Table.Td>
                  <Table.Td>{key.lastUsedAt === null ? texts.setup.keyNever : <Time at={key.lastUsedAt} />}</Table.Td>
                  <Table.Td>
                    <Group gap={4}>
                      <Button
                        size="compact-sm"
                        variant="default"
                        aria-label={`${texts.developer.rotate} ${key.name}`}
                        onClick={() => void rotate(key)}
                      >
                        {texts.developer.rotate}
                      </Button>
                      <Button
                        size="compact-sm"
                        variant="subtle"
                        color="red"
                        aria-label={`${texts.setup.revoke} ${key.name}`}
                        onClick={() => void revoke(key)}
                      >
                        {texts.setup.revoke}
                      </Button>
                    </Group>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </ScrollBox>
      )}
      {secret !== null && <ShownOnce title={texts.setup.keyOnce} value={secret} onClose={() => setSecret(null)} />}
      {isMaking ? (
        <NewKey onClose={() => setIsMaking(false)} />
      ) : (
        <Button onClick={() => setIsMaking(true)}>{texts.setup.newKey}</Button>
      )}
    </>
  );
}
