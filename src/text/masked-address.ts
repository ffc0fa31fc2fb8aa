/**
 * Addresses for people who may see where something comes from, but not the key that is in the address: feeds for subscribers carry it
 * as a query, a user name, or a part of the path that nobody would write by hand.
 */

/** Parameters that are a key by their name. */
const KEY_NAME =
  /(^|[^a-z])(access|api)?[-_]?(auth|cred\w*|hash|key|pass\w*|pwd|secret|session|sig(nature)?|sid|token)([^a-z]|$)/i;
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
  return [...url.searchParams].some(([name, value]) => KEY_NAME.test(name) || looksRandom(value));
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
export function maskedIn<Value>(value: Value): Value {
  if (typeof value === 'string') return maskedText(value) as Value;
  if (Array.isArray(value)) return value.map((one: unknown) => maskedIn(one)) as Value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, maskedIn(inner)])) as Value;
}

function looksRandom(piece: string): boolean {
  const name = piece.replace(/\.\w{1,5}$/, '');
  return UUID.test(name) || RANDOM.test(name);
}
