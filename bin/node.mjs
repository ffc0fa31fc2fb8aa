#!/usr/bin/env node
// Runs a script on Node 24: on this Node where it is new enough, else on the one that npm installed beside the project.
// Plain JavaScript, no syntax newer than Node 20, because this file is what an old Node sees first.
import { spawn } from 'node:child_process';
import { realpathSync } from 'node:fs';
import module, { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { resolve } from 'node:path';

const NEEDED = [24, 7];
// What Node compiled, and TypeScript without its types, is kept here for the next start: half its time, and the 21 MB of the
// program that takes types away. In the project's own folder, because who can write there can change the project itself; where
// nobody may write, a start goes without. An operator's NODE_COMPILE_CACHE comes first.
const CACHE = fileURLToPath(new URL('../node_modules/.cache/standfirst', import.meta.url));

export function launch(script, args) {
  if (isNewEnough(process.versions.node)) {
    module.enableCompileCache(process.env.NODE_COMPILE_CACHE || CACHE);
    process.argv = [process.execPath, resolve(script), ...args];
    return import(pathToFileURL(resolve(script)).href);
  }
  const child = spawn(findNode(), [script, ...args], {
    stdio: 'inherit',
    env: { NODE_COMPILE_CACHE: CACHE, ...process.env },
  });
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2'];
  for (const signal of signals) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => fail(`Node 24 could not be started: ${error.message}`));
  child.on('exit', (code, signal) => {
    for (const name of signals) process.removeAllListeners(name);
    if (signal) process.kill(process.pid, signal);
    else process.exit(code);
  });
}

function isNewEnough(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);
}

function findNode() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${platform}-${process.arch}`;
  try {
    return createRequire(import.meta.url).resolve(`${name}/bin/node${platform === 'win' ? '.exe' : ''}`);
  } catch {
    return fail(
      `standfirst needs Node ${NEEDED.join('.')} or newer; this is ${process.versions.node}, and the package ${name} is not installed. Install Node 24, or run npm ci without --omit=optional.`,
    );
  }
}

function fail(sentence, code = 69) {
  console.error(sentence);
  process.exit(code);
}

// The real path: in a folder reached over a link (as every temporary one of macOS is) the two differ.
if (process.argv[1] && import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href) {
  const [script, ...args] = process.argv.slice(2);
  if (!script) fail('Name the script to run: node bin/node.mjs <script> [arguments]', 64);
  await launch(script, args);
}
