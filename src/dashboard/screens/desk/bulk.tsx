import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useMay } from '../../parts/use-may.ts';
import { approve, approveAtTime, reject, requestChanges } from '../../shell/decide.ts';
import { move } from '../../shell/timing.ts';
import { done, noteUnderWay } from '../../shell/undo.tsx';
import { may } from '../../shell/verbs.ts';
import { cancel } from '../../shell/withdraw.ts';
import { texts } from '../../texts.ts';
import type { Waiting } from './stories.ts';
import { useGreen } from './use-facts.ts';

/** What can be done at once with all that is not left out of the selected stories. Approved together is only what nothing speaks against. */
export function Bulk({ stories, onNone }: { stories: readonly Waiting[]; onNone: () => void }): ReactNode {
  const greenOf = useGreen();
  const mayPublish = useMay('posts:publish');
  const posts = stories.flatMap((story) => story.posts);
  const can = (verb: Parameters<typeof may>[1]): boolean => posts.some((post) => may(post, verb));
  const approveGreen = async (how: (green: typeof posts) => Promise<void>): Promise<void> => {
    const { green, left } = await greenOf(stories.filter((story) => story.posts.length > 0));
    if (green.length > 0) await how(green);
    if (left.length > 0) done(texts.desk.leftAlone(left.length));
  };
  return (
    <>
      <span role="status">{texts.desk.selected(stories.length, texts.posts(posts.length))}</span>
      {can('approve') && (
        <>
          <Button
            size="compact-sm"
            onClick={() => void noteUnderWay(approveGreen((green) => approve(green, 'in-turn')))}
          >
            {texts.desk.approveGreen}
          </Button>
          {mayPublish && (
            <Button size="compact-sm" variant="default" onClick={() => void approveGreen(approveAtTime)}>
              {texts.verbs.approveAt}
            </Button>
          )}
        </>
      )}
      {can('schedule') && (
        <Button size="compact-sm" variant="default" onClick={() => void move(posts)}>
          {texts.verbs.move}
        </Button>
      )}
      {can('request-changes') && (
        <Button size="compact-sm" variant="default" onClick={() => void requestChanges(posts)}>
          {texts.verbs.changes}
        </Button>
      )}
      {(can('reject') || can('cancel')) && (
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => void (can('reject') ? reject(posts) : cancel(posts))}
        >
          {can('reject') ? texts.verbs.reject : texts.verbs.cancel}
        </Button>
      )}
      <Button size="compact-sm" variant="subtle" onClick={onNone}>
        {texts.desk.none}
      </Button>
    </>
  );
}
