import { Anchor, Code, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { setupTexts } from '../../texts/setup.ts';
import { developerTexts } from '../../texts/developer.ts';
import { Keys, keysQuery } from './keys.tsx';
import css from './setup.module.css';
import { Webhooks } from './webhooks.tsx';

/** Keys for programs, who is told of what happens, and where the API is described. */
export function Developer({ canKeys, canWebhooks }: { canKeys: boolean; canWebhooks: boolean }): ReactNode {
  const words = developerTexts;
  const keys = useQuery({ ...keysQuery, enabled: canKeys });
  return (
    <>
      <Group mb="md">
        <Anchor href="/docs/" target="_blank">
          {setupTexts.reference}
        </Anchor>
        <Anchor href="/openapi.json" target="_blank">
          {setupTexts.openapi}
        </Anchor>
        <Anchor href="/metrics" target="_blank">
          {words.metrics}
        </Anchor>
      </Group>
      {canKeys && <Keys />}
      {/* After what stands above them: no button moves away from the pointer. */}
      {canWebhooks && (!canKeys || keys.isFetched) && <Webhooks />}
      <h2 className={css.heading}>{words.mcp}</h2>
      <p className={css.muted}>{words.mcpWhy}</p>
      <Code block className={css.payload}>{`POST ${location.origin}/mcp\nAuthorization: Bearer <key>`}</Code>
      <h2 className={css.heading}>{setupTexts.cli}</h2>
      <Code
        block
        className={css.payload}
      >{`npx standfirst accounts list --server ${location.origin} --key-file <file>`}</Code>
    </>
  );
}
