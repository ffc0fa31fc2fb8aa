import { z } from 'zod';

/** Where a network's API stands: scheme, host, port and perhaps a path, to which paths are added; no slash at its end. */
export const serverAddress = z
  .url({ protocol: /^https?$/, error: 'An address of a server reads like https://social.example.' })
  .refine((url) => !/[?#\\]|\/\/[^/]*@/.test(url), 'An address of a server has no name, password, ? or #.')
  .transform((url) => url.replace(/\/+$/, ''));

/**
 * An id that a network gave out and that will stand in an address: one path segment, whatever the server says, so that it
 * cannot lead a request of ours elsewhere.
 */
export const remoteId = z.string().regex(/^(?!\.+$)[\w:.~-]{1,200}$/);

/** Where people find a post, by the network's own word: shown as a link, so nothing but a web page. */
export const pageAddress = z
  .url({ protocol: /^https?$/ })
  .nullable()
  .catch(null);
