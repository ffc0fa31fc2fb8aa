import { parseArgs } from 'node:util';
import type { BackendName } from '../servers/backends.ts';
import { everywhere } from './row.ts';
import type { Row } from './row.ts';
import type { Finding } from './run-row.ts';

/** What `npm run faults` was asked to run. */
export interface Asked {
  readonly rows: readonly Row[];
  readonly backends: readonly BackendName[];
  readonly seed: number;
  /** Null where the rows are run in turn. */
  readonly soakMs: number | null;
  readonly isMarkdown: boolean;
}

/** What is printed instead of a run, and the exit code: 2 for what cannot be run as asked. */
export interface Told {
  readonly sentence: string;
  readonly code: 0 | 2;
}

export const usage = `npm run faults -- [options]
  --rows 1,2,8                        these rows of the fault matrix; all of them if left out
  --backend redis|postgres|embedded   one backend; all of them if left out
  --large                             the row of 100,000 posts too
  --markdown                          the README's table at the end
  --soak 10m                          faults at random until the time, in minutes, is over
  --seed 7                            the same chance again
Exit code 1 where a gate is missed, 2 where nothing can be run as asked.`;

const backendOf: Readonly<Record<string, BackendName>> = {
  redis: 'redis+postgres',
  postgres: 'postgres',
  embedded: 'embedded',
};
const nameOf = (backend: BackendName): string =>
  Object.keys(backendOf).find((name) => backendOf[name] === backend) ?? backend;

class Unasked extends Error {}

/** Reads the command's arguments. */
export function askedFor(args: readonly string[], all: readonly Row[]): Asked | Told {
  try {
    const { values } = parsed(args);
    if (values.help) return { sentence: usage, code: 0 };
    const backends = values.backend === undefined ? everywhere : [knownBackend(values.backend)];
    const isFit = (row: Row): boolean => values.large || row.isLarge !== true;
    const numbers = values.rows === undefined ? null : numbersIn(values.rows, all);
    const rows = all.filter((row) => isFit(row) && (numbers === null || numbers.includes(row.n)));
    for (const n of numbers ?? []) refuseNowhere(n, rows, all, backends);
    const soakMs = values.soak === undefined ? null : minutesOf(values.soak) * 60_000;
    if (soakMs !== null && !rows.some((row) => 'fault' in row))
      throw new Unasked(
        `--soak needs a row with a fault that comes while posts go out: --rows ${values.rows} has none.`,
      );
    return { rows, backends, seed: seedOf(values.seed), soakMs, isMarkdown: values.markdown };
  } catch (error) {
    if (error instanceof Unasked) return { sentence: error.message, code: 2 };
    throw error;
  }
}

/** The last line of a run: that every gate was met is said of nothing that was not run. */
export function endOf(findings: readonly Finding[]): { readonly sentence: string; readonly code: 0 | 1 | 2 } {
  const missed = findings.filter(({ faults }) => faults.length > 0).length;
  if (missed > 0) return { sentence: `${missed} rows missed a gate`, code: 1 };
  const isRun = findings.some(({ row, notRun }) => row.n > 0 && notRun === null);
  return isRun ? { sentence: 'Every gate was met', code: 0 } : { sentence: 'No row was run', code: 2 };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        rows: { type: 'string' },
        backend: { type: 'string' },
        markdown: { type: 'boolean', default: false },
        large: { type: 'boolean', default: false },
        soak: { type: 'string' },
        seed: { type: 'string', default: String(Date.now() % 100_000) },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    const [sentence = ''] = error instanceof Error ? error.message.split('\n') : [];
    throw new Unasked(`${sentence.replace(/\.?$/, '.')} --help says what there is.`);
  }
}

function knownBackend(name: string): BackendName {
  const backend = backendOf[name];
  if (backend === undefined) throw new Unasked(`--backend ${name} is none of ${Object.keys(backendOf).join(', ')}.`);
  return backend;
}

function numbersIn(given: string, all: readonly Row[]): number[] {
  const known = new Set(all.map(({ n }) => n));
  return given.split(',').map((text) => {
    const n = /^\s*\d+\s*$/.test(text) ? Number(text) : NaN;
    if (!known.has(n))
      throw new Unasked(`--rows ${given}: there is no row ${text.trim()}; there are ${spansOf(known)}.`);
    return n;
  });
}

/** @throws Unasked where the row runs on none of the backends. */
function refuseNowhere(n: number, rows: readonly Row[], all: readonly Row[], backends: readonly BackendName[]): void {
  const runsOn = new Set(rows.filter((row) => row.n === n).flatMap((row): readonly BackendName[] => row.on));
  if (backends.some((backend) => runsOn.has(backend))) return;
  if (runsOn.size === 0 && all.some((row) => row.n === n)) throw new Unasked(`Row ${n} is run with --large only.`);
  throw new Unasked(
    `Row ${n} does not run on ${backends.map(nameOf).join(', ')}: it runs on ${[...runsOn].map(nameOf).join(', ')}.`,
  );
}

/** Numbers as a person lists them: `1–12, 14`. */
function spansOf(numbers: ReadonlySet<number>): string {
  const spans: [number, number][] = [];
  for (const n of [...numbers].toSorted((a, b) => a - b)) {
    const last = spans.at(-1);
    if (last?.[1] === n - 1) last[1] = n;
    else spans.push([n, n]);
  }
  return spans.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(', ');
}

function seedOf(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new Unasked(`--seed ${text} is not a whole number such as 7.`);
  return Number(text);
}

function minutesOf(text: string): number {
  const minutes = Number(/^(\d{1,4})m$/.exec(text)?.[1]);
  if (!(minutes > 0)) throw new Unasked(`--soak ${text} is not a time in minutes such as 10m.`);
  return minutes;
}
