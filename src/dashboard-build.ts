import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));

/** Builds the page where `dist/dashboard` is missing: once, on the first start from a clone. @throws Error with the builder's last words. */
export async function buildDashboardIfMissing(say: (sentence: string) => void): Promise<void> {
  if (existsSync(`${root}dist/dashboard/index.html`)) return;
  say('Building the dashboard (first run only)');
  const child = spawn(
    process.execPath,
    ['node_modules/vite/bin/vite.js', 'build', 'src/dashboard', '--logLevel', 'warn'],
    { cwd: root },
  );
  let words = '';
  child.stdout.on('data', (chunk: Buffer) => (words += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', resolve);
  });
  if (code !== 0) throw new Error(`The dashboard could not be built: ${words.slice(-1024).trim()}`);
}
