import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { once } from 'node:events';
import { expect, test } from 'vitest';

const post = (url: string, text: string): Promise<Response> =>
  fetch(`${url}/2/tweets`, {
    method: 'POST',
    headers: { authorization: 'Bearer user-7', 'content-type': 'application/json' },
    body: JSON.stringify({ text }),
  });

test('a fake runs as a process of its own, changes its mode on request and keeps a log', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fake-'));
  const logFile = join(folder, 'accepted.jsonl');
  const child = spawn(process.execPath, ['tests/fakes/x.ts', '--port', '0', '--log', logFile, '--mode', 'slow:5']);
  try {
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    const { url, controlUrl } = JSON.parse(line) as { url: string; controlUrl: string };
    expect((await post(url, 'One')).status).toBe(201);

    const setMode = (mode: object): Promise<Response> =>
      fetch(`${controlUrl}/__control`, { method: 'POST', body: JSON.stringify(mode) });
    await setMode({ name: '429', times: 1, headers: { 'retry-after': '9' } });
    const limited = await post(url, 'Two');
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '9']);
    expect((await post(url, 'Two')).status).toBe(201);

    await setMode({ name: 'refuse' });
    await expect(post(url, 'Three')).rejects.toThrow();
    await setMode({ name: 'ok' });
    expect((await post(url, 'Two')).status).toBe(403);

    const logged = readFileSync(logFile, 'utf8').trim().split('\n');
    expect(logged.map((entry) => (JSON.parse(entry) as { text: string }).text)).toEqual(['One', 'Two']);
    expect(await (await fetch(`${controlUrl}/__log`)).json()).toMatchObject({ attempts: 4, log: { length: 2 } });
  } finally {
    child.kill('SIGTERM');
    await once(child, 'exit');
    rmSync(folder, { recursive: true });
  }
});
