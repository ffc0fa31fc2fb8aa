import type { Post } from '../../api/types.ts';
import type { Selection } from '../../parts/use-selection.ts';
import { useMay } from '../../parts/use-may.ts';
import { useKeys } from '../../shell/keys.tsx';
import { texts } from '../../texts.ts';
import { calendarTexts } from '../../texts/calendar.ts';
import type { View } from './address.ts';
import { focusedChip } from './use-focus.ts';

interface KeyUse {
  readonly posts: readonly Post[];
  readonly picked: Selection;
  readonly toChip: (id: string) => void;
  readonly onView: (view: View) => void;
  readonly onToday: () => void;
  readonly onStep: (by: 1 | -1) => void;
  readonly onOpen: (post: Post) => void;
  readonly onMove: (posts: readonly Post[]) => void;
  readonly onShift: (id: string, by: 1 | -1) => void;
  readonly onNew: () => void;
  readonly onPlace: () => void;
  readonly onLoad: () => void;
}

/** The calendar's own keys. What acts on posts acts on the one in focus, or on all that are selected where it is one of them. */
export function useCalendarKeys(use: KeyUse): void {
  const { posts, picked, toChip, onView } = use;
  const mayMove = useMay('posts:publish');
  const focused = (): Post | undefined => {
    const id = focusedChip();
    return posts.find((post) => post.id === id);
  };
  const acting = (): readonly Post[] => {
    const post = focused();
    return post !== undefined && !picked.ids.has(post.id) ? [post] : posts.filter(({ id }) => picked.ids.has(id));
  };
  const step = (by: 1 | -1): void => {
    const field = document.activeElement?.closest<HTMLElement>('[data-cell]');
    const near = field?.querySelector<HTMLElement>('[data-chip]')?.dataset['chip'];
    const at = posts.findIndex(({ id }) => id === (focusedChip() ?? near));
    const isInside = focusedChip() !== undefined;
    const next = at < 0 ? posts[0] : isInside ? posts[at + by] : posts[at];
    if (next !== undefined) toChip(next.id);
  };
  const withFocused = (work: (post: Post) => void) => (): void => {
    const post = focused();
    if (post !== undefined) work(post);
  };
  const move = (): void => {
    const list = acting();
    if (mayMove && list.length > 0) use.onMove(list);
    else onView('month');
  };
  const shift = (by: 1 | -1) => (): void => {
    for (const { id } of acting()) use.onShift(id, by);
  };
  useKeys(texts.nav.calendar, [
    { keys: 'd', label: calendarTexts.day, run: () => onView('day') },
    { keys: 'w', label: calendarTexts.week, run: () => onView('week') },
    { keys: 'm', label: mayMove ? calendarTexts.monthOrMove : calendarTexts.month, run: move },
    { keys: 'l', label: calendarTexts.agenda, run: () => onView('agenda') },
    { keys: 't', label: calendarTexts.today, run: use.onToday },
    { keys: 'ArrowLeft', label: calendarTexts.before, moves: true, run: () => use.onStep(-1) },
    { keys: 'ArrowRight', label: calendarTexts.after, moves: true, run: () => use.onStep(1) },
    { keys: 'j', label: texts.keys.next, moves: true, run: () => step(1) },
    { keys: 'k', label: texts.keys.previous, moves: true, run: () => step(-1) },
    { keys: 'o', label: texts.keys.open, run: withFocused(use.onOpen) },
    { keys: '[', label: calendarTexts.slotBefore, needs: 'posts:publish', run: shift(-1) },
    { keys: ']', label: calendarTexts.slotAfter, needs: 'posts:publish', run: shift(1) },
    { keys: 'n', label: calendarTexts.newHere, needs: 'posts:publish', run: use.onNew },
    { keys: 'p', label: calendarTexts.place, needs: 'posts:publish', run: use.onPlace },
    { keys: 'x', label: texts.keys.select, run: withFocused(({ id }) => picked.toggle(id)) },
    { keys: 'shift+x', label: calendarTexts.selectTo, run: withFocused(({ id }) => picked.reach(id)) },
    { keys: '*', label: texts.keys.selectAll, run: picked.all },
    { keys: '.', label: texts.keys.load, run: use.onLoad },
    { keys: 'Escape', label: calendarTexts.none, run: picked.none },
  ]);
}
