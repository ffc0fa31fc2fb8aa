import { useEffect, useRef } from 'react';
import { get } from '../../api/client.ts';
import { sessionQuery } from '../../api/queries.ts';
import { queryClient } from '../../api/query-client.ts';
import type { Post } from '../../api/types.ts';
import { done } from '../../shell/undo.tsx';
import { texts } from '../../texts.ts';
import type { Waiting } from './stories.ts';

/** Says it where the story somebody looks at is decided by somebody else. */
export function useDecidedElsewhere(open: Waiting | undefined, isLeaving: (id: string) => boolean): void {
  const before = useRef<Waiting | undefined>(undefined);
  useEffect(() => {
    const old = before.current;
    before.current = open;
    const first = old?.posts[0];
    if (old === undefined || first === undefined || open?.id === old.id || isLeaving(first.id)) return;
    void tell(first);
  }, [open?.id]);
}

async function tell(before: Post): Promise<void> {
  const me = queryClient.getQueryData(sessionQuery.queryKey)?.member?.id;
  const now = await get<Post>(`/v1/posts/${before.id}`).catch(() => null);
  if (now === null || now.state === before.state) return;
  const isOther = now.approvedBy !== null && now.approvedBy !== me;
  if (isOther) done(texts.desk.decided(texts.states[now.state]));
}
