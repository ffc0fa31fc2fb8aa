import { spawn } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const START_MS = 90_000;

/** A whole product of its own: server, workers and embedded database in a temporary folder. */
export interface Newsroom extends AsyncDisposable {
  readonly address: string;
  /** When its process was started, in milliseconds since 1970. */
  readonly startedAt: number;
  /** Works once. */
  readonly signInLink: string;
  /** The header that carries the key of this machine. */
  readonly authorization: { readonly authorization: string };
  /** Asks the API with the key of this machine. @param version what was seen, where something is changed. */
  api<Answer>(method: string, path: string, body?: unknown, version?: number): Promise<Answer>;
  /** Ends the process; its folder stays until the newsroom is disposed of. */
  stop(): Promise<void>;
}

/**
 * Starts the product as an operator does.
 * @param env what differs from the defaults. @param made a data folder made before, which is removed at the end.
 */
export async function startNewsroom(env: Record<string, string> = {}, made?: string): Promise<Newsroom> {
  await buildPageIfOld();
  const data = made ?? (await mkdtemp(join(tmpdir(), 'standfirst-newsroom-')));
  const startedAt = Date.now();
  const child = spawn(process.execPath, ['src/server.ts'], {
    cwd: root,
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: process.env['HOME'] ?? '',
      STANDFIRST_DATA: data,
      STANDFIRST_TIME_ZONE: 'Europe/Bucharest',
      STANDFIRST_LOG_FORMAT: 'json',
      PORT: '0',
      ...env,
    },
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    if (child.exitCode === null) child.kill('SIGTERM');
    await ended;
  };
  const signInLink = await new Promise<string>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`No sign-in link within ${START_MS / 1000} s:\n${said}`)), START_MS);
    child.stdout.on('data', () => {
      const link = /https?:\/\/\S+\/sign-in\?token=\S+/.exec(said)?.[0];
      if (link === undefined) return;
      clearTimeout(late);
      resolve(link);
    });
    child.once('exit', (code) => {
      clearTimeout(late);
      reject(new Error(`The server ended with ${code}:\n${said}`));
    });
  });
  const address = new URL(signInLink).origin;
  const key = (await readFile(join(data, 'api-key'), 'utf8')).trim();
  const authorization = { authorization: `Bearer ${key}` };
  return {
    address,
    startedAt,
    authorization,
    signInLink,
    stop,
    async api<Answer>(method: string, path: string, body?: unknown, version?: number): Promise<Answer> {
      const reply = await fetch(address + path, {
        method,
        headers: {
          ...authorization,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`);
      return (reply.status === 204 ? undefined : await reply.json()) as Answer;
    },
    async [Symbol.asyncDispose]() {
      await stop();
      await rm(data, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    },
  };
}

/** The page that is tested is the one in the sources. */
async function buildPageIfOld(): Promise<void> {
  const built = await stat(join(root, 'dist/dashboard/index.html')).catch(() => null);
  const rooms = ['src/dashboard', 'src/domain', 'src/text'];
  if (built !== null && built.mtimeMs > Math.max(...(await Promise.all(rooms.map((room) => newest(join(root, room)))))))
    return;
  const child = spawn(
    process.execPath,
    ['node_modules/vite/bin/vite.js', 'build', 'src/dashboard', '--logLevel', 'warn'],
    {
      cwd: root,
      stdio: 'inherit',
      // The runner of the tests says `test`, and React would be the slow one for its developers: a third larger.
      env: { ...process.env, NODE_ENV: 'production' },
    },
  );
  const code = await new Promise((resolve) => child.once('exit', resolve));
  if (code !== 0) throw new Error('The dashboard could not be built.');
}

async function newest(folder: string): Promise<number> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const times = files
    .filter((file) => file.isFile())
    .map(async (file) => (await stat(join(file.parentPath, file.name))).mtimeMs);
  return Math.max(...(await Promise.all(times)));
}
