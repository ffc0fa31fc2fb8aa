import { useEffect, useState } from 'react';
import type { Post } from '../../api/types.ts';

interface Choice {
  readonly chosen: Post | undefined;
  /** The reader chose it, or what stood before it went by the reader's own hand. */
  readonly isMeant: boolean;
  readonly choose: (id: string) => void;
}

/**
 * Which post of a list the keys are about, the first to begin with. Where it goes, the one that takes its place is shown in
 * its stead; where somebody else has settled it, no key that was meant for it may reach the other.
 * @param isByReader whether a post went because of what the reader did.
 */
export function useChoice(posts: readonly Post[], isByReader: (id: string) => boolean): Choice {
  const [last, setLast] = useState<{ readonly id: string; readonly at: number } | null>(null);
  const at = last === null ? 0 : posts.findIndex(({ id }) => id === last.id);
  const place = at >= 0 ? at : Math.min(last?.at ?? 0, posts.length - 1);
  const chosen = posts[place];
  const isMeant = at >= 0 || (last !== null && isByReader(last.id));
  if (chosen !== undefined && isMeant && (last?.id !== chosen.id || last.at !== place))
    setLast({ id: chosen.id, at: place });

  useEffect(() => {
    if (chosen !== undefined && !isMeant)
      document.querySelector(`[data-failure="${chosen.id}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [chosen?.id, isMeant]);
  return {
    chosen,
    isMeant,
    choose: (id) => setLast({ id, at: posts.findIndex((post) => post.id === id) }),
  };
}
