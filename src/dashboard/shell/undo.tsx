import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { problemFrom } from '../api/client.ts';
import { texts } from '../texts.ts';
import { announce } from './announce.tsx';

const UNDO_MS = 10_000;

interface Undoable {
  readonly id: string;
  readonly undo: () => Promise<unknown>;
}

let stack: Undoable[] = [];
let count = 0;
/** Each with what could be taken back when it was begun, the oldest first. */
const underWay = new Map<Promise<unknown>, readonly Undoable[]>();
let undoing: Promise<void> = Promise.resolve();

/**
 * What somebody does, and may want to take back before its answer is there: `undoLast` waits for it. Nothing that asks a
 * question on its way. @returns the same.
 */
export function noteUnderWay<Work extends Promise<unknown>>(work: Work): Work {
  underWay.set(work, stack);
  // Not before it is said to be done, by what waits for it.
  const end = (): void => void setTimeout(() => underWay.delete(work));
  work.then(end, end);
  return work;
}

/** Says what was done, with ten seconds to take it back. */
export function done(sentence: string, undo?: () => Promise<unknown>): void {
  announce(sentence);
  const id = `done-${(count += 1)}`;
  if (undo !== undefined) stack = [...stack.slice(-20), { id, undo }];
  notifications.show({
    id,
    autoClose: undo === undefined ? 5_000 : UNDO_MS,
    withBorder: true,
    closeButtonProps: { 'aria-label': texts.close },
    onClose: () => {
      stack = stack.filter((one) => one.id !== id);
    },
    message: (
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">{sentence}</Text>
        {undo !== undefined && (
          <Button size="compact-sm" variant="default" onClick={() => void takeBack(id)}>
            {texts.undo.button}
          </Button>
        )}
      </Group>
    ),
  });
}

/** Takes back the last thing that can be; asked for again meanwhile, the one before it. */
export function undoLast(): Promise<void> {
  undoing = undoing.then(takeBackLast);
  return undoing;
}

/** What is under way was meant, and not what was done before it: that stays also where the server refuses. */
async function takeBackLast(): Promise<void> {
  const [older = []] = underWay.values();
  if (underWay.size > 0) {
    await Promise.allSettled(underWay.keys());
    await new Promise((resolve) => setTimeout(resolve));
  }
  const last = stack.at(-1);
  if (last === undefined || older.includes(last)) done(texts.undo.nothing);
  else await takeBack(last.id);
}

/** Says that something did not work, in the server's words. */
export function failed(what: string, error: unknown): void {
  const { title, detail } = problemFrom(error);
  announce(`${what}: ${detail}`);
  notifications.show({
    color: 'red',
    title: `${what}: ${title}`,
    message: detail,
    autoClose: 12_000,
    withBorder: true,
    closeButtonProps: { 'aria-label': texts.close },
  });
}

async function takeBack(id: string): Promise<void> {
  const item = stack.find((one) => one.id === id);
  if (item === undefined) return;
  stack = stack.filter((one) => one !== item);
  notifications.hide(id);
  try {
    await item.undo();
    done(texts.undo.done);
  } catch (error) {
    failed(texts.undo.notDone, error);
  }
}
