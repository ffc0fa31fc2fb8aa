import { Button, Group, Stack, Text } from '@mantine/core';
import type { KeyboardEvent, ReactNode } from 'react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Part } from '../../domain/post.ts';
import { noticesOf } from '../../text/notices.ts';
import { preflight } from '../../text/preflight.ts';
import { lineEvents } from '../api/client.ts';
import type { Post, PostDetail } from '../api/types.ts';
import { signOf } from '../shell/key-name.ts';
import { done } from '../shell/undo.tsx';
import { texts } from '../texts.ts';
import { Compare } from './compare.tsx';
import { InsertMenu } from './editor-insert.tsx';
import { EditorMessage } from './editor-message.tsx';
import { isNumbered, splitAt, withNumbers } from './editor-split.ts';
import { keep, kept } from './kept.ts';
import { leavesAt } from './leaves-at.ts';
import type { Where } from './where.ts';
import { useSavePost } from './use-save-post.ts';
import { useTwins } from './use-twins.ts';

interface PostEditorProps {
  readonly post: Post;
  readonly where: Where;
  readonly onClose: () => void;
  /** What was discarded is wanted after all. */
  readonly onReopen: () => void;
}

/** Edits a post's messages. What is typed is kept on this device until the server has it. */
export function PostEditor({ post, where, onClose, onReopen }: PostEditorProps): ReactNode {
  const { limits, network, networkName } = where;
  // What stood there when it was begun: a change that arrives once something is typed must not pass for it.
  const [draft] = useState(() => kept(post) ?? { begun: post, mine: post.parts });
  const [begun, setBegun] = useState(draft.begun);
  const before = begun.parts;
  const [mine, setMine] = useState<readonly Part[]>(draft.mine);
  const [isOffline, setIsOffline] = useState(false);
  const [at, setAt] = useState(0);
  const fields = useRef<(HTMLTextAreaElement | null)[]>([]);
  useEffect(() => {
    const field = fields.current[0];
    field?.focus();
    field?.setSelectionRange(field.value.length, field.value.length);
  }, []);

  useEffect(() => {
    if (!isOffline) return undefined;
    const back = (): void => setIsOffline(false);
    lineEvents.addEventListener('answered', back);
    return () => lineEvents.removeEventListener('answered', back);
  }, [isOffline]);

  const canThread = network?.powers['threads'] === true;
  const isChanged = JSON.stringify(mine) !== JSON.stringify(before);
  if (!isChanged && post.version > begun.version) {
    setBegun(post);
    setMine(post.parts);
  }
  const twins = useTwins(post, limits);
  const price = network?.price ?? null;
  const faults = useMemo(
    () =>
      limits === null
        ? []
        : preflight(mine, { name: networkName, limits, threads: canThread, twins, at: new Date(leavesAt(post)) }),
    [mine, limits, networkName, canThread, twins, post],
  );
  const isUntitled = mine.some(({ card }) => card !== null && card.title.trim() === '');
  const notices = limits === null || price === null ? [] : noticesOf(mine, { name: networkName, limits, price });

  const change = (next: readonly Part[]): void => {
    setMine(next);
    keep(begun, next);
  };
  const changePart = (index: number, part: Part): void => change(mine.map((old, n) => (n === index ? part : old)));
  const insert = (words: string): void => {
    const part = mine[at];
    const field = fields.current[at];
    if (part === undefined) return;
    const place = field?.selectionStart ?? part.text.length;
    const gap = place === 0 || /\s$/.test(part.text.slice(0, place)) ? '' : ' ';
    changePart(at, { ...part, text: `${part.text.slice(0, place)}${gap}${words}${part.text.slice(place)}` });
    field?.focus();
  };
  const discard = (): void => {
    keep(begun, null);
    onClose();
    if (!isChanged) return;
    done(texts.editor.discarded, async () => {
      keep(begun, mine);
      onReopen();
    });
  };
  const { isSaving, theirs, setTheirs, save } = useSavePost({
    post,
    begun,
    mine,
    onBegun: setBegun,
    onClose,
    onOffline: () => setIsOffline(true),
  });
  const saveMine = (approves: boolean): void => {
    if (faults.length === 0 && !isUntitled) save(begun, approves);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const isMod = event.ctrlKey || event.metaKey;
    if (isMod && event.key === 'Enter') saveMine(true);
    else if (isMod && signOf(event) === 's') saveMine(false);
    else if (event.key === 'Escape') onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <Stack gap="xs">
      {mine.map((part, index) => (
        <EditorMessage
          key={index}
          part={part}
          limits={limits}
          network={network}
          link={index === 0 ? post.link : null}
          label={mine.length > 1 ? texts.editor.part(index + 1, mine.length) : texts.editor.text}
          fieldRef={(field) => {
            fields.current[index] = field;
          }}
          onFocus={() => setAt(index)}
          onKeyDown={onKeyDown}
          onChange={(next) => changePart(index, next)}
          {...(mine.length > 1 ? { onRemove: () => change(mine.filter((_, n) => n !== index)) } : {})}
        />
      ))}
      <Group gap="xs">
        {canThread && limits !== null && (
          <Button
            data-split
            size="compact-xs"
            variant="default"
            onClick={() => change(splitAt(mine, at, fields.current[at]?.selectionStart ?? null, limits.text))}
          >
            {texts.editor.split}
          </Button>
        )}
        {mine.length > 1 && limits !== null && (
          <Button size="compact-xs" variant="default" onClick={() => change(withNumbers(mine, limits.text, post.lang))}>
            {isNumbered(mine) ? texts.editor.unnumber : texts.editor.number}
          </Button>
        )}
        {post.articleId !== null && (
          <InsertMenu articleId={post.articleId} text={mine[at]?.text ?? ''} onInsert={insert} />
        )}
      </Group>
      {faults.length > 0 && (
        <ul role="alert">
          {faults.map((fault) => (
            <li key={fault.pointer + fault.code}>
              <Button
                size="compact-xs"
                variant="transparent"
                color="red.9"
                h="auto"
                styles={{ label: { whiteSpace: 'normal', textAlign: 'start' } }}
                onClick={() => fields.current[Number(fault.pointer.split('/')[2] ?? 0)]?.focus()}
              >
                {fault.message}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {notices.map(({ pointer, message }) => (
        <Text key={pointer} size="xs" role="status">
          ⚠ {message}
        </Text>
      ))}
      <Group gap="xs">
        <Button
          size="compact-sm"
          loading={isSaving}
          disabled={faults.length > 0 || isUntitled}
          onClick={() => saveMine(false)}
        >
          {texts.editor.save}
        </Button>
        <Button size="compact-sm" variant="default" onClick={discard}>
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
          by={savedBy(theirs)}
          before={before.map((part) => part.text)}
          mine={mine.map((part) => part.text)}
          theirs={theirs.parts.map((part) => part.text)}
          onClose={() => setTheirs(null)}
          onMine={() => {
            setTheirs(null);
            save(theirs, false);
          }}
          onTheirs={discard}
        />
      )}
    </Stack>
  );
}

/** Whose words a post has now. */
function savedBy({ revision, revisions }: PostDetail): { actor: string; at: string } | undefined {
  const last = revisions.find(({ n }) => n === revision);
  return last?.author == null ? undefined : { actor: last.author, at: last.createdAt };
}
