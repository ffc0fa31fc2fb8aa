import type { Failure } from '../domain/errors.ts';
import type { Part } from '../domain/post.ts';
import type { Http } from '../http/client.ts';
import type { Fetched } from '../http/page.ts';
import type { FetchFailure } from '../http/failure.ts';
import { networkOf } from '../networks/registry.ts';
import { addressesIn } from '../text/addresses.ts';
import { findWebLinks } from '../text/web-links.ts';
import { countAge } from './age.ts';
import type { Age } from './age.ts';
import type { Tools } from './tools.ts';

/** A page that answers in the last moment of this has answered; several of one site are asked one after the other. */
const LOOK_MS = 10_000;
const MORE_MS = 3_000;
/** Addresses of one post that are asked: so it takes no longer than 37 s. */
const MOST = 10;
/** One story goes to several accounts at a time: its page is asked once for them. */
const GOOD_MS = 10_000;
/** Its status is what counts. */
const MAX_BYTES = 16 * 1024;

type Answer = Fetched | FetchFailure;
interface Look {
  readonly age: Age;
  readonly answer: Promise<Answer>;
}

const looks = new WeakMap<Http, Map<string, Look>>();

/**
 * What a reader is led to by a post: the pages it is about, and others that its texts name. Each address once. One without
 * link and card is about what its texts name: nothing else leads anywhere.
 */
export interface Shown {
  readonly own: readonly string[];
  readonly others: readonly string[];
}

export interface Showing {
  /** Decides what of a text becomes a link: on some, `example.com` does. */
  readonly network: string;
  readonly parts: readonly Part[];
  readonly link: string | null;
}

export function shownBy(post: Showing): Shown {
  const { pages, named } = addressesOf(post);
  const own = new Set(pages.map(plain));
  const others = new Set(named.map(plain));
  return own.size === 0 ? { own: [...others], others: [] } : { own: [...own], others: [...others.difference(own)] };
}

/** Every address of a post as it stands: of its link and cards, and those that its texts name. */
export function addressesOf(post: Showing): { readonly pages: readonly string[]; readonly named: readonly string[] } {
  const { bareLinks } = networkOf(post.network).profile.limits.text;
  const inText = (text: string): string[] => (bareLinks ? addressesIn(text) : findWebLinks(text).map(({ url }) => url));
  const cards = post.parts.flatMap(({ card }) => (card === null ? [] : [card.url]));
  return {
    pages: post.link === null ? cards : [post.link, ...cards],
    named: post.parts.flatMap(({ text }) => inText(text)),
  };
}

function plain(address: string): string {
  const url = URL.parse(address);
  if (url === null) return address;
  url.hash = '';
  return url.href;
}

/**
 * Whether the pages that a post leads to answer, at their address or after redirects: its own with 200; another that its
 * text names beside them may refuse a machine (401, 403, 429), and is dead where nobody reaches it, or it answers 404, 410
 * or an error of its server. At most ten are asked, in this order.
 * @returns why not, by the first that does not; null where all do.
 */
export async function linksAnswer(
  { http, io }: Pick<Tools, 'http' | 'io'>,
  { own, others }: Shown,
): Promise<Failure | null> {
  const asked = [...own, ...others].slice(0, MOST);
  const withinMs = LOOK_MS + MORE_MS * (asked.length - 1);
  const answers = await Promise.all(asked.map((url) => look({ http, io }, url, withinMs)));
  const why = answers.flatMap((answer, n) => whyDead(answer, asked[n] ?? '', n < own.length) ?? [])[0];
  if (why === undefined) return null;
  return { kind: 'down', cause: 'link_down', detail: `The post waits for its link: ${why}`.slice(0, 1024) };
}

function look({ http, io }: Pick<Tools, 'http' | 'io'>, url: string, withinMs: number): Promise<Answer> {
  const known = looks.get(http) ?? new Map<string, Look>();
  looks.set(http, known);
  for (const [one, { age }] of known) if (age.ms() > GOOD_MS) known.delete(one);
  const found = known.get(url) ?? { age: countAge(io), answer: ask(http, url, withinMs) };
  known.set(url, found);
  return found.answer;
}

function ask(http: Http, url: string, withinMs: number): Promise<Answer> {
  const signal = AbortSignal.timeout(withinMs);
  return http.get(url, { accept: ['*/*'], maxBytes: MAX_BYTES, isCutAtMost: true, signal });
}

function whyDead(answer: Answer, url: string, isOwn: boolean): string | null {
  if (answer.kind === 'fetched') return answer.status === 200 || !isOwn ? null : `${url} answered ${answer.status}.`;
  const { status, sentence } = answer;
  if (!isOwn && status !== undefined && !isGone(status)) return null;
  return sentence.includes(url) ? sentence : `${url}: ${sentence}`;
}

function isGone(status: number): boolean {
  return status === 404 || status === 410 || (status >= 500 && status < 600);
}
