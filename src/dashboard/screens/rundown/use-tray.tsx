import type { ReactNode } from 'react';
import { useState } from 'react';
import { present } from '../../api/server-clock.ts';
import type { Post } from '../../api/types.ts';
import { DragLabel } from '../../parts/drag-label.tsx';
import { alongLine, elementUnder, useDrag } from '../../parts/drag.ts';
import type { Point } from '../../parts/drag.ts';
import { readyAt } from '../../parts/ready-tray.tsx';
import { useWhere } from '../../parts/use-networks.ts';
import { shortTime, useZone } from '../../shell/time.tsx';
import { dropOn, snapped } from './drop.ts';

/** Dragging what is ready out of its tray onto the board, which shows the time between two instants. */
export function useTray(ready: readonly Post[], from: number, to: number) {
  const where = useWhere();
  const zone = useZone();
  const [label, setLabel] = useState<{ readonly at: Point; readonly words: string } | null>(null);
  const timeAt = (lane: HTMLElement, at: Point): number =>
    from + (alongLine(lane, at) / lane.getBoundingClientRect().width) * (to - from);
  const handlers = useDrag<Post>({
    grab: (element) => readyAt(element, ready),
    onMove(post, at) {
      const lane = elementUnder(at, 'lane');
      const text = post.parts[0]?.text ?? '';
      const words = lane === null ? text : shortTime(new Date(snapped(timeAt(lane, at))), zone, present());
      setLabel({ at, words });
    },
    onDrop(post, at) {
      const lane = elementUnder(at, 'lane');
      if (lane === null) return;
      void dropOn(post, timeAt(lane, at), where(lane.dataset['lane'] ?? '', lane.dataset['network'] ?? ''));
    },
    onEnd: () => setLabel(null),
  });
  const node: ReactNode = label === null ? null : <DragLabel at={label.at}>{label.words}</DragLabel>;
  return { handlers, label: node };
}
