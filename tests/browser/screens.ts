import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { BrowserContextOptions, Page } from 'playwright-core';
import sharp from 'sharp';
import { launchBrowser } from './browser.ts';
import { signIn } from './desk.ts';
import { startNewsroom } from './newsroom.ts';
import { watchQuiet } from './quiet.ts';
import { seed } from './seed.ts';
import { empty, main, states } from './shots.ts';
import type { Shot } from './shots.ts';

/**
 * Writes pictures of every screen to docs/screens: `npm run screens`. From a seeded newsroom, with articles of our own.
 * `npm run screens -- --only intake,outbox` writes those whose names begin so. Ends with 1 where one could not be taken.
 */
const { values } = parseArgs({ options: { only: { type: 'string' } } });
const only = values.only?.split(',') ?? [''];
const folder = fileURLToPath(new URL('../../docs/screens/', import.meta.url));
await mkdir(folder, { recursive: true });
const written = new Set<string>();
const missed: string[] = [];

{
  await using newsroom = await startNewsroom({ STANDFIRST_ALLOW_PRIVATE: '127.0.0.0/8' });
  await using browser = await launchBrowser();

  const take = async (options: BrowserContextOptions, shots: readonly Shot[], suffix = ''): Promise<void> => {
    const wanted = shots.filter(({ name }) => only.some((beginning) => name.startsWith(beginning)));
    if (wanted.length === 0) return;
    await using editor = await signIn(browser, newsroom, options);
    const isQuiet = watchQuiet(editor.page);
    for (const shot of wanted) {
      const name = `${shot.name}${suffix}`;
      try {
        await pose(editor.page, shot, isQuiet);
        await snap(editor.page, name);
        await shot.after?.(editor.page);
      } catch (error) {
        missed.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    // The board of queues is not ours, and a line that was cut on purpose is told of by the browser.
    missed.push(...editor.complaints.filter((one) => !/ERR_INTERNET_DISCONNECTED|\/ops\/queues/.test(one)));
  };
  const pose = async (page: Page, shot: Shot, isQuiet: () => Promise<void>): Promise<void> => {
    await page.goto(newsroom.address + shot.path);
    if (shot.isOurs !== false) await page.locator('[data-live="live"]').waitFor();
    await isQuiet();
    await shot.press?.(page);
    await isQuiet();
  };

  await take({}, empty);
  await using seeded = await seed(newsroom);
  await take({ colorScheme: 'light' }, main(seeded), '-light');
  await take({ colorScheme: 'dark' }, main(seeded), '-dark');
  await take({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }, main(seeded), '-phone');
  await take({}, states(seeded));
  await take({ forcedColors: 'active' }, main(seeded).slice(0, 2), '-forced-colors');
}

if (values.only === undefined && missed.length === 0) {
  for (const old of await readdir(folder)) if (!written.has(old)) await rm(`${folder}${old}`);
}
for (const one of missed) console.error(one);
process.exitCode = missed.length === 0 ? 0 : 1;

/** A picture of few colours takes a third of the room, and nobody sees the difference. */
async function snap(page: Page, name: string): Promise<void> {
  const shot = await page.screenshot({ animations: 'disabled', caret: 'hide' });
  const small = await sharp(shot).png({ palette: true, colours: 128, effort: 10, compressionLevel: 9 }).toBuffer();
  await writeFile(`${folder}${name}.png`, small);
  written.add(`${name}.png`);
  console.log(`docs/screens/${name}.png`);
}
