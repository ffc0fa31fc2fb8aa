import type { SourceItem } from '../domain/source.ts';
import { urlKey } from './url.ts';

/** What says that an item is the same one again: either is enough. Never both null. */
export interface ItemIdentity {
  readonly guid: string | null;
  /** Its address without tracking, AMP and mobile forms. */
  readonly urlKey: string | null;
}

/** Longer ones are cut: what differs only past here is the same. */
const MAX_GUID = 500;

/**
 * The identity of each item of one reading, in its order; null for one that cannot be told from the others or comes twice.
 * Dates are no identity: feeds change them. A guid or an address that several items share is none either: some feeds give
 * every item the address of the home page, others one guid to all.
 */
export function identify(items: readonly Pick<SourceItem, 'guid' | 'url' | 'title'>[]): (ItemIdentity | null)[] {
  const bare = items.map(bareIdentity);
  const sharedGuids = sharedOf(bare, 'guid', 'urlKey');
  const sharedKeys = sharedOf(bare, 'urlKey', 'guid');
  const seen = new Set<string>();
  return bare.map(({ guid, urlKey: key }) => {
    const own: ItemIdentity = {
      guid: sharedGuids.has(guid) && key !== null ? null : guid,
      urlKey: sharedKeys.has(key) && guid !== null ? null : key,
    };
    if (guid === null && key === null) return null;
    // Both are shared: the pair is all there is.
    const identity = own.guid === null && own.urlKey === null ? { guid: pair(guid, key), urlKey: null } : own;
    const name = pair(identity.guid, identity.urlKey);
    if (seen.has(name)) return null;
    seen.add(name);
    return identity;
  });
}

/** Guids, or addresses, that stand beside more than one of the other. */
function sharedOf(
  all: readonly ItemIdentity[],
  one: keyof ItemIdentity,
  other: keyof ItemIdentity,
): Set<string | null> {
  const firsts = new Map<string | null, string | null>();
  const shared = new Set<string | null>();
  for (const identity of all) {
    const first = firsts.get(identity[one]);
    if (first === undefined) firsts.set(identity[one], identity[other]);
    else if (first !== identity[other]) shared.add(identity[one]);
  }
  return shared;
}

function bareIdentity({ guid, url, title }: Pick<SourceItem, 'guid' | 'url' | 'title'>): ItemIdentity {
  const key = url === null ? null : urlKey(url);
  // A guid that is the address says no more than the address, and changes with its scheme and its tracking.
  const own = guid !== null && url !== null && urlKey(guid) === key ? null : guid;
  const named = own ?? (key === null && title !== '' ? `title: ${title}` : null);
  return { guid: named?.slice(0, MAX_GUID) ?? null, urlKey: key };
}

function pair(guid: string | null, key: string | null): string {
  return `${guid ?? ''} ${key ?? ''}`.slice(0, MAX_GUID);
}
