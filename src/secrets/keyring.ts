import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';

/** Where a secret is kept. It is bound to the place: copied into another row or column it cannot be opened. */
export interface Place {
  readonly table: string;
  readonly row: string;
  readonly column: string;
  readonly account: string;
}

export interface Keyring {
  /** Encrypts with the first key. The answer is text of `[A-Za-z0-9._-]`. */
  seal(plain: string, place: Place): string;
  /** Decrypts with whichever key it names. Throws `SecretError`. */
  open(sealed: string, place: Place): string;
  /** Whether it was sealed with another key than the first. */
  needsRotation(sealed: string): boolean;
  /** Names of the keys, the one that encrypts first. */
  readonly names: readonly string[];
  /** Tells keys apart without showing them: name and 48 bits of a hash, e.g. `k2:5f0c2a9e77b1`. */
  fingerprint(): string;
  /** A known text under the first key, to be stored beside the data. */
  canary(): string;
  /** Refuses a ring that cannot open the stored canary, with the sentence to stop on. Throws `SecretError`. */
  checkCanary(stored: string): void;
}

/** A secret that cannot be opened, or a key that is none. The sentence holds no secret. */
export class SecretError extends Error {
  readonly reason: 'bad-key' | 'unknown-key' | 'malformed' | 'not-authentic';

  constructor(reason: SecretError['reason'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SecretError';
    this.reason = reason;
  }
}

/**
 * Builds the ring from `k2:<base64>,k1:<base64>`: each key is 32 bytes; the first encrypts, all decrypt.
 * AES-256-GCM with a random 96-bit nonce under a key of the row's own (HKDF-SHA-256, salt = row id), so that the number
 * of nonces per key stays tiny (NIST SP 800-38D, 8.3). Format: `v1.<key name>.<nonce>.<ciphertext>.<tag>`, base64url.
 * Throws `SecretError` with one sentence where the text is not a ring.
 */
export function parseKeyring(text: string): Keyring {
  const ring = readRing(text);
  const [first] = ring.keys();
  if (first === undefined) throw badKey('The key ring is empty');
  const derived = new Map<string, KeyObject>();
  const keyOf = (name: string, place: Place): KeyObject => {
    const which = `${name}|${place.row}`;
    const key = derived.get(which) ?? rowKey(keyNamed(ring, name), place);
    if (derived.size >= MOST_DERIVED) derived.clear();
    derived.set(which, key);
    return key;
  };

  const seal = (plain: string, place: Place): string => {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', keyOf(first, place), nonce, { authTagLength: 16 });
    cipher.setAAD(additionalData(place));
    const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    return ['v1', first, ...[nonce, sealed, cipher.getAuthTag()].map((part) => part.toString('base64url'))].join('.');
  };

  const open = (sealed: string, place: Place): string => {
    const { name, nonce, body, tag } = parts(sealed);
    const decipher = createDecipheriv('aes-256-gcm', keyOf(name, place), nonce, { authTagLength: 16 });
    decipher.setAAD(additionalData(place)).setAuthTag(tag);
    try {
      return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
    } catch (cause) {
      throw new SecretError(
        'not-authentic',
        `The secret in ${place.table}.${place.column} of ${place.row} was changed, moved, or sealed with another key "${name}".`,
        { cause },
      );
    }
  };

  const openCanary = (stored: string): string => {
    try {
      return open(stored, canaryPlace);
    } catch (cause) {
      if (!(cause instanceof SecretError) || cause.reason !== 'not-authentic') throw cause;
      throw new SecretError(
        'not-authentic',
        'This is not the key ring that the tokens in the database were sealed with: put the key file back, or set STANDFIRST_KEYS to the ring that every other process has.',
        { cause },
      );
    }
  };

  return {
    seal,
    open,
    needsRotation: (sealed) => parts(sealed).name !== first,
    names: [...ring.keys()],
    fingerprint: () => `${first}:${hashOf(keyNamed(ring, first))}`,
    canary: () => seal(CANARY, canaryPlace),
    checkCanary(stored) {
      const text = openCanary(stored);
      if (text !== CANARY) throw new SecretError('not-authentic', 'The canary holds another text.');
    },
  };
}

/** A new key as the ring writes it: `<name>:<base64 of 32 random bytes>`. */
export function makeKey(name: string): string {
  return `${name}:${randomBytes(32).toString('base64')}`;
}

/** Keys of rows that are kept: to derive one takes as long as to open what it sealed, and every post opens its account's. */
const MOST_DERIVED = 1_000;
const CANARY = 'standfirst opens what it sealed';
const canaryPlace: Place = { table: 'canary', row: 'canary', column: 'sealed', account: 'none' };

function readRing(text: string): ReadonlyMap<string, KeyObject> {
  const ring = new Map<string, KeyObject>();
  for (const entry of text.split(',').map((part) => part.trim())) {
    const [name = '', encoded = '', ...rest] = entry.split(':');
    if (!/^[a-z0-9]{1,16}$/u.test(name) || rest.length > 0)
      throw badKey(`Key ${ring.size + 1} of the ring has no name`);
    if (ring.has(name)) throw badKey(`Key "${name}" is in the ring twice`);
    const bytes = Buffer.from(encoded, /[-_]/u.test(encoded) ? 'base64url' : 'base64');
    if (!/^[A-Za-z0-9+/_-]+={0,2}$/u.test(encoded) || bytes.length !== 32) {
      throw badKey(`Key "${name}" is ${bytes.length} bytes of base64 and not 32`);
    }
    ring.set(name, createSecretKey(bytes));
  }
  return ring;
}

function badKey(what: string): SecretError {
  return new SecretError('bad-key', `${what}: write the ring as k2:<base64 of 32 bytes>,k1:<…>, the newest first.`);
}

function keyNamed(ring: ReadonlyMap<string, KeyObject>, name: string): KeyObject {
  const key = ring.get(name);
  if (key !== undefined) return key;
  const has = [...ring.keys()].join(', ');
  throw new SecretError(
    'unknown-key',
    `The secret was sealed with key "${name}", and the ring has ${has}: add that key.`,
  );
}

function rowKey(master: KeyObject, { row }: Place): KeyObject {
  return createSecretKey(new Uint8Array(hkdfSync('sha256', master, row, 'standfirst v1 row key', 32)));
}

/** `table|row id|column|account`. No part may hold the bar, or two places could read alike. */
function additionalData({ table, row, column, account }: Place): Buffer {
  const words = [table, row, column, account];
  if (words.some((word) => word === '' || word.includes('|'))) {
    throw new RangeError(`A secret's place needs four words without "|", and has ${JSON.stringify(words)}.`);
  }
  return Buffer.from(words.join('|'), 'utf8');
}

function parts(sealed: string): { name: string; nonce: Buffer; body: Buffer; tag: Buffer } {
  const match = /^v1\.([a-z0-9]{1,16})\.([\w-]{16})\.([\w-]*)\.([\w-]{22})$/u.exec(sealed);
  if (match === null) {
    throw new SecretError(
      'malformed',
      'A stored secret is not in the form v1.<key>.<nonce>.<text>.<tag>: restore the row.',
    );
  }
  const [, name = '', nonce = '', body = '', tag = ''] = match;
  const read = (part: string): Buffer => Buffer.from(part, 'base64url');
  return { name, nonce: read(nonce), body: read(body), tag: read(tag) };
}

function hashOf(key: KeyObject): string {
  return createHash('sha256').update('standfirst key fingerprint').update(key.export()).digest('hex').slice(0, 12);
}
