import type { IconName } from '../parts/icons.tsx';

type ScreenName = 'rundown' | 'desk' | 'story' | 'failures' | 'calendar' | 'outbox' | 'health' | 'intake' | 'setup';

interface ScreenLink {
  readonly name: ScreenName;
  readonly to: '/' | '/stories';
  readonly icon: IconName;
  /** Second key after `g`. */
  readonly key: string;
}

/** The screens there are, in the order of a day. */
export const screens: readonly ScreenLink[] = [
  { name: 'rundown', to: '/', icon: 'rundown', key: 'r' },
  { name: 'story', to: '/stories', icon: 'story', key: 's' },
];
