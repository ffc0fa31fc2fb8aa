import type { Logger } from '../logger.ts';
import type { IdKind } from '../domain/id.ts';
import type { ChosenAges } from '../domain/retention.ts';
import type { Http } from '../http/client.ts';
import type { Bell } from '../jobs/queue.ts';
import type { Mail } from '../mail/mail.ts';
import type { NetworkIo } from '../networks/network.ts';
import type { Writer } from '../models/writer.ts';
import type { Keyring } from '../secrets/keyring.ts';
import type { Extract, Parse } from '../sources/readers.ts';
import type { Database } from '../store/database.ts';
import type { Ledger } from '../store/ledger.ts';
import type { Trace } from '../trace/trace.ts';

/** What steps are given. Each names the ones it takes: `Pick<Tools, 'database' | 'io'>`. `context.ts` makes them. */
export interface Tools {
  readonly database: Database;
  readonly ledger: Ledger;
  readonly bell: Bell;
  readonly http: Http;
  readonly keyring: Keyring;
  readonly extract: Extract;
  readonly parse: Parse;
  readonly io: Io;
  readonly log: Logger;
  /** The world as a network sees it, for one account. */
  readonly networkIo: (accountId: string, signal: AbortSignal) => NetworkIo;
  /** This process, as attempts and heartbeats name it. */
  readonly workerId: string;
  /** IANA name of the operator's: `zoneOfNewsroom` knows whether the newsroom has said another. */
  readonly timeZone: string;
  /** Days that things are kept, where the operator has set them; the newsroom decides on the others. */
  readonly retention: ChosenAges;
  /** Where people and networks reach this installation; null where nobody has said. */
  readonly publicUrl: string | null;
  /** A language model that writes summaries; null where the operator wants none, as is the default. */
  readonly writer: Writer | null;
  /** Spans for the operator's collector; does nothing where none is named. */
  readonly trace: Trace;
  /** Null where the operator set no mail server. */
  readonly mail: Mail | null;
}

/** Time and chance are inputs. */
export interface Io {
  readonly now: () => Date;
  /** Milliseconds that never go back, for time limits. */
  readonly monotonic: () => number;
  readonly id: (kind: IdKind) => string;
  /** A number in [0, 1). */
  readonly chance: () => number;
}
