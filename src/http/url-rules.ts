import { isIP } from 'node:net';
import type { Reach } from './addresses.ts';
import { GuardError } from './failure.ts';

/** Names under which clouds and container hosts answer with credentials, whatever address they resolve to. */
const metadataNames = new Set([
  'metadata',
  'metadata.google.internal',
  'metadata.goog',
  'instance-data',
  'instance-data.ec2.internal',
  'metadata.azure.internal',
  'metadata.tencentyun.com',
  'kubernetes.default.svc',
  'kubernetes.default.svc.cluster.local',
]);

export interface UrlRules {
  readonly judge: (address: string) => Reach;
  readonly allowedPorts: readonly number[];
  /** A proxy resolves the names, so what depends on the address behind a name cannot be checked here. */
  readonly namesResolveElsewhere: boolean;
}

/**
 * Reads an address by the WHATWG parser, the only one we use, and checks what can be known without asking DNS: scheme,
 * credentials, name, literal addresses in every spelling, port. Throws `GuardError` (`bad-url` or `blocked-address`).
 * A port outside the list is let through for a name here; `connect.ts` then allows only listed private addresses.
 * Where a proxy resolves the names there is no such second look, and the port is refused at once.
 */
export function readUrl(input: string | URL, rules: UrlRules): URL {
  if (!URL.canParse(String(input))) {
    throw new GuardError(
      'bad-url',
      `"${short(String(input))}" is not a web address: write it like https://example.com/page.`,
    );
  }
  const url = new URL(input);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new GuardError(
      'bad-url',
      `${short(url.href)} is a ${url.protocol} address: only http: and https: are fetched.`,
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw new GuardError('bad-url', `The address of ${url.host} holds a user name or password: remove them.`);
  }
  checkHost(url.hostname, portOf(url), rules);
  return url;
}

/** The checks on host and port alone, for clients that bring no URL. Throws `GuardError`. */
export function checkHost(hostname: string, port: number, rules: UrlRules): void {
  const name = bareHost(hostname);
  if (metadataNames.has(name)) {
    throw new GuardError('blocked-address', `${name} is the name of a metadata service, which is never fetched.`);
  }
  if (isIP(name) === 0) {
    if (rules.namesResolveElsewhere && !rules.allowedPorts.includes(port))
      throw badPort(name, port, rules.allowedPorts);
    return;
  }
  const reach = rules.judge(name);
  if (reach === 'blocked') throw blocked(name, name);
  if (reach === 'public' && !rules.allowedPorts.includes(port)) throw badPort(name, port, rules.allowedPorts);
}

export function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' ? 443 : 80;
}

/** Host name in lower case, without the brackets of IPv6 and without the final dot of a full domain name. */
export function bareHost(hostname: string): string {
  return hostname
    .toLowerCase()
    .replace(/^\[(.*)\]$/u, '$1')
    .replace(/\.$/u, '');
}

export function blocked(host: string, address: string): GuardError {
  const where = host === address ? address : `${host} (${address})`;
  return new GuardError(
    'blocked-address',
    `${where} is not a public address: use a public one, or ask the operator to list its range in STANDFIRST_ALLOW_PRIVATE.`,
  );
}

export function badPort(host: string, port: number, allowed: readonly number[]): GuardError {
  return new GuardError('bad-url', `Port ${port} of ${host} is not allowed: only ${allowed.join(' and ')} are.`);
}

function short(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
