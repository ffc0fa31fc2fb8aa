import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A process of the product or of the tests, killed by its pid. */
export interface Running {
  readonly pid: number;
  isAlive(): boolean;
  /** SIGKILL, and gone when this returns. */
  kill(): Promise<void>;
  /** SIGTERM; @returns the exit code, and how long it took in milliseconds. */
  stop(): Promise<{ code: number | null; ms: number }>;
  signal(name: NodeJS.Signals): void;
  /** What it has printed so far. */
  readonly lines: readonly string[];
}

export interface Server extends Running {
  /** `http://localhost:<port>`; empty for a worker. */
  readonly address: string;
}

/**
 * Starts `src/server.ts` as it is started by a service manager. Resolves when it is ready.
 * @param tree folder of the product, where it is not this one.
 */
export async function startServer(
  env: Record<string, string>,
  role: 'all' | 'api' | 'worker' = 'all',
  withinMs = 60_000,
  nodeArguments: readonly string[] = [],
  tree = root,
): Promise<Server> {
  const ready = role === 'worker' ? /"msg":"working"/ : /^Ready: (\S+)/;
  const { match, running } = await startProgram(
    [...nodeArguments, 'bin/node.mjs', 'src/server.ts', '--role', role],
    env,
    ready,
    withinMs,
    tree,
  );
  return { ...running, address: match[1] ?? '' };
}

/** Starts a fake network as a process of its own. */
export async function startFakeProcess(
  file: string,
  args: readonly string[],
): Promise<Running & { url: string; controlUrl: string }> {
  const { match, running } = await startProgram([file, ...args], {}, /^(\{"url".*\})$/, 20_000);
  return { ...running, ...(JSON.parse(match[1] ?? '{}') as { url: string; controlUrl: string }) };
}

/** What has been started and has not ended: none outlives us. */
const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts a Node program of ours and waits until it has printed a line like `ready`. */
export async function startProgram(
  args: readonly string[],
  env: Record<string, string>,
  ready: RegExp,
  withinMs: number,
  cwd = root,
): Promise<{ match: RegExpMatchArray; running: Running }> {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  const lines: string[] = [];
  const match = await new Promise<RegExpMatchArray>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`${args.join(' ')} was not ready within ${withinMs} ms:\n${lines.slice(-20).join('\n')}`)),
      withinMs,
    );
    const read = (line: string): void => {
      lines.push(line);
      const found = ready.exec(line);
      if (found === null) return;
      clearTimeout(timer);
      resolve(found);
    };
    createInterface({ input: child.stdout }).on('line', read);
    createInterface({ input: child.stderr }).on('line', read);
    // Not `exit`: what it said last is still on its way then.
    child.once('close', (code) => {
      clearTimeout(timer);
      reject(new Error(`${args.join(' ')} ended with ${code}:\n${lines.slice(-20).join('\n')}`));
    });
  });
  return { match, running: runningOf(child, lines) };
}

function runningOf(child: ChildProcess, lines: readonly string[]): Running {
  const gone = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  return {
    pid: child.pid ?? 0,
    lines,
    isAlive: () => child.exitCode === null && child.signalCode === null,
    signal: (name) => void child.kill(name),
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
    async stop() {
      const from = performance.now();
      child.kill('SIGTERM');
      return { code: await gone, ms: Math.round(performance.now() - from) };
    },
  };
}

export type Call = <T>(method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<T>;

/** Calls the API with the key that the server made for its own machine. */
export function callerOf(address: string, dataDir: string): Call {
  const key = readFileSync(join(dataDir, 'api-key'), 'utf8').trim();
  return async (method, path, body, headers = {}) => {
    const response = await fetch(address + path, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...headers,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return (text === '' ? null : JSON.parse(text)) as never;
  };
}
