/**
 * Addresses for people who may see where something comes from, but not the key that is in the address: feeds for subscribers carry it
 * as a query, a user name, or a part of the path that nobody would write by hand.
 */

/** Parameters that are a key by their name, as `access_token` and `accessToken`. */
const KEY_NAME =
  /(^|[^a-z])(access|api)?[-_]?(auth|bearer|cred\w*|hash|jwt|key|pass\w*|pwd|secret|session|sig(nature)?|sid|token)([^a-z]|$)/i;
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
/** Long, with letters and several digits, and no word breaks. */
const RANDOM = /^(?=(?:.*\d){3})(?=.*[a-z])[a-z0-9_~]{20,}$/i;
const HIDDEN = '…';

/** Host and path; of the rest only that there is some. What is no address is hidden whole. */
export function maskedAddress(address: string): string {
  const url = URL.parse(address);
  if (url === null) return HIDDEN;
  const path = url.pathname
    .split('/')
    .map((piece) => (looksRandom(piece) || piece === encodeURIComponent(HIDDEN) ? HIDDEN : piece))
    .join('/');
  return `${url.protocol}//${url.host}${path}${url.search === '' ? '' : `?${HIDDEN}`}`;
}

/** Whether an address, of an item for example, has something in it that is no business of its readers. */
export function holdsKey(address: string): boolean {
  const url = URL.parse(address);
  if (url === null) return false;
  if (holdsPassword(address)) return true;
  return [...url.searchParams].some(([name, value]) => isKeyName(name) || looksRandom(value));
}

/**
 * An address for readers, without what is a key by its name; one that has none comes back as it is.
 * @returns the address, and the names of what was left out.
 */
export function withoutKeys(address: string): { readonly address: string; readonly left: readonly string[] } {
  const url = URL.parse(address);
  if (url === null) return { address, left: [] };
  const left = holdsPassword(address) ? ['a user name'] : [];
  for (const [name, value] of url.searchParams) {
    if (isKeyName(name) && !MERE_NUMBER.test(value)) left.push(name);
  }
  if (left.length === 0) return { address, left };
  url.username = url.password = '';
  for (const name of left) url.searchParams.delete(name);
  return { address: url.href, left: [...new Set(left)] };
}

/** Some sites count their articles by a parameter of such a name. */
const MERE_NUMBER = /^\d{1,10}$/;

/** Whether a parameter or field is a secret by its name. */
export function isKeyName(name: string): boolean {
  return KEY_NAME.test(name.replace(/([a-z])([A-Z])/g, '$1_$2'));
}

/** Whether there is a user name or password in it: none of ours may. */
export function holdsPassword(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && (url.username !== '' || url.password !== '');
}

/** A text with every address in it masked; with `onlyKeys`, those alone that hold one. */
export function maskedText(text: string, { onlyKeys = false } = {}): string {
  return text.replace(/\bhttps?:\/\/[^\s"'<>“”]+/gi, (found) => {
    const end = /[.,;:!?)\]]*$/.exec(found)?.[0] ?? '';
    const address = found.slice(0, found.length - end.length);
    return onlyKeys && !holdsKey(address) ? found : maskedAddress(address) + end;
  });
}

/** The same in every text of a value, however deep. */
export function maskedIn<Value>(value: Value, how: { onlyKeys?: boolean } = {}): Value {
  if (typeof value === 'string') return maskedText(value, how) as Value;
  if (Array.isArray(value)) return value.map((one: unknown) => maskedIn(one, how)) as Value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, maskedIn(inner, how)])) as Value;
}

function looksRandom(piece: string): boolean {
  const name = piece.replace(/\.\w{1,5}$/, '');
  return UUID.test(name) || RANDOM.test(name);
}
