import { findLinks } from './links.ts';
import { urlKey } from './url.ts';
import { findWebLinks } from './web-links.ts';

/** Every address in a text, absolute, with a scheme or without: whether a network makes a link of it does not matter here. */
export function addressesIn(text: string): string[] {
  const schemed = findWebLinks(text);
  const bare = findLinks(text, 'bare').filter(({ start, end, url }) => {
    return !/^https?:/iu.test(url) && !schemed.some((one) => one.start < end && start < one.end);
  });
  return [...schemed.map(({ url }) => url), ...bare.map(({ url }) => `https://${url}`)];
}

/** Whether a text leads to an address, campaign parameters and ways to write it set aside. */
export function leadsTo(text: string, address: string): boolean {
  if (text.includes(address)) return true;
  const key = urlKey(address);
  return addressesIn(text).some((one) => urlKey(one) === key);
}
