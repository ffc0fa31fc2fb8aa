import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** The product as an operator runs it: a process of its own, spoken to over HTTP. */
export interface RunningServer {
  readonly url: string;
  /** Asks the API with the key for local use. @throws with the answer where it is not 2xx. */
  ask<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T>;
  /** Ends it as a power cut would: nothing is finished, nothing is said. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts `node src/server.ts` and waits until it is ready. @param env besides PATH, PORT and the data folder. */
export async function startServer(dataDir: string, env: Record<string, string>): Promise<RunningServer> {
  const child = spawn(process.execPath, ['src/server.ts'], {
    cwd: root,
    env: { PATH: process.env['PATH'], PORT: '0', STANDFIRST_DATA: dataDir, STANDFIRST_LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const url = await ready(child);
  const key = readFileSync(join(dataDir, 'api-key'), 'utf8').trim();
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const closed = once(child, 'close');
    child.kill(signal);
    await closed;
  };
  return {
    url,
    async ask<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> {
      const reply = await fetch(`${url}${path}`, {
        method,
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await reply.text();
      if (!reply.ok) throw new Error(`${method} ${path} answered ${reply.status}: ${text.slice(0, 500)}`);
      return JSON.parse(text) as T;
    },
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  };
}

function ready(child: ChildProcess): Promise<string> {
  let said = '';
  return new Promise((resolve, reject) => {
    const listen = (text: Buffer): void => {
      said += text.toString();
      const address = /^Ready: (\S+)$/m.exec(said)?.[1];
      if (address !== undefined) resolve(address);
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.on('exit', (code) => reject(new Error(`The server ended with exit code ${code}: ${said.slice(-2000)}`)));
  });
}
