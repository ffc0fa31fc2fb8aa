import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { problemFrom } from '../api/client.ts';
import { inTime } from '../api/in-time.ts';
import { sentencesOf, toldOf } from '../api/told.ts';
import { texts } from '../texts.ts';
import { announce } from './announce.tsx';
import { inOurTime } from './in-our-time.ts';

const UNDO_MS = 10_000;
/** While somebody points at what is said, nothing of it goes: not from under the pointer. Asked as often as that. */
const LOOK_AGAIN_MS = 500;
/** A pointer that only rests there holds nothing up for longer. */
const LONGEST_MS = 45_000;

interface Undoable {
  readonly id: string;
  readonly undo: Undo;
}

/** Takes something back. Where it answers with a sentence, that is said of it: not all is as it was. */
type Undo = () => Promise<unknown>;

let stack: Undoable[] = [];
let count = 0;
/** Each with what could be taken back when it was begun; the oldest first. */
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

/**
 * Says what was done, with ten seconds to take it back.
 * @param over is called once it can no longer be taken back, and not where it was.
 */
export function done(sentence: string, undo?: Undo, over?: () => void): void {
  announce(sentence);
  const id = `done-${(count += 1)}`;
  notifications.show({
    id,
    autoClose: undo === undefined ? 5_000 : false,
    withBorder: true,
    closeButtonProps: { 'aria-label': texts.close },
    onClose: () => {
      if (remove(id)) over?.();
    },
    message: (
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">{sentence}</Text>
        {undo !== undefined && (
          <Button size="compact-sm" variant="default" flex="none" onClick={() => void takeBack(id)}>
            {texts.undo.button}
          </Button>
        )}
      </Group>
    ),
  });
  if (undo === undefined) return;
  stack = [...stack, { id, undo }];
  endOffer(id, Date.now() + LONGEST_MS, UNDO_MS);
}

/** By a clock of its own: that of the list begins when it is shown, which is later where others stand before it. */
function endOffer(id: string, atLatest: number, inMs: number): void {
  setTimeout(() => {
    if (isPointedAt() && Date.now() < atLatest) endOffer(id, atLatest, LOOK_AGAIN_MS);
    else if (stack.some((one) => one.id === id)) notifications.hide(id);
  }, inMs);
}

function isPointedAt(): boolean {
  return document.querySelector('.mantine-Notifications-notification:is(:hover, :focus-within)') !== null;
}

/** @returns whether it could still be taken back. */
function remove(id: string): boolean {
  const before = stack;
  stack = stack.filter((one) => one.id !== id);
  return stack.length < before.length;
}

/** Takes back the last thing that can be; asked for again meanwhile, the one before it. */
export function undoLast(): Promise<void> {
  undoing = undoing.then(takeBackLast);
  return undoing;
}

/**
 * What is under way was meant, the last of it first, and not what was done before it: that stays also where the server refuses.
 * What can be taken back by nobody, as a comment, was not meant.
 */
async function takeBackLast(): Promise<void> {
  const made = await Promise.all([...underWay].map(madeBy));
  const isRefused = made.includes('refused');
  const undoable = made.filter((one) => one !== 'refused' && one !== undefined && stack.includes(one)) as Undoable[];
  const last = undoable.at(-1) ?? (isRefused ? undefined : stack.at(-1));
  if (last === undefined) done(texts.undo.nothing);
  else await inTime(takeBack(last.id));
}

/** What can be taken back since a work is done; undefined where that is nothing. */
async function madeBy([work, before]: readonly [Promise<unknown>, readonly Undoable[]]): Promise<
  Undoable | 'refused' | undefined
> {
  const isWell = work.then(
    () => true,
    () => false,
  );
  await inTime(isWell);
  // It is said to be done by what waits for it.
  await new Promise((resolve) => setTimeout(resolve));
  const made = stack.findLast((one) => !before.includes(one));
  return made ?? ((await Promise.race([isWell, false])) ? undefined : 'refused');
}

/** Says that something did not work. */
export function failed(what: string, error: unknown): void {
  const problem = problemFrom(error);
  const { title } = toldOf(problem);
  const detail = inOurTime(sentencesOf(problem));
  announce(`${what}: ${detail}`);
  // The window that says so lies over the page by now, and a notice would lie over its buttons.
  if (problem.status === 401) return;
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
  remove(id);
  notifications.hide(id);
  try {
    const said = await item.undo();
    done(typeof said === 'string' ? said : texts.undo.done);
  } catch (error) {
    failed(texts.undo.notDone, error);
  }
}
