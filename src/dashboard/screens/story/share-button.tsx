import { Button, Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ask, post } from '../../api/client.ts';
import { sharesQuery } from '../../api/queries.ts';
import { queryClient } from '../../api/query-client.ts';
import type { Share } from '../../api/types.ts';
import { copy } from '../../shell/clipboard.ts';
import { Time } from '../../shell/time.tsx';
import { done } from '../../shell/undo.tsx';
import { run } from '../../shell/verbs.ts';
import { texts } from '../../texts.ts';

const hours = [4, 48, 168] as const;

/** Links by which somebody without an account reads the posts: made, copied once, taken back. */
export function ShareButton({ storyId }: { storyId: string }): ReactNode {
  const shares = useQuery(sharesQuery(storyId)).data ?? [];
  return (
    <Menu width={320} position="bottom-start">
      <Menu.Target>
        <Button size="compact-sm" variant="default">
          {shares.length === 0 ? texts.story.share : texts.story.shared(shares.length)}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{texts.story.shareHint}</Menu.Label>
        {hours.map((count) => (
          <Menu.Item key={count} onClick={() => void share(storyId, count)}>
            {texts.story.shareFor(count)}
          </Menu.Item>
        ))}
        {shares.length > 0 && <Menu.Label>{texts.story.openLinks}</Menu.Label>}
        {shares.map((one) => (
          <Menu.Item key={one.id} onClick={() => void endShare(one)}>
            {texts.story.endShare} <Time at={one.expiresAt} isFocusable={false} />
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

async function share(storyId: string, count: number): Promise<void> {
  await run(texts.story.share, async () => {
    const made = await post<Share & { path: string }>(`/v1/stories/${storyId}/shares`, { hours: count });
    const link = location.origin + made.path;
    const words = (await copy(link)) ? texts.story.shareCopied(link) : texts.story.shareMade(link);
    done(words, () => ask('DELETE', `/v1/shares/${made.id}`));
  });
  void queryClient.invalidateQueries({ queryKey: ['shares'] });
}

async function endShare(one: Share): Promise<void> {
  if (await run(texts.story.endShare, () => ask('DELETE', `/v1/shares/${one.id}`))) done(texts.story.shareEnded);
  void queryClient.invalidateQueries({ queryKey: ['shares'] });
}
