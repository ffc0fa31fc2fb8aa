import { z } from 'zod';
import { callApi } from './call-api.ts';
import type { ApiOptions } from './call-api.ts';
import { pagesOf } from './pages.ts';
import { printLine } from './print.ts';

export interface WebhooksOptions extends ApiOptions {
  readonly json?: boolean;
}

const hook = z.looseObject({
  id: z.string(),
  url: z.string(),
  events: z.array(z.string()),
  state: z.string(),
  problem: z.string().nullable(),
  secret: z.string().nullish(),
});
const delivery = z.looseObject({
  id: z.string(),
  type: z.string(),
  state: z.string(),
  tries: z.number(),
  createdAt: z.string(),
  nextAt: z.string().nullable(),
});

/** Every webhook, one a line. */
export async function listWebhooks(options: WebhooksOptions): Promise<void> {
  for await (const one of pagesOf(options, '/v1/webhooks', hook)) show(one, options);
}

/** Has events sent to an address. The secret is printed this once. */
export async function addWebhook(url: string, options: WebhooksOptions & { events: string }): Promise<void> {
  const events = options.events.split(/[\s,]+/).filter((name) => name !== '');
  const added = hook.parse(await callApi(options, 'POST', '/v1/webhooks', { url, events }));
  show(added, options);
  if (options.json !== true) process.stdout.write(`Its secret, shown this once: ${added.secret ?? ''}\n`);
}

/** What a webhook was sent, newest first. */
export async function listDeliveries(id: string, options: WebhooksOptions & { state?: string }): Promise<void> {
  const filter = options.state === undefined ? '' : `state=${encodeURIComponent(options.state)}`;
  const path = `/v1/webhooks/${encodeURIComponent(id)}/deliveries`;
  for await (const one of pagesOf(options, path, delivery, filter)) showDelivery(one, options);
}

/** Sends a delivery once more, under its old id. */
export async function redeliver(id: string, options: WebhooksOptions): Promise<void> {
  const path = `/v1/deliveries/${encodeURIComponent(id)}/redeliver`;
  showDelivery(delivery.parse(await callApi(options, 'POST', path)), options);
}

export async function removeWebhook(id: string, options: WebhooksOptions): Promise<void> {
  await callApi(options, 'DELETE', `/v1/webhooks/${encodeURIComponent(id)}`);
  printLine(options, { id, state: 'removed' }, `${id} is removed.`);
}

function show(one: z.infer<typeof hook>, { json }: WebhooksOptions): void {
  const { id, url, events, state, problem } = one;
  const words = `${id}  ${state}  ${url}  ${events.join(' ')}${problem === null ? '' : `: ${problem}`}`;
  printLine({ json }, one, words);
}

function showDelivery(one: z.infer<typeof delivery>, { json }: WebhooksOptions): void {
  const { id, createdAt, type, state, tries, nextAt } = one;
  const next = nextAt === null || tries === 0 ? '' : `, next ${nextAt}`;
  const words = `${id}  ${createdAt}  ${type}  ${state}, ${tries} ${tries === 1 ? 'try' : 'tries'}${next}`;
  printLine({ json }, one, words);
}
