import { Button, Group, Text, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { editPost, putMaster } from '../../api/actions.ts';
import { ApiError, get } from '../../api/client.ts';
import { storyQuery } from '../../api/queries.ts';
import type { Post, Story } from '../../api/types.ts';
import { Compare } from '../../parts/compare.tsx';
import { keepAs, keptAs } from '../../parts/kept.ts';
import { isLinked, partsFromMaster } from '../../parts/master.ts';
import { useMay } from '../../parts/use-may.ts';
import { useWhere } from '../../parts/use-networks.ts';
import { signOf } from '../../shell/key-name.ts';
import { textsAsBefore } from '../../shell/restore.ts';
import { done, noteUnderWay } from '../../shell/undo.tsx';
import { each, run } from '../../shell/verbs.ts';
import { texts } from '../../texts.ts';
import css from './story.module.css';

interface Draft {
  readonly text: string;
  /** The story as it stood when this was begun. */
  readonly of: Story;
}

/** One text for all accounts: written here, it goes into every post that nobody has changed by itself. */
export function Master({ storyId, posts }: { storyId: string; posts: readonly Post[] }): ReactNode {
  const story = useQuery(storyQuery(storyId)).data;
  const where = useWhere();
  const mayWrite = useMay('posts:write');
  const [draft, setDraft] = useState<Draft | null>(null);
  const [isSaving, setIsSaving] = useState(false);
  const [theirs, setTheirs] = useState<Story | null>(null);
  if (story?.id !== storyId) return null;
  const limitsOf = (post: Post) => where(post.accountId, post.network).limits;
  const linked = posts.filter((post) => post.can.includes('edit') && isLinked(post, story.master, limitsOf(post)));

  const slot = `master.${storyId}`;
  const change = (next: Draft | null): void => {
    setDraft(next);
    keepAs(slot, next);
  };
  const discard = (): void => {
    change(null);
    setTheirs(null);
    done(texts.editor.discarded, async () => change(draft));
  };
  const save = (text: string, version: number): Promise<void> => noteUnderWay(write(text, version));
  const write = async (text: string, version: number): Promise<void> => {
    if (isSaving) return;
    setIsSaving(true);
    const before = theirs ?? draft?.of ?? story;
    let saved: Story;
    try {
      saved = await putMaster(storyId, version, text);
    } catch (error) {
      if (error instanceof ApiError && error.status === 412) setTheirs(await get<Story>(`/v1/stories/${storyId}`));
      else await run(texts.story.master, () => Promise.reject(error));
      return;
    } finally {
      setIsSaving(false);
    }
    change(null);
    setTheirs(null);
    const changed = await each(texts.story.master, linked, async (post) => {
      const limits = limitsOf(post);
      const parts = limits === null ? post.parts : partsFromMaster(text, post, limits);
      return { before: post, after: await editPost(post, parts) };
    });
    done(texts.story.masterSaved(changed.length, posts.length - changed.length), async () => {
      await putMaster(storyId, saved.masterVersion, before.master);
      return textsAsBefore(changed);
    });
  };

  if (draft === null) {
    const unsaved = keptAs<Draft>(slot);
    return (
      <div className={css.master}>
        <Text size="sm" dir="auto" className={css.masterText}>
          {story.master ?? texts.story.noMaster}
        </Text>
        {unsaved !== null && <small>{texts.editor.keptHere}</small>}
        {mayWrite && (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => setDraft(unsaved ?? { text: story.master ?? firstText(posts), of: story })}
          >
            {story.master === null ? texts.story.writeMaster : texts.story.editMaster}
          </Button>
        )}
      </div>
    );
  }
  return (
    <form
      className={css.master}
      onSubmit={(event) => {
        event.preventDefault();
        void save(draft.text, draft.of.masterVersion);
      }}
    >
      <Textarea
        data-autofocus
        autoFocus
        label={texts.story.master}
        description={texts.story.masterHint(linked.length, posts.length)}
        autosize
        minRows={2}
        dir="auto"
        value={draft.text}
        onChange={(event) => change({ ...draft, text: event.currentTarget.value })}
        onKeyDown={(event) => {
          if ((event.ctrlKey || event.metaKey) && signOf(event) === 's') {
            event.preventDefault();
            void save(draft.text, draft.of.masterVersion);
          }
        }}
      />
      <Group gap="xs" mt={6}>
        <Button type="submit" size="compact-sm" loading={isSaving} disabled={draft.text.trim() === ''}>
          {texts.story.saveMaster(linked.length)}
        </Button>
        <Button size="compact-sm" variant="default" onClick={discard}>
          {texts.editor.discard}
        </Button>
      </Group>
      {theirs !== null && (
        <Compare
          before={[draft.of.master ?? '']}
          mine={[draft.text]}
          theirs={[theirs.master ?? '']}
          onClose={() => setTheirs(null)}
          onMine={() => void save(draft.text, theirs.masterVersion)}
          onTheirs={discard}
        />
      )}
    </form>
  );
}

/** Where to begin: what the first post says, without its hashtags and link. */
function firstText(posts: readonly Post[]): string {
  const [first] = posts;
  if (first === undefined) return '';
  const tags = new Set(first.tags);
  return (first.parts[0]?.text ?? '')
    .replace(/https?:\/\/\S+/g, '')
    .split(/(\s+)/)
    .filter((word) => !tags.has(word))
    .join('')
    .trim();
}
