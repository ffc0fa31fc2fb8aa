import type { ReactNode, RefObject } from 'react';
import { useRef, useState } from 'react';
import type { Post } from '../../api/types.ts';
import { DragLabel } from '../../parts/drag-label.tsx';
import { elementUnder, useDrag } from '../../parts/drag.ts';
import type { Point } from '../../parts/drag.ts';
import { readyAt } from '../../parts/ready-tray.tsx';
import { shortTime } from '../../shell/time.tsx';
import { done, noteUnderWay } from '../../shell/undo.tsx';
import { may } from '../../shell/verbs.ts';
import { texts } from '../../texts.ts';
import { calendarTexts } from '../../texts/calendar.ts';
import type { Cell } from './cells.ts';
import type { TimesOf } from './check.ts';
import { barOf, freeFrom, freeSlotOn, timesOf } from './check.ts';
import type { Landing } from './landing.ts';
import { instantIn, onDay, together } from './landing.ts';
import { place } from './place.ts';
import { barredBecause, fixedBecause, refusedBecause } from './say.ts';
import type { CalendarPicture } from './use-calendar.ts';

interface Held {
  readonly grabbed: Post;
  /** All that move with it. */
  readonly posts: readonly Post[];
  /** Why it cannot be moved at all. */
  readonly fixed: string | null;
}

/** What a drop would do: posts with their instants, or why not. */
type Verdict =
  | { readonly landings: readonly Landing[]; readonly words: string }
  | { readonly refused: string; readonly isFinal?: true };

/** Where a day has no free slot, what has no time yet goes out from this hour on. */
const MORNING = 9;
const EDGE_PX = 28;
const STEP_PX = 14;
const HEAD_PX = 36;

/** Dragging posts over the fields, and what is ready onto them. Says while it is dragged what a drop would do. */
export function useDrops(
  picture: CalendarPicture,
  picked: ReadonlySet<string>,
  nameOf: (post: Post) => string,
  box: RefObject<HTMLElement | null>,
) {
  const { zone, now, cells, posts, ready, from, to, queryKey } = picture;
  const [label, setLabel] = useState<{ at: Point; words: string; isRefused: boolean } | null>(null);
  const loading = useRef<{ readonly held: Held; readonly asked: Promise<TimesOf>; known: TimesOf | null } | null>(null);
  const over = useRef<HTMLElement | null>(null);

  /** The times of what is held, asked for once in a drag. */
  const load = (held: Held): { readonly asked: Promise<TimesOf>; readonly known: TimesOf | null } => {
    if (loading.current?.held === held) return loading.current;
    // Where they cannot be read, the server judges the drop alone.
    const asked = timesOf(held.posts, from, to).catch((): TimesOf => new Map());
    const started = { held, asked, known: null as TimesOf | null };
    void asked.then((known) => (started.known = known));
    loading.current = started;
    return started;
  };

  const judge = ({ grabbed, posts: held, fixed }: Held, field: HTMLElement, y: number, times: TimesOf): Verdict => {
    if (fixed !== null) return { refused: fixed };
    const cell = cells.find(({ key }) => key === field.dataset['cell']) as Cell;
    const box = field.getBoundingClientRect();
    try {
      const at = landingOf(grabbed, cell, (y - box.top) / box.height, times, zone);
      if (at === null) return { refused: calendarTexts.noFreeIn };
      const landings = together(held, grabbed, at, zone);
      const bar = barOf(landings, times);
      if (bar !== null) return { refused: barredBecause(bar, nameOf(bar.post), zone, now) };
      return { landings, words: shortTime(new Date(at), zone, now) };
    } catch (error) {
      return { refused: refusedBecause(error), isFinal: true };
    }
  };

  const mark = (field: HTMLElement | null, isRefused: boolean): void => {
    if (over.current !== field) delete over.current?.dataset['over'];
    over.current = field;
    if (field !== null) field.dataset['over'] = isRefused ? 'refused' : 'free';
  };

  const drag = useDrag<Held>({
    grab(element) {
      const id = element.closest<HTMLElement>('[data-chip]:not([data-opens])')?.dataset['chip'];
      const grabbed = posts.find((post) => post.id === id) ?? readyAt(element, ready);
      if (grabbed === null) return null;
      const group = picked.has(grabbed.id) ? posts.filter((post) => picked.has(post.id)) : [grabbed];
      return { grabbed, posts: group.filter((post) => may(post, 'schedule')), fixed: fixedBecause(grabbed) };
    },
    onMove(held, at) {
      if (box.current !== null) scrollNear(box.current, at, held.grabbed.dueAt !== null);
      const times = held.fixed === null ? load(held).known : null;
      const field = elementUnder(at, 'cell');
      const verdict = field === null ? null : judge(held, field, at.y, times ?? new Map());
      const refused = held.fixed ?? (verdict !== null && 'refused' in verdict ? verdict.refused : null);
      const text = held.grabbed.parts[0]?.text ?? '';
      const words = refused ?? (verdict !== null && 'words' in verdict ? verdict.words : text);
      mark(field, refused !== null);
      setLabel({ at, words: counted(words, held.posts.length), isRefused: refused !== null });
    },
    onDrop(held, at) {
      const field = elementUnder(at, 'cell');
      if (held.fixed !== null) return done(held.fixed);
      if (field === null) return;
      const dropped = load(held).asked.then((times) => {
        const verdict = judge(held, field, at.y, times);
        if (!('refused' in verdict)) return place(verdict.landings, queryKey);
        return done(verdict.isFinal === true ? verdict.refused : `${verdict.refused} ${calendarTexts.override}`);
      });
      void noteUnderWay(dropped);
    },
    onEnd() {
      mark(null, false);
      loading.current = null;
      setLabel(null);
    },
  });
  const node: ReactNode =
    label === null ? null : (
      <DragLabel at={label.at} isRefused={label.isRefused}>
        {label.words}
      </DragLabel>
    );
  return { handlers: drag, label: node };
}

/** When a post goes out that is dropped on a field: in a day it keeps its time, or gets a free one where it has none. */
function landingOf(post: Post, cell: Cell, share: number, times: TimesOf, zone: string): number | null {
  if (cell.hour !== null) return instantIn(cell, share);
  if (post.dueAt !== null) return onDay(post.dueAt, cell.date, zone);
  const own = times.get(post.id) ?? { timeZone: zone, slots: [], barred: [] };
  return freeSlotOn(cell, own, zone) ?? freeFrom(MORNING, cell, own, zone);
}

/** Hours that are out of sight come into it where something is held at the edge. What comes out of the tray passes the upper one. */
function scrollNear(box: HTMLElement, { y }: Point, isFromBoard: boolean): void {
  const { top, bottom } = box.getBoundingClientRect();
  if (y > bottom - EDGE_PX && y < bottom) box.scrollTop += STEP_PX;
  else if (isFromBoard && y < top + EDGE_PX + HEAD_PX && y > top) box.scrollTop -= STEP_PX;
}

function counted(words: string, count: number): string {
  return count > 1 ? `${words} · ${texts.posts(count)}` : words;
}
