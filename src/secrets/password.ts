import { argon2, type Argon2Parameters, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

/** Memory in KiB. */
interface Cost {
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
}

/** https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html: 19 MiB, 2 passes, 1 lane. */
const cost: Cost = { memory: 19_456, passes: 2, parallelism: 1 };
/** A stored cost beyond this is not one of ours: whoever could write it must not be able to stop the server with it. */
const ceiling: Cost = { memory: 262_144, passes: 10, parallelism: 8 };

/**
 * Hashes a password with argon2id under a new random salt, off the main thread. Answers the PHC string
 * `$argon2id$v=19$m=…,t=…,p=…$<salt>$<hash>`. The text is brought to NFKC first, so that the same characters typed on
 * another keyboard are the same password (NIST SP 800-63B, 3.1.1.2).
 */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, cost, 32);
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${bare(salt)}$${bare(hash)}`;
}

/** Whether the password is the one stored. False for a stored text that is not an argon2id string within our ceiling. */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const parsed = parse(stored);
  if (parsed === null) return false;
  const hash = await derive(password, parsed.salt, parsed.cost, parsed.hash.length);
  return timingSafeEqual(hash, parsed.hash);
}

/** Whether it was hashed with another cost than today's: hash again at the next sign-in, when the password is at hand. */
export function needsRehash(stored: string): boolean {
  const parsed = parse(stored);
  return parsed === null || (Object.keys(cost) as (keyof Cost)[]).some((name) => parsed.cost[name] !== cost[name]);
}

const run = promisify<'argon2id', Argon2Parameters, Buffer>(argon2);

function derive(
  password: string,
  salt: Buffer,
  { memory, passes, parallelism }: Cost,
  tagLength: number,
): Promise<Buffer> {
  const message = password.normalize('NFKC');
  return run('argon2id', { message, nonce: salt, memory, passes, parallelism, tagLength });
}

const phc = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,3})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/u;

function parse(stored: string): { cost: Cost; salt: Buffer; hash: Buffer } | null {
  const match = phc.exec(stored);
  if (match === null) return null;
  const [, memory, passes, parallelism, salt = '', hash = ''] = match;
  const read: Cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
  const isOurs =
    read.memory >= 8 * read.parallelism &&
    read.memory <= ceiling.memory &&
    read.passes >= 1 &&
    read.passes <= ceiling.passes &&
    read.parallelism >= 1 &&
    read.parallelism <= ceiling.parallelism;
  return isOurs ? { cost: read, salt: Buffer.from(salt, 'base64'), hash: Buffer.from(hash, 'base64') } : null;
}

function bare(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/u, '');
}
