import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import type { BackendName } from '../servers/backends.ts';
import { measureDrain, print, runRow } from './matrix.ts';
import { everywhere } from './row.ts';
import { rows } from './rows.ts';
import { openStage } from './stage.ts';

/**
 * `npm run faults`: the fault matrix, a line a row. `--only 1,2,8` some rows, `--on postgres` some backends,
 * `--soak 10m --seed N` rows at random until the time is over. Exit code 1 where a gate is missed.
 */
const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    on: { type: 'string' },
    soak: { type: 'string' },
    seed: { type: 'string', default: '1' },
  },
});
const only = values.only?.split(',').map(Number);
const backends =
  values.on === undefined ? everywhere : everywhere.filter((name) => values.on?.split(',').includes(name));
const chosen = rows.filter((row) => only === undefined || only.includes(row.n));
const from = Date.now();
process.on('SIGTERM', () => process.exit(143));
process.on('SIGINT', () => process.exit(130));
let missed = 0;

console.log(
  `${new Date().toISOString().slice(0, 16)}Z, Node ${process.versions.node}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB`,
);
print();
if (values.soak === undefined) for (const backend of backends) await inTurn(backend);
else await atRandom(minutesOf(values.soak) * 60_000, Number(values.seed));
console.log(
  `\n${missed === 0 ? 'Every gate was met' : `${missed} rows missed a gate`}, ${Math.round((Date.now() - from) / 1000)} s.`,
);
process.exit(missed === 0 ? 0 : 1);

async function inTurn(backend: BackendName): Promise<void> {
  const here = chosen.filter((row) => row.on.includes(backend));
  if (here.length === 0) return;
  await using stage = await openStage(backend);
  const drainMs = await measureDrain(stage);
  for (const row of here) missed += (await runRow(stage, row, row.n, drainMs)) ? 0 : 1;
}

/** One stage a backend, kept: faults meet an installation that has lived through others. */
async function atRandom(forMs: number, seed: number): Promise<void> {
  const chance = chanceOf(seed);
  const end = Date.now() + forMs;
  const backend = backends[Math.floor(chance() * backends.length)] ?? 'postgres';
  console.log(`seed ${seed}, on ${backend}`);
  await using stage = await openStage(backend);
  const drainMs = await measureDrain(stage);
  const here = chosen.filter((row) => row.on.includes(backend));
  for (let n = 0; Date.now() < end; n++) {
    const row = here[Math.floor(chance() * here.length)];
    if (row !== undefined) missed += (await runRow(stage, row, n, drainMs)) ? 0 : 1;
  }
}

function minutesOf(text: string): number {
  const minutes = Number(/^(\d+)m$/.exec(text)?.[1]);
  if (!(minutes > 0)) throw new Error(`--soak ${text} is not a time in minutes such as 10m.`);
  return minutes;
}

/** The same numbers in [0, 1) for the same seed: mulberry32. */
function chanceOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
