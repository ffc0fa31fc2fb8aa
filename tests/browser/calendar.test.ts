import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from './browser.ts';
import { signIn } from './desk.ts';
import type { Newsroom } from './newsroom.ts';
import { keepRequests, watchIn } from './late.ts';
import { startNewsroom } from './newsroom.ts';
import { watchQuiet } from './quiet.ts';
import { connectFakes, until } from './seed.ts';

interface Post {
  readonly id: string;
  readonly accountId: string;
  readonly state: string;
  readonly version: number;
  readonly dueAt: string | null;
  readonly publishedAt: string | null;
}

let newsroom: Newsroom;
let browser: Awaited<ReturnType<typeof launchBrowser>>;
let fakes: Awaited<ReturnType<typeof connectFakes>>;
/** The one with slots and quiet hours, and one without any rule. */
let front: string;
let plain: string;
const WAIT = { timeout: 25_000 };
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const ZONE = 'Europe/Bucharest';

beforeAll(async () => {
  [newsroom, browser] = await Promise.all([
    startNewsroom({ STANDFIRST_ALLOW_PRIVATE: '127.0.0.0/8', STANDFIRST_TIME_ZONE: ZONE }),
    launchBrowser(),
  ]);
  fakes = await connectFakes(newsroom);
  const { data } = await newsroom.api<{ data: { id: string; name: string; network: string; version: number }[] }>(
    'GET',
    '/v1/accounts',
  );
  const own = data.find((account) => account.name === 'Front page');
  plain = data.find((account) => account.network === 'sandbox')?.id ?? '';
  front = own?.id ?? '';
  const settings = {
    slots: ['09:30', '13:30', '17:30'].map((time) => ({ time })),
    quietHours: [{ from: '23:00', to: '06:00' }],
  };
  await newsroom.api('PATCH', `/v1/accounts/${front}`, { settings }, own?.version);
}, 180_000);

afterAll(async () => {
  await browser?.[Symbol.asyncDispose]();
  await newsroom?.[Symbol.asyncDispose]();
  await fakes?.social[Symbol.asyncDispose]();
  await fakes?.receiver[Symbol.asyncDispose]();
});

/** A day far enough ahead that every week has it whole: the Wednesday after next. */
function wednesday(weeks = 2): string {
  const at = new Date(Date.now() + 7 * weeks * DAY_MS);
  at.setUTCDate(at.getUTCDate() - ((at.getUTCDay() + 6) % 7) + 2);
  return at.toISOString().slice(0, 10);
}

function dayAfter(day: string, days = 1): string {
  return new Date(Date.parse(`${day}T12:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** What the newsroom's clock shows at an instant: `2026-12-09 14:35`. */
function clock(instant: string | null): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE, dateStyle: 'short', timeStyle: 'short' }).format(
    new Date(instant ?? 0),
  );
}

async function write(accountId: string, text: string, wallTime: string | null, more: object = {}): Promise<Post> {
  const schedule = wallTime === null ? 'review' : { wallTime, timeZone: ZONE };
  const { data } = await newsroom.api<{ data: [Post] }>('POST', '/v1/posts', {
    accountIds: [accountId],
    text,
    schedule,
    ...more,
  });
  if (wallTime === null) await newsroom.api('POST', `/v1/posts/${data[0].id}/approve`, {});
  return data[0];
}

function current(id: string): Promise<Post> {
  return newsroom.api<Post>('GET', `/v1/posts/${id}`);
}

async function isAt(id: string, wanted: string): Promise<void> {
  await until(async () => clock((await current(id)).dueAt) === wanted).catch(async () => {
    expect(clock((await current(id)).dueAt)).toBe(wanted);
  });
}

/** Takes something with the mouse over a part of a field's height, and waits for what stands beside the pointer then. */
type DragOver = (from: Locator, field: Locator, share: number, words: RegExp) => Promise<void>;

function dragIn(page: Page): DragOver {
  const isQuiet = watchQuiet(page);
  return (...drag) => dragOver(page, isQuiet, ...drag);
}

async function dragOver(
  page: Page,
  isQuiet: () => Promise<void>,
  ...[from, field, share, words]: Parameters<DragOver>
): Promise<void> {
  await field.scrollIntoViewIfNeeded();
  await from.waitFor(WAIT);
  // Nothing comes any more that would move them.
  await isQuiet();
  const [start, end] = [await from.boundingBox(), await field.boundingBox()];
  if (start === null || end === null) throw new Error('What is dragged, or its field, is not on the page.');
  await page.mouse.move(start.x + 12, start.y + 10);
  await page.mouse.down();
  const [x, y] = [end.x + end.width / 2, end.y + end.height * share];
  await page.mouse.move(x, y - 8, { steps: 4 });
  // What speaks against it is asked for when the drag begins.
  await isQuiet();
  await page.mouse.move(x, y, { steps: 2 });
  await page.locator('[data-drag-label]').filter({ hasText: words }).waitFor(WAIT);
}

test('a ready post is dragged from the tray into an hour of the week, and into a day of the month', async () => {
  const day = wednesday();
  const [one, other] = [await write(plain, 'The tram is back.', null), await write(front, 'The pool opens.', null)];
  await using editor = await signIn(browser, newsroom);
  const { page } = editor;
  const drag = dragIn(page);
  await page.goto(`${newsroom.address}/calendar?view=week&date=${day}`);
  const hour = page.locator(`[data-cell="${day}-10"]`);
  await drag(page.locator(`[data-ready="${one.id}"]`), hour, 0.5, /10:30$/);
  await page.mouse.up();
  await hour.locator(`[data-chip="${one.id}"]`).waitFor(WAIT);
  await isAt(one.id, `${day} 10:30`);

  await page.keyboard.press('m');
  await page.waitForURL(/view=month/);
  const cell = page.locator(`[data-cell="${day}"]`);
  await drag(page.locator(`[data-ready="${other.id}"]`), cell, 0.5, /09:30$/);
  await page.mouse.up();
  // A day gives a post without a time the first free slot of its account.
  await isAt(other.id, `${day} 09:30`);
  await cell.locator(`[data-chip="${other.id}"]`).waitFor(WAIT);
  await page.getByRole('heading', { name: /^Ready, without a time/ }).waitFor({ state: 'hidden', ...WAIT });
  expect(editor.complaints).toEqual([]);
}, 90_000);

test('a drop is refused with its reason, and nothing is moved: quiet hours, worthless, past, out', async () => {
  const day = wednesday(3);
  const post = await write(front, 'The mayor speaks at noon.', `${day}T12:00`, {
    worthlessAfter: new Date(Date.parse(`${day}T20:00Z`)).toISOString(),
  });
  const out = await write(plain, 'The bridge is open.', null);
  await newsroom.api('POST', `/v1/posts/${out.id}/publish`, {});
  await until(async () => (await current(out.id)).state === 'published');
  await using editor = await signIn(browser, newsroom);
  const { page } = editor;
  const drag = dragIn(page);
  await page.goto(`${newsroom.address}/calendar?view=week&date=${day}`);
  const chip = page.locator(`[data-chip="${post.id}"]`);
  const next = dayAfter(day);
  for (const [key, reason] of [
    [`${day}-05`, /^Quiet hours of Front page until .*06:00\.$/],
    [`${next}-10`, /^It is worth nothing after /],
  ] as const) {
    await chip.scrollIntoViewIfNeeded();
    const field = page.locator(`[data-cell="${key}"]`);
    // Away from the edge, where the hours begin to scroll.
    await field.evaluate((one) => one.scrollIntoView({ block: 'center' }));
    await drag(chip, field, 0.5, reason);
    expect(await field.getAttribute('data-over')).toBe('refused');
    await page.mouse.up();
    await page
      .getByText(/Move… sets it all the same\.$/)
      .last()
      .waitFor(WAIT);
  }
  expect((await current(post.id)).version).toBe(post.version);

  await page.keyboard.press('Escape');
  // Midnight may have passed since.
  const { publishedAt } = await current(out.id);
  await page.goto(`${newsroom.address}/calendar?view=month&date=${clock(publishedAt).slice(0, 10)}`);
  const gone = page.locator(`[data-chip="${out.id}"]`);
  const today = page.locator('[data-cell]', { has: gone });
  await drag(gone, today, 0.9, /It has left the building/);
  await page.mouse.up();
  await page
    .getByText(/^It has left the building/)
    .last()
    .waitFor(WAIT);
  expect(editor.complaints).toEqual([]);
}, 90_000);

test('a drag in the month keeps the time, and what the server refuses goes back where it was', async () => {
  const day = wednesday(4);
  const later = dayAfter(day);
  const post = await write(plain, 'The library counts its books.', `${day}T15:20`);
  await using editor = await signIn(browser, newsroom);
  const { page } = editor;
  const drag = dragIn(page);
  await page.goto(`${newsroom.address}/calendar?view=month&date=${day}`);
  const month = (date: string): Locator => page.locator(`[data-cell="${date}"]`);
  const chip = page.locator(`[data-chip="${post.id}"]`);
  await drag(chip, month(later), 0.5, /15:20$/);
  await page.mouse.up();
  await isAt(post.id, `${later} 15:20`);
  await page.keyboard.press('Control+z');
  await isAt(post.id, `${day} 15:20`);

  await month(day).locator(`[data-chip="${post.id}"]`).waitFor(WAIT);
  await page.route('**/schedule', (route) =>
    route.fulfill({ status: 503, json: { type: 'about:blank', title: 'Not now', status: 503, detail: 'Try later.' } }),
  );
  await drag(chip, month(later), 0.5, /15:20$/);
  await page.mouse.up();
  await page.getByText('Try later.', { exact: true }).waitFor(WAIT);
  await month(day).locator(`[data-chip="${post.id}"]`).waitFor(WAIT);
  expect(clock((await current(post.id)).dueAt)).toBe(`${day} 15:20`);
}, 90_000);

/** Whether something has the focus from the moment that it is drawn: a key that is pressed then must find it there. */
function focusWhenDrawn(page: Page, selector: string): Promise<() => Promise<boolean>> {
  return watchIn(
    page,
    `new Promise((resolve, reject) => {
      setTimeout(reject, ${WAIT.timeout}, new Error('Nobody drew ' + ${JSON.stringify(selector)}));
      new MutationObserver((_, observer) => {
        const element = document.querySelector('${selector}');
        if (element === null) return;
        observer.disconnect();
        resolve(document.activeElement === element);
      }).observe(document.body, { childList: true, attributes: true, characterData: true, subtree: true });
    })`,
  );
}

test('keys move the focus over fields and posts, and posts over slots; two quick presses are two moves', async () => {
  const day = wednesday(6);
  const [slotted, free] = [
    await write(front, 'The market moves to the quay.', `${day}T09:30`),
    await write(plain, 'The market moves.', `${day}T10:00`),
  ];
  await using editor = await signIn(browser, newsroom);
  const { page } = editor;
  const focused = (name: string): Promise<string | null> =>
    page.evaluate(`document.activeElement?.closest('[data-${name}]')?.dataset.${name} ?? null`);
  await page.goto(`${newsroom.address}/calendar?view=week&date=${day}`);
  await page.locator(`[data-chip="${free.id}"]`).waitFor();

  await page.locator('[data-cell][tabindex="0"]').focus();
  expect(await focused('cell')).toBe(`${day}-09`);
  await page.keyboard.press('ArrowDown');
  expect(await focused('cell')).toBe(`${day}-10`);
  // Over the edge of what is shown, and back to what is known already.
  await page.keyboard.press('Home');
  const back = await focusWhenDrawn(page, `[data-cell="${dayAfter(day, -3)}-10"]`);
  await page.keyboard.press('ArrowLeft');
  expect(await back()).toBe(true);
  const again = await focusWhenDrawn(page, `[data-cell="${dayAfter(day, -2)}-10"]`);
  await page.keyboard.press('ArrowRight');
  expect(await again()).toBe(true);
  await page.locator(`[data-cell="${day}-10"]`).focus();
  await page.keyboard.press('Enter');
  expect(await focused('chip')).toBe(free.id);
  await page.keyboard.press('k');
  expect(await focused('chip')).toBe(slotted.id);
  await page.keyboard.press('j');
  expect(await focused('chip')).toBe(free.id);

  await page.keyboard.press(']');
  await page.keyboard.press(']');
  await isAt(free.id, `${day} 10:10`);
  await page.locator(`[data-chip="${free.id}"]`, { hasText: '10:10' }).waitFor(WAIT);
  await until(async () => (await focused('chip')) === free.id);
  await page.keyboard.press('Control+z');
  await isAt(free.id, `${day} 10:05`);
  await page.keyboard.press('Control+z');
  await isAt(free.id, `${day} 10:00`);

  await page.keyboard.press('k');
  const hasFocus = await focusWhenDrawn(page, `[data-cell="${day}-13"] [data-chip="${slotted.id}"]`);
  await page.keyboard.press(']');
  expect(await hasFocus()).toBe(true);
  await isAt(slotted.id, `${day} 13:30`);
  await page.locator(`[data-cell="${day}-13"] [data-chip="${slotted.id}"]`).waitFor(WAIT);
  await until(async () => (await focused('chip')) === slotted.id);
  await page.keyboard.press('[');
  await isAt(slotted.id, `${day} 09:30`);

  await page.keyboard.press('m');
  const dialog = page.getByRole('dialog', { name: 'Move to which time?' });
  await dialog.getByLabel(/^Time in/).fill(`${day} 11:40`);
  await page.getByRole('button', { name: 'Set this time' }).click();
  await isAt(slotted.id, `${day} 11:40`);
  // Where it stands decides which of the two comes first.
  await page.locator(`[data-cell="${day}-11"] [data-chip="${slotted.id}"]`).waitFor(WAIT);

  for (const id of [slotted.id, free.id]) {
    await page.locator(`[data-chip="${id}"]`).focus();
    await page.keyboard.press('x');
  }
  await page.getByText('2 posts selected').waitFor(WAIT);
  await page.keyboard.press('m');
  await page.getByLabel(/^Time in/).fill(`${dayAfter(day)} 12:00`);
  await page.getByRole('button', { name: 'Set this time' }).click();
  // The first goes there, the other keeps its distance.
  await isAt(free.id, `${dayAfter(day)} 12:00`);
  await isAt(slotted.id, `${dayAfter(day)} 13:40`);
  await page.keyboard.press('Escape');
  await page.getByText('2 posts selected').waitFor({ state: 'hidden', ...WAIT });

  await page.locator(`[data-cell="${day}-15"]`).focus();
  await page.keyboard.press('n');
  await page.getByRole('dialog').getByRole('textbox', { name: 'Text' }).fill('Written on the plan.');
  await page.getByRole('dialog').getByRole('combobox').click();
  await page.getByRole('option', { name: 'Front page' }).click();
  await page.getByRole('button', { name: 'Schedule it' }).click();
  const fresh = page.locator(`[data-cell="${day}-15"] [data-chip]`);
  await fresh.getByText('Written on the plan.').waitFor(WAIT);

  const ready = await write(plain, 'Placed by a key.', null);
  await page.locator(`[data-ready="${ready.id}"]`).waitFor(WAIT);
  await page.locator(`[data-cell="${day}-16"]`).focus();
  await page.keyboard.press('p');
  await isAt(ready.id, `${day} 16:00`);
  expect(editor.complaints).toEqual([]);
}, 120_000);

test('view, day and filters stand in the address, arrows turn its pages, and g d goes to the Desk', async () => {
  const day = wednesday(8);
  const post = await write(plain, 'The clock is mended.', `${day}T12:00`);
  const ready = await write(plain, 'The clock strikes.', null);
  await using editor = await signIn(browser, newsroom);
  const { page } = editor;
  await page.goto(`${newsroom.address}/calendar?view=week&date=${day}`);
  const chip = page.locator(`[data-chip="${post.id}"]`);
  await chip.waitFor();
  const inTray = page.locator(`[data-ready="${ready.id}"]`);
  await inTray.waitFor(WAIT);
  const list = await keepRequests(page, `GET account=${front}&state=approved`);
  await page.getByRole('combobox', { name: 'Account' }).click();
  await page.getByRole('option', { name: 'Front page' }).click();
  // What is ready on one account is not in the tray of another, while that is being read either.
  await inTray.waitFor({ state: 'hidden', ...WAIT });
  list();
  await newsroom.api('POST', `/v1/posts/${ready.id}/cancel`, {});
  await page.getByText('Nothing here matches the filters').waitFor(WAIT);
  await page.waitForURL((url) => url.searchParams.get('account') === front);
  await page.reload();
  await page.getByText('Nothing here matches the filters').waitFor(WAIT);
  await page.getByRole('button', { name: 'Show all', exact: true }).click();
  await chip.waitFor(WAIT);

  for (const [key, view] of [
    ['m', 'month'],
    ['l', 'agenda'],
    ['d', 'day'],
    ['w', 'week'],
  ] as const) {
    await page.keyboard.press(key);
    await page.waitForURL((url) => url.searchParams.get('view') === view && url.searchParams.get('date') === day);
    await chip.waitFor(WAIT);
  }
  await page.goto(`${newsroom.address}/calendar?view=month&account=${front}`);
  await page.getByRole('button', { name: 'Views', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Save this view…' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('Front page by month');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await page.goto(`${newsroom.address}/calendar?view=week&date=${day}`);
  await page.getByRole('button', { name: 'Views', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Front page by month', exact: true }).click();
  await page.waitForURL(({ searchParams: saved }) => saved.get('account') === front && saved.get('view') === 'month');

  await page.goto(`${newsroom.address}/calendar?view=week&date=${day}`);
  await chip.waitFor(WAIT);
  await page.keyboard.press('ArrowRight');
  await page.waitForURL((url) => (url.searchParams.get('date') ?? '') > day);
  await chip.waitFor({ state: 'hidden', ...WAIT });
  await page.keyboard.press('t');
  await page.waitForURL((url) => url.searchParams.get('date') === null);

  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page
      .goto(`${newsroom.address}/calendar?view=day&date=${day}`)
      .then(() => chip.waitFor())
      .then(() => page.getByRole('link', { name: 'Export CSV' }).click()),
  ]);
  const lines = (await readFile(await file.path(), 'utf8')).trim().split(/\r?\n/);
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain(post.id);

  const asked: string[] = [];
  page.on('framenavigated', (frame) => asked.push(new URL(frame.url()).search));
  await page.goto(`${newsroom.address}/calendar?view=week`);
  await page.locator('[data-cell]').first().waitFor();
  await page.keyboard.press('g');
  // A busy page hears of the second key later than it was pressed.
  await page.evaluate('setTimeout(() => { for (const end = Date.now() + 2_000; Date.now() < end; ); }, 100)');
  await page.waitForTimeout(300);
  await page.keyboard.press('d');
  await page.waitForURL(/\/desk$/);
  expect(asked.filter((search) => search.includes('view=day'))).toEqual([]);
  expect(editor.complaints).toEqual([]);
}, 90_000);

test('an empty week is filled from what is ready: each post on the next free slot, and all taken back at once', async () => {
  const day = wednesday(12);
  const ready = [
    await write(front, 'First for the week.', null),
    await write(front, 'Second for the week.', null),
    await write(plain, 'Third for the week.', null),
  ];
  await using editor = await signIn(browser, newsroom);
  const { page } = editor;
  await page.goto(`${newsroom.address}/calendar?view=week&date=${day}`);
  await page.getByRole('button', { name: 'Fill from Ready (3)' }).click();
  await page.getByText('3 posts given a time.').last().waitFor(WAIT);
  const monday = new Date(Date.parse(`${day}T12:00Z`) - 2 * DAY_MS).toISOString().slice(0, 10);
  const times = await Promise.all(ready.map(async ({ id }) => clock((await current(id)).dueAt)));
  // What is listed last was approved last; the order of the two is the list's.
  expect(times.slice(0, 2).sort()).toEqual([`${monday} 09:30`, `${monday} 13:30`]);
  expect(times[2]).toBe(`${monday} 09:00`);
  await until(async () => (await page.locator('[data-chip]').count()) === 3);
  await page.keyboard.press('Control+z');
  await until(async () => (await Promise.all(ready.map(({ id }) => current(id)))).every((p) => p.state === 'approved'));
  for (const { id } of ready) await newsroom.api('POST', `/v1/posts/${id}/cancel`, {});
  expect(editor.complaints).toEqual([]);
}, 90_000);

test('what others move waits while somebody points at the plan, and comes when it is asked for', async () => {
  const day = wednesday(14);
  const [mine, theirs] = [
    await write(plain, 'Pointed at.', `${day}T10:00`),
    await write(plain, 'Moved by others.', `${day}T11:00`),
  ];
  await using editor = await signIn(browser, newsroom);
  const { page } = editor;
  await page.goto(`${newsroom.address}/calendar?view=week&date=${day}`);
  await page.locator(`[data-chip="${mine.id}"]`).hover();
  const schedule = { wallTime: `${day}T15:00`, timeZone: ZONE };
  await newsroom.api('POST', `/v1/posts/${theirs.id}/schedule`, schedule, theirs.version);
  await page.getByRole('button', { name: '1 new. Press . to load' }).waitFor(WAIT);
  expect(await page.locator(`[data-cell="${day}-11"] [data-chip="${theirs.id}"]`).count()).toBe(1);
  await page.keyboard.press('.');
  await page.locator(`[data-cell="${day}-15"] [data-chip="${theirs.id}"]`).waitFor(WAIT);
  expect(editor.complaints).toEqual([]);
}, 60_000);

test('on a phone a week opens on the day that is meant, and not on its Monday', async () => {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
  await using editor = await signIn(browser, newsroom, phone);
  const { page } = editor;
  const sunday = dayAfter(wednesday(), 4);
  await page.goto(`${newsroom.address}/calendar?view=week&date=${sunday}`);
  const field = page.locator(`[data-cell="${sunday}-09"]`);
  await field.waitFor(WAIT);
  await until(async () => {
    const { x = Infinity, width = 0 } = (await field.boundingBox()) ?? {};
    return x >= 0 && x + width <= 390;
  });
  expect(editor.complaints).toEqual([]);
}, 60_000);
