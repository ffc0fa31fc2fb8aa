import { wordsOf } from '../domain/errors.ts';
import type { TellingKind } from '../domain/house-rules.ts';

/** What a message to a person is made of: words of ours and names of theirs, never an answer of a network. */
export interface NoticeWords {
  readonly kind: TellingKind;
  /** How often since the last message. */
  readonly count: number;
  readonly cause: string | null;
  /** As the house calls it, with its network: `Herald (Mastodon)`; null where it is about no account. */
  readonly account: string | null;
  /** A sentence of ours, where the event has one. */
  readonly detail: string | null;
  /** Where people reach this installation; null where nobody has said. */
  readonly publicUrl: string | null;
}

/** Where each is looked at. */
const pages: Readonly<Record<TellingKind, string>> = {
  failed: '/failures',
  unknown: '/failures',
  stale: '/failures',
  expiring: '/setup',
  disconnected: '/setup',
  held: '/',
  resumed: '/',
  'source-failing': '/intake',
  correction: '/outbox',
  'webhook-disabled': '/setup?tab=developer',
};

/** A message: one subject line and one text, the same for mail and chat. */
export function noticeText(words: NoticeWords): { readonly subject: string; readonly text: string } {
  const { kind, cause, account, detail, publicUrl } = words;
  const known = cause === null ? null : wordsOf(cause, kind !== 'failed' && kind !== 'stale');
  const on = account === null ? '' : ` on ${account}`;
  const subject = `${headOf(words)}${on}`;
  const why = known === null ? (detail ?? '') : `${known.sentence} ${known.action}`;
  const link = publicUrl === null ? '' : `${publicUrl.replace(/\/+$/, '')}${pages[kind]}`;
  const text = [`${subject}.`, why, link].filter((part) => part !== '').join('\n');
  return { subject: `standfirst: ${subject}`, text };
}

/** What is sent to see whether messages arrive. @param who asked for it, as the team knows them. */
export function testText(who: string, publicUrl: string | null): { readonly subject: string; readonly text: string } {
  const where = publicUrl === null ? '' : `\n${publicUrl.replace(/\/+$/, '')}/setup?tab=notifications`;
  return { subject: 'standfirst: a test', text: `This is a test that ${who} asked for: messages arrive here.${where}` };
}

function headOf({ kind, count, cause }: NoticeWords): string {
  const posts = count === 1 ? 'A post' : `${count} posts`;
  const times = count === 1 ? '' : ` (${count} times)`;
  const heads: Readonly<Record<TellingKind, string>> = {
    failed: `${posts} failed`,
    unknown: `${posts} may be out or not, because the answer was lost,`,
    stale: `${posts} came too late to be worth sending`,
    expiring: 'The connection will end',
    disconnected: `Publishing has stopped${times}`,
    held: `Publishing is held${times}`,
    resumed: `Publishing goes on${times}`,
    'source-failing': `A source cannot be read${times}`,
    correction: `A story changed after its posts were out${times}`,
    'webhook-disabled': `A webhook was switched off${times}`,
  };
  return cause === 'sent_twice' ? `${posts} went out once too often` : heads[kind];
}
