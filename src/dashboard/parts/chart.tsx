import { Button, Table } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { healthTexts } from '../texts/health.ts';
import { scaleTo } from './chart-scale.ts';
import css from './chart.module.css';
import type { Mark, Series } from './series.ts';

interface ChartProps {
  readonly title: string;
  readonly hint: string;
  readonly labels: readonly string[];
  readonly labelName: string;
  readonly series: readonly Series[];
  readonly kind: 'lines' | 'bars';
  readonly show: (value: number) => string;
  readonly mark?: Mark;
}

const HEIGHT = 170;
const LEFT = 68;
const BOTTOM = 22;
const TOP = 8;

/** A plot of numbers over time, and the same numbers as a table. */
export function Chart({ title, hint, labels, labelName, series, kind, show, mark }: ChartProps): ReactNode {
  const { ref, width } = useElementSize();
  const [isTable, setIsTable] = useState(false);
  const sums = labels.map((_, index) => series.reduce((sum, one) => sum + (one.values[index] ?? 0), 0));
  const highest =
    kind === 'bars'
      ? Math.max(0, ...sums)
      : Math.max(0, ...series.flatMap((one) => one.values.map((value) => value ?? 0)));
  const { top, ticks } = scaleTo(highest, mark?.at ?? null);
  const inner = Math.max(10, width - LEFT - 8);
  const step = inner / Math.max(1, labels.length);
  const yOf = (value: number): number => TOP + (1 - value / top) * (HEIGHT - TOP - BOTTOM);
  const every = Math.max(1, Math.ceil(labels.length / Math.max(2, Math.floor(inner / 84))));
  return (
    <section className={css.chart} aria-label={title}>
      <header>
        <h2>
          {title} <small>{hint}</small>
        </h2>
        <Button size="compact-xs" variant="default" onClick={() => setIsTable(!isTable)} aria-pressed={isTable}>
          {isTable ? healthTexts.asChart : healthTexts.asTable}
        </Button>
      </header>
      <div ref={ref}>
        {isTable ? (
          <ChartTable labels={labels} labelName={labelName} series={series} show={show} title={title} mark={mark} />
        ) : width === 0 ? (
          // As high as it will be, before it is known how wide: what stands below stays where it is.
          <svg width={0} height={HEIGHT} aria-hidden="true" />
        ) : (
          <svg width={width} height={HEIGHT} role="img" aria-label={`${title}. ${hint}. ${healthTexts.asTable}.`}>
            {ticks.map((tick) => (
              <g key={tick}>
                <line x1={LEFT} x2={width - 8} y1={yOf(tick)} y2={yOf(tick)} className={css.grid} />
                <text x={LEFT - 8} y={yOf(tick) + 4} textAnchor="end" className={css.label}>
                  {tick === 0 ? '0' : show(tick)}
                </text>
              </g>
            ))}
            {labels.map(
              (label, index) =>
                index % every === 0 && (
                  <text
                    key={index}
                    x={LEFT + (index + 0.5) * step}
                    y={HEIGHT - 5}
                    textAnchor="middle"
                    className={css.label}
                  >
                    {label}
                  </text>
                ),
            )}
            {kind === 'bars'
              ? bars(series, step, yOf)
              : series.map((one) => (
                  <g key={one.name} className={css[one.tone]}>
                    <path d={lineOf(one.values, step, yOf)} className={css.line} strokeDasharray={one.dash} />
                    {one.values.map((value, index) =>
                      value === null ? null : (
                        <circle
                          key={index}
                          cx={LEFT + (index + 0.5) * step}
                          cy={yOf(value)}
                          r="2.5"
                          className={css.dot}
                        />
                      ),
                    )}
                  </g>
                ))}
            {mark !== undefined && mark.at <= top && (
              <line x1={LEFT} x2={width - 8} y1={yOf(mark.at)} y2={yOf(mark.at)} className={css.goal} />
            )}
          </svg>
        )}
      </div>
      <ul className={css.legend}>
        {series.map((one) => (
          <li key={one.name} className={css[one.tone]}>
            <svg width="18" height="10" aria-hidden="true">
              {kind === 'bars' ? (
                <rect width="12" height="10" className={css.bar} />
              ) : (
                <line x1="0" x2="18" y1="5" y2="5" className={css.line} strokeDasharray={one.dash} />
              )}
            </svg>
            {one.name}
          </li>
        ))}
        {/* Named here: in the picture its name would lie over what is drawn there. */}
        {mark !== undefined && (
          <li>
            <svg width="18" height="10" aria-hidden="true">
              <line x1="0" x2="18" y1="5" y2="5" className={css.goal} />
            </svg>
            {mark.at <= top ? mark.name : `↑ ${mark.name}`}
          </li>
        )}
      </ul>
    </section>
  );
}

function bars(series: readonly Series[], step: number, yOf: (value: number) => number): ReactNode {
  const base: number[] = [];
  return series.map((one) => (
    <g key={one.name} className={css[one.tone]}>
      {one.values.map((value, index) => {
        const from = base[index] ?? 0;
        base[index] = from + (value ?? 0);
        if (value === null || value === 0) return null;
        return (
          <rect
            key={index}
            className={css.bar}
            x={LEFT + index * step + step * 0.12}
            width={Math.max(1, step * 0.76)}
            y={yOf(from + value)}
            height={Math.max(1, yOf(from) - yOf(from + value))}
          />
        );
      })}
    </g>
  ));
}

/** A path that is interrupted where there is no value. */
function lineOf(values: readonly (number | null)[], step: number, yOf: (value: number) => number): string {
  let path = '';
  let isDown = false;
  values.forEach((value, index) => {
    if (value === null) {
      isDown = false;
      return;
    }
    path += `${isDown ? 'L' : 'M'}${(LEFT + (index + 0.5) * step).toFixed(1)} ${yOf(value).toFixed(1)}`;
    isDown = true;
  });
  return path;
}

interface ChartTableProps {
  readonly title: string;
  readonly labels: readonly string[];
  readonly labelName: string;
  readonly series: readonly Series[];
  readonly show: (value: number) => string;
  readonly mark: Mark | undefined;
}

function ChartTable({ title, labels, labelName, series, show, mark }: ChartTableProps): ReactNode {
  return (
    <div className={css.table} tabIndex={0} role="region" aria-label={title}>
      <Table stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{labelName}</Table.Th>
            {series.map((one) => (
              <Table.Th key={one.name}>{one.name}</Table.Th>
            ))}
            {mark?.column !== undefined && <Table.Th>{mark.column}</Table.Th>}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {labels.map((label, index) => (
            <Table.Tr key={index}>
              <Table.Th scope="row">{label}</Table.Th>
              {series.map((one) => {
                const value = one.values[index];
                return <Table.Td key={one.name}>{value === null || value === undefined ? '–' : show(value)}</Table.Td>;
              })}
              {mark?.column !== undefined && <Table.Td>{show(mark.at)}</Table.Td>}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
