/** Labels that say what a machine does, not whose it is. */
const CHORES = new Set(['www', 'app', 'desk', 'social', 'posts', 'standfirst', 'newsroom', 'staging', 'test']);
/** What stands before the country where names are given out one level lower: `co.uk`. */
const SECOND = new Set(['co', 'com', 'org', 'net', 'ac', 'gov']);

/** A guess at a newsroom's name from where it is reached: `desk.lindmoor-herald.co.uk` → `Lindmoor Herald`. Null: no idea. */
export function nameFromHost(host: string): string | null {
  const labels = host.toLowerCase().split('.');
  if (labels.length < 2 || /^[\d.:[\]]+$/.test(host) || host.endsWith('.localhost') || host.endsWith('.local'))
    return null;
  const own = labels.slice(0, -1);
  if (own.length > 1 && SECOND.has(own.at(-1) ?? '')) own.pop();
  const label = own.at(-1) ?? '';
  if (label === '' || CHORES.has(label) || label.startsWith('xn--')) return null;
  const words = label.split('-').filter((word) => word !== '');
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ');
}
