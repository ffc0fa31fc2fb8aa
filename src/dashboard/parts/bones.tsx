import { Skeleton, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { texts } from '../texts.ts';

const AFTER_MS = 150;

/** The shape of what is coming, once waiting is felt. */
export function Bones({ rows = 4, height = 64 }: { rows?: number; height?: number }): ReactNode {
  const [isFelt, setIsFelt] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsFelt(true), AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!isFelt) return null;
  return (
    <Stack gap="sm" role="status" aria-label={texts.loading}>
      {Array.from({ length: rows }, (_, index) => (
        <Skeleton key={index} height={height} radius="sm" />
      ))}
    </Stack>
  );
}
