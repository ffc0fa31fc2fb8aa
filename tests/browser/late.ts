import type { Page, Request } from 'playwright-core';
import { watchQuiet } from './quiet.ts';

/** A method and the end of a path: `POST /schedule`, `GET /v1/posts?state=approved`. */
type Meant = `${'GET' | 'POST' | 'PUT' | 'PATCH'} ${string}`;

/** Keeps answers back: the server has done what was asked, and the page does not know. @returns lets them come. */
export function keepAnswers(page: Page, meant: Meant): Promise<() => void> {
  return keep(page, meant, true);
}

/** Keeps requests back: the page has asked, and the server does not know. @returns lets them go. */
export function keepRequests(page: Page, meant: Meant): Promise<() => void> {
  return keep(page, meant, false);
}

async function keep(page: Page, meant: Meant, isAnswer: boolean): Promise<() => void> {
  const gate = Promise.withResolvers<void>();
  const [method, words = ''] = meant.split(' ');
  const isMeant = (request: Request): boolean => request.method() === method && request.url().includes(words);
  await page.route('**', async (route) => {
    if (!isMeant(route.request())) return route.fallback();
    const response = isAnswer ? await route.fetch() : undefined;
    await gate.promise;
    await (response === undefined ? route.continue() : route.fulfill({ response }));
  });
  return gate.resolve;
}

/**
 * Opens a page on which everything comes late, and each thing later than the one before it in the list.
 * @param expression of what is watched: pairs of a name and the place where it is in this frame.
 * @returns every place that each has had until all has come, by its name.
 */
export async function placesWhileLate(
  page: Page,
  address: string,
  late: readonly string[],
  expression: string,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const isQuiet = watchQuiet(page);
  await page.addInitScript(`(() => {
    const seen = (window.seen = {});
    const look = () => {
      for (const [name, place] of ${expression}) if (!(seen[name] ??= []).includes(place)) seen[name].push(place);
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  })()`);
  await page.route(/\/v1\/(?!events)/, async (route) => {
    const path = new URL(route.request().url()).pathname;
    const turn = late.findIndex((name) => path.includes(`/${name}`));
    await new Promise((resolve) => setTimeout(resolve, (turn + 2) * 250));
    await route.continue();
  });
  await page.goto(address, { waitUntil: 'domcontentloaded' });
  await isQuiet();
  const seen = await page.evaluate<Record<string, string[]>>('window.seen');
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  return new Map(Object.entries(seen));
}

/**
 * Begins to watch in the page, which watches before this returns: a key may be faster than an expression that was sent before.
 * @param expression of a promise. @returns waits for what it says.
 */
export async function watchIn<Found>(page: Page, expression: string): Promise<() => Promise<Found>> {
  await page.evaluate(`void (window.watched = ${expression})`);
  return () => page.evaluate<Found>('window.watched');
}
