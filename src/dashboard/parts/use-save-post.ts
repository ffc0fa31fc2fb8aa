import { useLayoutEffect, useRef, useState } from 'react';
import type { Part } from '../../domain/post.ts';
import { editPost } from '../api/actions.ts';
import { ApiError, get } from '../api/client.ts';
import { noteTyped } from '../api/own-changes.ts';
import type { Post, PostDetail } from '../api/types.ts';
import { approve } from '../shell/decide.ts';
import { textAsBefore } from '../shell/restore.ts';
import { done, failed, noteUnderWay } from '../shell/undo.tsx';
import { texts } from '../texts.ts';
import { keep } from './kept.ts';

interface Written {
  /** As it is now. */
  readonly post: Post;
  /** As it was when the writing began. */
  readonly begun: Post;
  readonly mine: readonly Part[];
  readonly onBegun: (post: Post) => void;
  readonly onClose: () => void;
  /** No answer came. */
  readonly onOffline: () => void;
}

interface Saving {
  readonly isSaving: boolean;
  /** What somebody else has made of it, where that has to be settled first. */
  readonly theirs: PostDetail | null;
  readonly setTheirs: (theirs: PostDetail | null) => void;
  readonly save: (of: Post, approves: boolean) => void;
}

/** Sends what is written once, however often it is asked to; what is typed meanwhile stays, and is sent after it where that is asked. */
export function useSavePost({ post, begun, mine, onBegun, onClose, onOffline }: Written): Saving {
  const [isSaving, setIsSaving] = useState(false);
  const [theirs, setTheirs] = useState<PostDetail | null>(null);
  const pending = useRef<{ approves: boolean; isAsked: boolean } | null>(null);
  const latest = useRef(mine);
  useLayoutEffect(() => {
    latest.current = mine;
  });

  const save = (of: Post, approves: boolean): void => {
    if (pending.current === null) return void noteUnderWay(send(of, approves));
    pending.current.approves ||= approves;
    pending.current.isAsked = true;
  };
  const send = async (of: Post, approves: boolean): Promise<void> => {
    const sent = latest.current;
    const isNew = of !== begun || JSON.stringify(sent) !== JSON.stringify(begun.parts);
    if (!isNew && !approves) {
      keep(begun, null);
      return onClose();
    }
    // As it stands when it is saved: it may have been approved since it was begun.
    const was = post.hash === of.hash && post.version > of.version ? post : of;
    const asked = { approves, isAsked: false };
    pending.current = asked;
    setIsSaving(true);
    try {
      const saved = isNew ? await editPost(of, sent) : post;
      if (isNew && textsOf(saved.parts) === textsOf(sent)) noteTyped(saved.hash);
      const isAll = latest.current === sent;
      keep(saved, isAll ? null : latest.current);
      if (!isAll) onBegun(saved);
      if (!isAll && asked.isAsked) return await send(saved, asked.approves);
      if (asked.approves) await approve([saved], 'in-turn');
      else done(texts.editor.saved, () => textAsBefore(saved, was));
      if (isAll) onClose();
    } catch (error) {
      const isConflict = error instanceof ApiError && error.status === 412;
      if (isConflict) return setTheirs(await get<PostDetail>(`/v1/posts/${post.id}`));
      if (error instanceof ApiError && error.status === 0) onOffline();
      failed(texts.editor.save, error);
    } finally {
      pending.current = null;
      setIsSaving(false);
    }
  };
  return { isSaving, theirs, setTheirs, save };
}

function textsOf(parts: readonly Part[]): string {
  return JSON.stringify(parts.map(({ text }) => text));
}
