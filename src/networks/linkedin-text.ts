import type { Markup } from '../domain/limits.ts';

/**
 * What LinkedIn's "little text" takes for markup: https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/little-text-format.
 * A reserved character without its backslash is no error there: the post goes out, and ends there. An escaped `#` is no
 * hashtag, and an escaped address no link.
 */
export const littleText: Markup = {
  marks: '[\\\\|{}[\\]()<>@#*_~]',
  spares: 'links-and-hashtags',
};
