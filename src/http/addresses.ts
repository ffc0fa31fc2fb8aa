import { BlockList, isIP } from 'node:net';

/** Where an IP address leads: `allowed` is a private one that the operator has listed. */
export type Reach = 'public' | 'allowed' | 'blocked';

/**
 * Builds the judge of IP addresses. `allowPrivate` holds CIDR ranges (`127.0.0.0/8`, `fd00::/8`) or single addresses
 * that may be called although they are not public; there is no switch that allows everything.
 * The judge takes an IPv4 or IPv6 address as text (no brackets, no port); anything else is blocked.
 * Throws `RangeError` with one sentence where a range is not a range.
 */
export function createAddressJudge(allowPrivate: readonly string[]): (address: string) => Reach {
  const allowed = { 4: new BlockList(), 6: new BlockList() };
  for (const range of allowPrivate) addRange(allowed, range);

  return (address) => {
    const plain = unwrapMapped(address.split('%', 1)[0] ?? '');
    const version = isIP(plain);
    if (version === 4) {
      if (allowed[4].check(plain, 'ipv4')) return 'allowed';
      return notPublic4.check(plain, 'ipv4') ? 'blocked' : 'public';
    }
    if (version === 6) {
      if (allowed[6].check(plain, 'ipv6')) return 'allowed';
      return global6.check(plain, 'ipv6') && !notPublic6.check(plain, 'ipv6') ? 'public' : 'blocked';
    }
    return 'blocked';
  };
}

/**
 * IPv4 that is not globally reachable. https://www.iana.org/assignments/iana-ipv4-special-registry
 * 168.63.129.16 is the address at which Azure answers its own machines; it lies in a public range.
 */
const notPublic4 = listOf('ipv4', [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['168.63.129.16', 32],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
]);

/**
 * Only 2000::/3 is handed out as global unicast (RFC 4291), so loopback, mapped, NAT64, unique local, link-local and
 * multicast addresses are all outside it.
 */
const global6 = listOf('ipv6', [['2000::', 3]]);

/**
 * What inside 2000::/3 is not a plain public address: protocol assignments with Teredo and ORCHID, documentation, and
 * 6to4, which wraps an IPv4 address. https://www.iana.org/assignments/iana-ipv6-special-registry
 */
const notPublic6 = listOf('ipv6', [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
]);

// One list per family: a `BlockList` with an IPv6 range around ::ffff:0:0/96 would also match every IPv4 address.
function listOf(family: 'ipv4' | 'ipv6', ranges: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of ranges) list.addSubnet(network, prefix, family);
  return list;
}

const mapped = listOf('ipv6', [['::ffff:0:0', 96]]);

/** `::ffff:a.b.c.d` is the IPv4 address in it, and is judged as that one. */
function unwrapMapped(address: string): string {
  if (isIP(address) !== 6 || !mapped.check(address, 'ipv6')) return address;
  // The URL parser writes the last 32 bits as two hexadecimal groups, however they were given.
  const groups = new URL(`http://[${address}]`).hostname.slice(1, -1).split(':').slice(-2);
  const bits = groups.map((group) => Number.parseInt(group, 16));
  return bits.flatMap((pair) => [pair >> 8, pair & 255]).join('.');
}

function addRange(lists: { 4: BlockList; 6: BlockList }, range: string): void {
  const [network = '', prefix, ...rest] = range.trim().split('/');
  const version = isIP(network);
  const widest = version === 4 ? 32 : 128;
  const bits = prefix === undefined ? widest : Number(prefix);
  if (version === 0 || rest.length > 0 || prefix === '' || !Number.isInteger(bits) || bits < 0 || bits > widest) {
    throw new RangeError(`"${range}" is not an address range: write it like 10.0.0.0/8 or fd00::/8.`);
  }
  lists[version as 4 | 6].addSubnet(network, bits, version === 4 ? 'ipv4' : 'ipv6');
}

/** This machine and private networks: allowed where the operator, and nobody else, names the address. */
export const OWN_NETWORK = ['127.0.0.0/8', '::1/128', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'];
