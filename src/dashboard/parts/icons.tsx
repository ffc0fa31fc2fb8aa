import type { ReactNode } from 'react';

/** Our own line icons, 16 units square; always beside a word, so never read out. */
const paths = {
  draft: 'M3 13l1-3.5L10.5 3 13 5.500 6.500 12z',
  review:
    'M1.500 8s2.500-4 6.500-4 6.500 4 6.500 4-2.500 4-6.500 4-6.500-4-6.500-4zM8 6.200a1.800 1.800 0 1 1 0 3.600 1.800 1.800 0 0 1 0-3.600z',
  approved: 'M3 8.500l3.200 3.200L13 5',
  scheduled: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2zM8 5v3.200l2.200 1.600',
  publishing: 'M8 12.500v-9M4.500 7L8 3.500 11.500 7',
  published: 'M2 8.500l2.800 2.800L10 6M7.500 11l.3.300L14 5',
  failed: 'M4 4l8 8M12 4l-8 8',
  unknown: 'M5.800 6a2.300 2.300 0 1 1 3.300 2.100c-.8.400-1.100.9-1.100 1.700M8 12v.4',
  stale: 'M5 2.500h6M5 13.500h6M5.500 2.500c0 3 5 3.500 5 5.500s-5 2.500-5 5.500M10.500 2.500c0 3-5 3.500-5 5.500',
  cancelled: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2zM4 12L12 4',
  superseded: 'M3 5.500h8l-2.500-2.500M13 10.500H5L7.500 13',
  held: 'M6 3.500v9M10 3.500v9',
  rundown: 'M2 4h12M2 8h7M2 12h10',
  desk: 'M2.500 9.500L4.500 3h7l2 6.500V13h-11zM2.500 9.500h3.200l.8 1.500h3l.8-1.500h3.200',
  story: 'M3.500 2.500h9v11h-9zM5.500 5.500h5M5.500 8h5M5.500 10.500h3',
  calendar: 'M2.500 3.500h11v10h-11zM2.500 6.500h11M5.500 2v2.500M10.500 2v2.500',
  failures: 'M8 2.500l6 11H2zM8 6.500v3M8 11.500v.3',
  health: 'M1.500 8.500h3l1.500-4 3 7 1.700-3h3.800',
  intake: 'M8 2.500v7M5 7l3 3 3-3M2.500 11v2.500h11V11',
  outbox: 'M2 8l12-5-4 11-2.500-4.500z',
  setup:
    'M8 5.500a2.500 2.500 0 1 1 0 5 2.500 2.500 0 0 1 0-5zM8 1.500v2M8 12.500v2M1.500 8h2M12.500 8h2M3.400 3.400l1.400 1.400M11.200 11.200l1.400 1.400M3.400 12.600l1.400-1.400M11.200 4.800l1.400-1.400',
  plus: 'M8 3v10M3 8h10',
  more: 'M3.500 8h.1M8 8h.1M12.500 8h.1',
  search: 'M7 2.500a4.500 4.500 0 1 1 0 9 4.500 4.500 0 0 1 0-9zM10.500 10.500L14 14',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, size = 16 }: { name: IconName; size?: number }): ReactNode {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === 'more' ? 2.4 : 1.6}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={paths[name]} />
    </svg>
  );
}
