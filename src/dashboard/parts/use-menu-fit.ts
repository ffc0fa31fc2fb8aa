import type { MenuProps } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';

const EDGE_PX = 8;
/** What the bar at the bottom of a phone takes (`shell.module.css`). */
const BAR_PX = 62;
const LEAST_PX = 120;
/** Of the height of the window: what the menu belongs to stays in sight. */
const MOST = 0.7;

/** Where a long menu has room: on the side that has more, no higher than that, and not over the bar of a phone. */
export function useMenuFit(): NonNullable<MenuProps['middlewares']> {
  const isPhone = useMediaQuery('(max-width: 760px)', undefined, { getInitialValueInEffect: false });
  const padding = { top: EDGE_PX, left: EDGE_PX, right: EDGE_PX, bottom: EDGE_PX + (isPhone ? BAR_PX : 0) };
  return {
    shift: { padding },
    flip: { padding, fallbackStrategy: 'bestFit' },
    size: {
      padding,
      apply({ availableHeight, elements }) {
        const most = Math.max(LEAST_PX, Math.min(availableHeight, MOST * innerHeight));
        elements.floating.style.maxHeight = `${most}px`;
      },
    },
  };
}
