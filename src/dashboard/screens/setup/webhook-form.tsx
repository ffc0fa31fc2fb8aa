import { Button, Checkbox, Group, Stack, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { outwardNames } from '../../../domain/outward-events.ts';
import { ask, post } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import type { Webhook } from '../../api/types.ts';
import { ProblemCard } from '../../parts/problem-card.tsx';
import { texts } from '../../texts.ts';
import { developerTexts } from '../../texts/developer.ts';
import { rulesTexts } from '../../texts/rules.ts';
import css from './setup.module.css';

interface WebhookFormProps {
  /** Null: another one. */
  readonly hook: Webhook | null;
  readonly onSecret: (secret: string | null) => void;
  readonly onClose: () => void;
}

/** Which address is told, and of what. */
export function WebhookForm({ hook, onSecret, onClose }: WebhookFormProps): ReactNode {
  const [url, setUrl] = useState(hook?.url ?? '');
  const [events, setEvents] = useState<string[]>([...(hook?.events ?? ['post.published', 'post.failed'])]);
  const [error, setError] = useState<unknown>(null);
  const save = async (): Promise<void> => {
    setError(null);
    try {
      const body = { url, events };
      if (hook === null) onSecret((await post<{ secret: string | null }>('/v1/webhooks', body)).secret);
      else await ask('PATCH', `/v1/webhooks/${hook.id}`, { body, version: hook.version });
      onClose();
    } catch (problem) {
      setError(problem);
    } finally {
      void queryClient.invalidateQueries({ queryKey: ['webhooks'] });
    }
  };
  return (
    <form
      className={css.form}
      aria-label={hook === null ? developerTexts.addWebhook : developerTexts.change}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Stack gap="sm">
        <TextInput
          label={developerTexts.url}
          type="url"
          required
          value={url}
          onChange={(event) => setUrl(event.currentTarget.value)}
        />
        <Checkbox.Group label={developerTexts.events} value={events} onChange={setEvents}>
          <div className={css.scopeGrid}>
            {outwardNames.map((name) => (
              <Checkbox key={name} size="xs" value={name} label={name} />
            ))}
          </div>
        </Checkbox.Group>
        {error !== null && <ProblemCard error={error} />}
        <Group>
          <Button type="submit" disabled={events.length === 0}>
            {rulesTexts.save}
          </Button>
          <Button variant="default" onClick={onClose}>
            {texts.cancel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
