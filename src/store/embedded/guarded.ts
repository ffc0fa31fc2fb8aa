import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { cleanEnv } from './clean-env.ts';
import type { ServiceUser } from './service-user.ts';

export interface Guarded {
  readonly pid: number;
  /** Settles when the program has ended: its exit code, or the signal, or why it did not start. */
  readonly ended: Promise<string>;
  kill(signal: NodeJS.Signals): void;
  /** Sends the signals in turn, each with its time to end in. */
  end(steps: readonly (readonly [NodeJS.Signals, waitMs: number])[]): Promise<void>;
}

/**
 * The shell becomes the program. Before, it leaves a reader on a pipe whose other end only we hold: when we die, however
 * that happens, the reader sees the end of it and asks the program to stop. A line on the pipe sends the reader home.
 * The brackets give the reader to init, so that the program never sees a child it did not make.
 */
const GUARD = '( ( read -r _ <&4 || kill -INT $$ ) 3<&- >/dev/null 2>&1 & ); exec 4<&-; exec "$@"';

/**
 * Runs a server that does not outlive us, even where we are killed (on Windows only where we end in order). It does not
 * keep us from ending, and does not see a Ctrl-C meant for us.
 * @param options.log file descriptor for what it prints.
 * @param options.folder file descriptor that the program finds as number 3.
 */
export function spawnGuarded(
  program: string,
  args: readonly string[],
  options: { readonly log: number; readonly folder?: number | undefined; readonly user?: ServiceUser },
): Guarded {
  const { log, folder = 'ignore', user } = options;
  const stdio: StdioOptions = ['ignore', log, log, folder, 'pipe'];
  const child: ChildProcess =
    process.platform === 'win32'
      ? spawn(program, args, { stdio, windowsHide: true })
      : spawn('/bin/sh', ['-c', GUARD, 'sh', program, ...args], {
          cwd: '/',
          env: cleanEnv(),
          stdio,
          detached: true,
          ...user,
        });
  const lifeline = child.stdio[4] as Socket | null | undefined;
  lifeline?.on('error', () => {});
  const ended = once(child, 'exit').then(
    ([code, signal]: (number | string | null)[]) => {
      lifeline?.end('\n');
      return signal ? `ended by ${signal}` : `exit code ${code}`;
    },
    (error: Error) => error.message,
  );
  child.unref();
  lifeline?.unref();
  return {
    pid: child.pid ?? 0,
    ended,
    kill: (signal) => void child.kill(signal),
    async end(steps) {
      child.ref();
      for (const [signal, waitMs] of steps) {
        if (child.exitCode !== null || child.signalCode !== null) return;
        child.kill(signal);
        const timer = new AbortController();
        await Promise.race([ended, sleep(waitMs, undefined, { signal: timer.signal }).catch(() => {})]);
        timer.abort();
      }
    },
  };
}
