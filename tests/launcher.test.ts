import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  accessSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sayLeftOut } from './servers/databases.ts';

const launcher = join(import.meta.dirname, '..', 'bin', 'node.mjs');
let folder: string;

const SCRIPTS = {
  'say.ts': `const said: string = JSON.stringify({ node: process.versions.node, args: process.argv.slice(2) });
    console.log(said);`,
  'leave.ts': 'process.exit(7);',
  'die.ts': "process.kill(process.pid, 'SIGKILL');",
  'wait.ts': `process.on('SIGTERM', () => { console.log('told'); process.exit(3); });
    setInterval(() => {}, 1000);
    console.log('waiting');`,
  // Makes the running Node look like the one that many systems bring.
  'old.mjs': "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.19.2' } });",
};

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'standfirst-launcher-')));
  for (const [name, text] of Object.entries(SCRIPTS)) writeFileSync(join(folder, name), text);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('started by a Node that is new enough, the launcher', () => suite(() => [process.execPath, []]));

if (isNodeFromNpm()) {
  describe('started by a Node that looks too old, the launcher', () =>
    suite(() => [process.execPath, ['--import', './old.mjs']]));
  const old = findOldNode();
  if (old) describe(`started by Node ${versionOf(old)}, the launcher`, () => suite(() => [old, []]));
} else {
  it('started by a Node that is too old, the launcher', async (context) => {
    const why = `npm brings no Node for ${process.platform}-${process.arch}`;
    await sayLeftOut(`the launcher under an old Node: ${why}`);
    context.skip(why);
  });
}

function suite(start: () => [node: string, flags: string[]]): void {
  const launch = (script: string, args: string[] = [], path = launcher) => {
    const [node, flags] = start();
    return spawn(node, [...flags, path, join(folder, script), ...args], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  };

  it('runs TypeScript on Node 24, with the arguments as they were given', async () => {
    const args = ['--role', 'api', 'two words', '', '*', 'ș'];
    const { node, args: arrived } = JSON.parse((await finish(launch('say.ts', args))).said) as {
      node: string;
      args: string[];
    };
    expect(Number.parseInt(node)).toBeGreaterThanOrEqual(24);
    expect(arrived).toEqual(args);
  });

  it('ends with the exit code of the script', async () => {
    expect((await finish(launch('leave.ts'))).code).toBe(7);
  });

  it('ends by the signal that the script ended by', async () => {
    expect((await finish(launch('die.ts'))).signal).toBe('SIGKILL');
  });

  it('passes SIGTERM on, and waits for what the script makes of it', async () => {
    const child = launch('wait.ts');
    const finished = finish(child);
    await once(child.stdout!, 'data');
    child.kill('SIGTERM');
    expect(await finished).toMatchObject({ code: 3, said: 'waiting\ntold\n' });
  });

  it('works from a folder that is reached over a link', async () => {
    const link = join(folder, `link-${Math.random()}`);
    symlinkSync(join(import.meta.dirname, '..'), link);
    const { said } = await finish(launch('say.ts', ['x'], join(link, 'bin', 'node.mjs')));
    expect(JSON.parse(said)).toMatchObject({ args: ['x'] });
  });

  it('says how it is used where no script is named', async () => {
    const [node, flags] = start();
    const child = spawn(node, [...flags, launcher], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    expect(await finish(child)).toMatchObject({
      code: 64,
      complained: expect.stringMatching(/^Name the script to run/),
    });
  });
}

it('says what to do where the Node is too old and npm brought no other', async () => {
  const bare = join(folder, 'bare', 'bin');
  mkdirSync(bare, { recursive: true });
  cpSync(launcher, join(bare, 'node.mjs'));
  const child = spawn(process.execPath, ['--import', './old.mjs', join(bare, 'node.mjs'), join(folder, 'say.ts')], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { code, complained } = await finish(child);
  expect(code).toBe(69);
  expect(complained).toMatch(
    /^standfirst needs Node 24\.7 or newer; this is 20\.19\.2, .* Install Node 24, or run npm ci/,
  );
});

async function finish(child: ReturnType<typeof spawn>) {
  let [said, complained] = ['', ''];
  child.stdout?.on('data', (text: Buffer) => (said += text.toString()));
  child.stderr?.on('data', (text: Buffer) => (complained += text.toString()));
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return { code, signal, said, complained };
}

function isNodeFromNpm(): boolean {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  return existsSync(join(import.meta.dirname, '..', 'node_modules', `node-${platform}-${process.arch}`));
}

function findOldNode(): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((place) => join(place, 'node'))
    .find((path) => isProgram(path) && Number.parseInt(versionOf(path)) < 24);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function versionOf(node: string): string {
  return execFileSync(node, ['-p', 'process.versions.node'], { encoding: 'utf8' }).trim();
}
