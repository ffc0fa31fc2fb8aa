import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import type { BackendName } from '../servers/backends.ts';
import { chanceFrom } from './chance.ts';
import { headLine, linesOf, markdownOf } from './print.ts';
import { everywhere } from './row.ts';
import { noFault, rows } from './rows.ts';
import { judge, runRow } from './run-row.ts';
import type { Finding } from './run-row.ts';
import { openStage } from './stage.ts';

/**
 * `npm run faults`: the fault matrix, a line a row. `--rows 1,2,8` some rows, `--backend redis|postgres|embedded` one
 * backend, `--large` the row of 100,000 posts too, `--markdown` the README's table at the end, `--soak 10m --seed N` faults at random until the time is over.
 * Exit code 1 where a gate is missed.
 */
const names: Readonly<Record<string, BackendName>> = {
  redis: 'redis+postgres',
  postgres: 'postgres',
  embedded: 'embedded',
};
const { values } = parseArgs({
  options: {
    rows: { type: 'string' },
    backend: { type: 'string' },
    markdown: { type: 'boolean', default: false },
    large: { type: 'boolean', default: false },
    soak: { type: 'string' },
    seed: { type: 'string', default: String(Date.now() % 100_000) },
  },
});
const seed = Number(values.seed);
const backends = values.backend === undefined ? everywhere : [backendOf(values.backend)];
const numbers = values.rows?.split(',').map(Number);
const chosen = rows.filter((row) => {
  return (numbers === undefined || numbers.includes(row.n)) && (values.large || row.isLarge !== true);
});
const from = Date.now();
const findings: Finding[] = [];
process.on('SIGTERM', () => process.exit(143));
process.on('SIGINT', () => process.exit(130));

const machine = `${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB`;
console.log(`${machine}, seed ${seed}\n${headLine()}`);
if (values.soak === undefined) for (const backend of backends) await inTurn(backend);
else await atRandom(minutesOf(values.soak) * 60_000);
const missed = findings.filter(({ faults }) => faults.length > 0).length;
const took = `${Math.round((Date.now() - from) / 6_000) / 10} min`;
console.log(`\n${missed === 0 ? 'Every gate was met' : `${missed} rows missed a gate`}, ${took}.`);
if (values.markdown) console.log(`\n${markdownOf(rows, findings, `Printed on ${machine}; the whole took ${took}.`)}`);
process.exit(missed === 0 ? 0 : 1);

function tell(finding: Finding): void {
  findings.push(finding);
  console.log(linesOf(finding));
}

async function inTurn(backend: BackendName): Promise<void> {
  const here = chosen.filter((row) => (row.on as readonly BackendName[]).includes(backend));
  if (here.length === 0) return;
  await using stage = await openStage(backend);
  for (const [turn, row] of [noFault, ...here].entries()) {
    tell(await runRow(stage, row, `Run ${turn} of row ${row.n}`, chanceFrom(seed + turn)));
  }
}

/** One stage, kept: faults meet an installation that has lived through others, and the whole of its history is checked. */
async function atRandom(forMs: number): Promise<void> {
  const chance = chanceFrom(seed);
  const end = Date.now() + forMs;
  const backend = backends[Math.floor(chance() * backends.length)] ?? 'postgres';
  await using stage = await openStage(backend);
  const here = chosen.filter((row) => 'fault' in row && (row.on as readonly BackendName[]).includes(backend));
  for (let n = 1; Date.now() < end; n++) {
    const row = here[Math.floor(chance() * here.length)];
    if (row !== undefined) tell(await runRow(stage, row, `Soak ${n}`, chance));
  }
  const { posts, lost, twice, early, invented, unrecorded } = await judge(stage, stage.history, Date.now());
  const whole = `the whole history: ${posts} posts, ${lost} lost, ${twice} sent twice, ${early} early, ${invented} invented, ${unrecorded} unrecorded`;
  const isMet = lost + twice + early + invented + unrecorded === 0;
  const notes = [{ sentence: whole, isMet }];
  tell({ row: noFault, backend, verdict: null, notes, faults: isMet ? [] : [whole], notRun: null });
}

function backendOf(name: string): BackendName {
  const backend = names[name];
  if (backend === undefined) throw new Error(`--backend ${name} is none of ${Object.keys(names).join(', ')}.`);
  return backend;
}

function minutesOf(text: string): number {
  const minutes = Number(/^(\d+)m$/.exec(text)?.[1]);
  if (!(minutes > 0)) throw new Error(`--soak ${text} is not a time in minutes such as 10m.`);
  return minutes;
}
