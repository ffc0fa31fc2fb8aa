import type { IconName } from '../parts/icons.tsx';

type ScreenName = 'rundown' | 'desk' | 'story' | 'failures' | 'calendar' | 'outbox' | 'health' | 'intake' | 'setup';

interface ScreenLink {
  readonly name: ScreenName;
  readonly to: '/' | '/desk' | '/stories' | '/calendar' | '/failures' | '/outbox' | '/health' | '/intake' | '/setup';
  readonly icon: IconName;
  /** Second key after `g`. */
  readonly key: string;
}

/** The screens there are, in the order of a day. */
export const screens: readonly ScreenLink[] = [
  { name: 'rundown', to: '/', icon: 'rundown', key: 'r' },
  { name: 'desk', to: '/desk', icon: 'desk', key: 'd' },
  { name: 'story', to: '/stories', icon: 'story', key: 's' },
  { name: 'intake', to: '/intake', icon: 'intake', key: 'i' },
  { name: 'calendar', to: '/calendar', icon: 'calendar', key: 'c' },
  { name: 'failures', to: '/failures', icon: 'failures', key: 'f' },
  { name: 'outbox', to: '/outbox', icon: 'outbox', key: 'o' },
  { name: 'health', to: '/health', icon: 'health', key: 'h' },
  { name: 'setup', to: '/setup', icon: 'setup', key: 'e' },
];
