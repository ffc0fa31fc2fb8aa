import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** One request, with a body a POST. @returns the answer's text. @throws Error for an answer that is no success. */
export async function send(url: string, body?: object, key?: string): Promise<string> {
  const response = await fetch(url, {
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
    },
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text.slice(0, 300)}`);
  return text;
}

/** Starts `bare-api.ts` as a process of its own. */
export async function startBareApi(databaseUrl: string): Promise<{ address: string; kill(): void }> {
  const child = fork(fileURLToPath(new URL('bare-api.ts', import.meta.url)), [databaseUrl]);
  const { address } = await new Promise<{ address: string }>((resolve, reject) => {
    child.once('message', (message) => resolve(message as { address: string }));
    child.once('exit', (code) => reject(new Error(`The bare API ended with ${code}.`)));
  });
  return {
    address,
    kill() {
      child.removeAllListeners('exit');
      child.kill('SIGKILL');
    },
  };
}
