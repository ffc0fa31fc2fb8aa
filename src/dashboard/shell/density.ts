import { useSyncExternalStore } from 'react';

/** How much room the rows of lists take: a matter of this reader on this device. */
export const densities = ['comfortable', 'compact'] as const;
export type Density = (typeof densities)[number];

const KEY = 'standfirst.density';
const listeners = new Set<() => void>();

/** Before anything is drawn, and in every window of this browser once one has chosen. */
export function keepDensity(): void {
  show(stored());
  window.addEventListener('storage', (event) => {
    if (event.key === KEY || event.key === null) show(stored());
  });
}

export function setDensity(density: Density): void {
  localStorage.setItem(KEY, density);
  show(density);
}

export function useDensity(): Density {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, shown);
}

/** The styles know it by the root's `data-density`. */
function show(density: Density): void {
  document.documentElement.dataset['density'] = density;
  for (const listener of listeners) listener();
}

function shown(): Density {
  return known(document.documentElement.dataset['density']);
}

function stored(): Density {
  return known(localStorage.getItem(KEY));
}

function known(word: string | null | undefined): Density {
  return word === 'compact' ? 'compact' : 'comfortable';
}
