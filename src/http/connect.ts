import { lookup as lookupDns } from 'node:dns/promises';
import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import type { buildConnector } from 'undici';
import { markUnsent } from './failure.ts';
import { undici } from './undici.ts';
import { badPort, bareHost, blocked, checkHost, type UrlRules } from './url-rules.ts';

/** Asks DNS for every address of a name; replaced in tests. */
export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>;

export const resolveBySystem: Resolve = (hostname) => lookupDns(hostname, { all: true });

export interface GuardedConnect extends UrlRules {
  readonly resolve: Resolve;
}

/**
 * The name lookup of one connection. It asks DNS once, refuses if *any* address is blocked, and hands the socket the
 * very addresses it judged: there is no second lookup in between that could answer differently (DNS rebinding).
 * On a port outside the list only addresses that the operator has listed are let through.
 */
export function guardedLookup(guard: GuardedConnect, port: number): LookupFunction {
  return (hostname, options, callback) => {
    void judged(guard, hostname, port).then(
      (addresses) => {
        const usable = addresses.filter(({ family }) => matchesFamily(options.family, family));
        const first = usable[0];
        if (first === undefined) callback(noAddress(hostname), '', 0);
        else if (options.all === true) callback(null, [...usable]);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => callback(error as NodeJS.ErrnoException, '', 0),
    );
  };
}

/**
 * Every address of a name, as it will be connected to. @throws GuardError where one of them is blocked, or the port is.
 */
export async function judged(guard: GuardedConnect, hostname: string, port: number): Promise<readonly LookupAddress[]> {
  const addresses = await guard.resolve(hostname);
  for (const { address } of addresses) {
    const reach = guard.judge(address);
    if (reach === 'blocked') throw blocked(hostname, address);
    if (reach === 'public' && !guard.allowedPorts.includes(port)) throw badPort(hostname, port, guard.allowedPorts);
  }
  return addresses;
}

/**
 * undici's way to open a connection, guarded. `lookup` is not called for a literal address, so those are judged here.
 * Errors before the connection stands are marked, so that `wasNeverSent` can tell.
 */
export function guardedConnector(guard: GuardedConnect, connectMs: number): buildConnector.connector {
  const byPort = new Map<number, buildConnector.connector>();
  return (options, callback) => {
    const host = bareHost(options.hostname);
    const port = Number(options.port || (options.protocol === 'https:' ? 443 : 80));
    try {
      checkHost(host, port, guard);
    } catch (error) {
      queueMicrotask(() => callback(markUnsent(error as Error), null));
      return;
    }
    const connect = byPort.get(port) ?? openerFor(guard, port, connectMs);
    if (byPort.size < 64) byPort.set(port, connect);
    connect({ ...options, hostname: host }, (...[error, socket]) => {
      if (error !== null) callback(markUnsent(error), null);
      else callback(null, socket);
    });
  };
}

function openerFor(guard: GuardedConnect, port: number, connectMs: number): buildConnector.connector {
  const options = { lookup: guardedLookup(guard, port), timeout: connectMs, allowH2: false };
  return undici().buildConnector(options as buildConnector.BuildOptions);
}

function matchesFamily(wanted: number | string | undefined, family: number): boolean {
  if (wanted === 4 || wanted === 'IPv4') return family === 4;
  if (wanted === 6 || wanted === 'IPv6') return family === 6;
  return true;
}

function noAddress(hostname: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${hostname} has no address.`), { code: 'ENOTFOUND', hostname });
}
