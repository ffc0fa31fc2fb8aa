import type { Stage } from './stage.ts';

/** Whether `/readyz` says something, ready or not. */
export async function saysAtReadyz(stage: Stage, what: RegExp): Promise<boolean> {
  const said = await stage.call('GET', '/readyz').then(
    (answer) => JSON.stringify(answer),
    (error: Error) => error.message,
  );
  return what.test(said);
}
