import { Button, Group, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Urgency } from '../../../domain/post.ts';
import { changeStory } from '../../api/actions.ts';
import { storyQuery } from '../../api/queries.ts';
import type { Post, Story } from '../../api/types.ts';
import { useMay } from '../../parts/use-may.ts';
import { Time } from '../../shell/time.tsx';
import { mustGoBy } from '../../shell/timing.ts';
import { done } from '../../shell/undo.tsx';
import { run } from '../../shell/verbs.ts';
import { withTime } from '../../shell/with-time.ts';
import type { OnRefused } from '../../shell/with-time.ts';
import { texts } from '../../texts.ts';
import { CampaignButton } from './campaign-button.tsx';
import { ShareButton } from './share-button.tsx';
import css from './story.module.css';

const urgencies: readonly Urgency[] = ['breaking', 'normal', 'evergreen'];

/** What holds for the whole story: how much it hurries, its embargo, until when it is worth anything, who may read along. */
export function Controls({ storyId, posts }: { storyId: string; posts: readonly Post[] }): ReactNode {
  const story = useQuery(storyQuery(storyId)).data;
  const mayChange = useMay('posts:publish');
  const mayShare = useMay('posts:write');
  if (story?.id !== storyId) return null;
  const embargo = story.embargoUntil;
  return (
    <Group gap="xs" className={css.controls}>
      <Select
        size="xs"
        w={130}
        aria-label={texts.story.urgency}
        data={urgencies.map((value) => ({ value, label: texts.urgency[value] }))}
        value={story.urgency}
        allowDeselect={false}
        readOnly={!mayChange}
        onChange={(value) => void setUrgency(story, value as Urgency)}
      />
      {mayChange ? (
        <Button size="compact-sm" variant="default" onClick={() => void setEmbargo(story)}>
          {embargo === null ? texts.story.embargo : texts.story.embargoed}{' '}
          {embargo !== null && <Time at={embargo} isFocusable={false} />}
        </Button>
      ) : (
        embargo !== null && (
          <span>
            {texts.story.embargoed} <Time at={embargo} />
          </span>
        )
      )}
      {mayChange && embargo !== null && (
        <Button size="compact-sm" variant="subtle" onClick={() => void liftEmbargo(story)}>
          {texts.story.liftEmbargo}
        </Button>
      )}
      {posts.some((post) => post.can.includes('setWorth')) && (
        <Button size="compact-sm" variant="default" onClick={() => void mustGoBy(posts)}>
          {texts.verbs.goBy}
        </Button>
      )}
      {mayShare && <ShareButton key={storyId} storyId={storyId} />}
      {mayChange && <CampaignButton story={story} posts={posts} />}
    </Group>
  );
}

async function change(
  before: Story,
  what: Parameters<typeof changeStory>[1],
  sentence: string,
  onRefused?: OnRefused,
): Promise<void> {
  const back = { embargoUntil: before.embargoUntil, urgency: before.urgency };
  if (await run(texts.story.change, () => changeStory(before.id, what), onRefused)) {
    done(sentence, () => changeStory(before.id, back));
  }
}

function setUrgency(story: Story, urgency: Urgency): Promise<void> {
  return change(story, { urgency }, texts.story.urgencySet(texts.urgency[urgency]));
}

async function setEmbargo(story: Story): Promise<void> {
  const from = story.embargoUntil === null ? null : new Date(story.embargoUntil);
  await withTime(texts.story.embargoTitle, from, ({ at }, onRefused) =>
    change(story, { embargoUntil: at.toISOString() }, texts.story.embargoSet, onRefused),
  );
}

function liftEmbargo(story: Story): Promise<void> {
  return change(story, { embargoUntil: null }, texts.story.embargoLifted);
}
