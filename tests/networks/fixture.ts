import { createHttp } from '../../src/http/client.ts';
import type { Message, Network, NetworkIo, Timeline } from '../../src/networks/network.ts';
import type { Mode, ModeName } from '../fakes/modes.ts';
import type { Picture } from '../fakes/pictures.ts';

/** What the contract suite needs to know of one network: `fixtures/<id>.ts` exports one of these as `fixture`. */
export interface Fixture {
  /** Starts the counterpart: a fake of ours, or a real server. */
  start(): Promise<Counterpart>;
  /** Modes that cannot be had of the counterpart, each with the reason. */
  readonly lacks?: Partial<Record<ModeName, string>>;
  /** Where the network takes more of images than we send it. */
  readonly images?: {
    /** Bytes of the largest image; `Infinity` where none is too large. */
    readonly takes?: number;
    /** Why nothing is refused for what it is, or for how it is described. */
    readonly takesAnyFile?: string;
    readonly takesAnyAlt?: string;
  };
}

export interface Counterpart extends AsyncDisposable {
  readonly credentials: unknown;
  /** Credentials that the counterpart does not know; null where there are none to be wrong. */
  readonly wrongCredentials: unknown;
  /** What `io` must be besides the common one, e.g. the sandbox's timeline. */
  readonly io?: Partial<NetworkIo>;
  setMode(mode: Mode): Promise<void>;
  /** Texts accepted so far, in order, as they were sent; removed ones included. */
  accepted(): readonly string[];
  /** The images of the last post that was accepted, where there can be any. */
  lastImages?(): readonly Picture[];
}

/** The product's own guarded client, allowed to reach the fakes. */
const http = createHttp({ allowPrivate: ['127.0.0.0/8'], userAgent: 'standfirst-tests' });

/** The world as the networks get it, on the real guarded client. */
export function ioFor(counterpart: Counterpart, more: Partial<NetworkIo> = {}): NetworkIo {
  return {
    fetch: http.fetch,
    socket: (url) => http.socket(url),
    now: () => new Date(),
    signal: new AbortController().signal,
    timeoutMs: 5_000,
    accountId: 'acc_contract',
    timeline: noTimeline,
    ...counterpart.io,
    ...more,
  };
}

let serial = 0;

/** A message as the pipeline hands it over: `prepare` is called for networks that have it. */
export async function messageFor(
  network: Network,
  counterpart: Counterpart,
  more: Partial<Message> = {},
): Promise<Message> {
  serial += 1;
  const message: Message = {
    text: `The harbour bridge at Lindmoor opens on Friday, says the council (${serial}).`,
    lang: 'en',
    card: null,
    images: [],
    replyTo: null,
    key: `contract-${process.pid}-${serial}`,
    createdAt: new Date(),
    frozen: null,
    ...more,
  };
  if (network.prepare === undefined) return message;
  return { ...message, frozen: await network.prepare(message, counterpart.credentials, ioFor(counterpart)) };
}

/** The network keeps nothing: only the sandbox has a timeline, and brings its own. */
const noTimeline: Timeline = {
  keep: () => Promise.reject(new Error('No timeline here.')),
  find: () => Promise.resolve(null),
  remove: () => Promise.resolve(false),
  edit: () => Promise.resolve(false),
};
