import { Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { ask, post } from '../../api/client.ts';
import { getAll } from '../../api/queries.ts';
import type { Webhook } from '../../api/types.ts';
import { keptAs } from '../../parts/kept.ts';
import { ProblemCard } from '../../parts/problem-card.tsx';
import { setupTexts } from '../../texts/setup.ts';
import { developerTexts } from '../../texts/developer.ts';
import { attempt } from './attempt.ts';
import { Deliveries } from './deliveries.tsx';
import css from './setup.module.css';
import { ShownOnce } from './shown-once.tsx';
import { typesName } from './types-name.ts';
import { WebhookForm, webhookSlot } from './webhook-form.tsx';

/** Addresses that are told what happens. */
export function Webhooks(): ReactNode {
  const query = useQuery({
    queryKey: ['webhooks'],
    queryFn: async ({ signal }) => (await getAll<Webhook>('/v1/webhooks', 200, signal)).items,
  });
  const [isAdding, setIsAdding] = useState(() => keptAs(webhookSlot(null)) !== null);
  const [secret, setSecret] = useState<string | null>(null);
  const hooks = query.data?.filter((hook) => hook.state !== 'removed') ?? [];
  const words = developerTexts;
  return (
    <>
      <h2 className={css.heading}>{words.webhooks}</h2>
      {query.error !== null && query.data === undefined && (
        <ProblemCard error={query.error} onRetry={() => void query.refetch()} />
      )}
      {hooks.length === 0 && query.data !== undefined && <p className={css.muted}>{words.noWebhooks}</p>}
      <ul className={css.accounts} aria-label={words.webhooks}>
        {hooks.map((hook) => (
          <WebhookRow key={hook.id} hook={hook} onSecret={setSecret} />
        ))}
      </ul>
      {secret !== null && <ShownOnce title={words.secretOnce} value={secret} onClose={() => setSecret(null)} />}
      {isAdding && <WebhookForm hook={null} onSecret={setSecret} onClose={() => setIsAdding(false)} />}
      {!isAdding && query.isFetched && <Button onClick={() => setIsAdding(true)}>{words.addWebhook}</Button>}
    </>
  );
}

function WebhookRow({ hook, onSecret }: { hook: Webhook; onSecret: (secret: string | null) => void }): ReactNode {
  const [open, setOpen] = useState<'log' | 'form' | null>(() => (keptAs(webhookSlot(hook)) === null ? null : 'form'));
  const words = developerTexts;
  const path = `/v1/webhooks/${hook.id}`;
  const isOn = hook.state === 'active';
  const test = (): Promise<boolean> => attempt(words.test, 'deliveries', () => post(`${path}/test`), words.tested);
  const turn = (): Promise<boolean> =>
    attempt(isOn ? words.pause : words.resume, 'webhooks', () =>
      ask('PATCH', path, { body: { isActive: !isOn }, version: hook.version }),
    );
  const rotate = (): Promise<boolean> =>
    attempt(words.rotate, 'webhooks', async () => {
      onSecret((await post<{ secret: string | null }>(`${path}/rotate-secret`)).secret);
    });
  const remove = async (): Promise<void> => {
    const { host } = new URL(hook.url);
    if (!(await typesName(words.removeTitle, words.removeLabel(host), host, setupTexts.remove))) return;
    await attempt(setupTexts.remove, 'webhooks', () => ask('DELETE', path), words.removed);
  };
  return (
    <li>
      <div className={css.accountHead}>
        <div className={css.secret}>
          <strong>{hook.url}</strong>
        </div>
        <span
          className={css.badge}
          data-state={isOn ? 'connected' : hook.state === 'disabled' ? 'signed-out' : 'paused'}
        >
          {words.webhookStates[hook.state]}
        </span>
      </div>
      <div className={css.muted}>
        {hook.events.join(', ')}
        {hook.problem !== null && ` · ${hook.problem}`}
      </div>
      <Group gap="xs" mt={6}>
        <Button
          size="compact-sm"
          variant="default"
          aria-expanded={open === 'log'}
          onClick={() => setOpen(open === 'log' ? null : 'log')}
        >
          {words.deliveries}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          aria-expanded={open === 'form'}
          onClick={() => setOpen(open === 'form' ? null : 'form')}
        >
          {words.change}
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => void test()}>
          {words.test}
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => void turn()}>
          {isOn ? words.pause : words.resume}
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => void rotate()}>
          {words.newSecret}
        </Button>
        <Button size="compact-sm" variant="subtle" color="red" onClick={() => void remove()}>
          {setupTexts.remove}
        </Button>
      </Group>
      {open === 'form' && <WebhookForm hook={hook} onSecret={onSecret} onClose={() => setOpen(null)} />}
      {open === 'log' && <Deliveries webhookId={hook.id} />}
    </li>
  );
}
