import { Button, Checkbox, Group, Stack, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { outwardNames } from '../../../domain/outward-events.ts';
import { ask, get, post, problemFrom } from '../../api/client.ts';
import { faultAt } from '../../api/told.ts';
import { queryClient } from '../../api/query-client.ts';
import type { Webhook } from '../../api/types.ts';
import { KeptMark } from '../../parts/kept-mark.tsx';
import { SaveProblem } from '../../parts/save-problem.tsx';
import { useKept } from '../../parts/use-kept.ts';
import { texts } from '../../texts.ts';
import { developerTexts } from '../../texts/developer.ts';
import { rulesTexts } from '../../texts/rules.ts';
import { mayCarryKey } from './may-carry-key.ts';
import css from './setup.module.css';

interface WebhookFormProps {
  /** Null: another one. */
  readonly hook: Webhook | null;
  readonly onSecret: (secret: string | null) => void;
  readonly onClose: () => void;
}

interface Typed {
  /** Null: as it is stored. */
  readonly url: string | null;
  readonly events: readonly string[];
  readonly version: number;
}

/** Where a webhook is kept that somebody writes and has not saved. */
export function webhookSlot(hook: Webhook | null): string {
  return `webhook.${hook?.id ?? 'new'}`;
}

function begunOn(hook: Webhook | null): Typed {
  return { url: null, events: hook?.events ?? ['post.published', 'post.failed'], version: hook?.version ?? 0 };
}

/** An address with a key in it is typed again rather than left lying on this device. */
function withoutKey(typed: Typed): Typed {
  return typed.url !== null && mayCarryKey(typed.url) ? { ...typed, url: null } : typed;
}

/** Which address is told, and of what. */
export function WebhookForm({ hook, onSecret, onClose }: WebhookFormProps): ReactNode {
  const kept = useKept<Typed>(webhookSlot(hook), begunOn(hook), withoutKey);
  const { events, version } = kept.typed;
  const stored = hook?.url ?? '';
  const url = kept.typed.url ?? stored;
  const [error, setError] = useState<unknown>(null);
  const save = async (over: number): Promise<void> => {
    setError(null);
    try {
      const body = { url, events };
      if (hook === null) onSecret((await post<{ secret: string | null }>('/v1/webhooks', body)).secret);
      else await ask('PATCH', `/v1/webhooks/${hook.id}`, { body, version: over });
      kept.forget();
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
        void save(version);
      }}
    >
      <Stack gap="sm">
        <TextInput
          label={developerTexts.url}
          description={kept.typed.url !== null && mayCarryKey(url) ? developerTexts.notKept : undefined}
          type="url"
          required
          error={faultAt(problemFrom(error), '/url')}
          value={url}
          onChange={({ currentTarget: { value } }) =>
            kept.type({ ...kept.typed, url: value === stored ? null : value })
          }
        />
        <Checkbox.Group
          label={developerTexts.events}
          value={[...events]}
          onChange={(next) => kept.type({ ...kept.typed, events: next })}
        >
          <div className={css.scopeGrid}>
            {outwardNames.map((name) => (
              <Checkbox key={name} size="xs" value={name} label={name} />
            ))}
          </div>
        </Checkbox.Group>
        <SaveProblem
          error={error}
          isAtField={(pointer) => pointer === '/url'}
          onTheirs={() => {
            kept.discard();
            setError(null);
          }}
          onMine={() => void get<Webhook>(`/v1/webhooks/${hook?.id}`).then((now) => save(now.version))}
        />
        <Group>
          <Button type="submit" disabled={events.length === 0}>
            {rulesTexts.save}
          </Button>
          <Button variant="default" onClick={onClose}>
            {texts.cancel}
          </Button>
          <KeptMark of={kept} />
        </Group>
      </Stack>
    </form>
  );
}
