import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Figures } from '../../api/types.ts';
import { onTimePercent } from '../../parts/on-time.ts';
import { ScrollBox } from '../../parts/scroll-box.tsx';
import { useWhere } from '../../parts/use-networks.ts';
import { latenessOf } from '../../shell/time.tsx';
import { healthTexts } from '../../texts/health.ts';
import css from './health.module.css';

const words = healthTexts;
const lateOr = (ms: number | null): string => (ms === null ? '–' : latenessOf(ms));

/** The same span, network by network: which of them is late. */
export function ByNetwork({ figures, range }: { figures: Figures; range: string }): ReactNode {
  const where = useWhere();
  const rows = figures.networks.filter((one) => one.network !== null);
  if (rows.length === 0) return null;
  return (
    <section className={css.foundations} aria-labelledby="by-network">
      <h2 id="by-network">
        {words.byNetwork} <small>{range}</small>
      </h2>
      <ScrollBox label={words.byNetwork}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{words.networkName}</Table.Th>
              <Table.Th>{words.onTime}</Table.Th>
              <Table.Th>{words.published}</Table.Th>
              <Table.Th>{words.failed}</Table.Th>
              <Table.Th>{words.median}</Table.Th>
              <Table.Th>{words.p95}</Table.Th>
              <Table.Th>{words.worst}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody className="tabular">
            {rows.map(({ network, whole }) => (
              <Table.Tr key={network}>
                <Table.Th scope="row">{where('', network ?? '').networkName}</Table.Th>
                <Table.Td>{whole.measured === 0 ? '–' : `${onTimePercent(whole)} %`}</Table.Td>
                <Table.Td>{whole.published + whole.retried}</Table.Td>
                <Table.Td className={whole.failed > 0 ? css.broken : ''}>{whole.failed}</Table.Td>
                <Table.Td>{lateOr(whole.medianMs)}</Table.Td>
                <Table.Td>{lateOr(whole.p95Ms)}</Table.Td>
                <Table.Td>{lateOr(whole.worstMs)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollBox>
    </section>
  );
}
