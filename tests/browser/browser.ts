import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';

/**
 * The Chromium that comes with npm. Of its suggested arguments none is passed on: they switch web security off, and then
 * no test of policies, cookies or origins would prove anything.
 */
export async function launchBrowser(): Promise<Browser & AsyncDisposable> {
  if (!hasNss()) process.env['AWS_LAMBDA_JS_RUNTIME'] = 'nodejs22.x';
  // It unpacks itself into the temporary folder and would take an older one that lies there.
  const folder = await mkdtemp(join(tmpdir(), 'standfirst-browser-'));
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = folder;
  try {
    const { default: chromium } = await import('@sparticuz/chromium');
    const { chromium: playwright } = await import('playwright-core');
    const browser = await playwright.launch({
      executablePath: await chromium.executablePath(),
      args: ['--no-sandbox', '--disable-dev-shm-usage'],
      env: { ...process.env, TMPDIR: folder } as Record<string, string>,
    });
    return Object.assign(browser, {
      async [Symbol.asyncDispose]() {
        await browser.close();
        await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
      },
    });
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
