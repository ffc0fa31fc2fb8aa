import type { ReactNode } from 'react';
import { Suspense, lazy, useSyncExternalStore } from 'react';
import type { Account } from '../api/types.ts';
import type { AskedTime, RefusedTime } from './asked-time.ts';

/** What a question is about: a post by its account and how it begins. */
export interface About {
  readonly id: string;
  readonly name: string;
  readonly text: string;
}
export interface Confirm {
  readonly kind: 'confirm';
  readonly title: string;
  readonly body: string;
  readonly about: readonly About[];
  readonly button: string;
  readonly answer: (yes: boolean) => void;
}
export interface Words extends WordsOptions {
  readonly kind: 'words';
  readonly title: string;
  readonly label: string;
  readonly button: string;
  readonly answer: (words: string | null) => void;
}
export interface WordsOptions {
  readonly isOptional?: boolean;
  /** Under which name what is typed is kept on this device; the caller forgets it once it is sent. */
  readonly slot?: string;
  /** What the field begins with. */
  readonly begins?: string;
  /** Why what was typed there was refused; it stands there still. */
  readonly refused?: { readonly typed: string; readonly why: string };
  /** Characters that fit; left out, 1000. */
  readonly most?: number;
}
export interface Choice {
  readonly kind: 'choice';
  readonly title: string;
  readonly choices: readonly { readonly value: string; readonly label: string; readonly hint?: string }[];
  readonly button: string;
  readonly answer: (value: string | null) => void;
}
interface Moment {
  readonly kind: 'moment';
  readonly title: string;
  readonly from: Date | null;
  readonly refused: RefusedTime | null;
  readonly answer: (asked: AskedTime | null) => void;
}
interface Reconnection {
  readonly kind: 'reconnection';
  readonly title: string;
  readonly account: Account;
  readonly answer: (after: Account | null) => void;
}
export type Dialog = Confirm | Words | Choice | Moment | Reconnection;

let current: Dialog | null = null;
const listeners = new Set<() => void>();

function show(dialog: Dialog | null): void {
  current = dialog;
  for (const listener of listeners) listener();
}

/** Asks yes or no. Only for what cannot be undone. */
export function confirm(title: string, body: string, button: string, about: readonly About[] = []): Promise<boolean> {
  return new Promise((answer) => show({ kind: 'confirm', title, body, button, about, answer }));
}

/** Asks for a sentence. @returns null where it was closed. */
export function askWords(
  title: string,
  label: string,
  button: string,
  options: WordsOptions = {},
): Promise<string | null> {
  return new Promise((answer) => show({ kind: 'words', title, label, button, ...options, answer }));
}

/** Asks for one of several ways. @returns null where it was closed. */
export function askChoice<Value extends string>(
  title: string,
  choices: readonly { readonly value: Value; readonly label: string; readonly hint?: string }[],
  button: string,
): Promise<Value | null> {
  return new Promise((answer) =>
    show({ kind: 'choice', title, choices, button, answer: (value) => answer(value as Value | null) }),
  );
}

/**
 * Asks for a time on the newsroom's clock. Where the last one was refused, the field begins with it, and says why.
 * @param from what the field begins with otherwise.
 */
export function askTime(title: string, from: Date | null, refused: RefusedTime | null): Promise<AskedTime | null> {
  return new Promise((answer) => show({ kind: 'moment', title, from, refused, answer }));
}

/** Asks for what an account signs in with anew. @returns the account as it is then; null where it was closed. */
export function askReconnection(account: Account, title: string): Promise<Account | null> {
  return new Promise((answer) => show({ kind: 'reconnection', title, account, answer }));
}

// Windows and their forms are loaded when the first one is opened.
const DialogWindow = lazy(() => import('./dialog-window.tsx').then((module) => ({ default: module.DialogWindow })));

export function DialogHost(): ReactNode {
  const dialog = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
  return <Suspense>{dialog !== null && <DialogWindow dialog={dialog} onClosed={() => show(null)} />}</Suspense>;
}
