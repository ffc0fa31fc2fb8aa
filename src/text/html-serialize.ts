import type { HtmlNode } from './html-node.ts';

const voidTags: ReadonlySet<string> = new Set(
  'area base br col embed hr img input link meta param source track wbr'.split(' '),
);

/** A node and all below it, as HTML. */
export function serialize(node: HtmlNode): string {
  if (!('attributes' in node)) {
    const raw = node.parentNode?.localName;
    return raw === 'script' || raw === 'style' ? node.textContent : escape(node.textContent);
  }
  let html = `<${node.localName}`;
  for (const { name, value } of node.attributes) html += ` ${name}="${escape(value)}"`;
  html += '>';
  if (voidTags.has(node.localName)) return html;
  for (const child of node.childNodes) html += serialize(child);
  return `${html}</${node.localName}>`;
}

const unsafe = /[&<>"]/;

function escape(text: string): string {
  if (!unsafe.test(text)) return text;
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
