import { Button, Group, Stack, Text } from '@mantine/core';
import type { KeyboardEvent, ReactNode } from 'react';
import { useEffect, useRef, useState } from 'react';
import type { Limits } from '../../domain/limits.ts';
import { fits } from '../../text/length.ts';
import { approvePost, editPost } from '../api/actions.ts';
import { ApiError, get } from '../api/client.ts';
import type { Post } from '../api/types.ts';
import { done, failed } from '../shell/undo.tsx';
import { texts } from '../texts.ts';
import { Compare } from './compare.tsx';
import { Meter } from './meter.tsx';
import { TextField } from './text-field.tsx';

interface PostEditorProps {
  readonly post: Post;
  readonly limits: Limits | null;
  readonly canThread: boolean;
  readonly onClose: () => void;
}

/** Edits a post's messages. What is typed is kept on this device until the server has it. */
export function PostEditor({ post, limits, canThread, onClose }: PostEditorProps): ReactNode {
  // What stood there when the editor was opened: a change by somebody else that arrives meanwhile must not pass for it.
  const [{ before, version: openedAt }] = useState(() => ({
    before: post.parts.map((part) => part.text),
    version: post.version,
  }));
  const [mine, setMine] = useState<readonly string[]>(() => kept(post) ?? before);
  const [isSaving, setIsSaving] = useState(false);
  const [isOffline, setIsOffline] = useState(false);
  const [theirs, setTheirs] = useState<Post | null>(null);
  const first = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    first.current?.focus();
    first.current?.setSelectionRange(first.current.value.length, first.current.value.length);
  }, []);

  const rule = limits?.text ?? null;
  const isChanged = mine.length !== before.length || mine.some((text, index) => text !== before[index]);
  const faults = mine.flatMap((text, index) => {
    const place = mine.length > 1 ? `${index + 1}: ` : '';
    if (text.trim() === '') return [place + texts.editor.empty];
    return rule !== null && !fits(text, rule) ? [place + texts.editor.tooLong] : [];
  });

  const change = (index: number, text: string): void => {
    const next = mine.map((old, at) => (at === index ? text : old));
    setMine(next);
    keep(post, next);
  };
  const close = (): void => {
    keep(post, null);
    onClose();
  };
  const save = async (version: number, approves: boolean): Promise<void> => {
    if (faults.length > 0) return;
    if (!isChanged && version === openedAt && !approves) return close();
    setIsSaving(true);
    try {
      const saved = isChanged || version !== openedAt ? await editPost(post.id, version, mine, post) : post;
      const after = approves ? await approvePost(saved, 'next-slot') : saved;
      keep(post, null);
      if (approves) done(texts.verbs.approvedAndScheduled(1));
      else done(texts.editor.saved, () => editPost(post.id, after.version, before, post));
      onClose();
    } catch (error) {
      const isConflict = error instanceof ApiError && error.status === 412;
      if (isConflict) setTheirs(await get<Post>(`/v1/posts/${post.id}`));
      else {
        setIsOffline(error instanceof ApiError && error.status === 0);
        failed(texts.editor.save, error);
      }
    } finally {
      setIsSaving(false);
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const isMod = event.ctrlKey || event.metaKey;
    if (isMod && event.key === 'Enter') void save(openedAt, true);
    else if (isMod && event.key.toLowerCase() === 's') void save(openedAt, false);
    else if (event.key === 'Escape') onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <Stack gap="xs">
      {mine.map((text, index) => (
        <div key={index}>
          <TextField
            {...(index === 0 ? { ref: first } : {})}
            value={text}
            rule={rule}
            label={mine.length > 1 ? texts.editor.part(index + 1, mine.length) : texts.editor.text}
            onChange={(next) => change(index, next)}
            onKeyDown={onKeyDown}
          />
          <Group justify="space-between" mt={4} gap="xs">
            {rule !== null && <Meter text={text} rule={rule} />}
            {mine.length > 1 && (
              <Button size="compact-xs" variant="subtle" onClick={() => setMine(mine.filter((_, at) => at !== index))}>
                {texts.editor.removePart}
              </Button>
            )}
          </Group>
        </div>
      ))}
      {canThread && (
        <Group gap="xs">
          <Button size="compact-xs" variant="default" onClick={() => setMine(split(mine, first.current))}>
            {texts.editor.split}
          </Button>
        </Group>
      )}
      {faults.length > 0 && (
        <ul role="alert">
          {faults.map((fault) => (
            <li key={fault}>
              <Text size="sm" c="red.9" component="span">
                {fault}
              </Text>
            </li>
          ))}
        </ul>
      )}
      <Group gap="xs">
        <Button
          size="compact-sm"
          loading={isSaving}
          disabled={faults.length > 0}
          onClick={() => void save(openedAt, false)}
        >
          {texts.editor.save}
        </Button>
        <Button size="compact-sm" variant="default" onClick={close}>
          {texts.editor.discard}
        </Button>
        <Text size="xs" c="dimmed" role="status">
          {isOffline ? texts.editor.offline : isChanged ? texts.editor.unsaved : texts.editor.unchanged}
        </Text>
      </Group>
      <Text size="xs" c="dimmed">
        {texts.editor.keys}
      </Text>
      {theirs !== null && (
        <Compare
          before={before}
          mine={mine}
          theirs={theirs.parts.map((part) => part.text)}
          onClose={() => setTheirs(null)}
          onMine={() => {
            setTheirs(null);
            void save(theirs.version, false);
          }}
          onTheirs={close}
        />
      )}
    </Stack>
  );
}

/** Splits where the cursor stands in the first message, else adds an empty message. */
function split(mine: readonly string[], field: HTMLTextAreaElement | null): string[] {
  const [head = '', ...rest] = mine;
  const at = field?.selectionStart ?? head.length;
  if (at <= 0 || at >= head.length) return [...mine, ''];
  return [head.slice(0, at).trimEnd(), head.slice(at).trimStart(), ...rest];
}

function slot(post: Post): string {
  return `standfirst.text.${post.id}.${post.revision}`;
}

function keep(post: Post, mine: readonly string[] | null): void {
  if (mine === null) localStorage.removeItem(slot(post));
  else localStorage.setItem(slot(post), JSON.stringify(mine));
}

/** What was typed on this device and never saved. */
export function kept(post: Post): readonly string[] | null {
  const stored = localStorage.getItem(slot(post));
  return stored === null ? null : (JSON.parse(stored) as string[]);
}
