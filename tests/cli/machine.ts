import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openInstallation } from '../api/installation.ts';
import type { Installation } from '../api/installation.ts';
import { standfirst } from './run.ts';
import type { Ran } from './run.ts';

/** The machine of a server that listens, as somebody at its command line has it: with the key for local use. */
export interface Machine extends AsyncDisposable {
  readonly here: Installation;
  /** The data folder, with the key. */
  readonly folder: string;
  /** Address of the server. */
  readonly server: string;
  /** What makes a program one of that machine. */
  readonly env: Readonly<Record<string, string>>;
  /** Runs `standfirst` there. */
  run(args: readonly string[], input?: string | Uint8Array): Promise<Ran>;
}

export async function startMachine(env: Record<string, string> = {}): Promise<Machine> {
  const here = await openInstallation(env);
  const server = await here.app.listen({ host: '127.0.0.1', port: 0 });
  const folder = mkdtempSync(join(tmpdir(), 'standfirst-cli-'));
  const { authorization = '' } = await here.key();
  writeFileSync(join(folder, 'api-key'), `${authorization.replace('Bearer ', '')}\n`);
  const own = { STANDFIRST_DATA: folder, PORT: new URL(server).port };
  return {
    here,
    folder,
    server,
    env: own,
    run: (args, input = '') => standfirst(args, { input, env: own }),
    async [Symbol.asyncDispose]() {
      await here.close();
      rmSync(folder, { recursive: true });
    },
  };
}
