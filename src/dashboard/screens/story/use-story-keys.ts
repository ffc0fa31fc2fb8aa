import type { Post } from '../../api/types.ts';
import { useHold } from '../../parts/use-hold.ts';
import { approve } from '../../shell/decide.ts';
import { useKeys } from '../../shell/keys.tsx';
import { undoLast } from '../../shell/undo.tsx';
import { texts } from '../../texts.ts';

interface StoryHands {
  readonly list: readonly Post[];
  /** What keys that decide may reach. */
  readonly drawn: readonly Post[];
  /** Id of the post that is being edited. */
  readonly editing: string | null;
  readonly edit: (id: string | null) => void;
  readonly toggle: (which: 'why' | 'dry-run') => void;
  readonly cycle: () => void;
  /** Null where there is nothing to tell apart. */
  readonly tellApart: (() => void) | null;
}

export function useStoryKeys({ list, drawn, editing, edit, toggle, cycle, tellApart }: StoryHands): void {
  const hold = useHold();
  const meant = (): string | null =>
    focusedPost(list)?.id ??
    drawn.find(({ id }) => id === editing)?.id ??
    drawn.find((one) => one.can.includes('edit'))?.id ??
    null;
  const split = (): void => {
    const id = meant();
    edit(id);
    // Another one's editor may be open still: its button would split the wrong text.
    if (id !== null) clickOnceThere(`[data-post="${id}"] [data-split]`);
  };
  useKeys(texts.story.screenKeys, [
    { keys: 'w', label: texts.story.whyHint, run: () => toggle('why') },
    { keys: 'y', label: texts.story.dryRunTitle, needs: 'posts:write', run: () => toggle('dry-run') },
    {
      keys: 'a',
      needs: 'posts:approve',
      label: drawn.length === 1 ? texts.desk.approve(1) : texts.story.approveAll,
      run: () => void approve(drawn, 'in-turn'),
    },
    { keys: 'e', label: texts.verbs.edit, needs: 'posts:write', run: () => edit(meant()) },
    {
      keys: 'h',
      needs: 'posts:publish',
      label: texts.holds.postKey,
      run: () => {
        const one = focusedPost(list);
        void hold(one === undefined ? drawn : [one]);
      },
    },
    { keys: 't', label: texts.editor.split, needs: 'posts:write', run: split },
    { keys: 'v', label: texts.desk.cycle, run: cycle },
    ...(tellApart === null
      ? []
      : [{ keys: 's', label: texts.story.tellApart, needs: 'posts:publish', run: tellApart } as const]),
    { keys: 'u', label: texts.undo.button, run: undoLast },
    ...Array.from({ length: 9 }, (_, index) => ({
      keys: String(index + 1),
      label: texts.story.keyToggle,
      isHidden: index > 0,
      run: () => focusPost(list[index]),
    })),
  ]);
}

const MOST_FRAMES = 120;

/** The editor is loaded when it is first opened; its own button knows where to split. */
function clickOnceThere(selector: string, frames = MOST_FRAMES): void {
  const button = document.querySelector<HTMLElement>(selector);
  if (button !== null) button.click();
  else if (frames > 0) requestAnimationFrame(() => clickOnceThere(selector, frames - 1));
}

function focusPost(post: Post | undefined): void {
  if (post === undefined) return;
  document
    .querySelector<HTMLElement>(`[data-post="${post.id}"] footer button:enabled`)
    ?.focus({ preventScroll: false });
}

function focusedPost(list: readonly Post[]): Post | undefined {
  const id = document.activeElement?.closest<HTMLElement>('[data-post]')?.dataset['post'];
  return list.find((post) => post.id === id);
}
