import { Button, Table } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { Source } from '../../api/types.ts';
import { ScrollBox } from '../../parts/scroll-box.tsx';
import { sourceTexts } from '../../texts/sources.ts';
import css from './intake.module.css';

const STEP = 9;
const HEIGHT = 28;

/** What a source brought on each of 14 days: all of it pale, what was taken in strong. The same as a table. */
export function Spark({ days }: { days: Source['days'] }): ReactNode {
  const [isTable, setIsTable] = useState(false);
  const top = Math.max(1, ...days.map(({ items }) => items));
  const sum = (of: 'items' | 'accepted'): number => days.reduce((total, day) => total + day[of], 0);
  const words = sourceTexts.spark(sum('items'), sum('accepted'));
  const bar = (index: number, count: number, look: string | undefined): ReactNode => {
    const height = count === 0 ? 0 : Math.max(2, (count / top) * (HEIGHT - 2));
    return <rect x={index * STEP} y={HEIGHT - 1 - height} width={STEP - 2} height={height} className={look} />;
  };
  return (
    <div className={css.spark}>
      {isTable ? (
        <ScrollBox label={words}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{sourceTexts.day}</Table.Th>
                <Table.Th>{sourceTexts.items}</Table.Th>
                <Table.Th>{sourceTexts.taken}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {days.map(({ day, items, accepted }) => (
                <Table.Tr key={day}>
                  <Table.Th scope="row">{day}</Table.Th>
                  <Table.Td>{items}</Table.Td>
                  <Table.Td>{accepted}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </ScrollBox>
      ) : (
        <svg width={days.length * STEP} height={HEIGHT} role="img" aria-label={words}>
          <line x1="0" x2={days.length * STEP} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} className={css.base} />
          {days.map(({ day, items, accepted }, index) => (
            <g key={day}>
              {bar(index, items, css.itemsBar)}
              {bar(index, accepted, css.takenBar)}
            </g>
          ))}
        </svg>
      )}
      <Button size="compact-xs" variant="subtle" aria-pressed={isTable} onClick={() => setIsTable(!isTable)}>
        {isTable ? sourceTexts.asChart : sourceTexts.asTable}
      </Button>
      <small className={css.meta}>{words}</small>
    </div>
  );
}
