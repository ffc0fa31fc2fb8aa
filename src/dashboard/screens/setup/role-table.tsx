import { Table, VisuallyHidden } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { get } from '../../api/client.ts';
import type { RoleRow } from '../../api/types.ts';
import { ScrollBox } from '../../parts/scroll-box.tsx';
import { setupTexts } from '../../texts/setup.ts';
import { teamTexts } from '../../texts/team.ts';
import css from './setup.module.css';

export const rolesQuery = queryOptions({
  queryKey: ['roles'],
  queryFn: async ({ signal }) => (await get<{ roles: RoleRow[] }>('/v1/roles', signal)).roles,
  staleTime: Infinity,
});

/** What each role may do, from least to most. */
export function RoleTable(): ReactNode {
  const roles = useQuery(rolesQuery).data ?? [];
  const scopes = roles.at(-1)?.scopes ?? [];
  return (
    <details className={css.details}>
      <summary>{teamTexts.matrix}</summary>
      <ScrollBox label={teamTexts.matrix}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{setupTexts.keyScopes}</Table.Th>
              {roles.map(({ role }) => (
                <Table.Th key={role}>{teamTexts.roles[role]}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {scopes.map((scope) => (
              <Table.Tr key={scope}>
                <Table.Th scope="row">{scope}</Table.Th>
                {roles.map((row) => (
                  <Table.Td key={row.role}>
                    <span aria-hidden="true">{row.scopes.includes(scope) ? '✓' : '–'}</span>
                    <VisuallyHidden>{row.scopes.includes(scope) ? teamTexts.yes : teamTexts.no}</VisuallyHidden>
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollBox>
    </details>
  );
}
