import { Button, Group, Modal, SimpleGrid, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Time } from '../shell/time.tsx';
import { texts } from '../texts.ts';
import css from './compare.module.css';
import { useNameOf } from './use-name-of.ts';

interface CompareProps {
  /** Whose text theirs is, and since when, where that is known. */
  readonly by?: { readonly actor: string; readonly at: string } | undefined;
  readonly before: readonly string[];
  readonly mine: readonly string[];
  readonly theirs: readonly string[];
  readonly onMine: () => void;
  readonly onTheirs: () => void;
  readonly onClose: () => void;
}

/** Two people changed one text: what it was, what each made of it, and nothing is overwritten without a choice. */
export function Compare({ by, before, mine, theirs, onMine, onTheirs, onClose }: CompareProps): ReactNode {
  const nameOf = useNameOf();
  const columns = [
    [texts.compare.before, before],
    [texts.compare.theirs, theirs],
    [texts.compare.mine, mine],
  ] as const;
  return (
    <Modal
      opened
      size="xl"
      onClose={onClose}
      title={texts.compare.title}
      closeButtonProps={{ 'aria-label': texts.close }}
    >
      {by !== undefined && (
        <Text size="sm" mb="sm">
          {texts.compare.by(nameOf(by.actor))} <Time at={by.at} />
        </Text>
      )}
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
        {columns.map(([title, parts]) => (
          <section key={title} className={css.side}>
            <h3>{title}</h3>
            <Text size="sm" dir="auto" className={css.text}>
              {parts.join('\n\n')}
            </Text>
          </section>
        ))}
      </SimpleGrid>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onTheirs}>
          {texts.compare.takeTheirs}
        </Button>
        <Button onClick={onMine}>{texts.compare.takeMine}</Button>
      </Group>
    </Modal>
  );
}
