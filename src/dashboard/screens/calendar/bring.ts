/** Scrolls a box sideways so that one field begins beside what sticks there; not at all where the whole field is seen. */
export function bringAcross(box: HTMLElement, field: Element | null, side: number): void {
  if (field === null) return;
  const [outer, inner] = [box.getBoundingClientRect(), field.getBoundingClientRect()];
  const isFromRight = getComputedStyle(box).direction === 'rtl';
  const from = isFromRight ? outer.right - inner.right : inner.left - outer.left;
  if (from >= side && from + inner.width <= outer.width) return;
  box.scrollLeft += (isFromRight ? -1 : 1) * (from - side - box.clientLeft);
}

/** Scrolls a box so that a row, or a field, stands below what sticks to its top. */
export function bringUp(box: HTMLElement, field: Element, top: number): void {
  box.scrollTop += field.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientTop - top;
}
