import { cpus, totalmem } from 'node:os';
import type { BackendName } from '../servers/backends.ts';
import { askedFor, endOf } from './asked.ts';
import { chanceFrom } from './chance.ts';
import { headLine, linesOf, markdownOf } from './print.ts';
import type { Row } from './row.ts';
import { noFault, rows } from './rows.ts';
import { judge, runRow } from './run-row.ts';
import type { Finding } from './run-row.ts';
import { openStage } from './stage.ts';

/** `npm run faults`: the fault matrix, a line a row. `--help` says what may be asked. */
const asked = askedFor(process.argv.slice(2), rows);
if ('sentence' in asked) {
  console[asked.code === 0 ? 'log' : 'error'](asked.sentence);
  process.exit(asked.code);
}
const { rows: chosen, backends, seed, soakMs, isMarkdown } = asked;
const from = Date.now();
const findings: Finding[] = [];
process.on('SIGTERM', () => process.exit(143));
process.on('SIGINT', () => process.exit(130));

const machine = `${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB`;
console.log(`${machine}, seed ${seed}\n${headLine()}`);
if (soakMs !== null) await atRandom(soakMs);
else {
  const [waiting, busy] = [chosen.filter((row) => row.waits === true), chosen.filter((row) => row.waits !== true)];
  await Promise.all(backends.map((backend) => inTurn(backend, waiting)));
  for (const backend of backends) await inTurn(backend, [noFault, ...busy]);
}
const end = endOf(findings);
const took = `${Math.round((Date.now() - from) / 6_000) / 10} min`;
console.log(`\n${end.sentence}, ${took}.`);
if (isMarkdown) console.log(`\n${markdownOf(rows, findings, `Printed on ${machine}; the whole took ${took}.`)}`);
process.exit(end.code);

function tell(finding: Finding): void {
  findings.push(finding);
  console.log(linesOf(finding));
}

async function inTurn(backend: BackendName, given: readonly Row[]): Promise<void> {
  const here = given.filter((row) => (row.on as readonly BackendName[]).includes(backend));
  if (here.every((row) => row === noFault)) return;
  await using stage = await openStage(backend);
  for (const [turn, row] of here.entries()) {
    tell(await runRow(stage, row, `Run ${turn} of row ${row.n}`, chanceFrom(seed + turn)));
  }
}

function faultsOn(backend: BackendName): Row[] {
  return chosen.filter((row) => 'fault' in row && (row.on as readonly BackendName[]).includes(backend));
}

/** One stage, kept: faults meet an installation that has lived through others, and the whole of its history is checked. */
async function atRandom(forMs: number): Promise<void> {
  const chance = chanceFrom(seed);
  const end = Date.now() + forMs;
  const able = backends.filter((backend) => faultsOn(backend).length > 0);
  const backend = able[Math.floor(chance() * able.length)] ?? 'postgres';
  await using stage = await openStage(backend);
  const here = faultsOn(backend);
  for (let n = 1; Date.now() < end; n++) {
    const row = here[Math.floor(chance() * here.length)];
    if (row !== undefined) tell(await runRow(stage, row, `Soak ${n}`, chance));
  }
  const { posts, lost, twice, early, strange, invented, unrecorded } = await judge(stage, stage.history, Date.now());
  const whole = `the whole history: ${posts} posts, ${lost} lost, ${twice} sent twice, ${early} early, ${strange} strange, ${invented} invented, ${unrecorded} unrecorded`;
  const isMet = lost + twice + early + strange + invented + unrecorded === 0;
  const notes = [{ sentence: whole, isMet }];
  tell({ row: noFault, backend, verdict: null, notes, faults: isMet ? [] : [whole], notRun: null });
}
