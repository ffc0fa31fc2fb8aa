import type { Post } from '../../api/types.ts';
import { useHold } from '../../parts/use-hold.ts';
import { useMay } from '../../parts/use-may.ts';
import { approve, approveAtTime, reject, requestChanges, submit } from '../../shell/decide.ts';
import { useKeys } from '../../shell/keys.tsx';
import { move } from '../../shell/timing.ts';
import { undoLast } from '../../shell/undo.tsx';
import { may } from '../../shell/verbs.ts';
import { texts } from '../../texts.ts';
import type { Waiting } from './stories.ts';
import type { Selection } from '../../parts/use-selection.ts';

interface DeskHands {
  readonly story: Waiting | undefined;
  /** The posts of the story that are drawn, and not left out. */
  readonly chosen: readonly Post[];
  readonly selection: Selection;
  readonly step: (by: 1 | -1) => void;
  readonly mute: (post: Post) => void;
  readonly edit: (id: string | null) => void;
  readonly toggleWhy: () => void;
  readonly cycle: () => void;
}

/** Thirty decisions in ten minutes need no mouse. */
export function useDeskKeys(hands: DeskHands): void {
  const { story, chosen, selection, step, mute, edit, toggleWhy, cycle } = hands;
  const hold = useHold();
  const mayApprove = useMay('posts:approve');
  const mayPublish = useMay('posts:publish');
  const { approveInTurn, approve: approveAlone, submit: send } = texts.verbs;
  const yesInWords = mayPublish ? approveInTurn : mayApprove ? approveAlone : send;
  const focused = (): Post | undefined => {
    const id = document.activeElement?.closest<HTMLElement>('[data-post]')?.dataset['post'];
    return story?.posts.find((post) => post.id === id);
  };
  const holdFocused = (): void => {
    const one = focused();
    void hold(one === undefined ? chosen : [one]);
  };
  const withStory = (work: (one: Waiting) => void) => (): void => {
    if (story !== undefined) work(story);
  };
  const yes = (): void => {
    const drafts = chosen.filter((post) => may(post, 'submit'));
    if (drafts.length > 0) void Promise.all(drafts.map(submit));
    else void approve(chosen, 'in-turn');
  };
  const atTime = (): void => {
    void (chosen.some((post) => may(post, 'approve')) ? approveAtTime(chosen) : move(chosen));
  };
  useKeys(texts.nav.desk, [
    { keys: 'j', label: texts.keys.next, moves: true, run: () => step(1) },
    { keys: 'k', label: texts.keys.previous, moves: true, run: () => step(-1) },
    { keys: 'a', label: yesInWords, needs: 'posts:write', run: yes },
    { keys: 'shift+a', label: texts.verbs.approveAt, needs: 'posts:publish', run: atTime },
    { keys: 'e', label: texts.verbs.edit, needs: 'posts:write', run: () => edit((focused() ?? chosen[0])?.id ?? null) },
    { keys: 'r', label: texts.verbs.changes, needs: 'posts:approve', run: () => void requestChanges(chosen) },
    { keys: 'd', label: texts.verbs.reject, needs: 'posts:approve', run: () => void reject(chosen) },
    { keys: 'h', label: texts.holds.postKey, needs: 'posts:publish', run: holdFocused },
    { keys: 'w', label: texts.story.whyHint, run: toggleWhy },
    { keys: 'v', label: texts.desk.cycle, run: cycle },
    { keys: 'u', label: texts.undo.button, run: undoLast },
    { keys: 'x', label: texts.keys.select, run: withStory((one) => selection.toggle(one.id)) },
    { keys: 'shift+x', label: texts.desk.range, run: withStory((one) => selection.reach(one.id)) },
    { keys: '*', label: texts.keys.selectAll, run: selection.all },
    { keys: 'Escape', label: texts.desk.none, run: selection.none },
    ...Array.from({ length: 9 }, (_, at) => ({
      keys: String(at + 1),
      label: texts.desk.toggle,
      isHidden: at > 0,
      run: () => {
        const post = story?.posts[at];
        if (post !== undefined) mute(post);
      },
    })),
  ]);
}
