import type { ReactNode } from 'react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useIsPointed } from '../parts/use-pointed.ts';
import css from './shell.module.css';

/**
 * Shows at once what comes above the screen, and makes room for it, or takes that back, as soon as the mouse is not on the
 * screen: no button moves away from under it. Until then it stands on the screen's upper edge.
 */
export function SettlingBar({ children }: { children: ReactNode }): ReactNode {
  const content = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState(0);
  const [room, setRoom] = useState(0);
  const isPointed = useIsPointed('#main');
  useLayoutEffect(() => {
    const element = content.current;
    if (element === null) return undefined;
    const measure = (): void => setHeight(element.offsetHeight);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  // What is scrolled moves anyway.
  useEffect(() => {
    const settle = (): void => setRoom(content.current?.offsetHeight ?? 0);
    window.addEventListener('scroll', settle, { passive: true });
    return () => window.removeEventListener('scroll', settle);
  }, []);
  useLayoutEffect(() => {
    if (!isPointed) setRoom(height);
  }, [isPointed, height]);
  return (
    <div className={css.settling} style={{ height: room }}>
      <div ref={content}>{children}</div>
    </div>
  );
}
