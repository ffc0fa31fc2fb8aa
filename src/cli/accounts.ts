import { z } from 'zod';
import { Refusal } from '../domain/errors.ts';
import { callApi } from './call-api.ts';
import type { ApiOptions } from './call-api.ts';
import { pagesOf } from './pages.ts';
import { printLine } from './print.ts';
import { jsonIn } from './read-json.ts';

export interface AccountsOptions extends ApiOptions {
  readonly json?: boolean;
}

export interface AddOptions extends AccountsOptions {
  readonly name?: string;
  readonly consent?: boolean;
  readonly unknown?: string;
}

export interface ChangeOptions extends AccountsOptions {
  readonly name?: string;
  readonly unknown?: string;
}

const account = z.looseObject({
  id: z.string(),
  network: z.string(),
  name: z.string(),
  state: z.string(),
  version: z.number(),
  expiresAt: z.string().nullable(),
  problem: z.looseObject({ detail: z.string() }).nullable(),
});
const connection = z.looseObject({ url: z.string(), redirectUri: z.string(), expiresAt: z.string() });

/** Every account, one a line. */
export async function listAccounts(options: AccountsOptions): Promise<void> {
  for await (const one of pagesOf(options, '/v1/accounts', account)) show(one, options);
}

/**
 * Connects an account. The fields come as JSON from a file or standard input, never from the command line, which others
 * on the machine can read; with `consent` they are those of the app, and the page to open is printed.
 * @throws Refusal for JSON that is none, and the server's own refusals.
 */
export async function addAccount(network: string, source: string, options: AddOptions): Promise<void> {
  const fields = await jsonIn(source, 'fields', '{"webhookUrl": "https://…"}');
  if (options.consent === true) {
    const begun = connection.parse(await callApi(options, 'POST', '/v1/connections', { network, app: fields }));
    const words = `Open this in a browser before ${begun.expiresAt}:\n${begun.url}\nYour app must list ${begun.redirectUri} as its redirect address.`;
    printLine(options, begun, words);
    return;
  }
  const body = { network, credentials: fields, ...changeIn(options) };
  show(account.parse(await callApi(options, 'POST', '/v1/accounts', body)), options);
}

/** Changes the name, or what becomes of a post whose answer was lost; what is not named stays. */
export async function changeAccount(id: string, options: ChangeOptions): Promise<void> {
  const path = `/v1/accounts/${encodeURIComponent(id)}`;
  const change = changeIn(options);
  if (Object.keys(change).length === 0)
    throw new Refusal('invalid', 'Nothing is to be changed: give --name or --unknown.');
  const { version } = account.parse(await callApi(options, 'GET', path));
  show(account.parse(await callApi(options, 'PATCH', path, change, version)), options);
}

function changeIn({ name, unknown }: ChangeOptions): { name?: string; settings?: object } {
  return {
    ...(name === undefined ? {} : { name }),
    ...(unknown === undefined ? {} : { settings: { unknown } }),
  };
}

/** Asks the network who is connected and what is missing. */
export async function checkAccount(id: string, options: AccountsOptions): Promise<void> {
  const path = `/v1/accounts/${encodeURIComponent(id)}/check`;
  show(account.parse(await callApi(options, 'POST', path)), options);
}

/** Removes an account for good: its credentials are wiped, what has not gone out is cancelled. */
export async function removeAccount(id: string, options: AccountsOptions): Promise<void> {
  await callApi(options, 'DELETE', `/v1/accounts/${encodeURIComponent(id)}`);
  printLine(options, { id, state: 'removed' }, `${id} is removed.`);
}

function show(one: z.infer<typeof account>, { json }: AccountsOptions): void {
  const { id, network, name, state, expiresAt, problem } = one;
  const end = expiresAt === null ? '' : `, until ${expiresAt.slice(0, 10)}`;
  const words = `${id}  ${network}  ${name}  ${state}${end}${problem === null ? '' : `: ${problem.detail}`}`;
  printLine({ json }, one, words);
}
