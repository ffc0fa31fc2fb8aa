/** An address within an address within an address is still looked at; nobody writes it any deeper. */
const DEEPEST = 3;
/** Addresses that are looked for in one. */
const MOST = 20;

/**
 * The addresses that an address carries in its own, as redirectors, archives and readers do: in its path, as what is asked
 * of it, or after its `#`, coded or not, with a scheme or without (`https://web.archive.org/web/2026/https://paper.example/a`,
 * `https://l.facebook.com/l.php?u=https%3A%2F%2Fpaper.example%2Fa`). Too many rather than too few. Where a
 * shortener (`https://sho.rt/x1`) leads only its owner knows: nothing of it is found here.
 */
export function addressesWithin(address: string, deep = 0): string[] {
  const url = URL.parse(address);
  if (url === null || deep === DEEPEST) return [];
  const hash = url.hash.slice(1);
  const asked = [...url.searchParams.values(), ...new URLSearchParams(hash).values()];
  const given = [url.pathname + url.search, hash, ...asked];
  const direct = new Set(given.flatMap(decodings).flatMap(beginnings));
  const within = [...direct].slice(0, MOST).flatMap((one) => [one, ...addressesWithin(one, deep + 1)]);
  return [...new Set(within)].slice(0, MOST);
}

/** As it stands, and as it is after each decoding. */
function decodings(text: string): string[] {
  const all = [text];
  for (let last = text; all.length <= DEEPEST && last.includes('%');) {
    try {
      last = decodeURIComponent(last);
    } catch {
      break;
    }
    all.push(last);
  }
  return all;
}

/** From every place on where an address may begin: a scheme, or what looks like a host with a path behind it. */
function beginnings(text: string): string[] {
  const schemed = Array.from(text.matchAll(/https?:\/{1,2}(?=[^/\s])/giu), ({ index }) => text.slice(index));
  const bare = Array.from(
    text.matchAll(/(?<=^|\/)(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}(?::\d+)?\/(?=[^\s])/giu),
    ({ index }) => `https://${text.slice(index)}`,
  );
  return [...schemed, ...bare];
}
