import { parseArgs } from 'node:util';
import type { FastifyInstance } from 'fastify';
import type { Context } from './context.ts';
import { readSettings } from './context-settings.ts';
import type { Settings } from './context-settings.ts';
import { refusePlainHttp } from './api/cookie.ts';
import { buildDashboardIfMissing } from './dashboard-build.ts';
import { keepLocalAddress } from './local-address.ts';
import { createLogger } from './logger.ts';
import { parseKeyring } from './secrets/keyring.ts';
import { version } from './version.ts';

const STOP_WITHIN_MS = 30_000;

/**
 * Runs the process of the role that the command line names, until it is told to stop. The API and the workers are loaded by
 * the role that needs them: each is tens of megabytes that the other never uses.
 * @param isLoaded called when everything has been loaded.
 */
export async function serve(isLoaded: () => void): Promise<void> {
  await start(isLoaded).catch((error: unknown) => fail((error as Error).message));
}

async function start(isLoaded: () => void): Promise<void> {
  const settings = readStart();
  const { role } = settings;
  const log = createLogger(settings.log.level, settings.log.format);
  const isPretty = settings.log.format === 'pretty';
  const say = (sentence: string): void => (isPretty ? void process.stdout.write(`${sentence}\n`) : log.info(sentence));
  say(`standfirst ${version}`);
  // The page is for people; the API and the workers go on without it.
  const page =
    role === 'worker'
      ? Promise.resolve()
      : buildDashboardIfMissing(say).catch((error: unknown) => process.stderr.write(`${(error as Error).message}\n`));
  if (role !== 'worker') refuseInsecure(settings);
  const { openContext } = await import('./context.ts');
  const context = await openContext(settings, { log, onProgress: say, onLost: (sentence) => fail(sentence) });
  const stops: (() => Promise<unknown>)[] = [() => context.close()];
  stopOnSignal(context, stops);
  await page;
  const app = role === 'worker' ? null : await buildApp(context);
  const working = role === 'api' ? null : await loadWorkers();
  isLoaded();
  let address: string | null = null;
  if (app !== null) {
    stops.push(() => app.close());
    const { host, port } = settings.http;
    address = await app.listen({ host, port }).catch((error: unknown) => refusePort(host, port, error));
    const forget = keepLocalAddress(settings.dataDir, address);
    stops.push(async () => forget());
  }
  // Last, so that a process which cannot start otherwise has sent nothing.
  if (working !== null) {
    const workers = await working.startWorkers(context);
    stops.push(() => workers.stop());
  }
  if (address !== null) await welcome(context, reachableAt(settings.http.publicUrl, address), say);
}

async function buildApp(context: Context): Promise<FastifyInstance> {
  const [{ buildApi }, { mountMcp }] = await Promise.all([import('./api/api.ts'), import('./mcp/http.ts')]);
  return buildApi(context, { version, mounts: [mountMcp] });
}

/** With the client that sends, so that no post waits for it. */
async function loadWorkers(): Promise<typeof import('../workers/run.ts')> {
  const [{ undici }, run] = await Promise.all([import('./http/undici.ts'), import('../workers/run.ts')]);
  undici();
  return run;
}

function refuseInsecure(settings: Settings): void {
  try {
    refusePlainHttp(settings);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exit(2);
  }
}

function refusePort(host: string, port: number, error: unknown): never {
  const { code, message } = error as NodeJS.ErrnoException;
  const why = code === 'EADDRINUSE' ? 'another process listens there' : message;
  throw new Error(`standfirst cannot listen on ${host}:${port}: ${why}. End that process, or set HOST and PORT.`);
}

/** Ends the process with exit code 2 for anything the command line or the environment should not say. */
function readStart(): Settings {
  try {
    const { values } = parseArgs({ options: { role: { type: 'string', default: 'all' } }, strict: true });
    const { role } = values;
    if (role !== 'all' && role !== 'api' && role !== 'worker')
      throw new Error(`--role ${role} is not one of all, api, worker.`);
    const settings = readSettings(role);
    if (settings.keys !== null) refuseBrokenRing(settings.keys);
    return settings;
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exit(2);
  }
}

/** Before anything is started or made: a ring that is none opens nothing. */
function refuseBrokenRing(keys: string): void {
  try {
    parseKeyring(keys);
  } catch (error) {
    throw new Error(`STANDFIRST_KEYS is not a key ring. ${(error as Error).message}`);
  }
}

/** What a newcomer needs: the address, a way in, the key for local use. Secrets go to the terminal or a file, not to the log. */
async function welcome(context: Context, address: string, say: (sentence: string) => void): Promise<void> {
  const { settings, log } = context;
  const [{ prepareFirstRun }, { keepLocalKey }, { ensureSandbox }] = await Promise.all([
    import('./api/first-run.ts'),
    import('./api/local-key.ts'),
    import('./pipeline/accounts.ts'),
  ]);
  if (context.keyFile?.created === true) {
    say(`Made the encryption key ${context.keyFile.path}. Back it up: without it the accounts' tokens cannot be read.`);
  }
  await ensureSandbox(context);
  await keepLocalKey(context, say);
  const { signInPath, hasOtherWay } = await prepareFirstRun(context);
  log.info({ address, role: settings.role }, 'listening');
  // What a service prints is kept and read by many: nobody needs a link there who can come without one.
  const signIn =
    process.stdout.isTTY || !hasOtherWay
      ? `Sign in (once, within 15 minutes): ${address}${signInPath}`
      : `Sign in: ${address}/sign-in`;
  process.stdout.write(`\nReady: ${address}\n${signIn}\n\n`);
}

function reachableAt(publicUrl: string | null, address: string): string {
  return (publicUrl ?? address.replace('127.0.0.1', 'localhost')).replace(/\/$/, '');
}

function stopOnSignal(context: Context, stops: (() => Promise<unknown>)[]): void {
  let stopping = false;
  const stop = (signal: string): void => {
    if (stopping) return;
    stopping = true;
    context.log.info({ signal }, 'stopping');
    setTimeout(
      () => fail(`Not stopped within ${STOP_WITHIN_MS / 1000} s: what was under way is settled at the next start.`),
      STOP_WITHIN_MS,
    ).unref();
    void (async () => {
      for (const step of stops.splice(0).reverse()) await step();
      process.exit(0);
    })().catch((error: unknown) => fail((error as Error).message));
  };
  process.on('SIGTERM', () => stop('SIGTERM'));
  process.on('SIGINT', () => stop('SIGINT'));
}

function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(69);
}
