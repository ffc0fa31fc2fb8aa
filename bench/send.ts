import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Agent, request } from 'undici';

/** As many clients as that; what none of them is free for waits here, which counts. More would not get past the system's queue of new connections. */
const clients = new Agent({ connections: 200 });

/**
 * One request, with a body a POST. Over undici itself: its `fetch` takes the machine's cores from what is measured.
 * @returns the answer's text.
 * @throws Error for an answer that is no success.
 */
export async function send(url: string, body?: object, key?: string): Promise<string> {
  const answer = await request(url, {
    dispatcher: clients,
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
    },
  });
  const text = await answer.body.text();
  if (answer.statusCode >= 300) throw new Error(`${url} answered ${answer.statusCode}: ${text.slice(0, 300)}`);
  return text;
}

/** Starts `bare-api.ts` as a process of its own. @param accountId whose the posts are that it writes */
export async function startBareApi(databaseUrl: string, accountId: string): Promise<{ address: string; kill(): void }> {
  const child = fork(fileURLToPath(new URL('bare-api.ts', import.meta.url)), [databaseUrl, accountId]);
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
