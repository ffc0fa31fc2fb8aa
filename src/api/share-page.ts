import { networkOf } from '../networks/registry.ts';
import type { ListedPost } from '../store/post-list.ts';
import { escapeHtml, htmlPage } from './html.ts';

const GONE = new Set(['cancelled', 'superseded']);

/** The posts of a story to read, for somebody who may do nothing else. It names no account and runs no script. */
export function sharedPosts(title: string, until: Date, posts: readonly ListedPost[], nonce: string): string {
  const shown = posts.filter((post) => !GONE.has(post.state));
  const end = `${until.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const intro = `<p>A preview for reading only, until ${end}. What is written here may still change.</p>`;
  const none = '<p>No posts have been written yet.</p>';
  return htmlPage(title, intro + (shown.length === 0 ? none : shown.map(sectionOf).join('\n')), nonce);
}

function sectionOf(post: ListedPost): string {
  const messages = post.parts.map(({ text, card }) => {
    const below = card === null ? '' : `<p><small>${escapeHtml(card.title)} · ${escapeHtml(card.url)}</small></p>`;
    return `<p dir="auto">${escapeHtml(text).replaceAll('\n', '<br>')}</p>${below}`;
  });
  const state = post.state === 'published' ? 'published' : 'not published';
  return `<section><h2>${escapeHtml(networkOf(post.network).profile.name)}</h2>
${messages.join('\n')}
<p><small>${state}</small></p></section>`;
}
