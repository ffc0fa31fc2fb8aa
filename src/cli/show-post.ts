import type { Profile } from '../networks/network.ts';
import type { FittedPost } from '../text/fit.ts';
import { harmless } from './print.ts';

/**
 * A post for people: the network with length and limit of each message, then the message, then the link where it stands in
 * a card, then what was left out.
 */
export function showPost(profile: Profile, post: FittedPost, card: string | null, isColourful: boolean): string {
  const strong = (text: string): string => (isColourful ? `\u001b[1m${text}\u001b[22m` : text);
  const faint = (text: string): string => (isColourful ? `\u001b[2m${text}\u001b[22m` : text);
  if (post.parts.length === 0) return `${strong(profile.name)}  ${faint('nothing of the article fits')}\n\n`;
  const parts = post.parts.map(({ text, length }, index) => {
    const number = post.parts.length > 1 ? `, message ${index + 1} of ${post.parts.length}` : '';
    return `${strong(profile.name)}${number}  ${faint(`${length} of ${post.max}`)}\n${harmless(text)}\n`;
  });
  const dropped = post.droppedTags.length > 0 ? `${faint(`without ${harmless(post.droppedTags.join(' '))}`)}\n` : '';
  const beside = card === null ? '' : `${faint(`link card ${harmless(card)}`)}\n`;
  return `${parts.join('\n')}${beside}${dropped}\n`;
}
