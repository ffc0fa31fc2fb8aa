import { Button, Group, Modal, SimpleGrid, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { texts } from '../texts.ts';
import css from './compare.module.css';

interface CompareProps {
  readonly before: readonly string[];
  readonly mine: readonly string[];
  readonly theirs: readonly string[];
  readonly onMine: () => void;
  readonly onTheirs: () => void;
  readonly onClose: () => void;
}

/** Two people changed one text: what it was, what each made of it, and nothing is overwritten without a choice. */
export function Compare({ before, mine, theirs, onMine, onTheirs, onClose }: CompareProps): ReactNode {
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
