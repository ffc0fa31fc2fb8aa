import { useEffect, useState } from 'react';

/** A mouse that only rests there keeps nothing still for longer. */
const LONGEST_MS = 45_000;

/** Whether the mouse is on something that fits `selector`: what is drawn there must not move away from under it. */
export function useIsPointed(selector: string): boolean {
  const [isPointed, setIsPointed] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tell = (isThere: boolean): void => {
      clearTimeout(timer);
      setIsPointed(isThere);
      if (isThere) timer = setTimeout(() => setIsPointed(false), LONGEST_MS);
    };
    const onMove = ({ target, pointerType }: PointerEvent): void =>
      tell(pointerType === 'mouse' && target instanceof Element && target.closest(selector) !== null);
    const onLeave = (): void => tell(false);
    document.addEventListener('pointermove', onMove, { passive: true });
    document.documentElement.addEventListener('pointerleave', onLeave);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('pointermove', onMove);
      document.documentElement.removeEventListener('pointerleave', onLeave);
    };
  }, [selector]);
  return isPointed;
}
