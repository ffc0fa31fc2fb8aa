import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { ask, post } from '../../api/client.ts';
import type { ApiKey } from '../../api/types.ts';
import { askChoice } from '../../shell/dialogs.tsx';
import { Time } from '../../shell/time.tsx';
import { setupTexts } from '../../texts/setup.ts';
import { developerTexts } from '../../texts/developer.ts';
import { attempt } from './attempt.ts';
import css from './setup.module.css';
import { typesName } from './types-name.ts';

const overlaps = ['0', '60', '1440'] as const;

/** One key: what it may do, when it was used, until when it lasts, another secret, the end of it. */
export function KeyRow({ of, onSecret }: { of: ApiKey; onSecret: (secret: string | null) => void }): ReactNode {
  const words = developerTexts;
  const { revoke: verb, revoked } = setupTexts;
  const revoke = async (): Promise<void> => {
    if (!(await typesName(setupTexts.revokeTitle, words.revokeLabel(of.name), of.name, verb))) return;
    await attempt(verb, 'api-keys', () => ask('DELETE', `/v1/api-keys/${of.id}`), revoked);
  };
  const rotate = async (): Promise<void> => {
    const choices = overlaps.map((value) => ({ value, label: words.overlaps[value] }));
    const overlap = await askChoice(words.rotateTitle(of.name), choices, words.rotate);
    if (overlap === null) return;
    await attempt(words.rotate, 'api-keys', async () => {
      const body = { overlapMinutes: Number(overlap) };
      onSecret((await post<{ secret: string | null }>(`/v1/api-keys/${of.id}/rotate`, body)).secret);
    });
  };
  return (
    <li>
      <div className={css.accountHead}>
        <div>
          <strong>{of.name}</strong>{' '}
          {of.prefix !== null && (
            <code className={css.muted} title={of.prefix}>
              {words.prefixOf(of.prefix)}
            </code>
          )}{' '}
          {of.isTest && <small className={css.muted}>({setupTexts.keyTest})</small>}
        </div>
        <Group gap={4}>
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`${words.rotate} ${of.name}`}
            onClick={() => void rotate()}
          >
            {words.rotate}
          </Button>
          <Button
            size="compact-sm"
            variant="subtle"
            color="red"
            aria-label={`${verb} ${of.name}`}
            onClick={() => void revoke()}
          >
            {verb}
          </Button>
        </Group>
      </div>
      <div className={css.muted}>
        {setupTexts.keyUsed}: {of.lastUsedAt === null ? setupTexts.keyNever : <Time at={of.lastUsedAt} />} ·{' '}
        {words.expires}: {of.expiresAt === null ? words.never : <Time at={of.expiresAt} />}
      </div>
      <div className={css.scopes}>
        {setupTexts.keyScopes}: {of.scopes.join(', ')}
      </div>
    </li>
  );
}
