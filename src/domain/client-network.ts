/**
 * Whose an address is, as far as counting goes: an IPv4 address is somebody's, of IPv6 the first 64 bits are, because whoever
 * has one has all 2^64 behind it (RFC 6177). A mapped address is the IPv4 address in it.
 * @param address IPv4 or IPv6 as text, without brackets.
 * @returns the address itself, or e.g. `2001:db8:0:7::/64`; what is no address comes back as it is.
 */
export function clientNetwork(address: string): string {
  const plain = address.split('%', 1)[0] ?? '';
  if (!plain.includes(':') || !URL.canParse(`http://[${plain}]`)) return address;
  const groups = groupsOf(new URL(`http://[${plain}]`).hostname.slice(1, -1));
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) return ipv4Of(groups.slice(6));
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`;
}

/** The eight groups of an address as the URL parser writes it: lower case, the longest run of zeros as `::`. */
function groupsOf(canonical: string): number[] {
  const [before = '', after] = canonical.split('::');
  const numbers = (part: string): number[] =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
  if (after === undefined) return numbers(before);
  const [head, tail] = [numbers(before), numbers(after)];
  return [...head, ...Array.from({ length: 8 - head.length - tail.length }, () => 0), ...tail];
}

function ipv4Of(pairs: readonly number[]): string {
  return pairs.flatMap((pair) => [pair >> 8, pair & 255]).join('.');
}
