import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';

/**
 * The Chromium that comes with npm. Of its suggested arguments none is passed on: they switch web security off, and then
 * no test of policies, cookies or origins would prove anything. Unpacking it takes a processor two seconds and more: the
 * files of one run of the tests share what was unpacked once, whoever else launches it unpacks it and removes it again.
 */
export async function launchBrowser(): Promise<Browser & AsyncDisposable> {
  const shared = process.env['VITEST'] === undefined ? undefined : await sharedFolder();
  const folder = shared ?? (await mkdtemp(join(tmpdir(), 'standfirst-browser-')));
  const executablePath = await unpackBrowser(folder);
  const { chromium: playwright } = await import('playwright-core');
  const browser = await playwright.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
    env: { ...process.env, TMPDIR: folder } as Record<string, string>,
  });
  return Object.assign(browser, {
    async [Symbol.asyncDispose]() {
      await browser.close();
      if (shared === undefined) await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    },
  });
}

async function sharedFolder(): Promise<string> {
  const { sharedBrowser } = await import('../servers/shared-browser.ts');
  return sharedBrowser();
}

/** It unpacks itself into the temporary folder, and takes the one that lies there. @returns the path of the program. */
export async function unpackBrowser(folder: string): Promise<string> {
  if (!hasNss()) process.env['AWS_LAMBDA_JS_RUNTIME'] = 'nodejs22.x';
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = folder;
  try {
    const { default: chromium } = await import('@sparticuz/chromium');
    return await chromium.executablePath();
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
}

function hasNss(): boolean {
  return ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib64', '/usr/lib'].some((folder) =>
    existsSync(join(folder, 'libnss3.so')),
  );
}
