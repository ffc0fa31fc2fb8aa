import { Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { articlesQuery, postsQuery } from '../../api/queries.ts';
import { Empty } from '../../parts/empty.tsx';
import { useMay } from '../../parts/use-may.ts';
import { useSamples } from '../../parts/use-samples.ts';
import { texts } from '../../texts.ts';
import { rundownTexts } from '../../texts/rundown.ts';
import { firstRunTexts } from '../../texts/intake.ts';

/** Where nothing goes out for a while: what to do about it. Who has just come is offered the sample newsroom. */
export function Calm({ span }: { span: string }): ReactNode {
  const mayWrite = useMay('articles:write');
  const openSamples = useSamples();
  const isFirstRun = useQuery(articlesQuery).data?.items.length === 0;
  const waiting = useQuery(postsQuery({ state: ['in_review'] }, 100)).data?.items.length ?? 0;
  return (
    <Empty
      title={rundownTexts.empty(span)}
      why={
        waiting > 0
          ? rundownTexts.waiting(texts.posts(waiting))
          : isFirstRun && mayWrite
            ? `${rundownTexts.noneWaiting} ${firstRunTexts.sample}: ${firstRunTexts.sampleWhy}`
            : rundownTexts.noneWaiting
      }
    >
      {waiting > 0 ? (
        <Button component={Link} to="/desk">
          {rundownTexts.openDesk}
        </Button>
      ) : mayWrite ? (
        <Group gap="xs">
          {isFirstRun && <Button onClick={() => void openSamples()}>{firstRunTexts.sample}</Button>}
          <Button component={Link} to="/intake" variant={isFirstRun ? 'default' : 'filled'}>
            {texts.nav.new}
          </Button>
        </Group>
      ) : null}
    </Empty>
  );
}
