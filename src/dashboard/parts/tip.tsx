import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { accountsQuery } from '../api/queries.ts';
import { useZone, zonesOf } from '../shell/time.tsx';
import css from './tip.module.css';

interface Pointed {
  readonly element: HTMLElement;
  readonly words: string | null;
  /** The time that it shows. */
  readonly at: Date | null;
  readonly accountIds: readonly string[];
}

const EDGE_PX = 8;

/**
 * What is said of whatever is pointed at or has the focus: the words of its `data-tip`, and of a time (`clockAt`) its clocks:
 * the newsroom's, its account's (or accounts'), the reader's and UTC. One for the whole page, because a week has hundreds of times.
 */
export function Tip(): ReactNode {
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const accounts = useQuery(accountsQuery).data;
  const zone = useZone();

  useEffect(() => {
    const listened = new AbortController();
    const on = (name: string, act: (event: Event) => void): void =>
      document.addEventListener(name, act, { signal: listened.signal, capture: true });
    const close = (): void => setPointed(null);
    on('pointerover', (event) => {
      // Whatever is being dragged has words of its own.
      if ((event as PointerEvent).buttons === 0) setPointed(pointedBy(event.target));
    });
    // A mouse that takes hold of something gives it the focus too; a finger has no other way to ask.
    let isHeld = false;
    on('focusin', (event) => {
      if (!isHeld) setPointed(pointedBy(event.target));
    });
    on('focusout', close);
    on('pointerdown', (event) => {
      isHeld = (event as PointerEvent).pointerType !== 'touch';
      if (isHeld) close();
    });
    for (const name of ['pointerup', 'pointercancel'])
      on(name, () => {
        isHeld = false;
      });
    on('scroll', close);
    on('keydown', (event) => {
      if ((event as KeyboardEvent).key === 'Escape') close();
    });
    // It is loaded after the page: what is pointed at by then, or has the focus, said so to nobody.
    const under = [...document.querySelectorAll('[data-clock]:hover, [data-tip]:hover')].at(-1);
    setPointed(pointedBy(under ?? document.activeElement));
    return () => listened.abort();
  }, []);

  useLayoutEffect(() => {
    const tip = box.current;
    if (tip === null || pointed === null) return;
    const around = pointed.element.getBoundingClientRect();
    const { width, height } = tip.getBoundingClientRect();
    const left = around.left + around.width / 2 - width / 2;
    tip.style.left = `${Math.max(EDGE_PX, Math.min(left, innerWidth - width - EDGE_PX))}px`;
    const above = around.top - height - 6;
    tip.style.top = `${above < EDGE_PX ? around.bottom + 6 : above}px`;
    pointed.element.setAttribute('aria-describedby', tip.id);
    return () => pointed.element.removeAttribute('aria-describedby');
  }, [pointed]);

  if (pointed === null) return null;
  const clocks = (accounts ?? [])
    .filter(({ id }) => pointed.accountIds.includes(id))
    .flatMap(({ name, settings: { timeZone } }) => (typeof timeZone === 'string' ? [{ name, zone: timeZone }] : []));
  return (
    <div ref={box} id="tip" role="tooltip" className={css.tip}>
      {pointed.words !== null && <div dir="auto">{pointed.words}</div>}
      {(pointed.at === null ? [] : zonesOf(pointed.at, zone, clocks)).map((line) => (
        <div key={line} className="tabular">
          {line}
        </div>
      ))}
    </div>
  );
}

function pointedBy(target: EventTarget | null): Pointed | null {
  const element = target instanceof Element ? target.closest<HTMLElement>('[data-clock], [data-tip]') : null;
  if (element === null) return null;
  const { tip = '', clock, clockOf = '' } = element.dataset;
  const at = clock === undefined ? null : new Date(clock);
  if (tip === '' && at === null) return null;
  return { element, words: tip === '' ? null : tip, at, accountIds: clockOf.split(' ') };
}
