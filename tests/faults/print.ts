import type { BackendName } from '../servers/backends.ts';
import { everywhere, gateOf } from './row.ts';
import type { Row } from './row.ts';
import type { Finding } from './run-row.ts';

/** How the matrix looks on a terminal, and how in the README. */

const columns = [
  ['row', 4],
  ['fault', 72],
  ['on', 16],
  ['posts', 7],
  ['lost', 6],
  ['twice', 7],
  ['early', 7],
  ['unknown', 9],
  ['given up', 10],
  ['jobs run', 10],
  ['latest ms', 11],
  ['recovery ms', 13],
] as const;

export function headLine(): string {
  return lineOf(columns.map(([name]) => name));
}

/** The line of a row, and below it what else it found. */
export function linesOf({ row, backend, verdict, notes, faults, notRun }: Finding): string {
  const begin = [row.n, row.name, backend];
  const counts =
    verdict === null
      ? []
      : [
          verdict.posts,
          verdict.lost,
          verdict.twice,
          verdict.early,
          verdict.unknown,
          verdict.failed + verdict.stale,
          verdict.starts,
          verdict.worstMs,
          verdict.recoveryMs,
        ];
  return [
    lineOf([...begin, ...counts]) + (notRun === null ? '' : `not run: ${notRun}`),
    ...notes.map(({ sentence }) => `     ${sentence}`),
    ...(faults.length === 0 ? [] : [`     MISSED: ${faults.join('; ')}`]),
  ].join('\n');
}

function lineOf(cells: readonly (string | number)[]): string {
  return cells
    .map((cell, n) => (n < 3 ? String(cell).padEnd(columns[n]?.[1] ?? 0) : String(cell).padStart(columns[n]?.[1] ?? 0)))
    .join('');
}

/** A row of the README's table for each row of the matrix, all backends in one; what was not run says so. */
export function markdownOf(rows: readonly Row[], findings: readonly Finding[], heading: string): string {
  const cell = (row: Row, backend: BackendName): string => {
    if (!(row.on as readonly BackendName[]).includes(backend)) return '–';
    const finding = findings.find((one) => one.row === row && one.backend === backend);
    if (finding === undefined) return 'not run';
    if (finding.notRun !== null) return `not run: ${finding.notRun}`;
    const said = finding.notes.map(({ sentence }) => sentence);
    const missed = finding.faults.length === 0 ? '' : ' **missed**';
    if (finding.verdict === null) return `${said.join('; ') || 'could not be run'}${missed}`;
    const { lost, twice, unknown, worstMs, recoveryMs } = finding.verdict;
    const counts = `${lost} / ${twice} / ${unknown} · ${seconds(worstMs)} · ${seconds(recoveryMs)}`;
    return `${[counts, ...said].join('; ')}${missed}`;
  };
  const posts = (row: Row): string =>
    [...new Set(findings.filter((one) => one.row === row).map((one) => one.verdict?.posts.toLocaleString('en')))]
      .filter((count) => count !== undefined)
      .join(', ') || '–';
  return [
    heading,
    '',
    '| # | Fault | Posts | Gate | Redis + PostgreSQL | PostgreSQL | Embedded |',
    '| --: | --- | --: | --- | --- | --- | --- |',
    ...rows.map(
      (row) =>
        `| ${row.n} | ${row.name} | ${posts(row)} | ${gateOf(row)} | ${everywhere.map((backend) => cell(row, backend)).join(' | ')} |`,
    ),
  ].join('\n');
}

function seconds(ms: number): string {
  const s = ms / 1000;
  return s < 600 ? `${s.toFixed(1)} s` : `${Math.round(s / 60)} min`;
}
