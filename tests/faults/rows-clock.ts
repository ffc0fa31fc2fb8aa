import { setTimeout as sleep } from 'node:timers/promises';
import { everywhere, withServers } from './row.ts';
import type { Note, Row, Scene } from './row.ts';
import type { Stage } from './stage.ts';
import { clockCases } from '../domain/clock-cases.ts';

const HOUR = 3_600_000;

/** Clocks that step, that differ, that stood still while a machine slept, and those of daylight saving. */
export const clockRows: readonly Row[] = [
  {
    n: 21,
    name: 'the clock steps forward by an hour, then back by two, then is right again',
    on: everywhere,
    storm: { aheadMs: 0.7 * HOUR },
    fault: stepBothWays,
  },
  {
    n: 22,
    name: 'two workers whose clocks are 90 s ahead and 90 s behind',
    on: withServers,
    async before({ workers }) {
      workers[0]?.order({ clockMs: 90_000 });
      workers[1]?.order({ clockMs: -90_000 });
    },
    async fault({ stage, storm }) {
      await storm.reaches(200, 30_000);
      await stage.turnClock(0);
    },
  },
  {
    n: 22,
    name: 'one worker, whose clock is 90 s behind the database’s',
    on: withServers,
    workers: 1,
    worstMs: 15_000,
    storm: { spreadMs: 4_000 },
    async before({ workers }) {
      workers[0]?.order({ clockMs: -90_000 });
    },
    async fault({ stage, storm }) {
      await storm.reaches(200, 30_000);
      await stage.turnClock(0);
    },
  },
  {
    n: 23,
    name: 'daylight saving, leap seconds, changed zone data',
    on: everywhere,
    check: () => Promise.resolve([rightTimes()]),
  },
  {
    n: 24,
    name: 'a laptop sleeps for 8 h in the middle of it',
    on: everywhere,
    storm: { spreadMs: 6_000 },
    async fault({ stage, storm }) {
      await storm.reaches(40);
      const all = [...stage.workers, ...(stage.api === null ? [] : [stage.api])];
      for (const one of all) one.signal('SIGSTOP');
      await turnWhileAsleep(stage);
      for (const one of all) one.signal('SIGCONT');
    },
  },
];

/** Some posts are overdue after the step forward, some leave in its moment, and some are due at times that it takes back. */
async function stepBothWays({ stage, storm, brew, label }: Scene): Promise<{ notes: Note[] }> {
  const during = await brew(`${label} under way`, { posts: 100, spreadMs: 4_000 });
  await during.reaches(20);
  await stage.turnClock(HOUR);
  const steppedAt = Date.now();
  await storm.reaches(200, 30_000);
  await during.reaches(100, 30_000);
  const soonMs = Date.now() - steppedAt;
  const later = await brew(`${label} later`, { posts: 100 });
  await stage.turnClock(-HOUR);
  const now = await brew(`${label} now`, { posts: 100, spreadMs: 2_000 });
  await now.reaches(100, 30_000);
  const tooEarly = later.accepted();
  await stage.turnClock(0);
  await sleep(2_000);
  const stillEarly = later.accepted();
  await stage.turnClock(HOUR);
  return {
    notes: [
      { sentence: `overdue posts out within ${soonMs} ms of the step`, isMet: soonMs <= 15_000 },
      { sentence: `${tooEarly + stillEarly} left while the clock was behind`, isMet: tooEarly + stillEarly === 0 },
    ],
  };
}

/** The embedded database sleeps with its process in life; here it has to hear what time it will be. */
async function turnWhileAsleep(stage: Stage): Promise<void> {
  await sleep(1_500);
  await stage.turnClock(8 * HOUR);
  await sleep(1_500);
}

function rightTimes(): Note {
  const right = clockCases.filter(({ found, expected }) => found() === expected).length;
  const sentence = `${right} of ${clockCases.length} cases`;
  return { sentence, isMet: right === clockCases.length };
}
